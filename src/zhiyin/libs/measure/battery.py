"""The battery ideal / expected / surprising: what customers call ideal, what they expect, what would surprise them,
and where performance stands among the three.

Performance against what is expected is disconfirmation (Oliver 1980, J. Marketing Research 17:460); against the
ideal, the shortfall; against what would surprise, the distance to delight. No order among the three is assumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from zhiyin.libs.measure import answers, comparisons, errors, influence, multiplicity
from zhiyin.libs.measure.answers import Scale
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.errors import gettext_noop
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.influence import NOTHING, Figures, Floats, Influence
from zhiyin.libs.measure.notes import Note

LEVELS = ("ideal", "expected", "surprising")
LABELS = {
    "ideal": gettext_noop("ideal"),
    "expected": gettext_noop("expected"),
    "surprising": gettext_noop("surprising"),
}
ODD = gettext_noop("Some call surprising what is less than they expect (answers: %(count)s).")


@dataclass(frozen=True, slots=True)
class Standing:
    """Performance minus one level (positive: it is reached). `p` is adjusted by Holm over all levels and
    attributes; `reached` is "surely", "perhaps", "not quite" (below, but not significantly) or "no".
    """

    level: str
    mean: Estimate
    difference: Estimate
    p: float
    reached: str


@dataclass(frozen=True, slots=True)
class Item:
    """One attribute: performance against the three levels. `place` counts the levels whose mean performance
    reaches (0-3); `below` and `above` name the levels next under and over it, "" where there is none; `places`
    the lowest and highest count the significant differences leave open.
    """

    name: str
    performance: Estimate
    ideal: Standing
    expected: Standing
    surprising: Standing
    place: int
    places: tuple[int, int]
    below: str
    above: str


@dataclass(frozen=True, slots=True)
class Battery:
    """The attributes in the order of the columns; `odd` counts answers whose surprising is below expected."""

    items: tuple[Item, ...]
    odd: int
    notes: tuple[Note, ...]
    n: int
    level: float


def battery(
    ideal: ArrayLike,
    expected: ArrayLike,
    surprising: ArrayLike,
    performance: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    scale: Scale = (1, 10),
    design: Design = EVERYBODY,
    level: float = LEVEL,
) -> Battery:
    """Performance (n, k) among three asked levels (n, k each), all on `scale`; nan where not answered.

    Every mean is over who answered it, differences are paired through who answered both. Raises `OffScale`,
    `ShapeMismatch`, `TooFew`, `BadDesign`.
    """
    asked = [influence.table(side, scale) for side in (ideal, expected, surprising, performance)]
    for name, side in zip((*LEVELS[1:], "performance"), asked[1:], strict=True):
        influence.same_shape(name, side, asked[0])
    if not len(asked[0]):
        raise errors.TooFew(what=gettext_noop("A battery"), needed=1, found=0)
    called = answers.labels(names, asked[0].shape[1])
    weights = design.of(len(asked[0]))
    *levels, done = (influence.means(side, weights, called) for side in asked)
    items = _items(levels, done, called, design, level)
    odd = int((asked[2] < asked[1]).sum())
    notes = (Note(ODD, {"count": odd}),) if odd else ()
    n = int((~np.isnan(asked)).any(axis=(0, 2)).sum())
    return Battery(items, odd, notes, n, level)


def _items(
    levels: Sequence[Influence], done: Influence, names: Sequence[str], design: Design, level: float
) -> tuple[Item, ...]:
    k = len(names)
    # One family of tests: three levels of every attribute, level by level.
    far = [(done - side).figures(design) for side in levels]
    p = _adjusted(far).reshape(len(LEVELS), k)
    means = [side.figures(design).estimates(level) for side in levels]
    differences = [figures.estimates(level, "paired t") for figures in far]
    own = done.figures(design).estimates(level)
    out = []
    for j, name in enumerate(names):
        rows = zip(LEVELS, means, differences, p, strict=True)
        standings = [_standing(which, mean[j], d[j], float(q[j]), level) for which, mean, d, q in rows]
        out.append(_item(name, own[j], standings))
    return tuple(out)


def _adjusted(far: Sequence[Figures]) -> Floats:
    raw = [
        comparisons.two_sided(*row)
        for figures in far
        for row in zip(figures.value.tolist(), figures.se.tolist(), figures.df.tolist(), strict=True)
    ]
    return np.array(multiplicity.holm(raw))


def _standing(which: str, mean: Estimate, difference: Estimate, p: float, level: float) -> Standing:
    there = difference.value >= -NOTHING
    certain, unsure = ("surely", "perhaps") if there else ("no", "not quite")
    reached = certain if p < 1 - level else unsure
    return Standing(which, mean, difference, p, reached)


def _item(name: str, performance: Estimate, standings: Sequence[Standing]) -> Item:
    reached = [s for s in standings if s.reached in {"surely", "perhaps"}]
    missed = [s for s in standings if s not in reached]
    surely = sum(s.reached == "surely" for s in standings)
    never = sum(s.reached == "no" for s in standings)
    below = max(reached, key=lambda s: s.mean.value).level if reached else ""
    above = min(missed, key=lambda s: s.mean.value).level if missed else ""
    ideal, expected, surprising = standings
    ends = (surely, len(standings) - never)
    return Item(name, performance, ideal, expected, surprising, len(reached), ends, below, above)
