"""From the finds of the rules and the model's probabilities to labels: rules decide what was said outright."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from zhiyin.libs.coach.customer import noise
from zhiyin.libs.coach.customer.signs import Signal
from zhiyin.libs.coach.readings import Emotion, Satisfaction

Shares = Mapping[str, Mapping[str, float]]
Blocks = Mapping[str, set[str]]

SIGNALS = {
    "danger": "danger",
    "leave_intent": "leave_intent",
    "leave_elsewhere": "leave_intent",
    "escalate": "escalate",
    "escalate_review": "escalate",
    "urgency": "urgency",
    "urgency_near": "urgency",
    "clamour": "clamour",
}
"""Which signal of a reading a rule speaks for."""

CARRIED = ("danger", "escalate", "leave_intent")
"""Signals that hold to the end of the burst in which they were given."""

UNBELIEVED = {"danger": 0.9, "escalate": 0.9, "leave_intent": 0.75, "urgency": 0.6, "clamour": 0.8}
"""How sure the model must be that nothing is signalled before a rule's find is set aside."""

NEEDS = {
    "asks": 1.0,
    "wants": 0.5,
    "denies": 0.8,
    "troubles": 0.3,
    "refused": 0.3,
    "agrees": -0.5,
    "thanks": -0.5,
    "signs only": -0.7,
}
"""How much nearer to dissatisfaction a turn is that still wants something, and how much farther one that agrees.

Set by hand: our labels call a plain question neutral, a customer who has to ask on is all the same less content than
one who says yes. In logits; what `features` calls these traits says what they are.
"""
_SHARPNESS = 0.5
_USUAL = -0.9
"""The logit of a turn about which nothing is known."""


def emotion(text: str, shares: Shares, blocks: Blocks) -> Emotion:
    """The dominant emotion of a folded turn.

    What holds no words and no pressing marks is calm, as are thanks alone; anger that no word names must be likelier.
    """
    shape, known, likelihood = blocks["shape"], blocks["known"], shares["emotion"]
    if "signs only" in shape and not shape & {"marks only", "asks", "shouts", "emoticon"}:
        return Emotion.CALM
    if (
        len(text) <= _SHORT
        and _BARE.fullmatch(text)
        and not any(trait.startswith("form ") and trait not in _QUIET for trait in known)
    ):
        return Emotion.CALM
    ranked = sorted(_EMOTIONS, key=lambda one: -likelihood[one] * _USUALLY.get(one, 1.0))
    return next(one for one in ranked if likelihood[one] >= _PLAIN.get(one, 0) or _named(one, shape, known))


def _named(feeling: Emotion, shape: set[str], known: set[str]) -> bool:
    """Whether a word or the form of the turn names the feeling."""
    if f"rule {feeling}" in known or f"run {feeling}" in known:
        return True
    return feeling is Emotion.ANGER and bool(known & _HOSTILE or shape & _HEATED)


_USUALLY: Mapping[Emotion, float] = {Emotion.CALM: 1.4}
"""How much likelier a feeling is in real chats than in the corpus, where many a turn is to teach one."""
_EMOTIONS, _SATISFACTIONS = tuple(Emotion), tuple(Satisfaction)
_SHORT = 24
_QUIET = frozenset({"form short bursts", "form same again"})
"""Forms in which thanks and consent come too."""
_BARE = re.compile(
    r"(?:好[的吧啊]?|[嗯恩哦]+|ok|那|行[的吧啊]?|可以[的啊呀吧]?|对[的啊呀]?|是[的啊呀]?|没了|没有了|没事了?|知道了|收到|明白|麻烦(?:[你您]?了)?|谢谢?[你您]?了?[啊哈呀哦]?|多谢|感谢"
    r"|[你您]好|thanks?|thank you|thx|bye|hello|hi|[，。,.！!～~\s])+"
)
"""Thanks, greetings and consent with nothing else."""
_PLAIN: Mapping[Emotion, float] = {
    Emotion.ANGER: 0.55,
    Emotion.VENTING: 0.5,
    Emotion.SADNESS: 0.55,
    Emotion.POSITIVE: 0.45,
}
"""How likely a feeling must be that no word names; worry shows in what is asked, so it needs no name."""
_HOSTILE = frozenset({"rule clamour", "rule escalate", "rule escalate_review", "rule leave_elsewhere"})
_HEATED = frozenset({"reproaches", "shouts", "shout", "shouts and asks"})


def levels(
    found: Sequence[Signal], known: frozenset[str], shares: Shares, feeling: Emotion
) -> dict[str, int]:
    """The levels of urgency, danger, leave_intent, escalate and clamour."""
    said = {"urgency": 0, "danger": 0, "leave_intent": 0, "escalate": 0, "clamour": 0}
    for signal in found:
        name = SIGNALS.get(signal.rule)
        if name:
            said[name] = max(said[name], signal.level)
    carried = dict.fromkeys(CARRIED, 0)
    for trait in known:
        name = SIGNALS.get(trait.removeprefix("run "), "") if trait.startswith("run ") else ""
        if name in carried:
            # A set has no order: the strongest of what was said before holds, not the first found.
            carried[name] = max(carried[name], 2 if trait in {"run escalate", "run leave_elsewhere"} else 1)
    said |= {name: level for name, level in carried.items() if not said[name]}
    if noise.is_scene(frozenset(trait.removeprefix("form ") for trait in known)):
        said["clamour"] = 1
    if feeling is Emotion.POSITIVE:
        said["clamour"] = 0
    return {name: _level(name, level, shares[name]) for name, level in said.items()}


def _level(name: str, said: int, shares: Mapping[str, float]) -> int:
    if said:
        return 0 if shares["0"] > UNBELIEVED[name] else said
    if shares["0"] > 1 - BELIEVED.get(name, 0.5):
        return 0
    return int(max(shares, key=lambda level: shares[level]))


BELIEVED = {"clamour": 0.65}
"""How sure the model must be of a signal that no rule and no form found; else as likely as not."""


def intensity(shares: Shares, feeling: Emotion, clamour: int) -> int:
    """0 exactly when calm; a scene in anger is at least 2."""
    if feeling is Emotion.CALM:
        return 0
    level = int(max(shares["intensity"], key=lambda one: shares["intensity"][one]))
    return max(level, 2) if clamour and feeling is Emotion.ANGER else level


def dissatisfied(shares: Shares, blocks: Blocks) -> float:
    """How likely the turn shows its speaker dissatisfied: the model's word, and whether something is still wanted."""
    negative = min(max(shares["satisfaction"][Satisfaction.NEGATIVE], 1e-6), 1 - 1e-6)
    score = _USUAL + _SHARPNESS * math.log(negative / (1 - negative))
    score += sum(weight for trait, weight in NEEDS.items() if trait in blocks["shape"])
    return 1 / (1 + math.exp(-score))


def satisfaction(shares: Shares, feeling: Emotion, doubt: float) -> Satisfaction:
    """Whether the turn shows its speaker content."""
    likely = max(_SATISFACTIONS, key=lambda one: shares["satisfaction"][one])
    if feeling in {Emotion.ANGER, Emotion.VENTING}:
        return Satisfaction.NEGATIVE
    if feeling is Emotion.POSITIVE:
        return Satisfaction.POSITIVE
    if likely is Satisfaction.NEGATIVE and feeling is Emotion.CALM and doubt < _DOUBT:
        return Satisfaction.NEUTRAL
    if feeling in {Emotion.ANXIETY, Emotion.SADNESS} and shares["satisfaction"][Satisfaction.NEGATIVE] > _WEIGHS:
        return Satisfaction.NEGATIVE
    return likely


_WEIGHS = 0.4
"""Worry or letdown this likely to go with discontent shows it."""
_DOUBT = 0.5
"""A calm turn counts as dissatisfied only where that is likelier than not."""
