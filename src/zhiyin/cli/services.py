"""The processes of `zhiyin up`, each also a hidden command of its own: web, worker, timers."""

from __future__ import annotations

import importlib
import os
import signal
from functools import partial
from typing import Any

from zhiyin.cli import environment, leash

ASGI = "zhiyin.config.asgi:application"
MOST_WEB_WORKERS = 4
STOP_SECONDS = 10


def web(*, host: str, port: int, workers: int) -> None:
    """Serve pages; one process that holds the port and `workers` that answer."""
    leash.die_with_supervisor()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ.setdefault("DATABASE_POOL", "1")
    with environment.ready(django=False):
        server = Granian(
            ASGI,
            address=host,
            port=port,
            interface=Interfaces.ASGI,
            workers=workers,
            websockets=False,
            log_level=LogLevels.error,
            respawn_failed_workers=True,
            workers_kill_timeout=STOP_SECONDS,
        )
        server.serve(target_loader=partial(load, os.getpid()), wrap_loader=False)


def load(parent: int) -> Any:
    """The ASGI application, inside a web worker, which dies with the process that holds the port."""
    leash.die_with_parent(by=signal.SIGKILL, parent=parent)
    module, _, name = ASGI.partition(":")
    return getattr(importlib.import_module(module), name)


def web_workers() -> int:
    """WEB_WORKERS, else one per core, up to four."""
    told = os.environ.get("WEB_WORKERS", "")
    return int(told) if told.isdigit() and int(told) else min(MOST_WEB_WORKERS, os.cpu_count() or 1)


def worker() -> None:
    """Carry out jobs until told to stop; a job under way gets ten seconds to finish."""
    leash.die_with_supervisor()
    with environment.ready():
        importlib.import_module("zhiyin.kit.jobs.worker").run_worker()


def timers() -> None:
    """Scan for rows that fall due until told to stop."""
    leash.die_with_supervisor()
    with environment.ready():
        importlib.import_module("zhiyin.kit.jobs.timers").run_forever()
