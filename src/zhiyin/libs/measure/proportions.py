"""Shares of respondents, with intervals that hold near 0 and 1 too.

Wilson is the default: the textbook interval p ± z·√(p(1-p)/n) collapses at 0 and 1 and falls short of its level in
between (Brown, Cai & DasGupta 2001, Statistical Science 16:101).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from zhiyin.libs.measure import distributions, errors, tables
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.means import Sample, sample, satterthwaite

Ends = Callable[[float, float, float, float], tuple[float, float]]
_COUNTLESS = 1e8
"""From here the exact interval is Wilson's to eight digits, and the beta function would lose more."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two estimates, their difference (first minus second), and a test that it is zero.

    `z` refers to Student's t with `df` degrees of freedom, the normal where that is infinite; `p` is two-sided.
    """

    first: Estimate
    second: Estimate
    difference: Estimate
    z: float
    p: float
    df: float = math.inf


def proportion(
    values: ArrayLike, *, design: Design = EVERYBODY, method: str = "wilson", level: float = LEVEL
) -> Estimate:
    """The share of ones among `values`, (n,) of 0, 1 or nan, by the method named.

    method: "wilson", "clopper_pearson" or "adjusted_wald"; under a design each is given the effective n.
    Raises `OffScale` for anything else than 0 and 1, `TooFew`, `BadOption`, `BadDesign`.
    """
    values = tables.column(values, "values")
    off = ~(np.isnan(values) | (values == 0) | (values == 1))
    if off.any():
        row = int(np.argmax(off))
        raise errors.OffScale(row=row + 1, column=1, value=float(values[row]), low=0, high=1)
    answered = values[~np.isnan(values)]
    if design.simple and len(answered):
        # Counts give the figures of the tables to the last digit, in any order of respondents.
        return _of_counts(float(answered.sum()), len(answered), method, level)
    return of_sample(sample(values, design), method=method, level=level)


def of_sample(found: Sample, *, method: str = "wilson", level: float = LEVEL) -> Estimate:
    """The interval of a share whose sample is at hand; raises `BadOption`."""
    if method not in _ENDS:
        raise errors.BadOption(option="method", value=method, allowed=", ".join(_ENDS))
    share = min(max(found.mean, 0.0), 1.0)
    size = found.size * (_shrunk(found, level) if method == "clopper_pearson" else 1.0)
    low, high = _ENDS[method](share, size, found.quantile(level), level)
    se = math.sqrt(share * (1 - share) / found.size)
    return Estimate(share, low, high, found.n, se, method, level)


def _shrunk(found: Sample, level: float) -> float:
    """What few clusters cost an interval that has no quantile to widen: (t with n - 1 / t with df degrees)².

    Korn & Graubard (1998, Survey Methodology 24:193).
    """
    if found.plain or found.n < 2:  # noqa: PLR2004 - one answer has no degrees
        return 1.0
    return (distributions.t_quantile(0.5 + level / 2, found.n - 1) / found.quantile(level)) ** 2


def wilson(count: float, n: float, *, level: float = LEVEL) -> Estimate:
    """`count` of `n`: where the score test does not reject (Wilson 1927, JASA 22:209).

    Newcombe (1998, Statistics in Medicine 17:857, method 3): 81 of 263 gives 0.2553 to 0.3662. Raises `BadCount`.
    """
    return _of_counts(count, n, "wilson", level)


def clopper_pearson(count: float, n: float, *, level: float = LEVEL) -> Estimate:
    """`count` of `n`: both tails of the binomial at most (1 - level)/2 (Clopper & Pearson 1934, Biometrika 26:404).

    Never below its level, usually well above it. Raises `BadCount`.
    """
    return _of_counts(count, n, "clopper_pearson", level)


def adjusted_wald(count: float, n: float, *, level: float = LEVEL) -> Estimate:
    """`count` of `n` after adding z²/2 of each kind (Agresti & Coull 1998, American Statistician 52:119).

    The value stays count/n; only the interval is shifted towards a half. Raises `BadCount`.
    """
    return _of_counts(count, n, "adjusted_wald", level)


def _of_counts(count: float, n: float, method: str, level: float) -> Estimate:
    return of_sample(counted(count, n), method=method, level=level)


def counted(count: float, n: float) -> Sample:
    """The sample behind `count` of `n`; raises `BadCount`."""
    if not (0 <= count <= n and 0 < n < math.inf):
        raise errors.BadCount(count=count, whole=n)
    share = count / n
    variance = share * (1 - share)
    se = math.sqrt(variance / (n - 1)) if n > 1 else math.nan
    return Sample(share, variance, round(n), float(n), se, n - 1)


def _wilson(p: float, n: float, z: float, level: float) -> tuple[float, float]:
    tilt = z * z / n
    centre = (p + tilt / 2) / (1 + tilt)
    half = z / (1 + tilt) * math.sqrt(p * (1 - p) / n + tilt / (4 * n))
    return (0.0 if p == 0 else centre - half), (1.0 if p == 1 else centre + half)


def _clopper_pearson(p: float, n: float, z: float, level: float) -> tuple[float, float]:
    if n > _COUNTLESS:
        return _wilson(p, n, z, level)
    tail, count = (1 - level) / 2, p * n
    low = 0.0 if p == 0 else distributions.beta_quantile(tail, count, n - count + 1)
    high = 1.0 if p == 1 else distributions.beta_quantile(1 - tail, count + 1, n - count)
    return low, high


def _adjusted_wald(p: float, n: float, z: float, level: float) -> tuple[float, float]:
    if math.isinf(n):
        return p, p
    more = n + z * z
    centre = (p * n + z * z / 2) / more
    half = z * math.sqrt(centre * (1 - centre) / more)
    return max(0.0, centre - half), min(1.0, centre + half)


_ENDS: dict[str, Ends] = {
    "wilson": _wilson,
    "clopper_pearson": _clopper_pearson,
    "adjusted_wald": _adjusted_wald,
}


def compare_counts(
    count: float, n: float, other_count: float, other_n: float, *, level: float = LEVEL
) -> Comparison:
    """count/n minus other_count/other_n of two independent samples: Newcombe's hybrid score interval.

    Newcombe (1998, Statistics in Medicine 17:873, method 10): 56/70 - 48/80 = 0.20, 0.0524 to 0.3339. The test is
    the pooled z. Raises `BadCount`.
    """
    return compare_samples(counted(count, n), counted(other_count, other_n), level=level)


def compare(
    values: ArrayLike,
    others: ArrayLike,
    *,
    design: Design = EVERYBODY,
    other_design: Design = EVERYBODY,
    level: float = LEVEL,
) -> Comparison:
    """The share of ones in `values` minus that in `others`, two independent samples, each with its design.

    As `compare_counts`, with effective sizes. Raises as `proportion` does.
    """
    for each in (np.asarray(values, dtype=float), np.asarray(others, dtype=float)):
        proportion(each)
    return compare_samples(sample(values, design), sample(others, other_design), level=level)


def compare_samples(first: Sample, second: Sample, *, level: float = LEVEL) -> Comparison:
    """As `compare`, from samples at hand."""
    one, other = of_sample(first, level=level), of_sample(second, level=level)
    z, df = _pooled_z(first, second), _degrees(first, second)
    p = min(1.0, 2 * distributions.t_cdf(-abs(z), df))
    return Comparison(one, other, recovered(one, other), z, p, df)


def _degrees(first: Sample, second: Sample) -> float:
    """Those of few clusters or strata, as in the two intervals; without them the test is the normal's."""
    return satterthwaite(*((each.se, math.inf if each.plain else each.df) for each in (first, second)))


def _pooled_z(first: Sample, second: Sample) -> float:
    each, other = 1 / first.size, 1 / second.size
    if each + other == 0:  # two whole populations: what differs, differs
        return math.copysign(math.inf, first.mean - second.mean) if first.mean != second.mean else 0.0
    pooled = (first.mean * other + second.mean * each) / (each + other)
    se = math.sqrt(max(0.0, pooled * (1 - pooled)) * (each + other))
    return (first.mean - second.mean) / se if se > 0 else 0.0


def recovered(first: Estimate, second: Estimate) -> Estimate:
    """first - second of independent estimates, its variance recovered from their intervals (MOVER).

    Zou & Donner (2008, Statistics in Medicine 27:1693); with two Wilson intervals it is Newcombe's method 10.
    """
    value = first.value - second.value
    low = value - math.hypot(first.value - first.low, second.high - second.value)
    high = value + math.hypot(first.high - first.value, second.value - second.low)
    method = "newcombe" if first.method == second.method == "wilson" else "mover"
    se = math.hypot(first.se, second.se)
    return Estimate(value, low, high, first.n + second.n, se, method, first.level)
