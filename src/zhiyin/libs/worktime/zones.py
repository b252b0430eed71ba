"""Time zones as stretches of constant offset; all numbers are microseconds.

The absolute clock counts from midnight UTC of day 0, where day n is `date.fromordinal(n)`, so that it and the
wall clock differ by the offset alone.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from zhiyin.libs.worktime import errors

MICROSECOND = dt.timedelta(microseconds=1)
SECOND = 1_000_000
DAY = 24 * 60 * 60 * SECOND
_DAY_ONE = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
FIRST_YEAR, LAST_YEAR = 2, 9998
"""Beyond these a zone's offset can carry a moment over the edge of `datetime`."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` up to `end` on the absolute clock the wall clock is ahead by `offset`."""

    start: int
    end: int
    offset: int


@lru_cache(maxsize=128)
def load(zone: str) -> zoneinfo.ZoneInfo:
    """The zone by its IANA name; raises `UnknownZone`."""
    try:
        return zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise errors.UnknownZone(zone=zone) from None


def absolute(moment: dt.datetime) -> int:
    """An aware moment on the absolute clock; raises `NaiveMoment`, `OutOfRange`."""
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        raise errors.OutOfRange(year=moment.year)
    offset = moment.utcoffset()
    if offset is None:
        raise errors.NaiveMoment
    wall = moment.replace(tzinfo=dt.UTC) - _DAY_ONE
    return wall // MICROSECOND + DAY - offset // MICROSECOND


def moment(absolute_clock: int) -> dt.datetime:
    """Back again, in UTC."""
    return _DAY_ONE + dt.timedelta(microseconds=absolute_clock - DAY)


def offset(zone: str, absolute_clock: int) -> int:
    """How far the wall clock is ahead at that moment."""
    ahead = moment(absolute_clock).astimezone(load(zone)).utcoffset()
    return ahead // MICROSECOND if ahead is not None else 0


def year_of(absolute_clock: int) -> int:
    """The year in UTC, bounded to those in which stretches can be told."""
    days = min(max(absolute_clock // DAY, 1), dt.date.max.toordinal())
    return min(max(dt.date.fromordinal(days).year, FIRST_YEAR), LAST_YEAR)


def forward(zone: str, start: int) -> Iterator[Stretch]:
    """The stretches from `start` on, the first one cut to begin there; ends with the last year."""
    for year in range(year_of(start), LAST_YEAR + 1):
        for stretch in stretches(zone, year):
            if stretch.end > start:
                yield Stretch(max(start, stretch.start), stretch.end, stretch.offset)


def backward(zone: str, end: int) -> Iterator[Stretch]:
    """The stretches before `end`, latest first, the first one cut to end there."""
    for year in range(year_of(end), FIRST_YEAR - 1, -1):
        for stretch in reversed(stretches(zone, year)):
            if stretch.start < end:
                yield Stretch(stretch.start, min(end, stretch.end), stretch.offset)


@lru_cache(maxsize=4096)
def stretches(zone: str, year: int) -> tuple[Stretch, ...]:
    """The stretches of one UTC year, found by asking for the offset every day and closing in on each change.

    Two changes within a single day that cancel each other would go unseen; no zone has ever done that.
    """
    first = dt.date(year, 1, 1).toordinal() * DAY
    last = dt.date(year + 1, 1, 1).toordinal() * DAY
    found: list[Stretch] = []
    start, ahead = first, offset(zone, first)
    for midnight in range(first + DAY, last + 1, DAY):
        now_ahead = offset(zone, midnight)
        if now_ahead != ahead:
            change = _change(zone, midnight - DAY, midnight)
            found.append(Stretch(start, change, ahead))
            start, ahead = change, now_ahead
    found.append(Stretch(start, last, ahead))
    return tuple(stretch for stretch in found if stretch.start < stretch.end)


def _change(zone: str, low: int, high: int) -> int:
    """The second at which the offset of `low` ends."""
    before = offset(zone, low)
    while high - low > SECOND:
        middle = low + (high - low) // (2 * SECOND) * SECOND
        if offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high
