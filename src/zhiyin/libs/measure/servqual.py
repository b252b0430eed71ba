"""SERVQUAL and SERVPERF.

Parasuraman, Zeithaml & Berry (1988), J. Retailing 64:12-40: 22 items on 7 points, gap = perception - expectation
(negative is a shortfall: the other way round than importance - satisfaction), a dimension is the mean of its items,
the whole the mean of the dimensions; weighted by 100 points shared out among the dimensions (Zeithaml, Parasuraman &
Berry 1990, Delivering Quality Service, app. A). SERVPERF leaves expectations out (Cronin & Taylor 1992, J. Marketing
56(3):55-68).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from zhiyin.libs.measure import answers, comparisons, errors, influence
from zhiyin.libs.measure.answers import Scale
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.errors import gettext_noop
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.influence import Floats, Influence
from zhiyin.libs.measure.notes import Note

DIMENSIONS: Mapping[str, int] = MappingProxyType(
    {
        gettext_noop("tangibles"): 4,
        gettext_noop("reliability"): 5,
        gettext_noop("responsiveness"): 4,
        gettext_noop("assurance"): 4,
        gettext_noop("empathy"): 5,
    }
)
"""The dimensions in the questionnaire's order, with how many items each has."""
POINTS = 100
FIXED = gettext_noop("The weights were given as figures: the intervals leave out how uncertain these are.")
OFF_HUNDRED = gettext_noop(
    "Points that do not add up to 100 were brought to the same sum (respondents: %(count)s)."
)


@dataclass(frozen=True, slots=True)
class Item:
    """One item; `expectation` and `gap` are None for SERVPERF. The gap is over those who answered both."""

    name: str
    dimension: str
    expectation: Estimate | None
    perception: Estimate
    gap: Estimate | None


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: `score` is its gap (SERVQUAL) or its perception (SERVPERF), `together` the same with an
    interval that holds for all dimensions at once, `weight` its share, None where nothing is weighted.
    """

    name: str
    score: Estimate
    together: Estimate
    weight: Estimate | None


@dataclass(frozen=True, slots=True)
class Servqual:
    """The whole, `unweighted` (mean of the dimensions) and `weighted` (Σ weight · score, weights summing to 1)."""

    items: tuple[Item, ...]
    dimensions: tuple[Dimension, ...]
    unweighted: Estimate
    weighted: Estimate | None
    notes: tuple[Note, ...]
    n: int
    level: float


def servqual(
    expectations: ArrayLike,
    perceptions: ArrayLike,
    *,
    points: ArrayLike | None = None,
    dimensions: Mapping[str, int] = DIMENSIONS,
    names: Sequence[str] | None = None,
    scale: Scale = (1, 7),
    design: Design = EVERYBODY,
    level: float = LEVEL,
    seed: int = comparisons.SEED,
) -> Servqual:
    """The gaps P - E of (n, items) answers on `scale`, items in the order of `dimensions`.

    `points` for the dimensions: (n, d), each respondent's own, or (d,), taken as fixed; in any unit, normalised.
    One row of published means gives the figures without intervals. Raises `OffScale`, `ShapeMismatch`, `TooFew`
    (an item nobody answered on both sides), `BadOption` (points), `BadDesign`.
    """
    expected, perceived = influence.table(expectations, scale), influence.table(perceptions, scale)
    influence.same_shape("perceptions", perceived, expected)
    return _measured(expected, perceived, points, dimensions, names, design, level, seed)


def servperf(
    perceptions: ArrayLike,
    *,
    points: ArrayLike | None = None,
    dimensions: Mapping[str, int] = DIMENSIONS,
    names: Sequence[str] | None = None,
    scale: Scale = (1, 7),
    design: Design = EVERYBODY,
    level: float = LEVEL,
    seed: int = comparisons.SEED,
) -> Servqual:
    """Perceptions alone, on `scale`; see `servqual`."""
    perceived = influence.table(perceptions, scale)
    return _measured(None, perceived, points, dimensions, names, design, level, seed)


def _measured(
    expected: Floats | None,
    perceived: Floats,
    points: ArrayLike | None,
    dimensions: Mapping[str, int],
    names: Sequence[str] | None,
    design: Design,
    level: float,
    seed: int,
) -> Servqual:
    n, k = perceived.shape
    if sum(dimensions.values()) != k:
        raise errors.ShapeMismatch(what="items", found=k, expected=sum(dimensions.values()))
    if n == 0:
        raise errors.TooFew(what="SERVQUAL", needed=1, found=0)
    called, weights = answers.labels(names, k), design.of(n)
    scored = influence.means(perceived if expected is None else perceived - expected, weights, called)
    parts = scored.combine(_membership(dimensions))
    shares, notes = _shares(points, n, len(dimensions), weights)
    even = influence.fixed(np.full(len(dimensions), 1 / len(dimensions)), n)
    return Servqual(
        _items(expected, perceived, scored, called, dimensions, design, level),
        _dimensions(parts, shares, dimensions, design, level, seed),
        _whole(parts, even, design, level),
        None if shares is None else _whole(parts, shares, design, level),
        notes,
        int(influence.anybody(scored).sum()),
        level,
    )


def _membership(dimensions: Mapping[str, int]) -> Floats:
    """The matrix (items, d) that makes dimensions, means of their items, out of items."""
    sizes = list(dimensions.values())
    out = np.zeros((sum(sizes), len(sizes)))
    out[np.arange(sum(sizes)), np.repeat(np.arange(len(sizes)), sizes)] = 1 / np.repeat(sizes, sizes)
    return out


def _shares(
    points: ArrayLike | None, n: int, d: int, weights: Floats
) -> tuple[Influence | None, tuple[Note, ...]]:
    """The dimensions' weights summing to 1: never left in points, never divided by their number again."""
    if points is None:
        return None, ()
    table = np.asarray(points, dtype=float)
    if table.shape not in {(d,), (n, d)}:
        raise errors.ShapeMismatch(what="points", found=table.shape, expected=(n, d))
    sums = _sums(table)
    if table.ndim == 1:
        return influence.fixed(table / sums, n), (Note(FIXED),)
    odd = int((np.abs(sums - POINTS) > influence.NOTHING).sum() - np.isnan(sums).sum())
    shares = np.where(np.isnan(sums)[:, None], np.nan, table / sums[:, None])
    return influence.means(shares, weights), (Note(OFF_HUNDRED, {"count": odd}),) if odd > 0 else ()


def _sums(points: Floats) -> Floats:
    """Each row's sum, nan where a row is incomplete."""
    sums: Floats = np.asarray(points.sum(axis=-1))
    wrong = np.any(points < 0) or np.any(sums <= 0) or (points.ndim == 1 and np.isnan(sums).any())
    if wrong or np.isinf(sums).any():
        allowed = gettext_noop("points, nowhere negative and not zero everywhere")
        raise errors.BadOption(option="points", value=f"{np.nanmin(points):g}", allowed=allowed)
    return sums


def _whole(parts: Influence, shares: Influence, design: Design, level: float) -> Estimate:
    value = np.array([parts.value @ shares.value])
    pieces = ((parts, shares.value[:, None]), (shares, parts.value[:, None]))
    whole = influence.made_of(value, pieces, influence.anybody(parts)[:, None])
    return whole.figures(design).estimates(level, "delta")[0]


def _dimensions(
    parts: Influence,
    shares: Influence | None,
    dimensions: Mapping[str, int],
    design: Design,
    level: float,
    seed: int,
) -> tuple[Dimension, ...]:
    figures = parts.figures(design)
    weights: Sequence[Estimate | None] = [None] * len(dimensions)
    if shares is not None:
        weights = _weights(shares, design, level)
    columns = (figures.estimates(level), comparisons.together(figures, level, seed), weights)
    return tuple(Dimension(*row) for row in zip(dimensions, *columns, strict=True))


def _weights(shares: Influence, design: Design, level: float) -> tuple[Estimate, ...]:
    if shares.fixed:
        return tuple(Estimate(v, v, v, 0, 0.0, "fixed", level) for v in shares.value.tolist())
    return shares.figures(design).estimates(level)


def _items(
    expected: Floats | None,
    perceived: Floats,
    scored: Influence,
    names: Sequence[str],
    dimensions: Mapping[str, int],
    design: Design,
    level: float,
) -> tuple[Item, ...]:
    homes = [name for name, size in dimensions.items() for _ in range(size)]
    weights = design.of(len(perceived))
    felt = influence.means(perceived, weights, names).figures(design).estimates(level)
    if expected is None:
        rows = zip(names, homes, felt, strict=True)
        return tuple(Item(name, home, None, mean, None) for name, home, mean in rows)
    asked = influence.means(expected, weights, names).figures(design).estimates(level)
    far = scored.figures(design).estimates(level, "paired t")
    return tuple(Item(*row) for row in zip(names, homes, asked, felt, far, strict=True))
