"""Working hours as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from zhiyin.people import timetable
from zhiyin.people.timetable import Exceptional


@pytest.mark.parametrize(
    ("written", "periods"),
    [
        ("", []),
        ("  ", []),
        ("09:00-12:00 13:30-18:00", [(540, 720), (810, 1080)]),
        ("9:00–12:00、13:30~18:00", [(540, 720), (810, 1080)]),
        ("９：００－１２：００，13:30至18:00", [(540, 720), (810, 1080)]),
        ("0:00-24:00", [(0, 1440)]),
        ("09.00 - 12.00; 13.30 - 18.00", [(540, 720), (810, 1080)]),
    ],
)
def test_hours_are_read(written, periods):
    assert timetable.read_hours(written) == periods


@pytest.mark.parametrize(
    "written", ["nine to five", "9-12", "09:00", "09:60-12:00", "25:00-26:00", "09:00-12:00 x"]
)
def test_what_is_no_hours_is_quoted(written):
    with pytest.raises(timetable.HoursUnreadable):
        timetable.read_hours(written)


@pytest.mark.parametrize("written", ["22:00-06:00", "09:00-09:00", "24:00-00:00"])
def test_over_midnight_is_two_periods(written):
    with pytest.raises(timetable.OverMidnight):
        timetable.read_hours(written)


def test_dates_of_their_own_are_read():
    rows = timetable.read_exceptions(
        "2027-02-06 休 盘点\n\n2027年2月7日 09:00-12:00 13:00-15:00 值班\n2027/2/8\n2027-02-09 closed"
    )
    assert rows == [
        Exceptional(date(2027, 2, 6), note="盘点"),
        Exceptional(date(2027, 2, 7), 540, 720, "值班"),
        Exceptional(date(2027, 2, 7), 780, 900, "值班"),
        Exceptional(date(2027, 2, 8)),
        Exceptional(date(2027, 2, 9)),
    ]


def test_every_bad_line_is_named():
    with pytest.raises(timetable.LinesUnreadable) as error:
        timetable.read_exceptions(
            "tomorrow\n2027-02-06\n2027-02-30 休\n2027-02-07 9-12\n2027-02-08 " + "x" * 121
        )
    assert [line for line, _ in error.value.problems] == [1, 3, 4, 5]


def test_too_many_lines_are_refused():
    with pytest.raises(timetable.TooManyLines):
        timetable.read_exceptions("2027-02-06\n" * 401)


PERIODS = some.lists(
    some.tuples(some.integers(0, 1438), some.integers(1, 1440)).filter(lambda pair: pair[0] < pair[1]),
    max_size=4,
)


@given(PERIODS)
def test_what_is_written_is_read_back(periods):
    assert timetable.read_hours(timetable.write_hours(periods)) == sorted(periods)


@given(some.dictionaries(some.dates(date(2000, 1, 1), date(2099, 12, 31)), PERIODS, max_size=5))
def test_dates_written_are_read_back(days):
    rows = [
        Exceptional(day, start, end, "原因")
        for day, periods in days.items()
        for start, end in sorted(set(periods)) or [(None, None)]
    ]
    assert sorted(timetable.read_exceptions(timetable.write_exceptions(rows)), key=str) == sorted(
        rows, key=str
    )


@given(some.text(max_size=80))
def test_nothing_typed_breaks_it(text):
    for read in (timetable.read_hours, timetable.read_exceptions):
        try:
            read(text)
        except timetable.Invalid:
            continue
