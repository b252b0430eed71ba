"""Two sides of the same attributes: two groups asked alike, the same people asked twice, or people and a standard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from zhiyin.libs.measure import answers, comparisons, errors, influence
from zhiyin.libs.measure.answers import Scale
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.influence import Figures, Floats, Influence


@dataclass(frozen=True, slots=True)
class Line:
    """One attribute: first side, second side, first - second; `p` of no difference, Holm over the attributes."""

    name: str
    first: Estimate
    second: Estimate
    difference: Estimate
    p: float


@dataclass(frozen=True, slots=True)
class Contrast:
    """Every attribute, and the plain mean of their differences."""

    lines: tuple[Line, ...]
    mean: Estimate


@dataclass(frozen=True, slots=True)
class Side:
    """Answers (n, k), or a standard (k,) that is what it is and has no margin of error."""

    answers: ArrayLike
    design: Design = EVERYBODY


def contrast(
    first: Side,
    second: Side,
    *,
    paired: bool = False,
    names: Sequence[str] | None = None,
    scale: Scale = (1, 10),
    level: float = LEVEL,
) -> Contrast:
    """first - second for each attribute: paired (the first side's design), else Welch's (1947) two samples.

    Raises `OffScale`, `ShapeMismatch`, `TooFew`, `BadDesign`.
    """
    a, b = _table(first.answers, scale), _table(second.answers, scale)
    if a.shape[1] != b.shape[1]:
        raise errors.ShapeMismatch(what="second", found=b.shape[1], expected=a.shape[1])
    called = answers.labels(names, a.shape[1])
    if paired:
        influence.same_shape("second", b, a)
    x = _means(a, first, called)
    y = _means(b, first if paired else second, called)
    average = np.full((len(called), 1), 1 / len(called))
    ends = _figures(x, first), _figures(y, first if paired else second)
    if paired:
        far, mean = (x - y).figures(first.design), (x - y).combine(average).figures(first.design)
    else:
        far = influence.apart(*ends)
        mean = influence.apart(_figures(x.combine(average), first), _figures(y.combine(average), second))
    method = "paired t" if paired else "Welch t"
    return Contrast(_lines(called, ends, far, method, level), mean.estimates(level, method)[0])


def _table(values: ArrayLike, scale: Scale) -> Floats:
    table = np.asarray(values, dtype=float)
    return influence.table(np.atleast_2d(table), scale)


def _standard(side: Side) -> bool:
    return np.ndim(side.answers) == 1


def _means(table: Floats, side: Side, names: Sequence[str]) -> Influence:
    if not len(table):
        raise errors.TooFew(what=errors.gettext_noop("A comparison"), needed=1, found=0)
    weights = np.ones(1) if _standard(side) else side.design.of(len(table))
    return influence.means(table, weights, names)


def _figures(side: Influence, given: Side) -> Figures:
    if not _standard(given):
        return side.figures(given.design)
    k = len(side.value)
    # A standard adds no variance, so its degrees of freedom do not matter; nobody stands behind it.
    return Figures(side.value, np.zeros((k, k)), np.full(k, np.inf), np.zeros((k, k), dtype=np.int64))


def _lines(
    names: Sequence[str], ends: tuple[Figures, Figures], far: Figures, method: str, level: float
) -> tuple[Line, ...]:
    columns = (
        ends[0].estimates(level),
        ends[1].estimates(level),
        far.estimates(level, method),
        comparisons.against_zero(far).tolist(),
    )
    return tuple(Line(name, *row) for name, *row in zip(names, *columns, strict=True))
