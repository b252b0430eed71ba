"""From pairs of answers to categories: the evaluation table."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import errors
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
    first, second = (_table(answers) for answers in (functional, dysfunctional))
    if first.shape != second.shape:
        raise errors.ShapeMismatch(what="dysfunctional", found=second.shape, expected=first.shape)
    return _on_scale(first), _on_scale(second)


def _table(answers: ArrayLike) -> Floats:
    out = np.asarray(answers, dtype=float)
    return out[:, None] if out.ndim == 1 else out


def _on_scale(answers: Floats) -> Floats:
    off = ~np.isnan(answers) & ~np.isin(answers, np.arange(1.0, _WORST + 1))
    if off.any():
        row, column = (int(at[0]) for at in np.nonzero(off))
        raise errors.OffScale(
            row=row + 1, column=column + 1, value=float(answers[row, column]), low=1, high=_WORST
        )
    return answers


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


def named(names: Sequence[str] | None, k: int) -> tuple[str, ...]:
    """`names`, or numbers from 1 where none were given; raises `ShapeMismatch`."""
    if names is None:
        return tuple(str(at + 1) for at in range(k))
    if len(names) != k:
        raise errors.ShapeMismatch(what="names", found=len(names), expected=k)
    return tuple(names)
