"""A clause held against the facts of a case. Pure; times are aware, budgets working time by the clause's hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import DomainError, Invalid, gettext_noop
from zhiyin.libs import worktime

QUARTER = 3
SMALLEST_CELL = 5
"""Of fewer no share is shown: it would say more about single people than about the service."""


class State(Choice):
    OPEN = "open", gettext_noop("Still within its time")
    KEPT = "kept", gettext_noop("Honoured")
    BROKEN = "broken", gettext_noop("Not honoured")
    DROPPED = "dropped", gettext_noop("No longer asked for")


class GivenMissing(Invalid):
    code = "guarantees.given_missing"
    message = gettext_noop("Write what the customer was given.")


class MadeGoodAlready(DomainError):
    code = "guarantees.made_good_already"
    message = gettext_noop("This has been made good already.")


class Lifted(DomainError):
    code = "guarantees.lifted"
    message = gettext_noop("The facts have been put right since: the guarantee was kept here.")


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that does not count, since somebody outside has to act; `until` None goes on."""

    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class End:
    """What the clause waits for: done then, or from then on no longer needed."""

    at: datetime
    done: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a clause stands. `due_at` is empty while it stands still, `settled_at` while it is open or dropped."""

    state: State
    due_at: datetime | None
    settled_at: datetime | None


def due_at(
    calendar: worktime.Calendar, *, start: datetime, budget: timedelta, pauses: Iterable[Pause]
) -> datetime | None:
    """When the budget of working time is used up, pauses left out; None while a pause goes on."""
    left, since = budget, start
    for pause in sorted(pauses, key=lambda one: one.since):
        if pause.until is not None and pause.until <= since:
            continue
        used = worktime.between(calendar, since, max(pause.since, since))
        if used >= left:
            break
        left -= used
        if pause.until is None:
            return None
        since = pause.until
    return worktime.add(calendar, since, left)


def verdict(
    calendar: worktime.Calendar,
    *,
    start: datetime,
    budget: timedelta,
    pauses: Iterable[Pause] = (),
    end: End | None,
    now: datetime,
) -> Verdict:
    """Kept when done by the due time to the moment; broken from the due time on, however late it is done after all."""
    counted = [pause for pause in pauses if end is None or pause.since < end.at]
    due = due_at(calendar, start=start, budget=budget, pauses=counted)
    reached = end.at if end is not None else now
    if due is not None and reached > due:
        return Verdict(State.BROKEN, due, due)
    if end is None:
        return Verdict(State.OPEN, due, None)
    return Verdict(State.KEPT, due, end.at) if end.done else Verdict(State.DROPPED, due, None)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days with its name; both ends count."""

    name: str
    since: date
    until: date


def quarter_before(day: date) -> Period:
    """The last whole quarter before a day."""
    first_of_this = date(day.year, (day.month - 1) // QUARTER * QUARTER + 1, 1)
    until = first_of_this - timedelta(days=1)
    return Period("quarter", date(until.year, until.month - QUARTER + 1, 1), until)


def check_given(text: str) -> str:
    """Raises GivenMissing."""
    words = " ".join(text.replace("\0", "").split())[:200]
    if not words:
        raise GivenMissing(field="given")
    return words
