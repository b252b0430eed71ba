"""The map of importance against performance, and how sure each attribute's quadrant is.

Martilla & James (1977), Importance-Performance Analysis, J. Marketing 41(1):77-79: importance upwards, performance
to the right; A, upper left, is where to concentrate. They leave the cross-hairs to judgement; grand means, the usual
default of software, are ours too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from zhiyin.libs.measure import distributions, errors, influence
from zhiyin.libs.measure.answers import Scale
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.errors import gettext_noop
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.gaps import both_sides
from zhiyin.libs.measure.influence import NOTHING, Figures, Floats, Influence
from zhiyin.libs.measure.notes import Note


class Quadrant(StrEnum):
    """Where an attribute lies."""

    CONCENTRATE = "A"
    KEEP_UP = "B"
    LOW_PRIORITY = "C"
    OVERKILL = "D"


QUADRANTS = {
    Quadrant.CONCENTRATE: gettext_noop("concentrate here"),
    Quadrant.KEEP_UP: gettext_noop("keep up the good work"),
    Quadrant.LOW_PRIORITY: gettext_noop("low priority"),
    Quadrant.OVERKILL: gettext_noop("possible overkill"),
}


class CrossHairs(StrEnum):
    """Where the lines run."""

    MEANS = "means"
    MIDPOINT = "midpoint"
    MEDIANS = "medians"
    GIVEN = "given"


MOVING = gettext_noop(
    "The cross-hairs are the attributes' own %(kind)s: adding or dropping an attribute moves them for all others."
)
ON_LINE = gettext_noop("A point on a line counts as above it (important, performing well).")
FRAGILE = gettext_noop("%(name)s would be in another quadrant without %(others)s.")
KINDS = {CrossHairs.MEANS: gettext_noop("means"), CrossHairs.MEDIANS: gettext_noop("medians")}


@dataclass(frozen=True, slots=True)
class Point:
    """One attribute. `above` and `right` are its distances from the lines of importance and performance, with
    the lines' own uncertainty; `shares` the probability of each quadrant in the order A, B, C, D (normal
    approximation); `sure` that both distances' intervals exclude zero; `moves_without` the attributes whose
    removal would put this one into another quadrant.
    """

    name: str
    importance: Estimate
    performance: Estimate
    above: Estimate
    right: Estimate
    quadrant: Quadrant
    shares: tuple[float, float, float, float]
    sure: bool
    on_line: bool
    moves_without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """The points in the order of the columns and where the cross-hairs run."""

    points: tuple[Point, ...]
    importance_line: Estimate
    performance_line: Estimate
    cross_hairs: CrossHairs
    notes: tuple[Note, ...]
    n: int
    level: float


def importance_performance_map(
    importance: ArrayLike,
    performance: ArrayLike,
    *,
    cross_hairs: CrossHairs | str | tuple[float, float] = CrossHairs.MEANS,
    names: Sequence[str] | None = None,
    scale: Scale = (1, 10),
    design: Design = EVERYBODY,
    level: float = LEVEL,
) -> Map:
    """Place the attributes of (n, k) importance and performance on `scale`.

    `cross_hairs`: "means" or "medians" of the attributes' means, "midpoint" of the scale, or the pair (importance,
    performance). A single row of published means gives the quadrants, without intervals. Medians' uncertainty is
    that of the attribute in the middle. Raises `OffScale`, `ShapeMismatch`, `TooFew`, `BadOption`, `BadDesign`.
    """
    sides = both_sides(importance, performance, names=names, scale=scale, design=design)
    kind, given = _kind(cross_hairs)
    k, middle = len(sides.names), sum(scale) / 2
    given = (middle, middle) if kind is CrossHairs.MIDPOINT else given
    lines = _lines(sides.importance, kind, given[0]), _lines(sides.performance, kind, given[1])
    both = sides.importance.beside(sides.performance)
    rows = both.figures(design).estimates(level)
    offset = both - _repeated(lines, k)
    far = offset.figures(design)
    places = zip(sides.names, rows[:k], rows[k:], *_split(far, level, k), strict=True)
    fragile = _fragile(sides.importance.value, sides.performance.value, kind, sides.names)
    points = tuple(_point(*row, far, j, fragile[j]) for j, row in enumerate(places))
    ends = [_fixed(line, level) if line.fixed else line.figures(design).estimates(level)[0] for line in lines]
    n = int(both.active.any(axis=1).sum())
    return Map(points, ends[0], ends[1], kind, _notes(kind, points), n, level)


def quadrants(
    importance: ArrayLike, performance: ArrayLike, importance_line: float, performance_line: float
) -> tuple[Quadrant, ...]:
    """The quadrants of (k,) means: a mean on a line counts as above it."""
    sides = zip(np.asarray(importance, dtype=float), np.asarray(performance, dtype=float), strict=True)
    return tuple(_quadrant(i - importance_line, p - performance_line) for i, p in sides)


def _quadrant(above: float, right: float) -> Quadrant:
    important, good = above >= -NOTHING, right >= -NOTHING
    if important:
        return Quadrant.KEEP_UP if good else Quadrant.CONCENTRATE
    return Quadrant.OVERKILL if good else Quadrant.LOW_PRIORITY


def _kind(cross_hairs: CrossHairs | str | tuple[float, float]) -> tuple[CrossHairs, tuple[float, float]]:
    if not isinstance(cross_hairs, str):
        first, second = (float(x) for x in cross_hairs)
        return CrossHairs.GIVEN, (first, second)
    if cross_hairs in {CrossHairs.MEANS, CrossHairs.MEDIANS, CrossHairs.MIDPOINT}:
        return CrossHairs(cross_hairs), (math.nan, math.nan)
    allowed = gettext_noop("means, medians, midpoint or two numbers")
    raise errors.BadOption(option="cross_hairs", value=cross_hairs, allowed=allowed)


def _middle(value: Floats, kind: CrossHairs) -> Floats:
    """The weights (k, 1) that make the line out of the attributes' means."""
    k = len(value)
    if kind is CrossHairs.MEANS:
        return np.full((k, 1), 1 / k)
    weights = np.zeros((k, 1))
    order = np.argsort(value, kind="stable")
    for place in {(k - 1) // 2, k // 2}:
        weights[order[place], 0] = 1.0 if k % 2 else 0.5
    return weights


def _lines(side: Influence, kind: CrossHairs, given: float) -> Influence:
    if kind in {CrossHairs.MEANS, CrossHairs.MEDIANS}:
        return side.combine(_middle(side.value, kind))
    n = len(side.active)
    return influence.fixed(np.array([given]), n)


def _repeated(lines: tuple[Influence, Influence], k: int) -> Influence:
    across = np.ones((1, k))
    return lines[0].combine(across).beside(lines[1].combine(across))


def _fixed(line: Influence, level: float) -> Estimate:
    value = float(line.value[0])
    return Estimate(value, value, value, 0, 0.0, "fixed", level)


def _split(far: Figures, level: float, k: int) -> tuple[tuple[Estimate, ...], tuple[Estimate, ...]]:
    rows = far.estimates(level)
    return rows[:k], rows[k:]


def _point(
    name: str,
    importance: Estimate,
    performance: Estimate,
    above: Estimate,
    right: Estimate,
    far: Figures,
    j: int,
    fragile: tuple[str, ...],
) -> Point:
    k = len(far.value) // 2
    covariance = float(far.covariance[j, j + k])
    sure = all(e.low > 0 or e.high < 0 for e in (above, right))
    on_line = min(abs(above.value), abs(right.value)) <= NOTHING
    shares = _shares(above, right, covariance)
    quadrant = _quadrant(above.value, right.value)
    return Point(name, importance, performance, above, right, quadrant, shares, sure, on_line, fragile)


def _shares(above: Estimate, right: Estimate, covariance: float) -> tuple[float, float, float, float]:
    """P(A), P(B), P(C), P(D) of a point whose distances from the lines are as uncertain as estimated."""
    if math.isnan(above.se) or math.isnan(right.se):
        return (math.nan,) * 4
    up, rightwards = _certainty(above), _certainty(right)
    both_vary = min(above.se, right.se) > NOTHING
    rho = max(-1.0, min(1.0, covariance / (above.se * right.se))) if both_vary else 0.0
    b = bivariate(up, rightwards, rho)
    important, good = 1 - distributions.normal_tail(up), 1 - distributions.normal_tail(rightwards)
    shares = (important - b, b, 1 - important - good + b, good - b)
    return tuple(min(1.0, max(0.0, share)) for share in shares)  # type: ignore[return-value]


def _certainty(distance: Estimate) -> float:
    """The distance in standard errors, on the side that ties belong to."""
    if distance.se > NOTHING:
        return distance.value / distance.se
    return math.inf if distance.value >= -NOTHING else -math.inf


def bivariate(h: float, k: float, rho: float) -> float:
    """P(X < h, Y < k) of two standard normals correlated by `rho` (Drezner & Wesolowsky 1990, eq. 3).

    By Gauss and Legendre's rule over the angle; good to ten digits.
    """
    independent = (1 - distributions.normal_tail(h)) * (1 - distributions.normal_tail(k))
    if math.isinf(h) or math.isinf(k) or rho == 0:
        return independent
    nodes, weights = _gauss_legendre()
    end = math.asin(rho)
    angle = end / 2 * (nodes + 1)
    with np.errstate(divide="ignore", over="ignore"):
        exponent = -(h * h + k * k - 2 * h * k * np.sin(angle)) / (2 * np.cos(angle) ** 2)
    return independent + float(weights @ np.exp(exponent)) * end / 2 / (2 * math.pi)


@cache
def _gauss_legendre() -> tuple[Floats, Floats]:
    nodes, weights = np.polynomial.legendre.leggauss(200)
    return nodes, weights


def _fragile(
    importance: Floats, performance: Floats, kind: CrossHairs, names: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    """Whose removal would move each attribute into another quadrant."""
    k = len(names)
    if kind not in KINDS or k < 2:  # noqa: PLR2004 - a line of nothing
        return ((),) * k
    now = _placed(importance, performance, kind)
    moved: list[list[str]] = [[] for _ in range(k)]
    for gone in range(k):
        rest = np.delete(np.arange(k), gone)
        then = _placed(importance[rest], performance[rest], kind)
        for j, quadrant in zip(rest.tolist(), then, strict=True):
            if quadrant is not now[j]:
                moved[j].append(names[gone])
    return tuple(tuple(who) for who in moved)


def _placed(importance: Floats, performance: Floats, kind: CrossHairs) -> tuple[Quadrant, ...]:
    lines = [float((side @ _middle(side, kind))[0]) for side in (importance, performance)]
    return quadrants(importance, performance, lines[0], lines[1])


def _notes(kind: CrossHairs, points: Sequence[Point]) -> tuple[Note, ...]:
    out = [Note(ON_LINE)] if any(point.on_line for point in points) else []
    if kind in KINDS:
        out.append(Note(MOVING, {"kind": KINDS[kind]}))
    moved = [point for point in points if point.moves_without]
    out += [Note(FRAGILE, {"name": p.name, "others": ", ".join(p.moves_without)}) for p in moved]
    return tuple(out)
