"""When a statutory time ends. Pure.

The day on which a time begins is not counted; it ends at midnight of its last day (Civil Code, articles 201 and 203).
Working days are those of the State Council's notices, swapped working days (调休) included.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from zhiyin.libs import worktime
from zhiyin.libs.worktime import ALL_DAY, Calendar, Statutory
from zhiyin.statutory.rules.words import Body, Duty, Region, Sector, Unit

DAY = timedelta(days=1)
WORKDAYS_A_WEEK = 5
HOURS_WARN_SHARE = 0.75


class Scoped(Protocol):
    """Whatever holds for some trades and places; nothing said means every one."""

    @property
    def sector(self) -> str | None: ...
    @property
    def region(self) -> str | None: ...
    @property
    def city(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Term:
    """One version of a rule as data; whatever is empty holds for every one. `rolls`: a last day off moves on."""

    id: int
    code: str
    duty: Duty
    body: str
    sector: str
    region: str
    city: str
    amount: int
    unit: Unit
    starts_from: str
    rolls: bool
    remind_days: int
    effective_from: date
    effective_to: date | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due_at` is the first moment after the last day; provisional where its year's holidays are not announced."""

    due_at: datetime
    warn_at: datetime
    provisional: bool


def calendar(statutory: Statutory, zone: str) -> Calendar:
    """Whole working days: Monday to Friday and the swapped ones, without the holidays."""
    off = ((),) * (7 - WORKDAYS_A_WEEK)
    return Calendar(
        zone=zone,
        week=((ALL_DAY,) * WORKDAYS_A_WEEK) + off,
        holidays=statutory.holidays,
        workdays=dict.fromkeys(statutory.workdays),
        provisional_from=statutory.provisional_from,
    )


def in_force(
    terms: Iterable[Term],
    *,
    duty: Duty,
    body: Body | None,
    sector: Sector | None,
    on: date,
    region: Region | None = None,
    city: str = "",
) -> Term | None:
    """The rule that holds on a day: one for this authority before one for all, then one for this trade, this city, this
    region before one for all, then the newest version.
    """
    holding = [
        term
        for term in terms
        if term.duty == duty
        and term.body in {"", body or ""}
        and concerns(term, sector=sector, region=region, city=city)
        and term.effective_from <= on
        and (term.effective_to is None or on <= term.effective_to)
    ]
    return max(holding, key=_narrower, default=None)


def concerns(term: Scoped, *, sector: Sector | None, region: Region | None, city: str) -> bool:
    """Whether a rule holds for this trade in this place, whatever the day and the authority."""
    return (
        (term.sector or "") in {"", sector or ""}
        and (term.region or "") in {"", region or ""}
        and (not term.city or town(term.city) == town(city))
    )


def town(name: str) -> str:
    """A city as it is compared: 深圳 and 深圳市 are one."""
    return "".join(name.split()).removesuffix("市").casefold()


def _narrower(one: Term) -> tuple[bool, bool, bool, bool, date, int]:
    return (bool(one.body), bool(one.sector), bool(one.city), bool(one.region), one.effective_from, one.id)


def deadline(
    days: Calendar, *, start: datetime, amount: int, unit: Unit, rolls: bool, remind_days: int
) -> Deadline:
    """When a time of `amount` `unit` from `start` ends, and when to remind."""
    if unit is Unit.HOURS:
        due_at = start + timedelta(hours=amount)
        warn_at = start + timedelta(hours=amount) * HOURS_WARN_SHARE
        return Deadline(due_at, warn_at, provisional=False)
    begin = _midnight_after(days, start)
    if unit is Unit.WORKING_DAYS:
        due_at = worktime.add(days, begin, amount * DAY)
    else:
        due_at = _calendar_days(days, begin, amount, rolls=rolls)
    return by(days, start=start, due_at=due_at, remind_days=remind_days)


def by(days: Calendar, *, start: datetime, due_at: datetime, remind_days: int) -> Deadline:
    """The same for an end that is given: by the authority's slip, or by an extension."""
    warn_at = worktime.add(days, due_at, -remind_days * DAY) if remind_days else due_at
    last_moment = due_at - timedelta(microseconds=1)
    return Deadline(due_at, max(start, warn_at), provisional=worktime.is_provisional(days, last_moment))


def end_of(day: date, zone: str) -> datetime:
    """Midnight at the end of a day."""
    return datetime.combine(day + DAY, time(), ZoneInfo(zone))


def last_day(due_at: datetime, zone: str) -> date:
    """The last day on which it is still in time."""
    return (due_at.astimezone(ZoneInfo(zone)) - timedelta(microseconds=1)).date()


def _midnight_after(days: Calendar, start: datetime) -> datetime:
    return end_of(start.astimezone(ZoneInfo(days.zone)).date(), days.zone)


def _calendar_days(days: Calendar, begin: datetime, amount: int, *, rolls: bool) -> datetime:
    end = end_of(begin.astimezone(ZoneInfo(days.zone)).date() + (amount - 1) * DAY, days.zone)
    last = last_day(end, days.zone)
    if not rolls or days.periods_on(last):
        return end
    opening = worktime.next_open(days, end)
    return end_of(opening.astimezone(ZoneInfo(days.zone)).date(), days.zone)
