"""A calendar of working hours, and the table of sums that makes its arithmetic quick."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise

from zhiyin.libs.worktime import errors, zones

MINUTE = 60 * 1_000_000
"""Microseconds in a minute. Every length inside this library is a whole number of microseconds."""
MINUTES_A_DAY = 24 * 60
DAYS_A_WEEK = 7
DAY = MINUTES_A_DAY * MINUTE

_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)
_Bisect = Callable[..., int]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Working hours from `start` to `end`, in minutes after midnight; half open, `end` may be 1440 (24:00).

    A shift across midnight is two periods: one up to 24:00, one from 00:00 on the day after.
    Raises `InvalidPeriod` unless 0 ≤ start < end ≤ 1440.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= MINUTES_A_DAY:
            raise errors.InvalidPeriod(period=str(self))

    @classmethod
    def at(cls, start: str, end: str) -> Period:
        """`Period.at("09:00", "18:00")`; raises `InvalidPeriod` for anything that is not HH:MM."""
        try:
            return cls(_minutes(start), _minutes(end))
        except (ValueError, errors.InvalidPeriod):
            raise errors.InvalidPeriod(period=f"{start}–{end}") from None

    def __str__(self) -> str:
        """`09:00–18:00`."""
        return "–".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (self.start, self.end))


def _minutes(clock: str) -> int:
    match = _CLOCK.fullmatch(clock)
    if match is None:
        raise ValueError(clock)
    return int(match[1]) * 60 + int(match[2])


ALL_DAY = (Period(0, MINUTES_A_DAY),)


@dataclass(frozen=True)
class Calendar:
    """When somebody works. A moment is working time when a clock on the wall of `zone` shows it to be.

    `week`: seven tuples of periods, Monday first. The hours of one date are, in this order: its `exceptions`;
    all day if `always`; its `workdays` entry (调休: own periods, or None for the hours of an ordinary working
    day, the first day of the week that has any); none if it is one of the `holidays`; else its weekday's.
    `provisional_from`: the first date whose holidays are not yet published; see `is_provisional`.

    Raises `InvalidWeek`, `OverlappingPeriods`, `UnknownZone`. Periods of a day are kept in order of time.
    """

    zone: str = "Asia/Shanghai"
    week: tuple[tuple[Period, ...], ...] = ((),) * 7
    holidays: frozenset[dt.date] = frozenset()
    workdays: Mapping[dt.date, tuple[Period, ...] | None] = field(default_factory=dict, hash=False)
    exceptions: Mapping[dt.date, tuple[Period, ...]] = field(default_factory=dict, hash=False)
    always: bool = False
    provisional_from: dt.date | None = None

    def __post_init__(self) -> None:
        zones.load(self.zone)
        if len(self.week) != DAYS_A_WEEK:
            raise errors.InvalidWeek(days=len(self.week))
        settle = object.__setattr__
        settle(self, "week", tuple(_ordered(periods) for periods in self.week))
        settle(self, "holidays", frozenset(self.holidays))
        settle(
            self,
            "workdays",
            {date: None if periods is None else _ordered(periods) for date, periods in self.workdays.items()},
        )
        settle(self, "exceptions", {date: _ordered(periods) for date, periods in self.exceptions.items()})

    def periods_on(self, date: dt.date) -> tuple[Period, ...]:
        """The working periods of one date, in order of time."""
        if date in self.exceptions:
            return self.exceptions[date]
        if self.always:
            return ALL_DAY
        if date in self.workdays:
            own = self.workdays[date]
            return self.ordinary_day if own is None else own
        if date in self.holidays:
            return ()
        return self.week[date.weekday()]

    @cached_property
    def ordinary_day(self) -> tuple[Period, ...]:
        """The hours of the first day of the week that has any: what a swapped working day is worked like."""
        return next((periods for periods in self.week if periods), ())

    @cached_property
    def table(self) -> Table:
        """The sums; computed once for this calendar."""
        return Table(self)


def _ordered(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    ordered = tuple(sorted(periods))
    for first, second in pairwise(ordered):
        if second.start < first.end:
            raise errors.OverlappingPeriods(first=str(first), second=str(second))
    return ordered


def _length(periods: tuple[Period, ...]) -> int:
    return sum(period.end - period.start for period in periods) * MINUTE


class Table:
    """Working time along the wall clock, as running sums: any span costs two bisections, not a walk.

    The wall clock is a number: microseconds since the midnight that begins day 0, where day n is
    `date.fromordinal(n)`. Daylight saving is no concern here; `reckon` walks stretches of one offset.
    """

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        week = (ALL_DAY,) * 7 if calendar.always else calendar.week
        self._before_weekday = [0, *accumulate(_length(periods) for periods in week)]
        dates = set(calendar.exceptions)
        if not calendar.always:
            dates |= calendar.holidays | set(calendar.workdays)
        special = sorted(dates)
        self._special = [date.toordinal() for date in special]
        differences = (_length(calendar.periods_on(date)) - _length(week[date.weekday()]) for date in special)
        self._special_before = [0, *accumulate(differences)]

    def until_day(self, day: int) -> int:
        """Working time before the midnight that begins `day`."""
        weeks, weekday = divmod(day - 1, 7)
        regular = weeks * self._before_weekday[7] + self._before_weekday[weekday]
        return regular + self._special_before[bisect_left(self._special, day)]

    def until(self, wall: int) -> int:
        """Working time before `wall`."""
        day, clock = divmod(wall, DAY)
        return self.until_day(day) + sum(
            min(clock, period.end * MINUTE) - period.start * MINUTE
            for period in self._periods(day)
            if period.start * MINUTE < clock
        )

    def is_open(self, wall: int) -> bool:
        """Whether `wall` lies inside a period."""
        day, clock = divmod(wall, DAY)
        return any(period.start * MINUTE <= clock < period.end * MINUTE for period in self._periods(day))

    def earliest(self, total: int, low: int, high: int) -> int:
        """The first wall in [low, high] with `until(wall) >= total`; the caller knows that there is one."""
        return self._search(total, low, high, bisect_left)

    def latest(self, total: int, low: int, high: int) -> int:
        """The last wall in [low, high] with `until(wall) <= total`; the caller knows that there is one."""
        return self._search(total, low, high, bisect_right)

    def _search(self, total: int, low: int, high: int, bisect: _Bisect) -> int:
        first, last = low // DAY, high // DAY
        days = range(first, last + 1)
        day = first + max(0, bisect(days, total, key=self.until_day) - 1)
        midnight = day * DAY
        corners = [midnight]
        for period in self._periods(day):
            corners += [midnight + period.start * MINUTE, midnight + period.end * MINUTE]
        corners.append(midnight + DAY)
        corners = sorted({min(max(corner, low), high) for corner in corners})
        at = max(0, bisect(corners, total, key=self.until) - 1)
        # Between two corners the sum either stands still or runs with the clock.
        reached = corners[at] + max(0, total - self.until(corners[at]))
        return min(reached, corners[min(at + 1, len(corners) - 1)])

    def _periods(self, day: int) -> tuple[Period, ...]:
        return self._calendar.periods_on(dt.date.fromordinal(day))
