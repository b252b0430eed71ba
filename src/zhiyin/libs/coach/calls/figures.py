"""What a timed call measures: who spoke how much and how fast, over whom, and when nobody did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles

from zhiyin.libs.coach.folding import folded
from zhiyin.libs.coach.measures import Measures
from zhiyin.libs.coach.readings import Role, Turn

_SPOKEN = re.compile(r"[\u3400-\u9fff]|\d|[a-z]+(?:['’-][a-z]+)*", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_STOPS = {ord(mark): None for mark in "。！？!?；;~～…·，,、：:. "}
MINUTE = 60.0
BREATH = 2.0
"""Seconds of pause within which a speaker is still at the same stretch of talk."""


@dataclass(frozen=True, slots=True)
class Side:
    """One speaker: seconds of speech, turns, characters or words, and these a minute (None: too few to say)."""

    speech: float
    turns: int
    units: int
    pace: float | None


@dataclass(frozen=True, slots=True)
class Crossing:
    """A turn that begins while the other side speaks; `seconds` of overlap, `over` the turn talked over."""

    turn: int
    over: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Silence:
    """Nobody speaks after turn `after`, from `start` for `seconds`."""

    after: int
    start: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """One side speaks from turn `first` to turn `last` with nothing between but 嗯."""

    first: int
    last: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """A call in figures; times in seconds, shares 0–1.

    `talk_share`: the agent's part of all speech. `unit`: "characters/min" where the call is Chinese, else
    "words/min". `responses`: from the end of a customer's turn to the agent's next beginning, 0 where they
    overlap. `greeting_at`: when the agent first speaks, None if never.
    """

    duration: float
    agent: Side
    customer: Side
    talk_share: float
    unit: str
    overlap: float
    overlap_share: float
    interruptions: tuple[Crossing, ...]
    interruptions_by_customer: tuple[Crossing, ...]
    silences: tuple[Silence, ...]
    silence: float
    monologue: Stretch | None
    responses: tuple[float, ...]
    response_median: float | None
    response_p90: float | None
    greeting_at: float | None


def measure(turns: Sequence[Turn], measures: Measures) -> Figures:
    """The figures of timed turns in order of their beginning.

    Raises ValueError where a turn has no times.
    """
    if any(turn.start is None or turn.end is None for turn in turns):
        raise ValueError("a turn has no times")
    chinese = any(_HAN.search(turn.text) for turn in turns)
    agent, customer = (_side(turns, role, chinese, measures) for role in (Role.AGENT, Role.CUSTOMER))
    crossings = list(_crossings(turns, measures))
    silences = tuple(_silences(turns))
    overlap = _overlap(turns)
    speech = agent.speech + customer.speech
    responses = tuple(_responses(turns, measures))
    duration = max((_end(turn) for turn in turns), default=0.0)
    return Figures(
        duration=duration,
        agent=agent,
        customer=customer,
        talk_share=agent.speech / speech if speech else 0.0,
        unit="characters/min" if chinese else "words/min",
        overlap=overlap,
        overlap_share=overlap / speech if speech else 0.0,
        interruptions=tuple(c for c in crossings if turns[c.turn].role is Role.AGENT),
        interruptions_by_customer=tuple(c for c in crossings if turns[c.turn].role is Role.CUSTOMER),
        silences=silences,
        silence=sum(silence.seconds for silence in silences),
        monologue=max(_stretches(turns, measures), key=lambda stretch: stretch.seconds, default=None),
        responses=responses,
        response_median=median(responses) if responses else None,
        response_p90=_p90(responses),
        greeting_at=next((_start(turn) for turn in turns if turn.role is Role.AGENT), None),
    )


def is_backchannel(text: str, measures: Measures) -> bool:
    """Whether a turn only says: I am listening."""
    said = folded(text).translate(_STOPS)
    return said in measures.words["backchannel"].words or not said


def _start(turn: Turn) -> float:
    return turn.start or 0.0


def _end(turn: Turn) -> float:
    return turn.end or 0.0


def _side(turns: Sequence[Turn], role: Role, chinese: bool, measures: Measures) -> Side:  # noqa: FBT001
    own = [turn for turn in turns if turn.role is role]
    speech = sum(_end(turn) - _start(turn) for turn in own)
    pattern = _SPOKEN if chinese else _WORDS
    # 嗯 is drawn out or swallowed as it comes; pace is read from what is really said.
    real = [turn for turn in own if not is_backchannel(turn.text, measures)]
    units = sum(len(pattern.findall(turn.text)) for turn in real)
    took = sum(_end(turn) - _start(turn) for turn in real)
    enough = units >= measures.line("pace_from") and took > 0
    return Side(speech, len(own), units, units / took * MINUTE if enough else None)


def _crossings(turns: Sequence[Turn], measures: Measures) -> Iterator[Crossing]:
    """Turns that begin over the other side's and overlap it by more than the line; 嗯 is no interruption."""
    line = measures.line("interruption_overlap")
    latest: dict[Role, int] = {}
    for number, turn in enumerate(turns):
        other = Role.CUSTOMER if turn.role is Role.AGENT else Role.AGENT
        over = latest.get(other)
        if (
            over is not None
            and _start(turns[over]) < _start(turn)
            and not is_backchannel(turn.text, measures)
        ):
            seconds = min(_end(turns[over]), _end(turn)) - _start(turn)
            if seconds >= line and not is_backchannel(turns[over].text, measures):
                yield Crossing(number, over, seconds)
        if turn.role not in latest or _end(turn) >= _end(turns[latest[turn.role]]):
            latest[turn.role] = number


def _overlap(turns: Sequence[Turn]) -> float:
    """Seconds in which both sides speak."""
    edges = sorted(
        (at, step, turn.role) for turn in turns for at, step in ((_start(turn), 1), (_end(turn), -1))
    )
    speaking = {Role.AGENT: 0, Role.CUSTOMER: 0}
    total, before = 0.0, 0.0
    for at, step, role in edges:
        if all(speaking.values()):
            total += at - before
        speaking[role] += step
        before = at
    return total


def _silences(turns: Sequence[Turn]) -> Iterator[Silence]:
    heard, last = 0.0, -1
    for number, turn in enumerate(turns):
        if last >= 0 and _start(turn) > heard:
            yield Silence(last, heard, _start(turn) - heard)
        if _end(turn) >= heard:
            heard, last = _end(turn), number


def _responses(turns: Sequence[Turn], measures: Measures) -> Iterator[float]:
    for before, turn in pairwise(turns):
        if (
            before.role is Role.CUSTOMER
            and turn.role is Role.AGENT
            and not is_backchannel(before.text, measures)
        ):
            yield max(0.0, _start(turn) - _end(before))


def _stretches(turns: Sequence[Turn], measures: Measures) -> Iterator[Stretch]:
    """The agent's stretches of talk."""
    first = last = -1
    for number, turn in enumerate(turns):
        if turn.role is Role.CUSTOMER:
            if first >= 0 and not is_backchannel(turn.text, measures):
                yield Stretch(first, last, _end(turns[last]) - _start(turns[first]))
                first = -1
            continue
        if first >= 0 and _start(turn) - _end(turns[last]) > BREATH:
            yield Stretch(first, last, _end(turns[last]) - _start(turns[first]))
            first = -1
        first, last = (number if first < 0 else first), number
    if first >= 0:
        yield Stretch(first, last, _end(turns[last]) - _start(turns[first]))


def _p90(values: tuple[float, ...]) -> float | None:
    if not values:
        return None
    return quantiles(values, n=10, method="inclusive")[-1] if len(values) > 1 else values[0]
