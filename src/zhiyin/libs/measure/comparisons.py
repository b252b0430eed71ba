"""Several figures looked at together: which differ, which rank each may hold, and what holds for all at once.

Holm (1979, Scand. J. Statist. 6:65); intervals that hold together from the largest of correlated t statistics
(Hothorn, Bretz & Westfall 2008, Biometrical J. 50:346); rank intervals from pairwise tests (Klein, Wright &
Wieczorek 2020, JRSS C 69(3):589-606; Mohamad, Goeman & van Zwet 2022, Biometrics).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from zhiyin.libs.measure import distributions, multiplicity
from zhiyin.libs.measure.estimates import LEVEL, Estimate, symmetric
from zhiyin.libs.measure.influence import NOTHING, Counts, Figures, Floats

DRAWS = 20_000
SEED = 1


@dataclass(frozen=True, slots=True)
class Pair:
    """first - second, the test of no difference, and the same after Holm's adjustment over all pairs."""

    first: str
    second: str
    difference: Estimate
    p: float
    adjusted: float
    apart: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A rank (1 is the highest figure; equal figures share the better rank) and the ranks it may truly hold."""

    rank: int
    low: int
    high: int


def two_sided(difference: float, se: float, df: float, unit: float = 1.0) -> float:
    """The p value of no difference; without any spread a difference is certain. `unit`: the size of the figures."""
    if math.isnan(se) or not df > 0:
        return math.nan
    if se <= NOTHING * unit:
        return 1.0 if abs(difference) <= NOTHING * unit else 0.0
    return 2 * distributions.t_cdf(-abs(difference / se), df)


def size(value: Floats) -> float:
    """The unit in which figures differ by rounding alone: their largest, whether in points or per million of cost."""
    return float(np.nanmax(np.abs(value), initial=0.0)) or 1.0


def against_zero(figures: Figures) -> Floats:
    """Holm's adjusted p values of every figure being zero; (k,)."""
    rows = zip(figures.value.tolist(), figures.se.tolist(), figures.df.tolist(), strict=True)
    return np.array(multiplicity.holm([two_sided(*row) for row in rows]))


def largest_t(covariance: Floats, df: float, level: float = LEVEL, seed: int = SEED) -> float:
    """The quantile of the largest |t| of k figures, (k, k) covariance, which makes their intervals hold together.

    By seeded simulation (20,000 draws: good to about half a per cent of the margin); nan without degrees of
    freedom, Student's own quantile for a single figure that varies.
    """
    se = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    varies = se > NOTHING * se.max(initial=0.0)
    if np.isnan(se).any() or not df > 0:
        return math.nan
    if varies.sum() < 2:  # noqa: PLR2004 - nothing to hold together
        return distributions.t_quantile(0.5 + level / 2, df)
    correlation = covariance[np.ix_(varies, varies)] / np.outer(se[varies], se[varies])
    return _quantile_of_largest(correlation, df, level, seed)


def _quantile_of_largest(correlation: Floats, df: float, level: float, seed: int) -> float:
    roots, axes = np.linalg.eigh(correlation)
    normal = _normal(DRAWS, len(roots), seed) @ (axes * np.sqrt(np.maximum(roots, 0.0))).T
    largest = np.abs(normal).max(axis=1)
    return float(np.quantile(largest / _scatter(DRAWS, df, seed), level))


@lru_cache(maxsize=4)
def _normal(draws: int, k: int, seed: int) -> Floats:
    return np.random.default_rng((seed, 0)).standard_normal((draws, k))


@lru_cache(maxsize=4)
def _scatter(draws: int, df: float, seed: int) -> Floats:
    """What the estimated standard error is of the true one, over and over."""
    if math.isinf(df):
        return np.ones(draws)
    out: Floats = np.sqrt(np.random.default_rng((seed, 1)).chisquare(df, draws) / df)
    return out


def together(figures: Figures, level: float = LEVEL, seed: int = SEED) -> tuple[Estimate, ...]:
    """Every figure with an interval such that all of them hold at once at `level`."""
    quantile = largest_t(figures.covariance, float(figures.df.min()), level, seed)
    return figures.estimates(level, "simultaneous", quantile)


def pairs(
    figures: Figures, names: Sequence[str], level: float = LEVEL, df: Floats | None = None
) -> tuple[Pair, ...]:
    """Every two figures compared, i before j; `df` (k, k) where the lesser of both is not right."""
    se = _errors_of_differences(figures.covariance)
    df = np.minimum.outer(figures.df, figures.df) if df is None else df
    either = _either(figures.both)
    places = [(i, j) for i in range(len(names)) for j in range(i + 1, len(names))]
    value, unit = figures.value, size(figures.value)
    p = [two_sided(float(value[i] - value[j]), float(se[i, j]), float(df[i, j]), unit) for i, j in places]
    out = []
    for (i, j), raw, adjusted in zip(places, p, multiplicity.holm(p), strict=True):
        difference = symmetric(
            float(value[i] - value[j]), float(se[i, j]), n=int(either[i, j]), df=float(df[i, j]), level=level
        )
        out.append(Pair(names[i], names[j], difference, raw, adjusted, adjusted < 1 - level))
    return tuple(out)


def _errors_of_differences(covariance: Floats) -> Floats:
    variance = np.diag(covariance)
    out: Floats = np.sqrt(np.maximum(np.add.outer(variance, variance) - 2 * covariance, 0.0))
    return out


def _either(both: Counts) -> Counts:
    """Respondents behind the one or the other."""
    n = np.diag(both)
    out: Counts = np.add.outer(n, n) - both
    return out


def places(value: Floats, compared: Sequence[Pair]) -> tuple[Place, ...]:
    """The rank of every figure, highest first, and the ranks its significant differences leave open."""
    k = len(value)
    above, below = np.zeros(k, dtype=int), np.zeros(k, dtype=int)
    order = [(i, j) for i in range(k) for j in range(i + 1, k)]
    for (i, j), pair in zip(order, compared, strict=True):
        if pair.apart:
            better, worse = (i, j) if pair.difference.value > 0 else (j, i)
            above[worse] += 1
            below[better] += 1
    ranks = [1 + int((value > x + NOTHING * size(value)).sum()) for x in value]
    return tuple(Place(rank, 1 + int(a), k - int(b)) for rank, a, b in zip(ranks, above, below, strict=True))
