"""Working calendars and statutory days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from zhiyin.kit.errors import Invalid, NotFound, gettext_noop
from zhiyin.libs import worktime
from zhiyin.libs.worktime import Period, RowProblem, Statutory
from zhiyin.people import access, calendars, rules
from zhiyin.people.access import Deed
from zhiyin.people.models import (
    Calendar,
    CalendarException,
    CalendarPeriod,
    DayKind,
    Staff,
    StatutoryDay,
)
from zhiyin.people.timetable import Exceptional

PACKAGE = "chinesecalendar"
Hours = tuple[int, int, int]
"""Weekday (0 is Monday), from, to, in minutes after midnight."""


class HoursMissing(Invalid):
    code = "people.hours_missing"
    message = gettext_noop("No working hours yet. Add at least one period, or choose round the clock.")


class ClosedAndOpen(Invalid):
    code = "people.closed_and_open"
    message = gettext_noop("%(date)s is both closed and open. Keep one of them.")


class Unreckonable(Invalid):
    """What `libs.worktime` has against these hours, with its own code and sentence."""

    def __init__(self, problem: worktime.WorktimeError, *, field: str = "") -> None:
        super().__init__(field=field, **problem.data)
        self.code, self.message = problem.code, problem.message  # type: ignore[misc]  # the library's words, not the class's


class TableRefused(Invalid):
    """Rows of a statutory table that cannot be taken; `problems` has every one, and nothing was loaded."""

    code = "people.table_refused"
    message = gettext_noop("%(count)s rows need another look. Nothing was loaded.")

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        super().__init__(field="table", count=len(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a table brought: days changed, and the years it names a holiday in."""

    changed: int
    years: tuple[int, ...]


@transaction.atomic
def save_calendar(
    *,
    name: str,
    periods: Sequence[Hours],
    by: Staff | None,
    now: datetime,
    calendar_id: int | None = None,
    zone: str = "Asia/Shanghai",
    always: bool = False,
    observes_statutory: bool = True,
    exceptions: Sequence[Exceptional] = (),
    version: int | None = None,
) -> Calendar:
    """Make or change a calendar as a whole; clocks that run by it are reckoned anew in the same transaction.

    Raises `Unreckonable` (overlaps, unknown zone), `HoursMissing`, `ClosedAndOpen`, `rules.NameTaken`,
    `rules.Stale`.
    """
    if by is not None:
        access.require(by, Deed.MANAGE_CALENDARS)
    calendar = (
        Calendar.objects.select_for_update().filter(pk=calendar_id).first() if calendar_id else Calendar()
    )
    if calendar is None:
        raise NotFound
    if calendar_id:
        rules.check_version(version, calendar.version)
        calendar.version += 1
    calendar.name, calendar.zone = rules.check_name(name), zone.strip()
    calendar.always, calendar.observes_statutory = always, observes_statutory
    _check_hours(calendar, periods, exceptions)
    try:
        with transaction.atomic():
            calendar.save()
    except IntegrityError:
        raise rules.NameTaken(field="name", name=calendar.name) from None
    _set_periods(calendar, periods)
    _set_exceptions(calendar, exceptions)
    calendars.tell(frozenset({calendar.pk}), now)
    return calendar


def check_hours(
    *,
    zone: str,
    always: bool,
    observes_statutory: bool,
    periods: Sequence[Hours],
    exceptions: Sequence[Exceptional],
) -> worktime.Calendar:
    """The calendar these values would make, unsaved: for the preview. Raises like `save_calendar`."""
    draft = Calendar(zone=zone.strip(), always=always, observes_statutory=observes_statutory)
    return _check_hours(draft, periods, exceptions)


def _check_hours(
    calendar: Calendar, periods: Sequence[Hours], exceptions: Sequence[Exceptional]
) -> worktime.Calendar:
    if not calendar.always and not periods:
        raise HoursMissing(field="periods")
    try:
        own = _by_date(exceptions)
        return calendars.build(calendar, list(periods), own, calendars.known())
    except worktime.UnknownZone as problem:
        raise Unreckonable(problem, field="zone") from None
    except worktime.WorktimeError as problem:
        raise Unreckonable(problem, field="periods") from None


def _by_date(exceptions: Sequence[Exceptional]) -> dict[date, tuple[Period, ...]]:
    own: dict[date, tuple[Period, ...]] = defaultdict(tuple)
    closed = {row.date for row in exceptions if row.start is None or row.end is None}
    for row in exceptions:
        if row.start is None or row.end is None:
            own[row.date] = ()
        elif row.date in closed:
            raise ClosedAndOpen(field="exceptions", date=row.date.isoformat())
        else:
            own[row.date] += (Period(row.start, row.end),)
    return dict(own)


def _set_periods(calendar: Calendar, periods: Sequence[Hours]) -> None:
    held = {(row.weekday, row.start, row.end): row.pk for row in calendar.periods.all()}
    wanted = set(periods)
    CalendarPeriod.objects.filter(pk__in=[pk for key, pk in held.items() if key not in wanted]).delete()
    CalendarPeriod.objects.bulk_create(
        CalendarPeriod(calendar=calendar, weekday=weekday, start=start, end=end)
        for weekday, start, end in sorted(wanted - held.keys())
    )


def _set_exceptions(calendar: Calendar, exceptions: Sequence[Exceptional]) -> None:
    held = {Exceptional(row.date, row.start, row.end, row.note): row.pk for row in calendar.exceptions.all()}
    wanted = dict.fromkeys(exceptions)
    CalendarException.objects.filter(pk__in=[pk for key, pk in held.items() if key not in wanted]).delete()
    CalendarException.objects.bulk_create(
        CalendarException(calendar=calendar, date=row.date, start=row.start, end=row.end, note=row.note)
        for row in wanted
        if row not in held
    )


@transaction.atomic
def load_statutory(*, text: str, by: Staff | None, now: datetime, source: str = "") -> Loaded:
    """Take statutory days from a table (see `worktime.load`); all of it or nothing.

    Laid over what is known, date by date. Days that an earlier file named in the same years, and this one
    does not, go away, so that a corrected file can be loaded again. Raises `TableRefused`.
    """
    if by is not None:
        access.require(by, Deed.MANAGE_CALENDARS)
    try:
        table = worktime.load(text)
    except worktime.InvalidTable as problem:
        raise TableRefused(problem.problems) from None
    wanted = _kinds(table)
    years = sorted({day.year for day in table.holidays})
    rows = {row.date: row for row in StatutoryDay.objects.select_for_update()}
    gone = [
        row.pk
        for day, row in rows.items()
        if row.source != PACKAGE and day.year in years and day not in wanted
    ]
    changed = StatutoryDay.objects.filter(pk__in=gone).delete()[0] if gone else 0
    changed += _lay(wanted, rows, source=source.strip() or "file", over_files=True)
    changed += _lay_package()
    if changed:
        calendars.tell(None, now)
    return Loaded(changed, tuple(years))


@transaction.atomic
def refresh_statutory(*, now: datetime, by: Staff | None = None) -> int:
    """Bring the table up to the days that come with the installed library; how many changed.

    For `zhiyin migrate` and every start after an upgrade. Days loaded from a file are left as they are.
    """
    if by is not None:
        access.require(by, Deed.MANAGE_CALENDARS)
    changed = _lay_package()
    if changed:
        calendars.tell(None, now)
    return changed


def _lay_package() -> int:
    wanted = _kinds(worktime.table())
    rows = {row.date: row for row in StatutoryDay.objects.select_for_update()}
    gone = [row.pk for day, row in rows.items() if row.source == PACKAGE and day not in wanted]
    changed = StatutoryDay.objects.filter(pk__in=gone).delete()[0] if gone else 0
    return changed + _lay(wanted, rows, source=PACKAGE, over_files=False)


def _lay(
    wanted: dict[date, DayKind], rows: dict[date, StatutoryDay], *, source: str, over_files: bool
) -> int:
    new = [
        StatutoryDay(date=day, kind=kind, source=source) for day, kind in wanted.items() if day not in rows
    ]
    StatutoryDay.objects.bulk_create(new, ignore_conflicts=True)
    moved = []
    for day, kind in wanted.items():
        row = rows.get(day)
        if row is not None and row.kind != kind and (over_files or row.source == PACKAGE):
            row.kind, row.source = kind, source
            moved.append(row)
    StatutoryDay.objects.bulk_update(moved, ["kind", "source"])
    return len(new) + len(moved)


def _kinds(table: Statutory) -> dict[date, Any]:
    return dict.fromkeys(sorted(table.holidays), DayKind.HOLIDAY) | dict.fromkeys(
        sorted(table.workdays), DayKind.WORKDAY
    )
