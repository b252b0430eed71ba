"""Zhiyin itself for the journeys: a fresh database, `zhiyin up` in a process of its own, and a postbox on loopback."""

from __future__ import annotations

import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from aiosmtpd.controller import Controller
from psycopg import sql
from tests import database

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = ROOT / "src/zhiyin/kit/static/dist/manifest.json"
UP_SECONDS = 60
DOWN_SECONDS = 30
COUNT = itertools.count()
MAIL_SECONDS = 20


class NotRunning(AssertionError):
    """Zhiyin did not start, or ended under the tests."""


class Postbox:
    """An SMTP server that keeps what it takes."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.news = threading.Condition()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        with self.news:
            self.letters.append(letter)
            self.news.notify_all()
        return "250 kept"

    def letter(self, to: str, saying: str = "") -> EmailMessage:
        """The latest letter to `to` with `saying` in its text, waited for."""

        def found() -> EmailMessage | None:
            theirs = (one for one in reversed(self.letters) if to in one["To"] and saying in text_of(one))
            return next(theirs, None)

        with self.news:
            letter = self.news.wait_for(found, MAIL_SECONDS)
        if letter is None:
            arrived = [f"{one['To']}: {one['Subject']}" for one in self.letters]
            raise AssertionError(f"No letter to {to} saying {saying!r} came; there are {arrived}")
        return letter

    def count(self, to: str) -> int:
        """How many letters have come for `to`."""
        with self.news:
            return sum(to in one["To"] for one in self.letters)


def text_of(letter: EmailMessage) -> str:
    """The plain words of a letter."""
    body = letter.get_body(("plain",))
    return body.get_content() if body else ""


@dataclass
class Product:
    """A running Zhiyin: its address, its postbox, and who works there (`seed.py`)."""

    url: str
    environment: dict[str, str]
    postbox: Postbox
    log: Path
    house: dict[str, Any] = field(default_factory=dict)

    def run(self, *arguments: str, told: str = "") -> subprocess.CompletedProcess[str]:
        """A command of `zhiyin` beside the running one."""
        command = [sys.executable, "-m", "zhiyin", *arguments]
        return subprocess.run(
            command,
            env=self.environment,
            cwd=ROOT,
            input=told,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def seed(self, what: str) -> dict[str, Any]:
        """Rows made through the actions in a process of their own."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.journeys.seed", what],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        if done.returncode:
            raise AssertionError(f"Seeding {what} went wrong:\n{done.stderr}")
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found


@contextmanager
def running(host: str = "127.0.0.1") -> Iterator[Product]:
    """Zhiyin from the first page to a clean stop; the database and the folder are gone afterwards.

    Browsers bind passkeys to a name, so what is about them runs as `localhost`.
    """
    if not MANIFEST.is_file():
        raise NotRunning("The front end has not been built: run `make setup` once, then the journeys.")
    with (
        _postbox() as (postbox, smtp),
        _database() as url,
        tempfile.TemporaryDirectory(prefix="zhiyin-") as folder,
    ):
        log = Path(folder) / "up.log"
        port = _free_port()
        environment = _environment(url, Path(folder), port, smtp, host)
        product = Product(f"http://{host}:{port}", environment, postbox, log)
        product.house = product.seed("house")
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "zhiyin", "up"],
                env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip
        try:
            _wait_until(lambda: _answers(port), process, log)
            yield product
        finally:
            _stop(process, log)


def _environment(url: str, folder: Path, port: int, smtp: int, host: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTEST_"))}
    return kept | {
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "zhiyin.config.settings",
        "DATABASE_URL": url,
        "DATA_DIR": str(folder / "data"),
        "PORT": str(port),
        "PUBLIC_URL": f"http://{host}:{port}",
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp}",
        "EMAIL_FROM": "service@heyuan.example.com",
        "ALLOWED_HOSTS": f"127.0.0.1 {host}",
        "LOG_LEVEL": "WARNING",
        "WEB_WORKERS": "1",
        "DEBUG": "0",
    }


@contextmanager
def _postbox() -> Iterator[tuple[Postbox, int]]:
    postbox = Postbox()
    controller = Controller(postbox, hostname="127.0.0.1", port=_free_port(), decode_data=False)
    controller.start()
    try:
        yield postbox, controller.port
    finally:
        controller.stop()


@contextmanager
def _database() -> Iterator[str]:
    """A copy of the migrated template on the server of the tests."""
    server = os.environ["DATABASE_URL"]
    template = database.template(server)
    name = f"zhiyin_journeys_{os.getpid()}_{next(COUNT)}"
    parts = urlsplit(server)
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    with psycopg.connect(database.on(server, "postgres"), autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(create)
        try:
            yield database.on(parts.geturl(), name)
        finally:
            connection.execute(drop)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    from zhiyin.cli.up import healthy

    return healthy("127.0.0.1", port, known_as="127.0.0.1")


def _wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Ask until it is so; the process's end or a minute without is told with its log."""
    for _ in range(UP_SECONDS * 10):
        if ready():
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
            break
    raise NotRunning(f"Zhiyin did not start:\n{log.read_text()[-4000:]}")


def _stop(process: subprocess.Popen[bytes], log: Path) -> None:
    ended_before = process.poll()
    process.send_signal(signal.SIGTERM)
    try:
        status = process.wait(DOWN_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise NotRunning(f"Zhiyin did not stop within {DOWN_SECONDS} s:\n{log.read_text()[-4000:]}") from None
    if ended_before is not None or status != 0:
        raise NotRunning(f"Zhiyin ended with {status}:\n{log.read_text()[-4000:]}")
