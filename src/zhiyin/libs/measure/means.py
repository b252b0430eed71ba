"""Weighted means, and the number of respondents drawn at random that would know them as well."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import distributions, errors, tables
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.estimates import LEVEL, Estimate, symmetric

Floats = NDArray[np.float64]
_NO_SPREAD = 1e-10
"""A standard error this small beside that of one answer is rounding: every cluster agreed with every other."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A weighted mean and its effective sample size.

    variance: of one answer, Σw(x - x̄)²/Σw. size: the effective n, equal to n under simple random sampling and
    never above it but for what a finite population adds.
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

    The size solves se² = variance/(size - 1), the error of a simple random sample, for the se by Taylor
    linearisation: n over Kish's design effect (1965, Survey Sampling, §8.2). It is cut at n, as TRUNCATE does in
    SAS's SURVEYFREQ: a design effect below one is mostly a few answers that happen to agree, and an interval
    built on it covers .84 where it claims .95. Where the data show no spread (all gave one answer, or all clusters
    the same share) Kish's (Σw)²/Σw² stands in, in the error too. A finite population then adds its own, without
    end as a census nears completion. Raises `TooFew`, `BadDesign`, `ShapeMismatch`, `UnusableColumn` for an
    infinite answer.
    """
    answers = tables.column(values, "values")
    weights = design.of(len(answers))
    counts = ~np.isnan(answers)
    if np.isinf(answers).any():
        raise errors.UnusableColumn(column="values", reason=errors.gettext_noop("an answer is infinite"))
    if not counts.any():
        raise errors.TooFew(what=errors.gettext_noop("A mean"), needed=1, found=0)
    plain = design.strata is None and design.clusters is None
    if plain and not counts.all():
        # Who does not count takes no part; with strata or clusters they still count for the design.
        answers, weights, design = answers[counts], weights[counts], design.subset(counts)
        counts = counts[counts]
    # In units of the heaviest, or weights near the ends of what a float holds would leave it.
    weights = weights / weights[counts].max()
    share = np.where(counts, weights, 0.0) / weights[counts].sum()
    least, most = float(answers[counts].min()), float(answers[counts].max())
    # Where all agree a sum may miss by a digit; there is no spread to make of that.
    total = float(weights[counts] @ answers[counts])
    mean = least if least == most else total / float(weights[counts].sum())
    away = np.where(counts, answers - mean, 0.0)
    variance = float(share @ away**2)
    spread = design.spread(share * away)
    se = float(spread.se[0])
    size = _size(variance, share, share * away, se, design)
    if 1 < size < math.inf and se <= _NO_SPREAD * math.sqrt(variance):
        se = math.sqrt(variance / (size - 1))
    return Sample(mean, variance, int(counts.sum()), size, se, spread.df, plain)


def _size(variance: float, share: Floats, scores: Floats, se: float, design: Design) -> float:
    """The effective n: as from an endless population, cut at n, then with what a finite one adds."""
    endless = _endless(scores, se, design)
    size = 1 / float(share @ share)
    seen = endless > _NO_SPREAD * math.sqrt(variance)
    if seen:
        size = min(float(np.count_nonzero(share)), 1 + variance / endless**2)
    if design.population is None:
        return size
    if not seen:
        # Any scores show how much of the error the finite population leaves.
        scores = share * np.sqrt(np.arange(1.0, len(share) + 1))
        se = float(design.spread(scores).se[0])
        endless = _endless(scores, se, design)
    left = (se / endless) ** 2 if endless > 0 else 1.0
    return 1 + (size - 1) / left if left > 0 else math.inf


def _endless(scores: Floats, se: float, design: Design) -> float:
    """The error from a population without end; `se` where a stratum's only unit was drawn, and has no spread."""
    if design.population is None:
        return se
    try:
        return float(replace(design, population=None).spread(scores).se[0])
    except errors.BadDesign:
        return se


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


@dataclass(frozen=True, slots=True)
class Shift:
    """after - before and its error. centre: what the interval and the test stand on; adjusted where that differs."""

    value: float
    centre: float
    se: float
    df: float

    @property
    def adjusted(self) -> bool:
        """Whether pseudo-answers stand in for a spread that nobody showed."""
        return self.centre != self.value

    @property
    def ratio(self) -> float:
        """The test statistic: 0 without a change, infinite for one between two whole populations."""
        if self.se == 0:
            return math.copysign(math.inf, self.centre) if self.centre else 0.0
        return self.centre / self.se

    @property
    def p(self) -> float:
        """Two-sided; nan where the error is not known."""
        return min(1.0, 2 * distributions.t_cdf(-abs(self.ratio), self.df))

    def estimate(
        self, *, n: int, level: float, bounds: tuple[float, float] = (-math.inf, math.inf)
    ) -> Estimate:
        """The change with its interval, which always holds the change itself."""
        method = "adjusted_wald" if self.adjusted else "t"
        found = symmetric(self.centre, self.se, n=n, df=self.df, level=level, method=method, bounds=bounds)
        low, high = min(found.low, self.value), max(found.high, self.value)
        return replace(found, value=self.value, low=low, high=high) if self.adjusted else found


def shift(before: Sample, after: Sample) -> Shift:
    """after - before of two independent samples, by Welch's t.

    Where all of each sample gave one answer, and not the same, two values are all there is: one answer of each kind
    is then added to each sample (Agresti & Caffo 2000, American Statistician 54:280), or the change would be certain.
    """
    value = after.mean - before.mean
    se = math.hypot(before.se, after.se)
    if se != 0 or value == 0:
        return Shift(value, value, se, welch(before, after))
    other, one = 1 / (before.size + 2), 1 / (after.size + 2)
    errors_of = [abs(value) * share * math.sqrt(1 - share) for share in (other, one)]
    df = satterthwaite((errors_of[0], before.df), (errors_of[1], after.df))
    return Shift(value, value * (1 - one - other), math.hypot(*errors_of), df)


def welch(one: Sample, other: Sample) -> float:
    """The degrees of freedom of a difference of independent means."""
    return satterthwaite((one.se, one.df), (other.se, other.df))


def satterthwaite(*parts: tuple[float, float]) -> float:
    """The degrees of freedom of a sum of independent parts, each an error and its own degrees.

    Satterthwaite (1946, Biometrics Bulletin 2:110).
    """
    total = sum(se**2 for se, _ in parts)
    lost = sum(se**4 / df for se, df in parts if se)
    return total**2 / lost if lost else math.inf
