"""Working-time arithmetic against an oracle that looks at every minute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from zhiyin.libs import worktime
from zhiyin.libs.worktime import Calendar, Period
from zhiyin.libs.worktime.ruler import Ruler

MINUTE = dt.timedelta(minutes=1)
ZONES = (
    "Asia/Shanghai",
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",  # moves by half an hour
    "America/Havana",  # skips midnight itself
    "Asia/Kathmandu",
    "UTC",
)
# In or around this stretch lie both clock changes of every zone above.
FIRST, LAST = dt.date(2025, 3, 1), dt.date(2025, 11, 15)
CHANGES = (
    dt.datetime(2025, 3, 9, 7, tzinfo=dt.UTC),
    dt.datetime(2025, 11, 2, 6, tzinfo=dt.UTC),
    dt.datetime(2025, 3, 30, 1, tzinfo=dt.UTC),
    dt.datetime(2025, 10, 26, 1, tzinfo=dt.UTC),
    dt.datetime(2025, 4, 5, 15, tzinfo=dt.UTC),
    dt.datetime(2025, 10, 4, 15, 30, tzinfo=dt.UTC),
    dt.datetime(2025, 3, 9, 5, tzinfo=dt.UTC),
    dt.datetime(2025, 11, 2, 5, tzinfo=dt.UTC),
    dt.datetime(2025, 10, 1, 0, tzinfo=dt.UTC),
)


@st.composite
def days(draw: st.DrawFn) -> tuple[Period, ...]:
    corners = draw(st.lists(st.integers(0, 1440), max_size=6, unique=True).map(sorted))
    corners = corners[: len(corners) // 2 * 2]
    periods = tuple(Period(start, end) for start, end in zip(corners[::2], corners[1::2], strict=True))
    return tuple(draw(st.permutations(periods)))


OFFICE = (Period.at("09:00", "12:00"), Period.at("13:30", "18:00"))
NIGHT = (Period.at("00:00", "06:00"), Period.at("22:00", "24:00"))
HOURS = st.one_of(days(), st.sampled_from([(), OFFICE, NIGHT, worktime.ALL_DAY]))


@st.composite
def scenes(
    draw: st.DrawFn, span: dt.timedelta = dt.timedelta(days=6)
) -> tuple[Calendar, dt.datetime, dt.datetime]:
    """A calendar and two moments, with its special dates strewn where the moments are."""
    around = draw(st.sampled_from(CHANGES))
    seconds = st.integers(0, int(span.total_seconds()))
    origin = around - span / 2
    a, b = (
        origin + dt.timedelta(seconds=draw(seconds), microseconds=draw(st.integers(0, 999_999))) for _ in "ab"
    )
    near = st.integers(-1, span.days + 1).map(lambda n: (origin + dt.timedelta(days=n)).date())
    calendar = Calendar(
        zone=draw(st.sampled_from(ZONES)),
        week=tuple(draw(HOURS) for _ in range(7)),
        holidays=draw(st.frozensets(near, max_size=4)),
        workdays=draw(st.dictionaries(near, st.none() | HOURS, max_size=3)),
        exceptions=draw(st.dictionaries(near, HOURS, max_size=2)),
        always=draw(st.integers(0, 7)) == 0,
    )
    event(f"always: {calendar.always}")
    event(f"holidays: {bool(calendar.holidays)}")
    event(f"workdays: {bool(calendar.workdays)}")
    event(f"exceptions: {bool(calendar.exceptions)}")
    event(f"several periods: {any(len(periods) > 1 for periods in calendar.week)}")
    return calendar, a, b


def expected_periods(calendar: Calendar, date: dt.date) -> tuple[Period, ...]:
    """The order of precedence, told once more and plainly."""
    if date in calendar.exceptions:
        return calendar.exceptions[date]
    if calendar.always:
        return (Period(0, 1440),)
    if date in calendar.workdays:
        own = calendar.workdays[date]
        return own if own is not None else next((hours for hours in calendar.week if hours), ())
    return () if date in calendar.holidays else calendar.week[date.weekday()]


def open_on_the_wall(calendar: Calendar, moment: dt.datetime) -> bool:
    wall = moment.astimezone(ZoneInfo(calendar.zone))
    minute = wall.hour * 60 + wall.minute
    return any(period.start <= minute < period.end for period in expected_periods(calendar, wall.date()))


def minutes(a: dt.datetime, b: dt.datetime) -> list[tuple[dt.datetime, dt.datetime]]:
    """[a, b) cut at whole minutes."""
    pieces, start = [], a
    while start < b:
        end = min(start.replace(second=0, microsecond=0) + MINUTE, b)
        pieces.append((start, end))
        start = end
    return pieces


def oracle_between(calendar: Calendar, a: dt.datetime, b: dt.datetime) -> dt.timedelta:
    if b < a:
        return -oracle_between(calendar, b, a)
    worked = (end - start for start, end in minutes(a, b) if open_on_the_wall(calendar, start))
    return sum(worked, dt.timedelta())


def oracle_add(
    calendar: Calendar, start: dt.datetime, duration: dt.timedelta, until: dt.datetime
) -> dt.datetime | None:
    """The moment sought, or None if it lies after `until`."""
    left = duration
    for low, high in minutes(start, until):
        if open_on_the_wall(calendar, low):
            if high - low >= left:
                return low + left
            left -= high - low
    return None


@settings(max_examples=60, deadline=None)
@given(scenes())
def test_between_counts_what_a_look_at_every_minute_counts(
    scene: tuple[Calendar, dt.datetime, dt.datetime],
) -> None:
    calendar, a, b = scene
    assert worktime.between(calendar, a, b) == oracle_between(calendar, a, b)


@settings(max_examples=60, deadline=None)
@given(scenes(), st.timedeltas(dt.timedelta(microseconds=1), dt.timedelta(hours=30)))
def test_add_arrives_where_a_walk_by_minutes_arrives(
    scene: tuple[Calendar, dt.datetime, dt.datetime], duration: dt.timedelta
) -> None:
    calendar, start, _ = scene
    until = start + dt.timedelta(days=4)
    sought = oracle_add(calendar, start, duration, until)
    try:
        found = worktime.add(calendar, start, duration)
    except worktime.NoWorkingTime:
        assert sought is None
        return
    event("arrives" if sought is not None else "too far for the oracle")
    assert found == sought if sought is not None else found > until


@settings(max_examples=60, deadline=None)
@given(scenes())
def test_open_and_next_open_are_what_the_wall_clock_says(
    scene: tuple[Calendar, dt.datetime, dt.datetime],
) -> None:
    calendar, a, _ = scene
    assert worktime.is_open(calendar, a) == open_on_the_wall(calendar, a)
    sought = oracle_add(calendar, a, dt.timedelta(microseconds=1), a + dt.timedelta(days=3))
    assume(sought is not None)
    assert sought is not None
    found = worktime.next_open(calendar, a)
    assert found == sought - dt.timedelta(microseconds=1)
    assert worktime.is_open(calendar, found)


DURATIONS = st.one_of(
    st.timedeltas(dt.timedelta(), dt.timedelta(hours=9)),
    st.timedeltas(dt.timedelta(), dt.timedelta(days=900)),
)


def or_nothing(call: Callable[[], dt.datetime]) -> dt.datetime | None:
    try:
        return call()
    except worktime.NoWorkingTime:
        return None


@settings(max_examples=300, deadline=None)
@given(scenes(), DURATIONS)
def test_between_undoes_add(scene: tuple[Calendar, dt.datetime, dt.datetime], duration: dt.timedelta) -> None:
    calendar, start, _ = scene
    for sign in (1, -1):
        arrived = or_nothing(partial(worktime.add, calendar, start, sign * duration))
        if arrived is not None:
            event("arrived")
            assert worktime.between(calendar, start, arrived) == sign * duration


@settings(max_examples=300, deadline=None)
@given(scenes())
def test_add_of_what_lies_between_is_the_first_such_moment(
    scene: tuple[Calendar, dt.datetime, dt.datetime],
) -> None:
    calendar, a, b = scene
    a, b = min(a, b), max(a, b)
    worked = worktime.between(calendar, a, b)
    assume(worked)
    there = worktime.add(calendar, a, worked)
    assert a < there <= b
    assert worktime.between(calendar, there, b) == dt.timedelta()
    assert worktime.between(calendar, a, there - dt.timedelta(microseconds=1)) < worked
    back = worktime.add(calendar, b, -worked)
    assert a <= back < b
    assert worktime.between(calendar, a, back) == dt.timedelta()
    assert worktime.between(calendar, back + dt.timedelta(microseconds=1), b) < worked


@settings(max_examples=300, deadline=None)
@given(scenes(), st.timedeltas(dt.timedelta(days=-500), dt.timedelta(days=500)))
def test_working_time_adds_up_and_never_outruns_the_clock(
    scene: tuple[Calendar, dt.datetime, dt.datetime], further: dt.timedelta
) -> None:
    calendar, a, b = scene
    c = b + further
    assert worktime.between(calendar, a, c) == worktime.between(calendar, a, b) + worktime.between(
        calendar, b, c
    )
    assert worktime.between(calendar, b, a) == -worktime.between(calendar, a, b)
    early, late = min(a, c), max(a, c)
    assert dt.timedelta() <= worktime.between(calendar, early, late) <= late - early


@settings(max_examples=300, deadline=None)
@given(scenes(), DURATIONS, DURATIONS)
def test_more_time_never_ends_earlier_and_parts_add_up(
    scene: tuple[Calendar, dt.datetime, dt.datetime], one: dt.timedelta, two: dt.timedelta
) -> None:
    calendar, (start, later_start) = scene[0], sorted(scene[1:])
    whole = or_nothing(lambda: worktime.add(calendar, start, one + two))
    assume(whole is not None)
    part = worktime.add(calendar, start, one)
    assert whole is not None
    assert start <= part <= whole
    assert worktime.add(calendar, part, two) == whole
    from_later = or_nothing(lambda: worktime.add(calendar, later_start, one))
    assert from_later is None or from_later >= part


@settings(max_examples=200, deadline=None)
@given(scenes(), st.sampled_from(ZONES))
def test_the_zone_a_moment_is_told_in_changes_nothing(
    scene: tuple[Calendar, dt.datetime, dt.datetime], zone: str
) -> None:
    calendar, a, b = scene
    told_a, told_b = a.astimezone(ZoneInfo(zone)), b.astimezone(ZoneInfo(zone))
    assert worktime.between(calendar, told_a, told_b) == worktime.between(calendar, a, b)
    assert worktime.is_open(calendar, told_a) == worktime.is_open(calendar, a)


@given(st.integers(-10, 1500), st.integers(-10, 1500))
def test_a_period_begins_before_it_ends_within_the_day(start: int, end: int) -> None:
    if 0 <= start < end <= 1440:
        assert Period.at(*str(Period(start, end)).split("–")) == Period(start, end)
    else:
        with pytest.raises(worktime.InvalidPeriod):
            Period(start, end)


@given(scenes())
def test_a_ruler_measures_many_moments_as_between_measures_two(
    scene: tuple[Calendar, dt.datetime, dt.datetime],
) -> None:
    calendar, a, b = scene
    a, b = sorted((a, b), key=dt.datetime.timestamp)
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    low, high = ((moment - epoch) // dt.timedelta(microseconds=1) for moment in (a, b))
    ruler = Ruler(calendar, low, high)
    middle = (low + high) // 2
    found = ruler.between([low, low, middle, high], [high, middle, high, low])
    inside = epoch + dt.timedelta(microseconds=middle)
    expected = [worktime.between(calendar, *pair) for pair in ((a, b), (a, inside), (inside, b), (b, a))]
    assert [dt.timedelta(microseconds=int(one)) for one in found] == expected
