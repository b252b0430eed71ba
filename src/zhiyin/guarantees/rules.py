"""A clause held against the facts of a case. Pure; times are aware, budgets working time by the clause's hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhiyin.catalogue.rules.words import Measure
from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import DomainError, Invalid, gettext_noop
from zhiyin.libs import worktime

QUARTER = 3
FIRST_ROUND = 1
EVERY_ROUND = frozenset({Measure.RESPOND, Measure.RESOLVE})
"""What a customer may expect anew when the matter comes back; it is received, judged and rescued once."""
SMALLEST_CELL = 5
"""Of fewer no share is shown: it would say more about single people than about the service."""


class State(Choice):
    OPEN = "open", gettext_noop("Still within its time")
    KEPT = "kept", gettext_noop("Honoured")
    BROKEN = "broken", gettext_noop("Not honoured")
    DROPPED = "dropped", gettext_noop("No longer asked for")


class Told(Choice):
    """How staff told the customer; what was written counts once it has left, what was spoken at once."""

    WRITTEN = "written", gettext_noop("In writing")
    VOICE = "voice", gettext_noop("By voice")


class Knows(Choice):
    """Whether the customer knows of a breach, and from what that follows."""

    SEEN = "seen", gettext_noop("Read on the page of the matter")
    SENT = "sent", gettext_noop("Sent")
    VOICE = "voice", gettext_noop("Told by voice")
    LEAVING = "leaving", gettext_noop("Being sent")
    FAILED = "failed", gettext_noop("Could not be delivered")
    LAID_OUT = "laid_out", gettext_noop("Written, waits to be read on the page of the matter")
    NOT_YET = "not_yet", gettext_noop("Not told yet")

    @property
    def sure(self) -> bool:
        """Whether it can be taken for known."""
        return self in {Knows.SEEN, Knows.SENT, Knows.VOICE}


TOLD = frozenset({Knows.SENT, Knows.LEAVING, Knows.VOICE})
"""Whoever looks after it has done the telling; a letter that came back, or lies unread, may be followed by another."""


def knows(*, seen: bool, told: str, delivery: str | None) -> Knows:
    """From her own page, from the message that left, or from somebody's voice; `delivery` is how the message fares.

    A message without a delivery lies on her page until she opens it.
    """
    if seen:
        return Knows.SEEN
    if told == Told.VOICE:
        return Knows.VOICE
    if told == Told.WRITTEN:
        return {"sent": Knows.SENT, "queued": Knows.LEAVING, "failed": Knows.FAILED}.get(
            delivery or "", Knows.LAID_OUT
        )
    return Knows.NOT_YET


class WordsMissing(Invalid):
    code = "guarantees.words_missing"
    message = gettext_noop("Write what the customer is told, or was told by voice.")


class ToldAlready(DomainError):
    code = "guarantees.told_already"
    message = gettext_noop("The customer has been told of this already.")


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


def asked_again(measure: Measure, number: int) -> bool:
    """Whether a clause of this measure holds for this round: all do for the first, some for those that follow."""
    return number == FIRST_ROUND or measure in EVERY_ROUND


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


def check_may_tell(known: Knows) -> None:
    """Raises ToldAlready once a letter is on its way or arrived, or the words were spoken."""
    if known in TOLD:
        raise ToldAlready


def check_words(text: str) -> str:
    """Raises WordsMissing."""
    words = text.replace("\0", "").strip()
    if not words:
        raise WordsMissing(field="text")
    return words


def check_given(text: str) -> str:
    """Raises GivenMissing."""
    words = " ".join(text.replace("\0", "").split())[:200]
    if not words:
        raise GivenMissing(field="given")
    return words
