"""Answers as numbers: where an attribute lies between basic, expected and delighting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import errors, means, tables
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.kano import answers
from zhiyin.libs.measure.kano.answers import Category

Floats = NDArray[np.float64]
FUNCTIONAL = np.array([4.0, 2, 0, -1, -2])
"""like, must be, neutral, live with, dislike. Weaker below zero: such answers are likelier to be mistakes."""
DYSFUNCTIONAL = np.array([-2.0, -1, 0, 2, 4])
_MIDDLE = 2.0
_QUADRANTS = {
    (True, True): Category.ONE_DIMENSIONAL,
    (True, False): Category.ATTRACTIVE,
    (False, True): Category.MUST_BE,
    (False, False): Category.INDIFFERENT,
}


@dataclass(frozen=True, slots=True)
class Position:
    """Mean satisfaction with the attribute (`functional`) and dissatisfaction without it, both -2..4.

    category: the quadrant, cut at 2. possible: every quadrant that the rectangle of the two intervals, each at
    its own level, touches.
    """

    name: str
    functional: Estimate
    dysfunctional: Estimate
    category: Category
    possible: tuple[Category, ...]


def positions(
    functional: ArrayLike,
    dysfunctional: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    design: Design = EVERYBODY,
    level: float = LEVEL,
) -> tuple[Position, ...]:
    """Each attribute's mean position over the respondents who answered both of its questions.

    DuMouchel (1993, in Berger et al., Center for Quality Management Journal 2(4):18-20): like 4, must be 2,
    neutral 0, live with -1, dislike -2 with it; -2, -1, 0, 2, 4 without it. Answers as for `answers.classify`.
    Raises `ShapeMismatch`, `OffScale`, `BadDesign`, `TooFew` below two answers.
    """
    first, second = answers.pair(functional, dysfunctional)
    labels = tables.named(names, first.shape[1])
    return tuple(
        _position(name, first[:, at], second[:, at], design, level) for at, name in enumerate(labels)
    )


def _position(name: str, first: Floats, second: Floats, design: Design, level: float) -> Position:
    asked = ~(np.isnan(first) | np.isnan(second))
    if asked.sum() < 2:  # noqa: PLR2004 - one answer has no spread
        raise errors.TooFew(what=name, needed=2, found=int(asked.sum()))
    good = _mean(FUNCTIONAL, first, asked, design, level)
    bad = _mean(DYSFUNCTIONAL, second, asked, design, level)
    touched = {
        _QUADRANTS[up >= _MIDDLE, right >= _MIDDLE]
        for up in (good.low, good.high)
        for right in (bad.low, bad.high)
    }
    return Position(
        name,
        good,
        bad,
        _QUADRANTS[good.value >= _MIDDLE, bad.value >= _MIDDLE],
        tuple(category for category in answers.CATEGORIES if category in touched),
    )


def _mean(points: Floats, given: Floats, asked: NDArray[np.bool_], design: Design, level: float) -> Estimate:
    values = np.full(len(given), np.nan)
    values[asked] = points[given[asked].astype(int) - 1]
    return means.mean(values, design=design, level=level, bounds=(-2.0, 4.0))
