"""Service type: how the matter was handled × how the person was met.

William B. Martin, Quality Customer Service (Crisp, 1989): low on both cold 冷淡型, procedure alone factory 生产型,
person alone friendly 友好型, both quality 优质型. Each side is the weighted share of what applied and was done; what
did not apply (no feeling to meet, nothing to sum up) does not count. An agent's figures are means over conversations
with Student's t intervals.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, stdev

from zhiyin.libs.coach import measures as lines
from zhiyin.libs.coach.conversation import Act, Conversation, Place, Reading, Step, TalkFinding
from zhiyin.libs.coach.readings import AgentReading, CustomerReading, Emotion, gettext_noop
from zhiyin.libs.coach.student import t_quantile

LEVEL = 0.95
FEW = 5
"""Below so many conversations an agent's type is not called sure, however clear the figures."""


class ServiceType(StrEnum):
    """Low and high on the two sides."""

    COLD = "cold"
    FACTORY = "factory"
    FRIENDLY = "friendly"
    QUALITY = "quality"


class Dimension(StrEnum):
    """The two sides."""

    PROCEDURE = "procedure"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Item:
    """What is looked at: `says` is a marked sentence, `weight` how much it counts where it applies."""

    id: str
    dimension: Dimension
    weight: float
    says: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One item in one conversation: `score` 0–1, and the place that shows it where there is one."""

    item: Item
    score: float
    place: Place | None


@dataclass(frozen=True, slots=True)
class Service:
    """One conversation's type. Scores 0–1; `margins`: score minus line, negative below it; None where nothing applied."""

    procedure: float | None
    person: float | None
    type: ServiceType | None
    margins: Mapping[Dimension, float]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over conversations with its 95 % t interval, cut at 0 and 1; with one conversation the ends are nan."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent's type over many conversations.

    `sure`: neither interval holds its line, and there are at least FEW conversations. `types` counts the single
    conversations; `weakest` the items with the lowest mean score, weightiest first.
    """

    procedure: Mean | None
    person: Mean | None
    type: ServiceType | None
    sure: bool
    margins: Mapping[Dimension, float]
    types: Mapping[ServiceType, int]
    weakest: tuple[tuple[Item, float], ...]


P, H = Dimension.PROCEDURE, Dimension.PERSON
ITEMS = {
    item.id: item
    for item in (
        Item("greeting", P, 1, gettext_noop("Greeted at the beginning")),
        Item("answers", P, 3, gettext_noop("Every question answered")),
        Item("no_repeats", P, 2, gettext_noop("Nothing had to be told twice")),
        Item("clear", P, 2, gettext_noop("Plain answers: nothing unclear, no inside terms")),
        Item("way_on", P, 3, gettext_noop("A next step in every refusal, nothing passed on empty-handed")),
        Item("solution", P, 3, gettext_noop("A solution, a reason or a promise")),
        Item("firm", P, 1, gettext_noop("Promises with a time")),
        Item("check", P, 1, gettext_noop("Understanding and consent checked")),
        Item("sum_up", P, 1, gettext_noop("Agreements summed up")),
        Item("prompt", P, 2, gettext_noop("Answers in time, no dead air")),
        Item("close", P, 1, gettext_noop("Closed properly, not before the matter was settled")),
        Item("willing", H, 2, gettext_noop("Willingness shown")),
        Item("empathy", H, 3, gettext_noop("Feeling acknowledged")),
        Item("responsible", H, 2, gettext_noop("Responsibility taken: I, we")),
        Item("respect", H, 3, gettext_noop("No blame, no pressing, no brushing off")),
        Item("kind_no", H, 2, gettext_noop("No cold refusals")),
        Item("polite", H, 1, gettext_noop("Polite address")),
        Item("warmth", H, 1, gettext_noop("Thanks and good wishes")),
        Item("listens", H, 2, gettext_noop("Listened without interrupting")),
        Item("eased", H, 2, gettext_noop("The customer left calmer than he came")),
    )
}
MUSTS = {"answers", "empathy", "respect"}
"""Whoever misses one of these altogether is not high on that side."""
_CONFUSING = {"unclear", "jargon", "stacked_q", "neg_dontknow"}
_EMPTY = {"missing_solution", "buck_pass"}
_HARSH = {"argue_blame", "rhetorical", "doubt", "cut_off", "curt", "neg_unwilling"}
_COLD = {"neg_cannot", "neg_but", "rule_hide"}
_SLOW = {"left_waiting", "dead_air", "long_hold", "slow_responses", "late_greeting"}
_OPEN = {"closed_early", "no_anything_else", "no_thanks"}
_DEEDS = ("solution", "explains", "benefit")
_UPSET = {Emotion.ANGER, Emotion.ANXIETY, Emotion.SADNESS, Emotion.VENTING}
_HALF = 0.5


def of(
    readings: Sequence[Reading],
    talked: Conversation,
    findings: Sequence[TalkFinding] | None = None,
    *,
    timed: bool = False,
    measures: lines.Measures | None = None,
) -> Service:
    """The service type of one conversation.

    `findings`: those of the conversation unless given (a call has more); `timed`: it carried times, so that
    promptness counts. Without an agent's turn nothing applies and the type is None.
    """
    measures = measures or lines.shipped()
    sight = _Sight(readings, talked, talked.findings if findings is None else tuple(findings), timed)
    evidence = tuple(_evidence(sight)) if sight.agent else ()
    scores = {side: _score(evidence, side, measures) for side in Dimension}
    return Service(
        procedure=scores[P],
        person=scores[H],
        type=_type(scores, measures),
        margins=_margins(scores, measures),
        evidence=evidence,
    )


def of_agent(services: Sequence[Service], *, measures: lines.Measures | None = None) -> Agent:
    """The service type of an agent over his conversations; those in which nothing applied are left out."""
    measures = measures or lines.shipped()
    judged = [service for service in services if service.type is not None]
    means = {
        P: _mean([service.procedure for service in judged if service.procedure is not None]),
        H: _mean([service.person for service in judged if service.person is not None]),
    }
    values = {side: mean.value if mean else None for side, mean in means.items()}
    return Agent(
        procedure=means[P],
        person=means[H],
        type=_type(values, measures),
        sure=len(judged) >= FEW
        and all(
            mean is not None and not mean.low <= measures.line(side) <= mean.high
            for side, mean in means.items()
        ),
        margins=_margins(values, measures),
        types={kind: sum(service.type is kind for service in judged) for kind in ServiceType},
        weakest=_weakest(judged),
    )


@dataclass(frozen=True)
class _Sight:
    """One conversation under judgement."""

    readings: Sequence[Reading]
    talked: Conversation
    findings: tuple[TalkFinding, ...]
    timed: bool

    @property
    def agent(self) -> list[tuple[int, AgentReading]]:
        return [
            (number, reading)
            for number, reading in enumerate(self.readings)
            if isinstance(reading, AgentReading)
        ]

    @property
    def customer(self) -> list[tuple[int, CustomerReading]]:
        return [
            (number, reading)
            for number, reading in enumerate(self.readings)
            if isinstance(reading, CustomerReading)
        ]

    def raised(self, rules: set[str]) -> Place | None:
        """The first finding of these rules over the conversation."""
        return next((Place(f.turn, f.start, f.end) for f in self.findings if f.rule in rules), None)

    def flagged(self, rules: set[str]) -> list[Place]:
        """Every finding of these rules in single turns."""
        return [
            Place(number, f.start, f.end)
            for number, reading in self.agent
            for f in reading.findings
            if f.rule in rules
        ]

    def shown(self, *positives: str) -> Place | None:
        """The first of these positives."""
        marks = (
            Place(number, mark.start, mark.end)
            for number, reading in self.agent
            for mark in reading.positives
            if mark.rule in positives
        )
        return next(marks, None)


def _evidence(sight: _Sight) -> Iterator[Evidence]:
    yield from _procedure(sight)
    yield from _person(sight)


def _procedure(sight: _Sight) -> Iterator[Evidence]:
    talked = sight.talked
    yield _absent(sight, "greeting", {"no_greeting"})
    if sight.customer:
        yield _absent(sight, "answers", {"unanswered"})
        yield _absent(sight, "no_repeats", {"told_twice"})
    yield _fewer("clear", sight.flagged(_CONFUSING))
    yield _fewer("way_on", sight.flagged(_EMPTY))
    deed = sight.shown(*_DEEDS) or next(iter(_promised(sight)), None)
    # A short enquiry is solved by its answer, whatever form that takes.
    plain = not talked.troubled and not talked.matter and not sight.raised({"unanswered"})
    yield Evidence(ITEMS["solution"], float(deed is not None or plain), deed)
    promises = [promise for _, reading in sight.agent for promise in reading.promises]
    if promises:
        hard = sum(promise.kind == "hard" for promise in promises)
        vague = sight.flagged({"vague_promise", "overpromise"})
        yield Evidence(ITEMS["firm"], 0.0 if vague else _HALF + _HALF * hard / len(promises), _first(vague))
    if talked.matter:
        check = talked.acts.get(Act.CHECK)
        yield Evidence(ITEMS["check"], float(check is not None), check)
    if talked.matter and (Act.SUM_UP in talked.acts or sight.raised({"no_summary"})):
        yield Evidence(ITEMS["sum_up"], float(Act.SUM_UP in talked.acts), talked.acts.get(Act.SUM_UP))
    if sight.timed:
        yield _absent(sight, "prompt", _SLOW)
    if talked.settled or sight.raised(_OPEN):
        yield _absent(sight, "close", _OPEN)


def _person(sight: _Sight) -> Iterator[Evidence]:
    talked = sight.talked
    willing = talked.steps.get(Step.WILLINGNESS)
    yield Evidence(ITEMS["willing"], float(willing is not None), willing)
    if talked.troubled:
        yield _empathy(sight)
        own = talked.steps.get(Step.RESPONSIBILITY)
        yield Evidence(ITEMS["responsible"], float(own is not None), own)
    yield _fewer("respect", sight.flagged(_HARSH), severe=True)
    yield _fewer("kind_no", sight.flagged(_COLD))
    yield _fewer("polite", sight.flagged({"impolite_ni"}))
    warm = sight.shown("thanks", "greet", "confirm_other")
    yield Evidence(ITEMS["warmth"], float(warm is not None), warm)
    if sight.timed:
        yield _absent(sight, "listens", {"interrupts", "overlaps", "talks_too_much", "monologue", "too_fast"})
    eased = _eased(sight)
    if eased is not None:
        yield eased


def _empathy(sight: _Sight) -> Evidence:
    """All of it where the feeling was met and never passed over, half where once it was."""
    met = sight.talked.steps.get(Step.EMPATHY)
    passed = sight.flagged({"missing_empathy"})
    late = sight.raised({"feeling_late"})
    score = 0.0 if met is None else _HALF if passed or late else 1.0
    return Evidence(ITEMS["empathy"], score, met or _first(passed))


def _eased(sight: _Sight) -> Evidence | None:
    """From the strongest feeling to the last turn; nothing to ease, nothing to judge."""
    felt = [
        (number, reading.intensity if reading.emotion in _UPSET else 0) for number, reading in sight.customer
    ]
    worst = max((intensity for _, intensity in felt), default=0)
    if not worst:
        return None
    number, last = felt[-1]
    return Evidence(ITEMS["eased"], 1 - last / worst, Place(number, 0, 0))


def _promised(sight: _Sight) -> Iterator[Place]:
    for number, reading in sight.agent:
        for promise in reading.promises:
            yield Place(number, promise.start, promise.end)


def _absent(sight: _Sight, name: str, rules: set[str]) -> Evidence:
    place = sight.raised(rules)
    return Evidence(ITEMS[name], float(place is None), place)


def _fewer(name: str, places: list[Place], *, severe: bool = False) -> Evidence:
    """One such finding halves the score, a second (or a severe first) takes it."""
    score = 1.0 if not places else _HALF if len(places) == 1 and not severe else 0.0
    return Evidence(ITEMS[name], score, _first(places))


def _first(places: list[Place]) -> Place | None:
    return places[0] if places else None


def _score(evidence: Sequence[Evidence], side: Dimension, measures: lines.Measures) -> float | None:
    own = [each for each in evidence if each.item.dimension is side]
    whole = sum(each.item.weight for each in own)
    if not whole:
        return None
    score = sum(each.score * each.item.weight for each in own) / whole
    missed = any(each.item.id in MUSTS and not each.score for each in own)
    return min(score, measures.line("must")) if missed else score


def _type(scores: Mapping[Dimension, float | None], measures: lines.Measures) -> ServiceType | None:
    procedure, person = scores[P], scores[H]
    if procedure is None or person is None:
        return None
    high = procedure >= measures.line(P), person >= measures.line(H)
    return {
        (False, False): ServiceType.COLD,
        (True, False): ServiceType.FACTORY,
        (False, True): ServiceType.FRIENDLY,
        (True, True): ServiceType.QUALITY,
    }[high]


def _margins(scores: Mapping[Dimension, float | None], measures: lines.Measures) -> dict[Dimension, float]:
    return {side: score - measures.line(side) for side, score in scores.items() if score is not None}


def _mean(values: list[float]) -> Mean | None:
    if not values:
        return None
    value, n = fmean(values), len(values)
    if n == 1:
        return Mean(value, math.nan, math.nan, 1)
    half = t_quantile(0.5 + LEVEL / 2, n - 1) * stdev(values) / math.sqrt(n)
    return Mean(value, max(0.0, value - half), min(1.0, value + half), n)


def _weakest(services: Sequence[Service], most: int = 3) -> tuple[tuple[Item, float], ...]:
    scores: dict[str, list[float]] = {}
    for service in services:
        for each in service.evidence:
            scores.setdefault(each.item.id, []).append(each.score)
    means = [(ITEMS[name], fmean(values)) for name, values in scores.items()]
    lost = [(item, mean) for item, mean in means if mean < 1]
    return tuple(sorted(lost, key=lambda pair: -(1 - pair[1]) * pair[0].weight)[:most])
