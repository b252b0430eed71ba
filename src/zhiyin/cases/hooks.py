"""What rooms above ask to be told: that something happened to a case, in the transaction in which it did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import EventKind

Hook = Callable[[Case, EventKind, datetime], None]
_changed: list[Hook] = []


def on_changed(hook: Hook) -> None:
    """Call `hook(case, kind, now)` for every line of a timeline, the case locked."""
    if hook not in _changed:
        _changed.append(hook)


def changed(case: Case, kind: EventKind, now: datetime) -> None:
    """Tell those who asked: this happened to the case."""
    for hook in _changed:
        hook(case, kind, now)
