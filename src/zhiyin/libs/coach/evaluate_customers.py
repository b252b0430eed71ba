"""How far the reading of customers agrees with a careful reader's: pure figures, no files.

Gold labels and readings are mappings in the form `zhiyin coach turns` writes. Macro F1 is the plain mean of the F1 of
the classes that the gold holds (Sokolova & Lapalme, Information Processing & Management 45, 2009). AUC is the
probability that a dissatisfied turn is rated higher than another, ties half (Hanley & McNeil, Radiology 143, 1982).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhiyin.libs.coach.evaluate import Score, agreement, by_class, turns_where

SIGNALS = ("urgency", "danger", "leave_intent", "escalate", "clamour")
EVERY_LABEL = ("emotion", "satisfaction", "intensity", *SIGNALS)
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CustomerReport:
    """Agreement on customers' turns. `signals`: whether a signal is there at all (1 or more)."""

    turns: int
    emotions: Mapping[str, Score]
    emotion_macro: float
    emotion_accuracy: float
    satisfaction: Mapping[str, Score]
    satisfaction_macro: float
    intensity_accuracy: float
    signals: Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class Auc:
    """Area under the curve with its 95 % interval (Hanley & McNeil); `positive` and `negative` count the turns."""

    value: float
    low: float
    high: float
    positive: int
    negative: int


def customers(gold: Sequence[Record], readings: Sequence[Record]) -> CustomerReport:
    """Compare `readings` with `gold`, turn by turn in the same order.

    Raises ValueError where the two differ in length.
    """
    pairs = list(zip(gold, readings, strict=True))
    emotions, satisfaction = by_class(pairs, "emotion"), by_class(pairs, "satisfaction")
    return CustomerReport(
        turns=len(pairs),
        emotions=emotions,
        emotion_macro=macro(emotions),
        emotion_accuracy=agreement(pairs, "emotion"),
        satisfaction=satisfaction,
        satisfaction_macro=macro(satisfaction),
        intensity_accuracy=agreement(pairs, "intensity"),
        signals={name: turns_where(pairs, _shows(name)) for name in SIGNALS},
    )


def _shows(name: str) -> Any:
    return lambda record: record[name] > 0


def macro(scores: Mapping[str, Score]) -> float:
    """The mean F1 of the classes the gold holds; nan without any."""
    held = [score.f1 for score in scores.values() if score.both + score.missed]
    return sum(held) / len(held) if held else math.nan


def auc(scores: Sequence[float], positive: Sequence[bool]) -> Auc | None:
    """How well `scores` tell the positive turns from the others; None where one kind is missing."""
    order = sorted(zip(scores, positive, strict=True))
    hits = sum(truth for _, truth in order)
    others = len(order) - hits
    if not hits or not others:
        return None
    ranks, at = 0.0, 0
    while at < len(order):
        to = at
        while to < len(order) and order[to][0] == order[at][0]:
            to += 1
        ranks += sum(truth for _, truth in order[at:to]) * (at + 1 + to) / 2
        at = to
    value = (ranks - hits * (hits + 1) / 2) / (hits * others)
    q1, q2 = value / (2 - value), 2 * value * value / (1 + value)
    spread = value * (1 - value) + (hits - 1) * (q1 - value**2) + (others - 1) * (q2 - value**2)
    half = 1.96 * math.sqrt(max(0.0, spread) / (hits * others))
    return Auc(value, max(0.0, value - half), min(1.0, value + half), hits, others)
