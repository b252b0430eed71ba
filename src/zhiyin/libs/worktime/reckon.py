"""Adding and measuring working time.

Everything is computed on the absolute clock in whole microseconds, so it is exact across daylight saving: an
hour that the clock skips is no working time, one that it repeats counts twice. A span of any length costs a
few steps a year.

Moments given must be aware, else `NaiveMoment`, and lie in the years 3 to 9997, else `OutOfRange`. Moments
returned are in UTC, because two moments of one zone with daylight saving compare by their wall clocks in
Python and can come out in the wrong order.
"""

from __future__ import annotations

import datetime as dt

from zhiyin.libs.worktime import errors, zones
from zhiyin.libs.worktime.calendar import Calendar

HORIZON_YEARS = 5
_HORIZON = HORIZON_YEARS * 366 * zones.DAY
"""Five years of the longest kind, so that nothing within five years is ever refused."""


def between(calendar: Calendar, a: dt.datetime, b: dt.datetime) -> dt.timedelta:
    """Working time from `a` to `b`; negative when `b` comes first."""
    start, end = zones.absolute(a), zones.absolute(b)
    if end < start:
        return -_measured(calendar, end, start)
    return _measured(calendar, start, end)


def _measured(calendar: Calendar, start: int, end: int) -> dt.timedelta:
    total = 0
    for stretch in zones.forward(calendar.zone, start):
        if stretch.start >= end:
            break
        total += _worked(calendar, zones.Stretch(stretch.start, min(end, stretch.end), stretch.offset))
    return dt.timedelta(microseconds=total)


def add(calendar: Calendar, start: dt.datetime, duration: dt.timedelta) -> dt.datetime:
    """The first moment at which `duration` of working time has passed since `start`.

    So a duration that ends with the working day ends at closing time, not at next morning's opening, and no
    duration at all is `start` itself, in or out of hours (for the latter see `next_open`). A negative
    duration counts back: the last moment from which that much working time passes until `start`; by this a
    warning is set two working hours ahead of a deadline.

    Raises `NoWorkingTime` when no working time is left within five years of the point reached.
    """
    origin = zones.absolute(start)
    amount = duration // zones.MICROSECOND
    if amount == 0:
        return zones.moment(origin)
    return zones.moment(
        _later(calendar, origin, amount) if amount > 0 else _earlier(calendar, origin, -amount)
    )


def is_open(calendar: Calendar, moment: dt.datetime) -> bool:
    """Whether `moment` is working time; opening time is, closing time is not."""
    clock = zones.absolute(moment)
    return calendar.table.is_open(clock + zones.offset(calendar.zone, clock))


def next_open(calendar: Calendar, moment: dt.datetime) -> dt.datetime:
    """`moment` itself if it is working time, else the next opening; raises `NoWorkingTime`."""
    origin = zones.absolute(moment)
    # The first microsecond of work ends one microsecond after it began.
    return zones.moment(_later(calendar, origin, 1) - 1)


def is_provisional(calendar: Calendar, moment: dt.datetime) -> bool:
    """Whether `moment` falls where statutory holidays are not published yet, so that it may still move."""
    if calendar.always or calendar.provisional_from is None:
        return False
    clock = zones.absolute(moment)
    day = (clock + zones.offset(calendar.zone, clock)) // zones.DAY
    return day >= calendar.provisional_from.toordinal()


def _worked(calendar: Calendar, stretch: zones.Stretch) -> int:
    until = calendar.table.until
    return until(stretch.end + stretch.offset) - until(stretch.start + stretch.offset)


def _later(calendar: Calendar, origin: int, amount: int) -> int:
    table, reached = calendar.table, origin
    for stretch in zones.forward(calendar.zone, origin):
        worked = _worked(calendar, stretch)
        low, high = stretch.start + stretch.offset, stretch.end + stretch.offset
        if stretch.end - reached > _HORIZON:
            opening = table.latest(table.until(low), low, high) - stretch.offset
            if opening - reached > _HORIZON:
                break
        if worked >= amount:
            return table.earliest(table.until(low) + amount, low, high) - stretch.offset
        if worked:
            amount -= worked
            reached = table.earliest(table.until(high), low, high) - stretch.offset
    raise errors.NoWorkingTime(years=HORIZON_YEARS, moment=zones.moment(origin).isoformat())


def _earlier(calendar: Calendar, origin: int, amount: int) -> int:
    table, reached = calendar.table, origin
    for stretch in zones.backward(calendar.zone, origin):
        worked = _worked(calendar, stretch)
        low, high = stretch.start + stretch.offset, stretch.end + stretch.offset
        if reached - stretch.start > _HORIZON:
            closing = table.earliest(table.until(high), low, high) - stretch.offset
            if reached - closing > _HORIZON:
                break
        if worked >= amount:
            return table.latest(table.until(high) - amount, low, high) - stretch.offset
        if worked:
            amount -= worked
            reached = table.latest(table.until(low), low, high) - stretch.offset
    raise errors.NoWorkingTime(years=HORIZON_YEARS, moment=zones.moment(origin).isoformat())
