"""The whole service from one command: it comes up, comes back, and goes down without a trace."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import psutil
import psycopg
import pytest
from tests import database

from zhiyin.cli import up
from zhiyin.cli.backup import saving
from zhiyin.kit import postgres

PATIENCE = 90
LOOK = 0.05


def wait_for(what, condition):
    """Wait until `condition` holds; say `what` was waited for when it never does."""
    deadline, never = time.monotonic() + PATIENCE, threading.Event()
    while not (result := condition()):
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        never.wait(LOOK)
    return result


class Running:
    """A `zhiyin up` in a process of its own; what it says goes to a file, so that it never waits for a reader."""

    def __init__(self, environ, log):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.log = log
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "zhiyin", "up"],
                env=environ | {"PORT": str(self.port), "WEB_WORKERS": "1", "LOG_LEVEL": "ERROR"},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )

    def hear(self, text):
        """Wait until `text` was said."""

        def heard():
            said = self.log.read_text(errors="replace")
            assert text in said or self.process.poll() is None, f"ended without saying {text}: {said}"
            return text in said

        wait_for(text, heard)

    def healthy(self):
        return up.healthy("127.0.0.1", self.port)

    def child(self, name):
        """The process of a service."""
        children = psutil.Process(self.process.pid).children()
        return next(
            (child for child in children if re.search(rf"zhiyin {name}\b", " ".join(child.cmdline()))), None
        )

    def everybody(self):
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.wait(timeout=PATIENCE)
        return self.process.returncode


def gone(processes):
    return psutil.wait_procs(processes, timeout=PATIENCE)[1] == []


@pytest.fixture
def database_url():
    """A migrated database of its own."""
    server, name = os.environ["DATABASE_URL"], f"up_{os.getpid()}"
    template = database.template(server)
    with psycopg.connect(postgres.ensure_database(server, "postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield postgres.ensure_database(server, name)
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def start(environ, tmp_path):
    """Start the service; it is down at the end whatever happened."""
    started = []

    def begin(**more):
        running = Running(environ | more, tmp_path / f"up{len(started)}.log")
        started.append(running)
        running.hear("Zhiyin is running: http://127.0.0.1:")
        return running

    yield begin
    for running in started:
        running.end()


@pytest.mark.crash
def test_it_comes_up_answers_and_stops_without_a_trace(start, database_url):
    service = start(DATABASE_URL=database_url)
    with urlopen(f"http://127.0.0.1:{service.port}/healthz", timeout=10) as answer:
        assert answer.status == 200
    everybody = service.everybody()
    assert {name for name in ("web", "worker", "timers") if service.child(name)} == {
        "web",
        "worker",
        "timers",
    }
    assert service.end() == 0
    assert gone(everybody)
    assert not service.healthy()


@pytest.mark.crash
def test_what_is_killed_comes_back(start, database_url):
    service = start(DATABASE_URL=database_url)
    for name in ("web", "worker", "timers"):
        killed = service.child(name)
        beneath = [killed, *killed.children(recursive=True)]
        killed.kill()
        assert gone(beneath)
        wait_for(f"another {name}", lambda name=name: service.child(name))
    wait_for("pages", service.healthy)


@pytest.mark.crash
def test_nothing_outlives_a_killed_supervisor(start, database_url):
    service = start(DATABASE_URL=database_url)
    everybody = service.everybody()
    service.end(signal.SIGKILL)
    assert gone(everybody)


@pytest.mark.crash
def test_a_killed_database_comes_back_with_everything_in_it(start, zhiyin, environ, database_url, tmp_path):
    # A migrated database for the service's own server: by backup and restore, like a move to another machine.
    archive, files = tmp_path / "moved.tar", tmp_path / "none"
    files.mkdir()
    saving.save(database_url, files, archive, now=datetime.now(UTC), track=lambda *_: None)
    environ.pop("DATABASE_URL")
    restored = zhiyin("restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    service = start()
    cluster = postgres.Cluster(Path(environ["DATA_DIR"]))
    killed = cluster.pid
    os.kill(killed, signal.SIGKILL)
    wait_for("another database", lambda: cluster.pid not in {None, killed})
    wait_for("pages", service.healthy)
    assert service.end() == 0
    assert cluster.pid is None


def test_a_port_that_is_taken_is_said_so(environ, zhiyin):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = zhiyin("up", PORT=port)
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert not Path(environ["DATA_DIR"]).exists()


@pytest.mark.parametrize("port", ["web", "0", "70000", "-1"])
def test_a_port_that_is_none_is_said_so(zhiyin, port):
    done = zhiyin("up", PORT=port)
    assert done.returncode == 2
    assert f"PORT is {port}" in done.stderr


def test_an_open_door_is_refused_while_anything_is_unsafe(environ, zhiyin, database_url):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    done = zhiyin("up", BIND="::", PORT=port, DATABASE_URL=database_url, PUBLIC_URL="http://desk.example.com")
    assert done.returncode == 3
    assert "https" in done.stderr
