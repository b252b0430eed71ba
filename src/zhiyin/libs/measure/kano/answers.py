"""From pairs of answers to categories: the evaluation table."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import errors, tables
from zhiyin.libs.measure.design import EVERYBODY, Design

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
NOBODY = -1
_WORST = 5


class Category(StrEnum):
    """What an attribute is to a respondent, in the order in which near-ties are settled."""

    MUST_BE = "M"
    ONE_DIMENSIONAL = "O"
    ATTRACTIVE = "A"
    INDIFFERENT = "I"
    REVERSE = "R"
    QUESTIONABLE = "Q"


CATEGORIES = tuple(Category)
LABELS = {
    Category.MUST_BE: errors.gettext_noop("Basic"),
    Category.ONE_DIMENSIONAL: errors.gettext_noop("Expected"),
    Category.ATTRACTIVE: errors.gettext_noop("Delighting"),
    Category.INDIFFERENT: errors.gettext_noop("Indifferent"),
    Category.REVERSE: errors.gettext_noop("Unwanted"),
    Category.QUESTIONABLE: errors.gettext_noop("Questionable"),
}

EVALUATION = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
"""Rows: the functional answer (like, must-be, neutral, live-with, dislike). Columns: the dysfunctional one.

Kano et al. (1984), as in Berger et al. (1993, Center for Quality Management Journal 2(4):3-36). Like/like is
questionable: nobody likes a thing both present and absent.
"""
_TABLE = np.array([["MOAIRQ".index(cell) for cell in row] for row in EVALUATION])


def pair(functional: ArrayLike, dysfunctional: ArrayLike) -> tuple[Floats, Floats]:
    """Both (n, k) tables of answers 1..5 with nan; raises `ShapeMismatch`, `OffScale`."""
    first, second = tables.table(functional), tables.table(dysfunctional)
    if first.shape != second.shape:
        raise errors.ShapeMismatch(what="dysfunctional", found=second.shape, expected=first.shape)
    return tables.on_scale(first, 1, _WORST, whole=True), tables.on_scale(second, 1, _WORST, whole=True)


def classify(functional: ArrayLike, dysfunctional: ArrayLike) -> Codes:
    """Each pair's place in `CATEGORIES`, (n, k); -1 where either answer is missing.

    functional, dysfunctional: (n, k) or (n,), how one feels with and without it: 1 like, 2 must be, 3 neutral,
    4 live with, 5 dislike, nan missing. Raises `ShapeMismatch`, `OffScale`.
    """
    first, second = pair(functional, dysfunctional)
    asked = ~(np.isnan(first) | np.isnan(second))
    out = np.full(first.shape, NOBODY, dtype=np.intp)
    out[asked] = _TABLE[first[asked].astype(int) - 1, second[asked].astype(int) - 1]
    return out


def count(functional: ArrayLike, dysfunctional: ArrayLike, *, design: Design = EVERYBODY) -> Floats:
    """How many (weighted) hold each attribute to be M, O, A, I, R, Q: (k, 6). Raises as `classify`."""
    codes = classify(functional, dysfunctional)
    weights = design.of(len(codes))
    return np.stack([tally(column, weights) for column in codes.T])


def tally(codes: Codes, weights: Floats) -> Floats:
    """The weight of each category among `codes`, (n,)."""
    asked = codes != NOBODY
    return np.bincount(codes[asked], weights[asked], minlength=len(CATEGORIES)).astype(float)
