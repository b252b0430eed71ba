"""Keeps a handful of processes running: restarts what dies, more slowly each time, and stops them together.

Each process leads a session of its own, so that what it leaves behind when killed goes with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path

from zhiyin.cli import leash

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0
GRACE_SECONDS = 15.0
LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Service:
    """A process to keep: its name in messages and its command line."""

    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)


class Pause:
    """How long to wait before the next start: doubling, and short again after a steady minute."""

    def __init__(self) -> None:
        self._next = FIRST_PAUSE_SECONDS

    def after(self, lived: float) -> float:
        """Seconds to wait after a process that lived `lived` seconds."""
        if lived >= STEADY_SECONDS:
            self._next = FIRST_PAUSE_SECONDS
        pause, self._next = self._next, min(LONGEST_PAUSE_SECONDS, self._next * 2)
        return pause


class Supervisor:
    """Runs `services` until a signal or `stop`; `tell` gets who ended and the seconds to its next start."""

    def __init__(self, services: list[Service], *, tell: Callable[[str, float], None]) -> None:
        self.services = services
        self.tell = tell
        self.stopping = asyncio.Event()
        self.running: dict[str, asyncio.subprocess.Process] = {}

    def stop(self) -> None:
        """Begin a clean stop."""
        self.stopping.set()

    def renew(self, name: str) -> None:
        """Ask one process to end, so that it starts anew."""
        process = self.running.get(name)
        if process is not None and process.returncode is None:
            process.terminate()

    async def run(self, *companions: Coroutine[object, object, None]) -> None:
        """Keep everything running; `companions` run beside and are cancelled at the end."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, self.stop)
        beside = [asyncio.create_task(companion) for companion in companions]
        try:
            async with asyncio.TaskGroup() as group:
                for service in self.services:
                    group.create_task(self._keep(service))
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)

    async def _keep(self, service: Service) -> None:
        pause = Pause()
        while not self.stopping.is_set():
            begun = time.monotonic()
            process = await self._start(service)
            self.running[service.name] = process
            await self._ended_or_stopping(process)
            if self.stopping.is_set():
                await self._end(process)
                return
            _kill_group(process.pid)
            seconds = pause.after(time.monotonic() - begun)
            self.tell(service.name, seconds)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), seconds)

    async def _start(self, service: Service) -> asyncio.subprocess.Process:
        env = {**os.environ, **service.env, leash.PARENT: str(os.getpid())}
        return await asyncio.create_subprocess_exec(
            *service.command, env=env, stdin=asyncio.subprocess.DEVNULL, start_new_session=True
        )

    async def _ended_or_stopping(self, process: asyncio.subprocess.Process) -> None:
        waits = [asyncio.create_task(process.wait()), asyncio.create_task(self.stopping.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        """TERM, a time of grace, then KILL for it and whatever it started."""
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), GRACE_SECONDS)
        _kill_group(process.pid)
        await process.wait()


async def gone(pid: int) -> None:
    """Return when the process `pid`, anybody's child, has ended."""
    loop = asyncio.get_running_loop()
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    except OSError:
        while Path(f"/proc/{pid}").exists():  # noqa: ASYNC110,ASYNC240 - kernels without pidfd leave only looking
            await asyncio.sleep(LOOK_SECONDS)
        return
    ended = asyncio.Event()
    loop.add_reader(descriptor, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)


def _kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
