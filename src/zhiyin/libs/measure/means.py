"""Weighted means, and the number of respondents drawn at random that would know them as well."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import distributions, errors, tables
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.estimates import LEVEL, Estimate, symmetric

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """A weighted mean and its effective sample size.

    variance: of one answer, Σw(x - x̄)²/Σw. size: the effective n, equal to n under simple random sampling.
    se: of the mean, by Taylor linearisation, with df degrees of freedom. plain: neither strata nor clusters, so
    that a share's score interval takes z.
    """

    mean: float
    variance: float
    n: int
    size: float
    se: float
    df: float
    plain: bool = True

    def quantile(self, level: float) -> float:
        """The factor of a score interval at `level`: z, or t where strata or clusters leave few degrees."""
        distributions.refuse_level(level)
        return distributions.t_quantile(0.5 + level / 2, math.inf if self.plain else self.df)


def sample(values: ArrayLike, design: Design = EVERYBODY) -> Sample:
    """The mean of `values`, (n,), nan for who does not count, and its effective sample size.

    The size is 1 + variance / se² with se by Taylor linearisation, so that it is n under simple random sampling
    and grows without end as a census nears completion (Korn & Graubard 1998, Survey Methodology 24:193; Franco,
    Little, Louis & Slud 2019, J. Survey Statistics and Methodology 7:334). Where all gave the same answer the
    data show no spread and Kish's size stands in. Raises `TooFew`, `BadDesign`, `ShapeMismatch`.
    """
    answers = tables.column(values, "values")
    weights = design.of(len(answers))
    counts = ~np.isnan(answers)
    if not counts.any():
        raise errors.TooFew(what=errors.gettext_noop("A mean"), needed=1, found=0)
    plain = design.strata is None and design.clusters is None
    if plain and not counts.all():
        # Who does not count takes no part; with strata or clusters they still count for the design.
        answers, weights, design = answers[counts], weights[counts], design.subset(counts)
        counts = counts[counts]
    share = np.where(counts, weights, 0.0) / weights[counts].sum()
    least, most = float(answers[counts].min()), float(answers[counts].max())
    # Where all agree a sum may miss by a digit; there is no spread to make of that.
    total = float(weights[counts] @ answers[counts])
    mean = least if least == most else total / float(weights[counts].sum())
    away = np.where(counts, answers - mean, 0.0)
    variance = float(share @ away**2)
    spread = design.spread(share * away)
    se = float(spread.se[0])
    size = _size(variance, se, share[counts], design)
    return Sample(mean, variance, int(counts.sum()), size, se, spread.df, plain)


def _size(variance: float, se: float, share: Floats, design: Design) -> float:
    if variance > 0:
        # May exceed n: where a rare kind was sought out on purpose, its share is known better than by chance.
        return 1 + variance / se**2 if se else math.inf
    kish = 1 / float(share @ share)
    if isinstance(design.population, int | float):
        left = 1 - len(share) / design.population
        return kish / left if left > 0 else math.inf
    return kish


def mean(
    values: ArrayLike,
    *,
    design: Design = EVERYBODY,
    level: float = LEVEL,
    bounds: tuple[float, float] = (-math.inf, math.inf),
) -> Estimate:
    """The mean of `values`, (n,) with nan, ± Student's t; nan ends for a single answer.

    Raises `TooFew`, `BadDesign`, `ShapeMismatch`, `BadOption`.
    """
    return of_sample(sample(values, design), level=level, bounds=bounds)


def of_sample(
    found: Sample, *, level: float = LEVEL, bounds: tuple[float, float] = (-math.inf, math.inf)
) -> Estimate:
    """The mean with its interval from a sample at hand."""
    return symmetric(found.mean, found.se, n=found.n, df=found.df, level=level, bounds=bounds)


def welch(one: Sample, other: Sample) -> float:
    """The degrees of freedom of a difference of independent means (Satterthwaite 1946, Biometrics Bulletin 2:110)."""
    a, b = one.se**2, other.se**2
    return (a + b) ** 2 / (a**2 / one.df + b**2 / other.df) if a + b > 0 else math.inf
