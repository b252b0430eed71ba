"""Mass incidents: their closed lists, what fits one, and one reply made each customer's own. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhiyin.cases.rules import moves
from zhiyin.cases.rules.moves import Step
from zhiyin.cases.rules.words import Kind, Stage
from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import DomainError, Invalid, gettext_noop
from zhiyin.libs import hanzi

BEFORE = timedelta(hours=2)  # people notice before we do
AFTER = timedelta(hours=24)  # and tell us when it is over
SHOWN_AFTER = timedelta(hours=24)  # how long customers still read that it is over
MOST_AT_ONCE = 2000
PLACE = re.compile(r"[{｛]\s*([^{}｛｝\s]{1,20})\s*[}｝]")
NAME, NUMBER = "name", "number"
PLACES = {
    "name": NAME,
    "姓名": NAME,
    "称呼": NAME,
    "稱呼": NAME,
    "number": NUMBER,
    "编号": NUMBER,
    "編號": NUMBER,
}
SPLIT = re.compile(r"[\s,，、;；|/]+")


class IncidentState(Choice):
    OPEN = "open", gettext_noop("Going on")
    SOLVED = "solved", gettext_noop("Solved")
    CLOSED = "closed", gettext_noop("Over")


class SharedKind(Choice):
    """What can be done once for all members."""

    REPLY = "reply", gettext_noop("One reply to all")
    ASK = "ask", gettext_noop("Asked whether it is settled")
    JUDGE = "judge", gettext_noop("One judgement")
    OFFER = "offer", gettext_noop("Passed to one department")
    ACCEPT = "accept", gettext_noop("Accepted together")
    INVESTIGATE = "investigate", gettext_noop("One cause")
    REMEDY = "remedy", gettext_noop("One remedy")


class SharedState(Choice):
    DRAFT = "draft", gettext_noop("Draft")
    RUNNING = "running", gettext_noop("Under way")
    DONE = "done", gettext_noop("Dealt with")


class PartState(Choice):
    """What became of one member case of a shared deed."""

    WAITING = "waiting", gettext_noop("Waiting")
    DONE = "done", gettext_noop("Dealt with")
    TASK = "task", gettext_noop("To be told in person")
    TOLD = "told", gettext_noop("Told in person")
    REFUSED = "refused", gettext_noop("Not possible")


class IncidentLine(Choice):
    """What happens to an incident; its timeline is made of these."""

    OPENED = "opened", gettext_noop("Opened")
    CHANGED = "changed", gettext_noop("Details changed")
    PUBLISHED = "published", gettext_noop("Shown to customers")
    HIDDEN = "hidden", gettext_noop("No longer shown to customers")
    JOINED = "joined", gettext_noop("Cases joined")
    LEFT = "left", gettext_noop("A case was taken out")
    APART = "apart", gettext_noop("A case differs and is followed up on its own")
    AGREED = "agreed", gettext_noop("A case goes with the others again")
    SHARED = "shared", gettext_noop("Done for all")
    SOLVED = "solved", gettext_noop("Solved")
    REOPENED = "reopened", gettext_noop("Going on again")
    CLOSED = "closed", gettext_noop("Over")


class Fit(Choice):
    """Why a case may belong to an incident."""

    PLACE = "place", gettext_noop("same place")
    WORDS = "words", gettext_noop("same words")
    TIME = "time", gettext_noop("same time")


class IncidentOver(DomainError):
    code = "incident.over"
    message = gettext_noop("This incident is closed. Open it again first, or choose another.")


class ElsewhereAlready(DomainError):
    code = "incident.elsewhere"
    message = gettext_noop("This case belongs to another incident already: “%(title)s”.")


class NotAMember(DomainError):
    code = "incident.not_a_member"
    message = gettext_noop("This case does not belong to the incident any more.")


class LeftOut(DomainError):
    code = "incident.left_out"
    message = gettext_noop("By now it differs from the others, or has come to its end.")


class StandsElsewhere(DomainError):
    code = "incident.stands_elsewhere"
    message = gettext_noop("It stands at “%(step)s”.")


class AskedAlready(DomainError):
    code = "incident.asked_already"
    message = gettext_noop("A department has been asked already.")


class NobodyLeft(DomainError):
    code = "incident.nobody"
    message = gettext_noop(
        "No case of this incident is open and like the others, so there is nobody to do it for."
    )


class TooManyAtOnce(DomainError):
    code = "incident.too_many"
    message = gettext_noop("%(count)s cases are more than can be added at once. Narrow the list to %(most)s.")


class EndsBeforeItBegins(Invalid):
    code = "incident.ends_before"
    message = gettext_noop("The end lies before the beginning. Choose a later time.")


class UnknownPlace(Invalid):
    code = "incident.unknown_place"
    message = gettext_noop(
        "“%(place)s” is not something we can fill in. Use the name or the number of the case."
    )


class StillGoingOn(DomainError):
    code = "incident.going_on"
    message = gettext_noop("Say first that it is solved, then close it.")


MOVES = {
    IncidentState.OPEN: frozenset({IncidentState.SOLVED}),
    IncidentState.SOLVED: frozenset({IncidentState.CLOSED, IncidentState.OPEN}),
    IncidentState.CLOSED: frozenset({IncidentState.OPEN}),
}


def check_move(old: IncidentState, new: IncidentState) -> None:
    """Raise unless an incident may go from `old` to `new`."""
    if new not in MOVES[old]:
        raise StillGoingOn if old is IncidentState.OPEN else IncidentOver


def check_span(since: datetime, until: datetime | None) -> None:
    if until is not None and until < since:
        raise EndsBeforeItBegins(field="until")


def check_places(text: str) -> None:
    """Raise UnknownPlace for anything in braces that no customer's reply can be filled with."""
    for found in PLACE.finditer(text):
        if found[1].lower() not in PLACES:
            raise UnknownPlace(field="text", place=found[0])


def fill(text: str, *, name: str, number: str) -> str:
    """The reply as one customer reads it."""
    said = {NAME: name, NUMBER: number}
    return PLACE.sub(
        lambda found: said[PLACES[found[1].lower()]] if found[1].lower() in PLACES else found[0], text
    )


def spoken_of(words: str) -> list[str]:
    """The words customers use for it, each folded for comparing."""
    return [hanzi.fold(word) for word in SPLIT.split(words) if word]


@dataclass(frozen=True, slots=True)
class Shape:
    """What of an incident decides whether a case fits it."""

    title: str
    place: str
    words: str
    since: datetime
    until: datetime | None

    @property
    def window(self) -> tuple[datetime, datetime | None]:
        """When a case about it can have come in."""
        return self.since - BEFORE, self.until + AFTER if self.until else None


def fits(shape: Shape, *, texts: Sequence[str], at: datetime) -> list[Fit]:
    """Why a matter with these texts that came in at `at` may belong to it; empty where it does not.

    Time alone proves nothing; with the place or the words it does.
    """
    first, last = shape.window
    if at < first or (last is not None and at > last):
        return []
    said = hanzi.fold(" ".join(texts))
    found = []
    if any(place in said for place in spoken_of(shape.place)):
        found.append(Fit.PLACE)
    if any(word in said for word in spoken_of(shape.words)):
        found.append(Fit.WORDS)
    return [*found, Fit.TIME] if found else []


LEFT_ALONE = frozenset(
    {Stage.CLOSED, Stage.CONFIRMED, Stage.ARCHIVED}
)  # settled: they are not written to again

STEPS = {
    SharedKind.ASK: Step.CONFIRM,
    SharedKind.JUDGE: Step.JUDGE,
    SharedKind.OFFER: Step.ASSIGN,
    SharedKind.ACCEPT: Step.ASSIGN,
    SharedKind.INVESTIGATE: Step.INVESTIGATE,
    SharedKind.REMEDY: Step.REMEDY,
}


def check_step(shared: SharedKind, kind: Kind, stage: Stage) -> None:
    """What is done for all is done where its step is the next one; nothing that was done by hand is done over."""
    step = moves.current_step(kind, stage)
    if step is not STEPS[shared]:
        raise StandsElsewhere(step=step or Step.ARCHIVE)
