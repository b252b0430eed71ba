"""Looking at the server's processes through /proc, without signals to strangers."""

from __future__ import annotations

import os
import select
import time
from pathlib import Path

GLANCE_SECONDS = 0.02


def works_in(pid: int, folder: Path) -> bool:
    """Whether process `pid` is alive and works in `folder`, as every PostgreSQL process of it does."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == folder
    except OSError:
        return False


def all_in(folder: Path) -> list[int]:
    """Every live process whose working directory is `folder`."""
    pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return [pid for pid in pids if works_in(pid, folder)]


def wait_gone(pid: int, folder: Path, *, seconds: float) -> bool:
    """Wait until `pid` has left `folder`; False when it is still there after `seconds`."""
    deadline = time.monotonic() + seconds
    try:
        descriptor = os.pidfd_open(pid)
    except OSError:
        return _glance_until_gone(pid, folder, deadline)
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        poll.poll(max(0.0, deadline - time.monotonic()) * 1000)
    finally:
        os.close(descriptor)
    return not works_in(pid, folder)


def _glance_until_gone(pid: int, folder: Path, deadline: float) -> bool:
    while works_in(pid, folder):
        if time.monotonic() > deadline:
            return False
        time.sleep(GLANCE_SECONDS)
    return True
