"""Working calendars: from the tables to `zhiyin.libs.worktime`, and the statutory days behind them.

A process keeps what it has read under a stamp taken from the audit of the four tables, so that a change made
anywhere is seen by the next `load`. Statutory days end with the last published year: after it weekends count
provisionally (`worktime.is_provisional`), and loading a year calls whoever registered with `on_changed`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from django.db import connection

from zhiyin.libs import worktime
from zhiyin.libs.worktime import Period, Statutory
from zhiyin.people.models import Calendar, CalendarException, DayKind, StatutoryDay

Stamp = tuple[object, ...]


class Listener(Protocol):
    """What is called when hours have changed; `calendar_ids` None means all of them."""

    def __call__(self, *, calendar_ids: frozenset[int] | None, now: datetime) -> None: ...


ALWAYS = worktime.Calendar(always=True)
STAMP = """
    SELECT (SELECT array[count(*), coalesce(max(pgh_id), 0)] FROM people_calendaraudit),
           (SELECT array[count(*), coalesce(max(pgh_id), 0)] FROM people_calendarperiodaudit),
           (SELECT array[count(*), coalesce(max(pgh_id), 0)] FROM people_calendarexceptionaudit),
           (SELECT array[count(*), coalesce(max(pgh_id), 0)] FROM people_statutorydayaudit)
"""
_listeners: list[Listener] = []
_kept: tuple[Stamp, dict[int, worktime.Calendar]] | None = None


def on_changed(listener: Listener) -> None:
    """Have `listener` called inside the transaction of every change of hours or statutory days.

    Rooms above register in `AppConfig.ready` and reckon their due times anew.
    """
    if listener not in _listeners:
        _listeners.append(listener)


def tell(calendar_ids: frozenset[int] | None, now: datetime) -> None:
    """Call everybody who registered with `on_changed`."""
    for listener in _listeners:
        listener(calendar_ids=calendar_ids, now=now)


def load(calendar_id: int | None) -> worktime.Calendar:
    """The calendar as the library reckons with it; None, or one no longer there, is round the clock."""
    return ALWAYS if calendar_id is None else book().get(calendar_id, ALWAYS)


def book() -> Mapping[int, worktime.Calendar]:
    """Every calendar by id, with one look at the stamp: for those who reckon many rows."""
    global _kept  # noqa: PLW0603  # one small table a process, replaced as a whole
    stamp = _stamp()
    kept = _kept
    if kept is None or kept[0] != stamp:
        kept = _kept = (stamp, _read())
    return kept[1]


def _stamp() -> Stamp:
    """Counts and last ids of the audit: they move with every committed change, whoever made it."""
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        return tuple(tuple(part) for part in cursor.fetchone() or ())


def _read() -> dict[int, worktime.Calendar]:
    statutory = known()
    exceptions: dict[int, dict[date, tuple[Period, ...]]] = defaultdict(dict)
    for row in CalendarException.objects.order_by("calendar_id", "date", "start"):
        own = exceptions[row.calendar_id]
        hours = () if row.start is None or row.end is None else (Period(row.start, row.end),)
        own[row.date] = own.get(row.date, ()) + hours
    return {
        calendar.pk: build(
            calendar,
            [(period.weekday, period.start, period.end) for period in calendar.periods.all()],
            exceptions[calendar.pk],
            statutory,
        )
        for calendar in Calendar.objects.prefetch_related("periods").order_by("pk")
    }


def build(
    calendar: Calendar,
    periods: list[tuple[int, int, int]],
    exceptions: Mapping[date, tuple[Period, ...]],
    statutory: Statutory,
) -> worktime.Calendar:
    """A calendar from rows: `periods` are (weekday, from, to) in minutes. Raises `worktime.WorktimeError`."""
    week = tuple(
        tuple(Period(start, end) for day, start, end in periods if day == weekday) for weekday in range(7)
    )
    observed = calendar.observes_statutory and not calendar.always
    return worktime.Calendar(
        zone=calendar.zone,
        week=week,
        always=calendar.always,
        exceptions=exceptions,
        holidays=statutory.holidays if observed else frozenset(),
        workdays=dict.fromkeys(statutory.workdays) if observed else {},
        provisional_from=statutory.provisional_from if observed else None,
    )


def known() -> Statutory:
    """The statutory days in the table; before anything was loaded, those that come with the library."""
    rows = list(StatutoryDay.objects.values_list("date", "kind"))
    if not rows:
        return worktime.table()
    holidays = frozenset(day for day, kind in rows if kind == DayKind.HOLIDAY)
    first = min((day.year for day in holidays), default=0)
    nothing = Statutory(range(first, first), frozenset(), frozenset())
    return nothing.extended(
        Statutory(range(first, first), holidays, frozenset(day for day, _ in rows) - holidays)
    )
