"""The real Zhiyin on a durable cluster of its own, and the ways to kill its parts."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from tests import database
from tests.crash.points import until
from tests.crash.postbox import Postbox, free_port, open_postbox

from zhiyin.cli.up import healthy
from zhiyin.kit import postgres
from zhiyin.kit.postgres import binaries, processes

ROOT = Path(__file__).resolve().parents[2]
STOP_SECONDS = 40
COMMAND = [sys.executable, "-m", "zhiyin"]


@dataclass
class Product:
    """A Zhiyin that may be hurt."""

    environment: dict[str, str]
    lease: postgres.Lease
    postbox: Postbox
    log: Path
    port: int
    up: subprocess.Popen[bytes] | None = None
    scanner: subprocess.Popen[bytes] | None = None
    kills: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def dsn(self) -> str:
        return self.lease.dsn

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Ask the database, by a connection of its own; `parameters` one by one, or a single mapping."""
        given = parameters[0] if parameters and isinstance(parameters[0], dict) else parameters
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            return connection.execute(query, given).fetchall()

    def run(self, *command: str, told: str = "") -> str:
        """A command beside the product; what it prints."""
        done = subprocess.run(
            command, env=self.environment | {"DATABASE_URL": self.dsn}, cwd=ROOT, input=told,
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.stderr[-3000:]}"
        return done.stdout

    def start(self) -> None:
        """`zhiyin up`, without waiting for it."""
        with self.log.open("ab") as out:
            self.up = subprocess.Popen(
                [*COMMAND, "up"], env=self.environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                start_new_session=True,
            )  # fmt: skip

    def scan(self) -> None:
        """A second scanner beside the product's own."""
        with self.log.open("ab") as out:
            self.scanner = subprocess.Popen(
                [*COMMAND, "timers"], env=self.environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                start_new_session=True,
            )  # fmt: skip

    def ready(self) -> None:
        """Wait for the first page."""
        until(lambda: healthy("127.0.0.1", self.port, known_as="127.0.0.1"), f"not up:\n{self.said()}")

    def said(self) -> str:
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    def stop(self) -> int | None:
        """A clean stop; the status `up` ended with."""
        status = None
        for process in (self.up, self.scanner):
            if process is None:
                continue
            process.terminate()
            try:
                ended = process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                ended = process.wait()
            status = ended if process is self.up else status
        return status

    # Ways to kill. Each returns when the victim is gone.

    def kill_web(self) -> None:
        """The process that answers."""
        self._kill(
            "web", *[pid for master in self.part("web") for pid in _children(master) if _is_worker(pid)]
        )

    def kill_port(self) -> None:
        """The process that holds the port, and with it those that answer."""
        self._kill("port", *self.part("web"))

    def kill_worker(self) -> None:
        self._kill("worker", *self.part("worker"))

    def kill_timers(self) -> None:
        self._kill("timers", *self.part("timers"))

    def kill_scanner(self) -> None:
        """The second scanner, and start another."""
        assert self.scanner is not None
        self._kill("scanner", self.scanner.pid)
        self.scanner.wait()
        self.scan()

    def kill_database(self) -> None:
        """The postmaster and every process it has started, at once."""
        cluster = self.lease.cluster
        assert cluster.pid is not None
        self._kill("database", cluster.pid, *processes.all_in(cluster.place.cluster))

    def part(self, name: str) -> list[int]:
        """The process of this name that `up` has started."""
        assert self.up is not None
        wanted = ["-m", "zhiyin", name]
        until(lambda: any(_command(pid)[1:4] == wanted for pid in _children(self.up.pid)), f"no {name}")
        return [pid for pid in _children(self.up.pid) if _command(pid)[1:4] == wanted]

    def _kill(self, what: str, *pids: int) -> None:
        assert pids, f"there is no {what}"
        self.kills.append(what)
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        until(lambda: not any(_running(pid) for pid in pids), f"{what} did not die")


@contextmanager
def product() -> Iterator[Product]:
    """A migrated, empty Zhiyin that has not been started; nothing of it is left afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="zhiyin-crash-"))
    # The server runs as another account when root starts it, and has to get through.
    folder.chmod(0o711)
    port = free_port()
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        postbox, smtp = stack.enter_context(open_postbox())
        lease = postgres.Lease(folder / "data")
        stack.callback(lease.release)
        made = Product(_environment(folder / "data", port, smtp), lease, postbox, folder / "up.log", port)
        stack.callback(made.stop)
        _fill(lease.dsn)
        yield made


def _fill(dsn: str) -> None:
    """The migrated template of the tests, taken over: migrating takes a minute."""
    server = os.environ["DATABASE_URL"]
    template = database.on(server, database.template(server))
    programs = binaries.folder()
    dump = [programs / "pg_dump", "--no-owner", "--no-privileges", template]
    load = [programs / "psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--output=/dev/null", dsn]
    with subprocess.Popen(dump, stdout=subprocess.PIPE) as dumping:
        subprocess.run(load, stdin=dumping.stdout, check=True)
    assert dumping.returncode == 0


def _environment(folder: Path, port: int, smtp: int) -> dict[str, str]:
    dropped = ("LC_", "PYTEST_", "DATABASE_", "SECRET_KEY", "ZHIYIN_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return kept | {
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "zhiyin.config.settings",
        "SECRET_KEY": "for-tests-alone-and-known-to-everybody-0123456789",
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp}",
        "EMAIL_FROM": "service@heyuan.example.com",
        "ALLOWED_HOSTS": "127.0.0.1",
        "LOG_LEVEL": "WARNING",
        "WEB_WORKERS": "1",
        "DEBUG": "0",
    }


def _children(parent: int) -> list[int]:
    with suppress(OSError):
        tasks = Path(f"/proc/{parent}/task").iterdir()
        return [int(pid) for task in tasks for pid in (task / "children").read_text().split()]
    return []


def _command(pid: int) -> list[str]:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    return []


def _is_worker(pid: int) -> bool:
    return not any("resource_tracker" in word for word in _command(pid))


def _running(pid: int) -> bool:
    """Alive, and more than an entry waiting to be collected."""
    with suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    return False
