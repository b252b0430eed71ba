"""Words and decisions about promises. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import DomainError, Invalid, gettext_noop
from zhiyin.libs import worktime

MAX_TEXT = 300
LEAD_SHARE = 4
LONGEST_LEAD = timedelta(hours=1)
Z95 = 1.959963984540054


class State(Choice):
    OPEN = "open", gettext_noop("To be kept")
    KEPT = "kept", gettext_noop("Fulfilled")
    BROKEN = "broken", gettext_noop("Broken")
    RELEASED = "released", gettext_noop("Released by the customer")


class Weight(Choice):
    HARD = "hard", gettext_noop("By a stated time")
    SOFT = "soft", gettext_noop("Without a stated time")


MOVES: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.KEPT, State.BROKEN, State.RELEASED}),
    State.KEPT: frozenset(),
    State.BROKEN: frozenset(),
    State.RELEASED: frozenset(),
}
"""What was broken stays broken: done after all it is made good, which is noted beside it (`made_good_at`)."""


class TextMissing(Invalid):
    code = "promises.text_missing"
    message = gettext_noop("Write what was promised, in the words the customer heard.")


class TextLong(Invalid):
    code = "promises.text_long"
    message = gettext_noop("Too long: at most %(most)s characters, this one has %(count)s.")


class DuePast(Invalid):
    code = "promises.due_past"
    message = gettext_noop("This time has already passed. Choose one that can still be kept.")


class NoteMissing(Invalid):
    code = "promises.note_missing"
    message = gettext_noop("Write how the customer agreed to this.")


class Settled(DomainError):
    code = "promises.settled"
    message = gettext_noop("This promise is settled already: %(state)s.")


class Overdue(DomainError):
    code = "promises.overdue"
    message = gettext_noop("The time of this promise has passed. It can still be made good, and noted so.")


def check_text(text: str) -> str:
    """What was promised; raises Invalid when it is empty or longer than `MAX_TEXT`."""
    words = " ".join(text.replace("\0", "").split())
    if not words:
        raise TextMissing(field="text")
    if len(words) > MAX_TEXT:
        raise TextLong(field="text", most=MAX_TEXT, count=len(words))
    return words


def check_note(text: str, *, needed: bool = False) -> str:
    """The note of a settlement; raises Invalid when it is `needed` and missing, or too long."""
    words = " ".join(text.replace("\0", "").split())
    if needed and not words:
        raise NoteMissing(field="note")
    if len(words) > MAX_TEXT:
        raise TextLong(field="note", most=MAX_TEXT, count=len(words))
    return words


def check_due(due_at: datetime, now: datetime) -> None:
    """Raises DuePast unless `due_at` lies in the future."""
    if due_at <= now:
        raise DuePast(field="due_at")


def is_late(due_at: datetime, now: datetime) -> bool:
    """The moment it falls due is still in time."""
    return now > due_at


def on_keeping(state: State, due_at: datetime, now: datetime, *, made_good: bool) -> State:
    """What a promise becomes when it is done at `now`; raises Settled when there is nothing left to do."""
    if state == State.BROKEN and not made_good:
        return State.BROKEN
    if state != State.OPEN:
        raise Settled(state=state)
    return State.BROKEN if is_late(due_at, now) else State.KEPT


def check_release(state: State, due_at: datetime, now: datetime) -> None:
    """A customer can let go of a promise only before it is broken; raises Settled, Overdue."""
    if state == State.OPEN and is_late(due_at, now):
        raise Overdue
    if State.RELEASED not in MOVES[state]:
        raise Settled(state=state)


def remind_at(calendar: worktime.Calendar, made_at: datetime, due_at: datetime) -> datetime:
    """When to remind: a quarter of the working time before it falls due, at most one working hour.

    Where no working time lies between, the same by the clock on the wall. Never before the promise was made.
    """
    working = worktime.between(calendar, made_at, due_at)
    if working > timedelta(0):
        moment = worktime.add(calendar, due_at, -min(working / LEAD_SHARE, LONGEST_LEAD))
    else:
        moment = due_at - min((due_at - made_at) / LEAD_SHARE, LONGEST_LEAD)
    return max(moment, made_at)


@dataclass(frozen=True, slots=True)
class KeptShare:
    """Promises kept among those kept or broken, with the 95 % interval of Wilson (1927).

    Released ones count on neither side; what was made good stays broken and is counted apart.
    """

    kept: int
    broken: int
    made_good: int
    released: int

    @property
    def n(self) -> int:
        """How many were kept or broken."""
        return self.kept + self.broken

    @property
    def value(self) -> float | None:
        """The share, None without any."""
        return self.kept / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Lower and upper bound; None without any."""
        if not self.n:
            return None
        share, n, z2 = self.kept / self.n, self.n, Z95 * Z95
        centre = (share + z2 / (2 * n)) / (1 + z2 / n)
        half = Z95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
        return max(0.0, centre - half), min(1.0, centre + half)
