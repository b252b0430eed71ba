"""The three steps and the five acts of a conversation: where each shows first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from zhiyin.libs.coach.conversation.ground import Ground, Run, Talk
from zhiyin.libs.coach.conversation.results import Act, Place, Step
from zhiyin.libs.coach.readings import AgentReading, Owner, Question, Role

Key = TypeVar("Key")
ASKS_FOR = (
    "麻烦提供",
    "请提供",
    "提供一下",
    "发一下",
    "发给我",
    "报一下",
    "告诉我",
    "告知",
    "说一下",
    "could you tell",
    "may i have",
    "please send",
)


def _first(found: Iterator[Place | None]) -> Place | None:
    return next((place for place in found if place is not None), None)


def _willing(talk: Talk) -> Place | None:
    mark = talk.positive("willing", "confirm_consent", "own_I")
    if mark or not isinstance(talk.reading, AgentReading):
        return mark
    own = (promise for promise in talk.reading.promises if promise.owner is Owner.SELF)
    return next((Place(talk.number, promise.start, promise.end) for promise in own), None)


def _empathy(talk: Talk) -> Place | None:
    return talk.positive("empathy", "apology") or talk.says("acknowledging")


def _responsible(talk: Talk) -> Place | None:
    mark = talk.positive("own_I", "own_we")
    if mark or not isinstance(talk.reading, AgentReading):
        return mark
    own = (promise for promise in talk.reading.promises if promise.owner is not Owner.THIRD_PARTY)
    return next((Place(talk.number, promise.start, promise.end) for promise in own), None)


def asks_for(talk: Talk) -> bool:
    """Whether the agent asks for something he needs."""
    return any(word in talk.folded for word in ASKS_FOR)


def _gather(talk: Talk) -> Place | None:
    reading = talk.reading
    if isinstance(reading, AgentReading) and reading.question is not Question.NONE and talk.substance:
        return talk.whole
    return talk.whole if asks_for(talk) else None


def _analyse(talk: Talk) -> Place | None:
    return talk.says("looking") or talk.positive("explains")


def informs(talk: Talk) -> bool:
    """Whether a turn tells a decision, a reason or a promise."""
    return _inform(talk) is not None


def _inform(talk: Talk) -> Place | None:
    return talk.positive("solution", "benefit", "explains") or _responsible_promise(talk)


def _responsible_promise(talk: Talk) -> Place | None:
    reading = talk.reading
    if isinstance(reading, AgentReading) and reading.promises:
        return Place(talk.number, reading.promises[0].start, reading.promises[0].end)
    return None


def _check(talk: Talk) -> Place | None:
    return talk.positive("confirm_consent") or talk.says("checking")


def _sum_up(talk: Talk) -> Place | None:
    return talk.says("summing")


_STEPS: dict[Step, Callable[[Talk], Place | None]] = {
    Step.WILLINGNESS: _willing,
    Step.EMPATHY: _empathy,
    Step.RESPONSIBILITY: _responsible,
}
_ACTS: dict[Act, Callable[[Talk], Place | None]] = {
    Act.GATHER: _gather,
    Act.ANALYSE: _analyse,
    Act.INFORM: _inform,
    Act.CHECK: _check,
    Act.SUM_UP: _sum_up,
}


def acknowledges(run: Run) -> Place | None:
    """Where an agent's run meets the feeling."""
    return _first(_empathy(talk) for talk in run.talks)


def steps(ground: Ground) -> dict[Step, Place]:
    """Where each step shows first, in order of appearance.

    Willingness and responsibility may stand before the trouble is told; empathy for it cannot.
    """
    found = {step: _first(show(talk) for talk in ground.agent) for step, show in _STEPS.items()}
    if ground.first_upset is not None:
        after = (run for run in ground.runs[ground.first_upset :] if run.role is Role.AGENT)
        found[Step.EMPATHY] = _first(acknowledges(run) for run in after) or found[Step.EMPATHY]
    return _by_appearance(found)


def acts(ground: Ground) -> dict[Act, Place]:
    """Where each act shows first, in order of appearance."""
    return _by_appearance({act: _first(show(talk) for talk in ground.agent) for act, show in _ACTS.items()})


def _by_appearance(found: dict[Key, Place | None]) -> dict[Key, Place]:
    there = [(key, place) for key, place in found.items() if place is not None]
    return dict(sorted(there, key=lambda pair: (pair[1].turn, pair[1].start)))
