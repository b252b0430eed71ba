"""The day as three strings: where clocks, promises and calls fall, in shares of its width."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.utils import timezone

from zhiyin.cases.queries import Due, DueKind, Nearness
from zhiyin.libs.worktime import Calendar

MORNING, EVENING = 8 * 60, 19 * 60
DAY = 24 * 60
LEAST_REST = 30


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on a string: where (a share with a per cent sign) and how near."""

    x: str
    look: str


@dataclass(frozen=True, slots=True)
class Hour:
    label: str
    x: str
    odd: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class Rest:
    """Time nobody works: between two periods of the day."""

    x: str
    width: str
    middle: str


@dataclass(frozen=True, slots=True)
class Day:
    """Everything the drawing needs."""

    now_x: str
    now_label: str
    hours: list[Hour]
    rests: list[Rest]
    clocks: list[Mark] = field(default_factory=list)
    vows: list[Mark] = field(default_factory=list)
    calls: list[Mark] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.clocks) + len(self.vows) + len(self.calls)


def day(items: Iterable[Due], calendar: Calendar, *, now: datetime) -> Day:
    """Today's strings. What is overdue from earlier days hangs at the left end."""
    local = timezone.localtime(now)
    at_now = local.hour * 60 + local.minute
    today = [
        (one, _minute(one.at, local))
        for one in items
        if one.at is not None and one.near is not Nearness.LATER
    ]
    minutes = [minute for _, minute in today if minute is not None] + [at_now]
    start = max(0, min(MORNING, *(minutes or [MORNING])) // 60 * 60)
    end = min(DAY, -(-max(EVENING, *minutes) // 60) * 60)
    marks: dict[str, list[Mark]] = {"clocks": [], "vows": [], "calls": []}
    for one, minute in today:
        marks[_string(one.kind)].append(
            Mark(_x(minute if minute is not None else start, start, end), _look(one, now))
        )
    return Day(
        now_x=_x(at_now, start, end),
        now_label=f"{local:%H:%M}",
        hours=_hours(start, end, at_now),
        rests=_rests(calendar, local.date(), start, end),
        **marks,
    )


def _minute(at: datetime | None, local: datetime) -> int | None:
    """Minutes after midnight today; None for earlier days."""
    if at is None:
        return None
    then = timezone.localtime(at)
    if then.date() < local.date():
        return None
    return min(DAY, then.hour * 60 + then.minute)


def _string(kind: DueKind) -> str:
    return {DueKind.PROMISE: "vows", DueKind.CALL: "calls"}.get(kind, "clocks")


def _look(one: Due, now: datetime) -> str:
    if one.near is Nearness.OVER:
        return "over"
    soon = one.card.clock.soon if one.card and one.card.clock and one.kind is not DueKind.PROMISE else False
    return "soon" if soon or (one.at is not None and one.at - now < timedelta(hours=1)) else ""


def _x(minute: float, start: int, end: int) -> str:
    share = (minute - start) * 100 / (end - start)
    return f"{max(0.0, min(100.0, share)):.2f}%"


def _hours(start: int, end: int, at_now: int) -> list[Hour]:
    hours = []
    every = 1 if end - start <= 14 * 60 else 2
    for hour in range(start // 60, end // 60 + 1, every):
        if abs(hour * 60 - at_now) < 38 * every:
            continue  # the time of day itself stands there
        anchor = "start" if hour * 60 == start else "end" if hour * 60 == end else "middle"
        hours.append(Hour(str(hour), _x(hour * 60, start, end), bool(hour % 2), anchor))
    return hours


def _rests(calendar: Calendar, today: date, start: int, end: int) -> list[Rest]:
    periods = sorted(calendar.periods_on(today), key=lambda period: period.start)
    gaps = [(first.end, then.start) for first, then in pairwise(periods)]
    return [
        Rest(
            _x(left, start, end),
            f"{(right - left) * 100 / (end - start):.2f}%",
            _x((left + right) / 2, start, end),
        )
        for left, right in gaps
        if right - left >= LEAST_REST
    ]
