"""The processes of `zhiyin up`, each also a hidden command of its own: web, worker, timers."""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from zhiyin.cli import environment, leash

if TYPE_CHECKING:
    from procrastinate import App
    from procrastinate.contrib.django.django_connector import DjangoConnector

ASGI = "zhiyin.config.asgi:application"
MOST_WEB_WORKERS = 4
STOP_SECONDS = 10
JOBS_AT_ONCE = 4


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
        from procrastinate.contrib.django import app

        connector = cast("DjangoConnector", app.connector).get_worker_connector()
        with app.replace_connector(connector) as prepared:
            asyncio.run(_work(prepared))


async def _work(prepared: App) -> None:
    async with prepared.open_async() as opened:
        await opened.run_worker_async(concurrency=JOBS_AT_ONCE, shutdown_graceful_timeout=STOP_SECONDS)


def timers() -> None:
    """Scan for rows that fall due until told to stop."""
    leash.die_with_supervisor()
    with environment.ready():
        importlib.import_module("zhiyin.kit.jobs.timers").run_forever()
