"""The process that carries out jobs.

Told to stop, it lets the jobs under way finish for `STOP_SECONDS`, hands back the rest and goes. It beats its
heart every `BEAT_SECONDS`, and kills itself when the watchdog has taken it for dead: its jobs run elsewhere by then.
"""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Any

import structlog
from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector

CONCURRENCY = 4
BEAT_SECONDS = 2.0
STOP_SECONDS = 10.0
NEVER = 10 * 365 * 24 * 3600.0

HAND_BACK = """
    SELECT procrastinate_retry_job_v2(id, NULL, NULL, NULL, NULL)
    FROM procrastinate_jobs WHERE worker_id = %(worker)s AND status = 'doing'
"""
ALIVE = "SELECT id FROM procrastinate_workers WHERE id = %(worker)s"

log = structlog.get_logger(__name__)


def run_worker(*, concurrency: int = CONCURRENCY, beat_seconds: float = BEAT_SECONDS) -> None:
    """Carry out jobs until SIGTERM or SIGINT."""
    asyncio.run(_Worker(concurrency, beat_seconds).run())


class _Worker:
    def __init__(self, concurrency: int, beat_seconds: float) -> None:
        self.concurrency = concurrency
        self.beat_seconds = beat_seconds
        self.stop = asyncio.Event()
        self.worker_id: int | None = None
        parameters = connections["default"].get_connection_params()
        for name in ("cursor_factory", "context"):
            parameters.pop(name, None)
        self.connector = PsycopgConnector(kwargs=parameters, min_size=1, max_size=4)

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop.set)
        with app.replace_connector(self.connector):
            async with app.open_async():
                await self._work()

    async def _work(self) -> None:
        working = asyncio.create_task(
            app.run_worker_async(
                concurrency=self.concurrency,
                install_signal_handlers=False,
                update_heartbeat_interval=self.beat_seconds,
                # The watchdog alone declares workers dead: pruning here would hide whose jobs they were.
                stalled_worker_timeout=NEVER,
                shutdown_graceful_timeout=STOP_SECONDS,
                delete_jobs="successful",
                worker_middleware=[self._remember],
            )
        )
        beating = asyncio.create_task(self._leave_when_declared_dead())
        stopping = asyncio.create_task(self.stop.wait())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        beating.cancel()
        stopping.cancel()
        if not working.done():
            working.cancel()
            await asyncio.wait({working}, timeout=STOP_SECONDS)
        if not working.done():
            await self._hand_back()
        elif not working.cancelled():
            working.result()

    async def _remember(self, call_next: Any, context: Any, worker: Any) -> Any:
        self.worker_id = worker.worker_id
        return await call_next()

    async def _leave_when_declared_dead(self) -> None:
        while True:
            await asyncio.sleep(self.beat_seconds)
            if self.worker_id is None:
                continue
            try:
                alive = await self.connector.execute_query_all_async(ALIVE, worker=self.worker_id)
            except ConnectorException:
                continue
            if not alive:
                log.error("worker_declared_dead", worker=self.worker_id)
                os._exit(1)

    async def _hand_back(self) -> None:
        """A thread cannot be ended from outside: put its job back in the queue and end the process."""
        log.warning("worker_hands_back", worker=self.worker_id)
        await self.connector.execute_query_all_async(HAND_BACK, worker=self.worker_id)
        os._exit(0)
