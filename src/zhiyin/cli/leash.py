"""A process of the supervisor ends with it, however the supervisor ends."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
PARENT = "ZHIYIN_SUPERVISOR"


def die_with_parent(*, by: signal.Signals = signal.SIGTERM, parent: int | None = None) -> None:
    """Have the kernel send `by` to this process when its parent dies; leave at once when it already has."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(by), 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        sys.exit(0)


def die_with_supervisor() -> None:
    """The same for a process that `zhiyin up` started; nothing for one started by hand."""
    parent = os.environ.get(PARENT)
    if parent:
        die_with_parent(parent=int(parent))
