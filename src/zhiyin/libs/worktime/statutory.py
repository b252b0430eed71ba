"""Statutory holidays of mainland China and the swapped working days (调休).

The table is that of the package `chinesecalendar`, which copies the yearly notices of the State Council.
Notices come out a year at a time, so every table ends: for later years weekends count as usual,
provisionally. An administrator loads later years from a sheet before a new version of the package is out;
see `load`.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from chinese_calendar import constants

from zhiyin.libs.worktime.errors import WorktimeError, gettext_noop

HOLIDAY = "holiday"
WORKDAY = "workday"
KINDS = {
    **dict.fromkeys((HOLIDAY, "off", "rest", "休", "休息", "休息日", "放假", "节假日", "假日"), HOLIDAY),
    **dict.fromkeys((WORKDAY, "work", "班", "上班", "补班", "调休", "工作日", "调休上班"), WORKDAY),
}
_DATE = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_DATES = re.compile(rf"{_DATE}(?:\s*(?:\.\.|~|～|–|—|至|到|to)\s*{_DATE})?", re.IGNORECASE)
COLUMNS = 2
LONGEST_DAYS = 31
"""A holiday of more than a month is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class Statutory:
    """What is known: every statutory day off and every swapped working day of the years in `years`.

    Dates outside `years` may be present (a year loaded ahead of the one before it): they count, but stay
    provisional until the years between are known.
    """

    years: range
    holidays: frozenset[dt.date]
    workdays: frozenset[dt.date]

    @property
    def provisional_from(self) -> dt.date:
        """The first date about which nothing is known; what `Calendar.provisional_from` wants."""
        return dt.date(self.years.stop, 1, 1)

    def extended(self, later: Statutory) -> Statutory:
        """This table with `later` laid over it, date by date; years prolong it only without a gap."""
        holidays = self.holidays - later.workdays | later.holidays
        workdays = self.workdays - later.holidays | later.workdays
        return Statutory(_unbroken(self.years, (date.year for date in holidays)), holidays, workdays)


@lru_cache(maxsize=1)
def table() -> Statutory:
    """The table that comes with the installed `chinesecalendar` (version 1.11: 2004 to 2026)."""
    holidays, workdays = frozenset(constants.holidays), frozenset(constants.workdays)
    years = {date.year for date in holidays}
    return Statutory(_unbroken(range(min(years), min(years)), years), holidays, workdays)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One row that cannot be taken: its line in the file (the heading is line 1), and why, as in `errors`."""

    line: int
    code: str
    message: str
    data: dict[str, str]

    def __str__(self) -> str:
        """For developers and logs; a page translates `message` itself."""
        return f"{self.line}: {self.message % self.data}"


class InvalidTable(WorktimeError):
    """Some rows of a loaded table cannot be taken; none was. `problems` has them all, in order of lines."""

    code = "statutory.invalid_table"
    message = gettext_noop("%(count)s rows of this table need another look; nothing was loaded.")

    def __init__(self, problems: tuple[RowProblem, ...]) -> None:
        self.problems = problems
        super().__init__(count=len(problems))


PROBLEMS = {
    "empty": gettext_noop("This table has no rows. It wants two columns: date, kind."),
    "columns": gettext_noop("A row has two columns: a date such as 2027-01-01, and holiday or workday."),
    "date": gettext_noop("“%(value)s” is no date. Write it like 2027-01-01, or 2027-10-01 to 2027-10-07."),
    "range": gettext_noop("“%(value)s” ends before it begins, or is longer than a month."),
    "kind": gettext_noop("“%(value)s” is neither holiday nor workday."),
    "twice": gettext_noop("%(value)s is already a %(kind)s in line %(other)s."),
}


def load(text: str) -> Statutory:
    """Read later years from a sheet saved as CSV (commas, semicolons or tabs; a byte-order mark is fine).

    Columns `date` and `kind`; further columns are notes; a heading is optional, empty lines and lines that
    begin with # are passed over:

        date,kind,note
        2027-01-01,holiday,元旦
        2027-10-01 to 2027-10-07,holiday,国庆节
        2027-10-09,workday

    Dates also as 2027/1/1 or 2027年1月1日, ranges also with .. ~ 至; kinds also as 休 or 放假, 班 or 上班.
    A year counts as known when a row names a holiday in it, so load a year whole. Raises `InvalidTable`
    with every bad row; then nothing was read.
    """
    seen: dict[dt.date, tuple[str, int]] = {}
    problems: list[RowProblem] = []
    for line, cells in _rows(text):
        problems += _take(line, cells, seen)
    if not seen and not problems:
        problems.append(_problem(1, "empty"))
    if problems:
        raise InvalidTable(tuple(problems))
    holidays = frozenset(date for date, (kind, _) in seen.items() if kind == HOLIDAY)
    years = {date.year for date in holidays}
    first = min(years, default=0)
    return Statutory(_unbroken(range(first, first), years), holidays, frozenset(seen) - holidays)


def _unbroken(known: range, years: Iterable[int]) -> range:
    """`known` prolonged by the years that follow it without a gap."""
    more, stop = set(years), known.stop
    while stop in more:
        stop += 1
    return range(known.start, stop)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = text.removeprefix("\ufeff").replace("\0", "").splitlines()
    sample = "\n".join(lines)
    delimiter = max(",;\t", key=sample.count)
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=delimiter), [])]
        heading = number == 1 and bool(cells) and not any(character.isdecimal() for character in cells[0])
        if any(cells) and not cells[0].startswith("#") and not (heading and _is_heading(cells)):
            yield number, cells


def _is_heading(cells: list[str]) -> bool:
    return len(cells) < COLUMNS or cells[1].casefold() not in KINDS


def _take(line: int, cells: list[str], seen: dict[dt.date, tuple[str, int]]) -> Iterator[RowProblem]:
    if len(cells) < COLUMNS or not cells[0] or not cells[1]:
        yield _problem(line, "columns")
        return
    kind = KINDS.get(cells[1].casefold())
    if kind is None:
        yield _problem(line, "kind", value=cells[1])
        return
    try:
        dates = _dates(cells[0])
    except ValueError:
        yield _problem(line, "date", value=cells[0])
        return
    if not 0 < len(dates) <= LONGEST_DAYS:
        yield _problem(line, "range", value=cells[0])
        return
    for ordinal in dates:
        date = dt.date.fromordinal(ordinal)
        if date in seen:
            yield _problem(
                line, "twice", value=date.isoformat(), kind=seen[date][0], other=str(seen[date][1])
            )
            return
        seen[date] = (kind, line)


def _dates(cell: str) -> range:
    match = _DATES.fullmatch(cell)
    if match is None:
        raise ValueError(cell)
    numbers = [int(number) for number in match.groups() if number is not None]
    first = dt.date(*numbers[:3])
    last = dt.date(*numbers[3:]) if numbers[3:] else first
    return range(first.toordinal(), last.toordinal() + 1)


def _problem(line: int, reason: str, **data: str) -> RowProblem:
    return RowProblem(line, f"statutory.{reason}", PROBLEMS[reason], data)
