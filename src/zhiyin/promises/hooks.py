"""Where upper rooms hear what became of a promise, inside the same transaction.

Register in `AppConfig.ready`; a hook that fails undoes what it was told about.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from zhiyin.promises.models import Promise

Hook = Callable[[Promise, datetime], None]
Renewed = Callable[[Promise, Promise, datetime], None]

_broken: list[Hook] = []
_reminded: list[Hook] = []
_renewed: list[Renewed] = []


def on_broken(hook: Hook) -> None:
    """Call `hook(promise, now)` once for each promise that is broken."""
    if hook not in _broken:
        _broken.append(hook)


def on_reminded(hook: Hook) -> None:
    """Call `hook(promise, now)` once for each promise whose reminder falls due."""
    if hook not in _reminded:
        _reminded.append(hook)


def on_renewed(hook: Renewed) -> None:
    """Call `hook(old, new, now)` when the customer let go of a promise for a new one."""
    if hook not in _renewed:
        _renewed.append(hook)


def broken(promise: Promise, now: datetime) -> None:
    """Tell those who asked: this promise is broken."""
    for hook in _broken:
        hook(promise, now)


def reminded(promise: Promise, now: datetime) -> None:
    """Tell those who asked: this promise will fall due."""
    for hook in _reminded:
        hook(promise, now)


def renewed(old: Promise, new: Promise, now: datetime) -> None:
    """Tell those who asked: `new` stands where `old` stood."""
    for hook in _renewed:
        hook(old, new, now)
