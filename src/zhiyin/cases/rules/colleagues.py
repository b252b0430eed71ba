"""Between colleagues: who is meant by an @, what a request inside the house may become. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import DomainError, Invalid, gettext_noop

AT = ("@", "＠")
REMIND_SHARE = 4  # reminded when a quarter of the time is left
FARTHEST = timedelta(days=365)


class RequestState(Choice):
    OPEN = "open", gettext_noop("Not taken up yet")
    ACCEPTED = "accepted", gettext_noop("Taken up")
    ANSWERED = "answered", gettext_noop("Answered")
    SUFFICIENT = "sufficient", gettext_noop("Answered sufficiently")
    DECLINED = "declined", gettext_noop("Declined")
    WITHDRAWN = "withdrawn", gettext_noop("No longer needed")


ALIVE = (RequestState.OPEN, RequestState.ACCEPTED)  # the other side has to act; the time runs
PENDING = (*ALIVE, RequestState.ANSWERED)  # not at its end
MOVES: Mapping[RequestState, frozenset[RequestState]] = {
    RequestState.OPEN: frozenset(
        {RequestState.ACCEPTED, RequestState.ANSWERED, RequestState.DECLINED, RequestState.WITHDRAWN}
    ),
    RequestState.ACCEPTED: frozenset({RequestState.ANSWERED, RequestState.DECLINED, RequestState.WITHDRAWN}),
    RequestState.ANSWERED: frozenset(
        {RequestState.SUFFICIENT, RequestState.ACCEPTED, RequestState.WITHDRAWN}
    ),
    RequestState.SUFFICIENT: frozenset(),
    RequestState.DECLINED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}


class RequestMoved(DomainError):
    code = "request.moved"
    message = gettext_noop("This request stands at “%(state)s” by now. Look at it as it is.")


class NobodyAsked(Invalid):
    code = "request.nobody"
    message = gettext_noop("Choose either a colleague or a department.")


class Oneself(Invalid):
    code = "request.oneself"
    message = gettext_noop("That is you. Choose a colleague.")


class CannotAnswer(Invalid):
    code = "request.cannot_answer"
    message = gettext_noop("%(name)s does not answer requests here. Choose somebody else, or a department.")


class TooFar(Invalid):
    code = "request.too_far"
    message = gettext_noop("This is more than a year away. Choose a nearer time.")


class NotInSight(Invalid):
    """A colleague was mentioned who may not see the case."""

    code = "mention.not_in_sight"
    message = gettext_noop(
        "%(names)s cannot see this case, so a mention would lead nowhere. Leave it out, or ask with a request to a "
        "colleague that shares the notes of this case."
    )


class SameName(Invalid):
    code = "mention.same_name"
    message = gettext_noop(
        "There are several colleagues called %(name)s. Choose from the list that opens behind the @."
    )


class RequestsOpen(Invalid):
    code = "request.still_open"
    message = gettext_noop(
        "Colleagues are still asked about this case (%(count)s). Tick that they need not answer any more, or wait."
    )


def check_move(old: RequestState, new: RequestState) -> None:
    if new not in MOVES[old]:
        raise RequestMoved(state=old)


def remind_at(now: datetime, due_at: datetime) -> datetime:
    """When the other side is reminded: with a quarter of the time left."""
    return due_at - (due_at - now) / REMIND_SHARE


def in_time(*, due_at: datetime, answered_at: datetime | None) -> bool:
    return answered_at is not None and answered_at <= due_at


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    username: str


def handle(person: Person, namesakes: int) -> str:
    """How a person is written behind the @: by name; where two share it, with the sign-in name."""
    return f"{person.name}({person.username})" if namesakes > 1 else person.name


def mentioned(text: str, people: Iterable[Person]) -> list[int]:
    """Who is meant in `text`, each once, in order. Raises SameName where a bare name is not enough.

    An e-mail address mentions nobody: before the @ there is no letter or figure of Latin script.
    """
    by_handle, names = defaultdict(list), defaultdict(list)
    for person in people:
        names[person.name].append(person)
    for name, bearers in names.items():
        for person in bearers:
            by_handle[f"{name}({person.username})"].append(person)
            by_handle[name].append(person)
    longest_first = sorted(by_handle, key=len, reverse=True)
    found: dict[int, None] = {}
    for rest in _behind_at(text.replace("（", "(").replace("）", ")")):
        known = next((word for word in longest_first if rest.startswith(word)), None)
        if known is None:
            continue
        if len(by_handle[known]) > 1:
            raise SameName(field="text", name=known)
        found[by_handle[known][0].id] = None
    return list(found)


def _behind_at(text: str) -> Iterator[str]:
    for place, letter in enumerate(text):
        before = text[place - 1] if place else " "
        if letter in AT and not (before.isascii() and before.isalnum()):
            yield text[place + 1 :]
