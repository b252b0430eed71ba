"""Things that fall due: rows with a time, looked for every second and claimed one by one.

A timer is `claim(now) -> how many`: it takes one batch of due rows, each locked and dealt with in a transaction
of its own (`claim_batch` does that), and is called again while it finds some. So an effect happens exactly once
whoever else looks, and what fell due while nobody looked is dealt with afterwards.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, current_thread, main_thread
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, models, transaction
from django.utils import timezone, translation

from zhiyin.kit.audit import acting
from zhiyin.kit.models import TimerState

Claim = Callable[[datetime], int]
Row = TypeVar("Row", bound=models.Model)

LOOK_SECONDS = 1.0
PULSE_SECONDS = 5.0
MOST_BATCHES = 50
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
LONGEST_ROW_PAUSE_SECONDS = 3600.0
BATCH = 100

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Timer:
    """A registered timer; it rests until `next` (monotonic seconds)."""

    name: str
    claim: Claim
    every: float
    next: float = 0.0
    failures: int = 0
    pulse: float = -PULSE_SECONDS


@dataclass(slots=True)
class _Failed:
    """Rows that raised, and until when (monotonic seconds) they are left alone."""

    until: dict[tuple[str, Any], float] = field(default_factory=dict)
    times: dict[tuple[str, Any], int] = field(default_factory=dict)

    def resting(self, label: str, at: float) -> list[Any]:
        return [pk for (model, pk), until in self.until.items() if model == label and until > at]

    def add(self, key: tuple[str, Any], at: float) -> None:
        self.times[key] = self.times.get(key, 0) + 1
        pause = min(LONGEST_ROW_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** self.times[key])
        self.until[key] = at + pause

    def forget(self, key: tuple[str, Any]) -> None:
        self.until.pop(key, None)
        self.times.pop(key, None)


_timers: dict[str, Timer] = {}
_failed = _Failed()


def register(name: str, claim: Claim, *, every: float = LOOK_SECONDS) -> None:
    """Have `claim` called every so many seconds. Called from `AppConfig.ready`; a name registers once."""
    known = _timers.get(name)
    if known is not None and known.claim is not claim:
        raise ValueError(f"There is a timer {name} already.")
    _timers[name] = Timer(name, claim, every)


def names() -> list[str]:
    """The names of all timers."""
    return sorted(_timers)


def tick(now: datetime) -> dict[str, int]:
    """Let every timer look once, whatever it was resting for; how many rows each dealt with."""
    return {timer.name: _look(timer, lambda: now) for timer in list(_timers.values())}


def run_forever(stop: Event | None = None, *, clock: Callable[[], datetime] = timezone.now) -> None:
    """Look until SIGTERM, SIGINT or `stop`."""
    stop = stop or Event()
    with _stopping(stop):
        while not stop.is_set():
            for timer in list(_timers.values()):
                if stop.is_set():
                    break
                if timer.next <= time.monotonic():
                    _look(timer, clock)
            stop.wait(_rest())
    connection.close()


def claim_batch(queryset: models.QuerySet[Row], *, handle: Callable[[Row], None], limit: int = BATCH) -> int:
    """Lock and handle the first rows of `queryset` (ordered, due), each in its own transaction.

    `handle` changes the row so that it is not due any more. Rows that another process has locked are passed
    over. A row that raises is rolled back, logged, left alone for a while (2, 4, 8 … s) and stops no other.
    """
    label = queryset.model._meta.label
    passed: list[Any] = _failed.resting(label, time.monotonic())
    done = 0
    for _ in range(limit):
        row = _claim_one(queryset.exclude(pk__in=passed), handle, label)
        if row is None:
            break
        passed.append(row[0])
        done += row[1]
    return done


def _claim_one(
    queryset: models.QuerySet[Row], handle: Callable[[Row], None], label: str
) -> tuple[Any, bool] | None:
    """The key of the next row and whether it was handled; None if no row is left."""
    key: Any = None
    try:
        with transaction.atomic():
            row = queryset.select_for_update(skip_locked=True, of=("self",)).first()
            if row is None:
                return None
            key = row.pk
            handle(row)
    except Exception:
        if key is None:
            raise
        log.exception("timer_row_failed", model=label, key=str(key))
        _failed.add((label, key), time.monotonic())
        return key, False
    _failed.forget((label, key))
    return key, True


def _look(timer: Timer, clock: Callable[[], datetime]) -> int:
    done = 0
    try:
        with acting("timer", route=timer.name), translation.override(settings.LANGUAGE_CODE):
            for _ in range(MOST_BATCHES):
                batch = timer.claim(clock())
                done += batch
                if not batch:
                    break
            _beat(timer, clock())
    except Exception as error:  # noqa: BLE001 - whatever it is, the other timers go on
        _stumble(timer, error)
        return done
    timer.failures = 0
    timer.next = time.monotonic() + timer.every
    return done


def _stumble(timer: Timer, error: Exception) -> None:
    """One timer's trouble is its own: it rests a while, the others go on."""
    timer.failures += 1
    pause = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2**timer.failures)
    timer.next = time.monotonic() + pause
    timer.pulse = time.monotonic() - PULSE_SECONDS
    log.error("timer_failed", timer=timer.name, failures=timer.failures, exc_info=error)
    if connection.in_atomic_block:
        return
    if isinstance(error, (DatabaseError, InterfaceError)):
        connection.close()
    with suppress(DatabaseError, InterfaceError):
        TimerState.objects.filter(name=timer.name).update(failures=timer.failures)


def _beat(timer: Timer, now: datetime) -> None:
    at = time.monotonic()
    if at - timer.pulse < PULSE_SECONDS:
        return
    timer.pulse = at
    TimerState.objects.update_or_create(name=timer.name, defaults={"looked_at": now, "failures": 0})


def _rest() -> float:
    soonest = min((timer.next for timer in _timers.values()), default=0.0)
    return max(0.0, min(LOOK_SECONDS, soonest - time.monotonic())) if _timers else LOOK_SECONDS


@contextmanager
def _stopping(stop: Event) -> Iterator[None]:
    if current_thread() is not main_thread():
        yield
        return
    before = {
        number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
