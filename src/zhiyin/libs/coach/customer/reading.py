"""Putting rules and model together into one reading of a customer's turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources

from zhiyin.libs.coach import features
from zhiyin.libs.coach.customer import judging, noise, signs
from zhiyin.libs.coach.customer.signs import Signal
from zhiyin.libs.coach.folding import folded
from zhiyin.libs.coach.model import Model
from zhiyin.libs.coach.readings import CustomerReading, Emotion, Mark, Role, Satisfaction, Turn

HEADS: Mapping[str, tuple[str, ...]] = {
    "emotion": tuple(Emotion),
    "satisfaction": tuple(Satisfaction),
    "intensity": ("1", "2", "3"),
    "urgency": ("0", "1", "2"),
    "danger": ("0", "1"),
    "leave_intent": ("0", "1", "2"),
    "escalate": ("0", "1", "2"),
    "clamour": ("0", "1"),
}
"""What the customer's model answers; intensity only of turns that are not calm."""

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_KEPT_LENGTH = 500
_EXPLAINED = 10
_MOST_EVIDENCE = 8


@cache
def shipped_model() -> Model:
    """The model that comes with the coach."""
    return Model.load(resources.files("zhiyin.libs.coach").joinpath("data/customer.npz"))


def language(text: str, context: Sequence[Turn] = ()) -> str:
    """The language of a turn; where it has no words, of the conversation; Chinese when in doubt."""
    for said in (text, *(turn.text for turn in reversed(context[-8:]))):
        if _CHINESE.search(said):
            return "zh"
        if _LATIN.search(said):
            return "en"
    return "zh"


def read(text: str, context: Sequence[Turn] = (), model: Model | None = None) -> CustomerReading:
    """The reading of a customer's turn; `context` are the turns before it, oldest first.

    `model` replaces the shipped one (an organisation's own). Never raises; cost is linear in the length of `text`.
    """
    found, known = known_of(text, context)
    model = model or shipped_model()
    seen = features.seen(text, context, known)
    rows = model.rows(seen)
    shares = model.shares(model.scores_of(rows))
    emotion = judging.emotion(folded(text[:_KEPT_LENGTH]), shares, seen.traits)
    levels = judging.levels(found, known, shares, emotion)
    dissatisfied = judging.dissatisfied(shares, seen.traits)
    return CustomerReading(
        emotion=emotion,
        intensity=judging.intensity(shares, emotion, levels["clamour"]),
        satisfaction=judging.satisfaction(shares, emotion, dissatisfied),
        dissatisfied=dissatisfied,
        evidence=_evidence(text, found, levels, emotion, model, rows),
        **levels,
    )


def _evidence(
    text: str,
    found: Sequence[Signal],
    levels: Mapping[str, int],
    emotion: Emotion,
    model: Model,
    rows: Mapping[str, set[int]],
) -> tuple[Mark, ...]:
    """The words of the signals that count, then the plain words of the feeling, then what the model went by."""
    marks = [
        signal.mark(name)
        for signal in sorted(found, key=lambda one: (-one.level, one.start))
        if levels.get(name := judging.SIGNALS.get(signal.rule, ""), 0)
    ]
    marks += [signal.mark() for signal in found if signal.rule == emotion]
    if emotion is not Emotion.CALM:
        weights = model.explain_of(rows, text, head="emotion", answer=emotion, limit=_EXPLAINED)
        marks += [
            Mark(emotion, one.start, one.end or 0) for one in weights if one.start is not None and one.end
        ]
    return tuple(dict.fromkeys(marks))[:_MOST_EVIDENCE]


def known_of(text: str, context: Sequence[Turn] = ()) -> tuple[list[Signal], frozenset[str]]:
    """The signals of a turn, and all that rules and form tell the model about it and its burst."""
    tongue = language(text, context)
    seen = folded(text)
    found = signs.shipped(tongue).find(seen, context)
    run = [folded(said[:_KEPT_LENGTH]) for said in noise.burst(context)]
    known = {f"rule {signal.rule}" for signal in found}
    known.update(f"rule {signal.rule} {signal.level}" for signal in found if signal.level > 1)
    known.update(f"form {trait}" for trait in noise.traits(seen, run, text))
    for said in run:
        known.update(f"run {rule}" for rule in _rules_in(tongue, said))
    for said in _earlier(context, len(run)):
        known.update(f"earlier {rule}" for rule in _rules_in(tongue, said))
    return found, frozenset(known)


def _earlier(context: Sequence[Turn], own: int) -> Iterator[str]:
    """The customer's messages before his burst, among the last eight turns."""
    for turn in context[-8 : len(context) - own] if own < len(context) else ():
        if turn.role is Role.CUSTOMER:
            yield folded(turn.text[:_KEPT_LENGTH])


@lru_cache(256)
def _rules_in(tongue: str, said: str) -> tuple[str, ...]:
    return tuple(signal.rule for signal in signs.shipped(tongue).find(said))
