"""These tests run servers of their own, each on a folder of its own."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from zhiyin.kit import postgres

SOURCE = Path(__file__).resolve().parents[4]


@pytest.fixture(autouse=True)
def no_database_named(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def data_dir(tmp_path):
    """A folder for one server, which is stopped whatever the test did."""
    folder = tmp_path / "data"
    # Root's server runs as another account, which has to come through.
    for parent in [tmp_path, *tmp_path.parents]:
        if parent.stat().st_uid == os.geteuid() and parent.name.startswith(("pytest", "test")):
            parent.chmod(0o711)
    yield folder
    postgres.Cluster(folder, durable=False).stop()
    for name in ("socket", "place"):
        for record in folder.rglob(f"postgres/{name}"):
            if record.is_file():
                shutil.rmtree(record.read_text().strip(), ignore_errors=True)


@pytest.fixture
def cluster(data_dir):
    """The server of `data_dir`, not started."""
    server = postgres.Cluster(data_dir, durable=False)
    yield server
    server.stop()


class Other:
    """Another command that uses the server of `data_dir`: started, asked to leave, or killed."""

    def __init__(self, data_dir, script="postgres.running"):
        program = (
            "import sys, pathlib\n"
            "from zhiyin.kit import postgres\n"
            f"with {script}(pathlib.Path(sys.argv[1]), durable=False) as dsn:\n"
            "    print(dsn, flush=True)\n"
            "    sys.stdin.readline()\n"
        )
        environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
        environment.pop("DATABASE_URL", None)
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, str(data_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )

    def ready(self):
        """Its URL, once it has one."""
        return self.process.stdout.readline().strip()

    def leave(self):
        self.process.communicate("\n", timeout=60)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate(timeout=60)


@pytest.fixture
def other(data_dir):
    """Start other commands; all are gone at the end."""
    started = []

    def start():
        command = Other(data_dir)
        started.append(command)
        return command

    yield start
    for command in started:
        command.kill()
