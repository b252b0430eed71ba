"""The clock and the calendar that due times are reckoned with; loaded only where somebody asks for due times."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from zhiyin.cli.coach.errors import BadCalendar, BadMoment

if TYPE_CHECKING:
    from zhiyin.cli.coach.hours import CalendarHours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
USUAL = "office"
OFFICE = "mon-fri 09:00-18:00"


def given(now: str, calendar: str) -> tuple[dt.datetime | None, CalendarHours | None]:
    """The moment and the working hours of a command's options; raises BadMoment, BadCalendar."""
    if not now and calendar == USUAL:
        return None, None
    told = hours(calendar)
    return moment(now, told), told


def hours(said: str) -> CalendarHours:
    """`office` (Monday to Friday, nine to six, Chinese statutory holidays), `always`, or days and hours.

    Raises BadCalendar.
    """
    from zhiyin.cli.coach.hours import CalendarHours
    from zhiyin.libs import worktime

    if said == "always":
        return CalendarHours(worktime.Calendar(always=True))
    try:
        days, _, spans = (OFFICE if said == USUAL else said).partition(" ")
        first, _, last = days.partition("-")
        working = range(DAYS.index(first), DAYS.index(last or first) + 1)
        periods = tuple(worktime.Period.at(*span.strip().split("-")) for span in spans.split(","))
        week = tuple(periods if day in working else () for day in range(len(DAYS)))
        known = worktime.table()
        calendar = worktime.Calendar(
            week=week,
            holidays=known.holidays,
            workdays=dict.fromkeys(known.workdays),
            provisional_from=known.provisional_from,
        )
    except (ValueError, TypeError, worktime.WorktimeError) as error:
        raise BadCalendar(said=said) from error
    if not any(week):
        raise BadCalendar(said=said)
    return CalendarHours(calendar)


def moment(said: str, hours: CalendarHours) -> dt.datetime | None:
    """`said` as a moment, in the calendar's zone where it names none; None where nothing is said.

    Raises BadMoment.
    """
    if not said:
        return None
    try:
        read = dt.datetime.fromisoformat(said)
    except ValueError as error:
        raise BadMoment(said=said) from error
    return read if read.tzinfo else read.replace(tzinfo=ZoneInfo(hours.calendar.zone))
