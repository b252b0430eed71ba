"""A working calendar told to the coach."""

import datetime as dt
import zoneinfo

from zhiyin.cli.coach.hours import CalendarHours
from zhiyin.libs import worktime
from zhiyin.libs.coach import promises

SHANGHAI = zoneinfo.ZoneInfo("Asia/Shanghai")
DAY = (worktime.Period.at("09:00", "12:00"), worktime.Period.at("13:30", "18:00"))
OFFICE = worktime.Calendar(
    week=(DAY,) * 5 + ((),) * 2,
    holidays=frozenset(dt.date(2026, 10, day) for day in range(1, 8)),
    workdays={dt.date(2026, 10, 10): None},
)


def due(text, now, calendar=OFFICE):
    return promises.find(text, now=now, hours=CalendarHours(calendar))[0].due_at


def test_three_working_days_pass_over_the_golden_week_and_count_the_swapped_saturday():
    now = dt.datetime(2026, 9, 30, 10, tzinfo=SHANGHAI)
    assert due("三个工作日内给您退款", now) == dt.datetime(2026, 10, 10, 18, tzinfo=SHANGHAI)


def test_before_friday_ends_with_fridays_working_hours():
    now = dt.datetime(2026, 11, 18, 10, tzinfo=SHANGHAI)
    assert due("我周五前给您回电", now) == dt.datetime(2026, 11, 20, 18, tzinfo=SHANGHAI)


def test_eight_working_hours_skip_the_night():
    now = dt.datetime(2026, 11, 18, 15, tzinfo=SHANGHAI)
    assert due("8个工作小时内给您答复", now) == dt.datetime(2026, 11, 19, 15, 30, tzinfo=SHANGHAI)


def test_a_house_that_never_closes_ends_its_days_at_midnight():
    now = dt.datetime(2026, 11, 18, 10, tzinfo=SHANGHAI)
    assert due("我明天给您回电", now, worktime.Calendar(always=True)) == dt.datetime(
        2026, 11, 20, tzinfo=SHANGHAI
    )


def test_a_calendar_without_hours_leaves_working_days_open():
    now = dt.datetime(2026, 11, 18, 10, tzinfo=SHANGHAI)
    assert due("三个工作日内给您退款", now, worktime.Calendar()) is None
