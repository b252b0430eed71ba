"""Exact working-time arithmetic: calendars with several periods a day, holidays, swapped working days, 24×7.

from zhiyin.libs import worktime
due = worktime.add(calendar, received_at, timedelta(hours=8))
"""

from zhiyin.libs.worktime.calendar import ALL_DAY, Calendar, Period
from zhiyin.libs.worktime.errors import (
    InvalidPeriod,
    InvalidWeek,
    NaiveMoment,
    NoWorkingTime,
    OutOfRange,
    OverlappingPeriods,
    UnknownZone,
    WorktimeError,
)
from zhiyin.libs.worktime.reckon import HORIZON_YEARS, add, between, is_open, is_provisional, next_open
from zhiyin.libs.worktime.statutory import InvalidTable, RowProblem, Statutory, load, table

__all__ = [
    "ALL_DAY",
    "HORIZON_YEARS",
    "Calendar",
    "InvalidPeriod",
    "InvalidTable",
    "InvalidWeek",
    "NaiveMoment",
    "NoWorkingTime",
    "OutOfRange",
    "OverlappingPeriods",
    "Period",
    "RowProblem",
    "Statutory",
    "UnknownZone",
    "WorktimeError",
    "add",
    "between",
    "is_open",
    "is_provisional",
    "load",
    "next_open",
    "table",
]
