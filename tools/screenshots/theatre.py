"""A Zhiyin of its own for the pictures: a temporary folder, its own database server, and a clock that stands still."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhiyin.cli.environment import leaving_on_term
from zhiyin.cli.up import healthy
from zhiyin.kit import postgres

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
MOMENT = "2026-11-18T10:20:00+08:00"  # a Wednesday morning, everybody at work
ASIDE = ("PG", "LC_", "OIDC_", "LLM_")
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Theatre:
    """Where the product answers, and who and what is in it."""

    url: str
    people: dict[str, str]
    places: dict[str, dict[str, str]]
    keys: dict[str, str]
    password: str


@contextmanager
def open_house(language: str) -> Iterator[Theatre]:
    """The demo organisation, built and answering; gone afterwards."""
    with leaving_on_term(), tempfile.TemporaryDirectory(prefix="zhiyin-pictures-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # the database may run as another account, which passes through
        lease = postgres.hold(folder / "data", durable=False)
        if lease is None:
            sys.exit("DATABASE_URL is set: the pictures are taken of a database of their own. Unset it.")
        try:
            port = _free_port()
            environment = _environment(lease.dsn, folder, port, language)
            staged = _stage(environment)
            with _web(environment, port):
                yield Theatre(f"http://127.0.0.1:{port}", **staged)
        finally:
            lease.release()


def _environment(dsn: str, folder: Path, port: int, language: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ASIDE)}
    return kept | {
        "PYTHONPATH": os.pathsep.join(map(str, (HERE / "clock", ROOT / "src"))),
        "SCREENSHOT_CLOCK": MOMENT,
        "DATABASE_URL": dsn,
        "DATA_DIR": str(folder / "data"),
        "BIND": "127.0.0.1",
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "LANGUAGE": language,
        "LOG_LEVEL": "ERROR",
        "DEBUG": "0",
        "EMAIL_URL": "",
        "IMAP_URL": "",
    }


def _stage(environment: Mapping[str, str]) -> dict[str, Any]:
    command = [sys.executable, str(HERE / "stage.py")]
    done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def _web(environment: Mapping[str, str], port: int) -> Iterator[None]:
    command = [
        sys.executable,
        "-m",
        "zhiyin",
        "web",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "1",
    ]
    web = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        end = time.monotonic() + START_SECONDS
        while not healthy("127.0.0.1", port, known_as="127.0.0.1"):
            if time.monotonic() > end or web.poll() is not None:
                sys.exit("Zhiyin did not start.")
            time.sleep(0.1)
        yield
    finally:
        web.send_signal(signal.SIGTERM)
        web.wait(START_SECONDS)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port
