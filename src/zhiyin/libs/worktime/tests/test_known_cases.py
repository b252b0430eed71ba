"""Weeks that everybody in China remembers, and clocks that change."""

from __future__ import annotations

import datetime as dt
import time
from zoneinfo import ZoneInfo

import pytest

from zhiyin.libs import worktime
from zhiyin.libs.worktime import Calendar, Period

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
DAY = (Period.at("09:00", "12:00"), Period.at("13:30", "18:00"))
STATUTORY = worktime.table()
OFFICE = Calendar(
    week=(DAY,) * 5 + ((), ()),
    holidays=STATUTORY.holidays,
    workdays=dict.fromkeys(STATUTORY.workdays),
    provisional_from=STATUTORY.provisional_from,
)
ROUND_THE_CLOCK = Calendar(always=True, holidays=STATUTORY.holidays)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


def hours(number: float) -> dt.timedelta:
    return dt.timedelta(hours=number)


def test_two_hours_on_a_plain_tuesday_end_two_hours_later() -> None:
    assert worktime.add(OFFICE, at("2025-11-18 09:30"), hours(2)) == at("2025-11-18 11:30")


def test_the_lunch_break_does_not_count() -> None:
    assert worktime.add(OFFICE, at("2025-11-18 11:30"), hours(1)) == at("2025-11-18 14:00")
    assert worktime.between(OFFICE, at("2025-11-18 11:30"), at("2025-11-18 14:00")) == hours(1)
    assert not worktime.is_open(OFFICE, at("2025-11-18 12:00"))
    assert worktime.is_open(OFFICE, at("2025-11-18 13:30"))


def test_time_that_ends_with_the_morning_ends_at_noon_and_not_after_lunch() -> None:
    assert worktime.add(OFFICE, at("2025-11-18 09:00"), hours(3)) == at("2025-11-18 12:00")
    assert worktime.next_open(OFFICE, at("2025-11-18 12:00")) == at("2025-11-18 13:30")


def test_friday_evening_runs_on_at_monday_morning() -> None:
    assert worktime.add(OFFICE, at("2025-11-14 17:30"), hours(1)) == at("2025-11-17 09:30")
    assert worktime.add(OFFICE, at("2025-11-14 21:00"), hours(1)) == at("2025-11-17 10:00")


def test_no_duration_at_all_is_the_moment_itself_even_at_night() -> None:
    assert worktime.add(OFFICE, at("2025-11-14 21:00"), hours(0)) == at("2025-11-14 21:00")
    assert worktime.next_open(OFFICE, at("2025-11-14 21:00")) == at("2025-11-17 09:00")


def test_national_day_2025_stops_the_clock_for_eight_days() -> None:
    assert worktime.add(OFFICE, at("2025-09-30 17:00"), hours(2)) == at("2025-10-09 10:00")
    assert worktime.between(OFFICE, at("2025-10-01 00:00"), at("2025-10-09 00:00")) == hours(0)


def test_the_saturday_after_national_day_2025_is_worked_like_an_ordinary_day() -> None:
    assert worktime.between(OFFICE, at("2025-10-11 00:00"), at("2025-10-12 00:00")) == hours(7.5)
    assert worktime.add(OFFICE, at("2025-10-10 17:30"), hours(1)) == at("2025-10-11 09:30")


def test_the_sunday_before_national_day_2025_is_worked_too() -> None:
    assert worktime.is_open(OFFICE, at("2025-09-28 10:00"))
    assert not worktime.is_open(OFFICE, at("2025-09-27 10:00"))


def test_national_day_2026_lasts_seven_days_with_two_days_worked_for_it() -> None:
    assert worktime.add(OFFICE, at("2026-09-30 17:00"), hours(2)) == at("2026-10-08 10:00")
    assert worktime.is_open(OFFICE, at("2026-09-20 10:00"))
    assert worktime.is_open(OFFICE, at("2026-10-10 10:00"))


def test_spring_festival_2026_from_the_worked_saturday_to_the_tuesday_after() -> None:
    assert worktime.add(OFFICE, at("2026-02-14 17:30"), hours(1)) == at("2026-02-24 09:30")


def test_an_exception_wins_over_a_holiday_and_over_a_worked_saturday() -> None:
    calendar = Calendar(
        week=OFFICE.week,
        holidays=OFFICE.holidays,
        workdays=OFFICE.workdays,
        exceptions={
            dt.date(2025, 10, 1): (Period.at("10:00", "11:00"),),
            dt.date(2025, 10, 11): (),
        },
    )
    assert worktime.add(calendar, at("2025-09-30 17:30"), hours(1)) == at("2025-10-01 10:30")
    assert not worktime.is_open(calendar, at("2025-10-11 10:00"))


def test_a_swapped_working_day_may_have_hours_of_its_own() -> None:
    calendar = Calendar(week=OFFICE.week, workdays={dt.date(2025, 10, 11): (Period.at("09:00", "12:00"),)})
    assert worktime.between(calendar, at("2025-10-11 00:00"), at("2025-10-12 00:00")) == hours(3)


def test_round_the_clock_knows_no_holiday_but_keeps_an_exception() -> None:
    assert worktime.add(ROUND_THE_CLOCK, at("2025-09-30 20:00"), hours(24)) == at("2025-10-01 20:00")
    closed = Calendar(always=True, exceptions={dt.date(2025, 10, 1): ()})
    assert worktime.add(closed, at("2025-09-30 20:00"), hours(24)) == at("2025-10-02 20:00")


def test_a_night_shift_is_two_periods() -> None:
    night = (Period.at("00:00", "06:00"), Period.at("22:00", "24:00"))
    calendar = Calendar(week=(night,) * 7)
    assert worktime.add(calendar, at("2025-11-18 23:00"), hours(8)) == at("2025-11-19 23:00")
    assert worktime.between(calendar, at("2025-11-18 22:00"), at("2025-11-19 06:00")) == hours(8)


def test_seconds_and_microseconds_are_exact() -> None:
    start = at("2025-11-18 11:59:59.999999")
    assert worktime.add(OFFICE, start, dt.timedelta(microseconds=2)) == at("2025-11-18 13:30:00.000001")


def test_a_warning_two_working_hours_ahead_goes_back_over_the_weekend() -> None:
    assert worktime.add(OFFICE, at("2025-11-17 10:00"), hours(-2)) == at("2025-11-14 17:00")
    assert worktime.add(OFFICE, at("2025-11-17 10:00"), hours(-1)) == at("2025-11-17 09:00")


def test_what_lies_between_is_negative_when_the_second_comes_first() -> None:
    assert worktime.between(OFFICE, at("2025-11-18 11:00"), at("2025-11-18 10:00")) == hours(-1)


def test_the_hour_new_york_skips_is_no_work_and_the_one_it_repeats_counts_twice() -> None:
    calendar = Calendar(zone="America/New_York", week=((Period.at("00:00", "04:00"),),) * 7)
    assert worktime.between(calendar, at("2025-03-09", NEW_YORK), at("2025-03-10", NEW_YORK)) == hours(3)
    assert worktime.between(calendar, at("2025-11-02", NEW_YORK), at("2025-11-03", NEW_YORK)) == hours(5)
    assert worktime.add(calendar, at("2025-03-09 01:00", NEW_YORK), hours(1.5)) == at(
        "2025-03-09 03:30", NEW_YORK
    )


def test_a_moment_comes_back_in_utc_so_that_comparing_is_safe() -> None:
    assert worktime.add(OFFICE, at("2025-11-18 09:30"), hours(2)).tzinfo is dt.UTC


@pytest.mark.parametrize(
    "calendar",
    [
        Calendar(),
        Calendar(
            always=True, exceptions={dt.date(2025, 1, 1) + dt.timedelta(days=n): () for n in range(3000)}
        ),
        Calendar(
            week=(DAY,) * 7, holidays=frozenset(dt.date(2025, 1, 1) + dt.timedelta(n) for n in range(3000))
        ),
    ],
)
def test_a_calendar_without_working_time_says_so_instead_of_searching_for_ever(calendar: Calendar) -> None:
    with pytest.raises(worktime.NoWorkingTime) as caught:
        worktime.add(calendar, at("2025-11-18 10:00"), hours(1))
    assert caught.value.data["years"] == 5
    with pytest.raises(worktime.NoWorkingTime):
        worktime.next_open(calendar, at("2025-11-18 10:00"))


def test_looking_back_from_a_calendar_that_had_no_hours_says_so_too() -> None:
    with pytest.raises(worktime.NoWorkingTime):
        worktime.add(Calendar(), at("2025-11-18 10:00"), hours(-1))


def test_hours_that_come_back_after_four_years_are_waited_for() -> None:
    closed = frozenset(dt.date(2025, 1, 1) + dt.timedelta(n) for n in range(365 * 4))
    calendar = Calendar(week=(DAY,) * 7, holidays=closed)
    assert worktime.next_open(calendar, at("2025-01-01 10:00")) == at("2028-12-31 09:00")
    assert worktime.add(calendar, at("2029-01-01 00:00"), hours(-7.5 * 1 - 1)) == at("2024-12-31 17:00")


def test_holidays_not_yet_published_make_a_moment_provisional() -> None:
    assert not worktime.is_provisional(OFFICE, at("2026-12-31 23:59"))
    assert worktime.is_provisional(OFFICE, at("2027-01-01 00:00"))
    assert not worktime.is_provisional(
        Calendar(always=True, provisional_from=dt.date(2020, 1, 1)), at("2025-01-01")
    )
    assert not worktime.is_provisional(Calendar(), at("2025-01-01"))


def test_beyond_the_table_weekends_simply_count() -> None:
    assert worktime.add(OFFICE, at("2031-10-03 17:30"), hours(1)) == at("2031-10-06 09:30")


def test_ten_years_take_no_time_to_speak_of() -> None:
    start, end = at("2025-01-01"), at("2035-01-01")
    worktime.between(OFFICE, start, end)
    began = time.perf_counter()
    for _ in range(100):
        worked = worktime.between(OFFICE, start, end)
        assert worktime.add(OFFICE, start, worked) <= end
    assert time.perf_counter() - began < 2


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(worktime.NaiveMoment):
        worktime.is_open(OFFICE, at("2025-01-01").replace(tzinfo=None))


@pytest.mark.parametrize(
    "moment", [dt.datetime(1, 1, 1, tzinfo=dt.UTC), dt.datetime(9999, 12, 31, tzinfo=dt.UTC)]
)
def test_the_ends_of_time_are_refused(moment: dt.datetime) -> None:
    with pytest.raises(worktime.OutOfRange):
        worktime.next_open(OFFICE, moment)


def test_running_off_the_end_of_time_is_no_crash() -> None:
    with pytest.raises(worktime.NoWorkingTime):
        worktime.add(OFFICE, dt.datetime(9995, 1, 1, tzinfo=dt.UTC), hours(24 * 365 * 5))


def test_a_calendar_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(worktime.UnknownZone):
        Calendar(zone="Asia/Nowhere")
    with pytest.raises(worktime.UnknownZone):
        Calendar(zone="../etc/passwd")
    with pytest.raises(worktime.InvalidWeek):
        Calendar(week=(DAY,) * 6)
    with pytest.raises(worktime.OverlappingPeriods, match="09:00–12:00 and 11:00–13:00"):
        Calendar(week=((Period.at("11:00", "13:00"), Period.at("09:00", "12:00")),) * 7)
    with pytest.raises(worktime.InvalidPeriod):
        Period.at("9 o'clock", "12:00")


def test_calendars_of_equal_hours_are_equal_and_can_be_keys() -> None:
    one = Calendar(week=((DAY[1], DAY[0]),) * 7, workdays={dt.date(2025, 10, 11): None})
    two = Calendar(week=(DAY,) * 7, workdays={dt.date(2025, 10, 11): None})
    assert one == two
    assert len({one, two}) == 1
