"""Indicators that are ratios of amounts, or counts that may exceed their customers."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import distributions, errors, means
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.estimates import LEVEL, Estimate, symmetric
from zhiyin.libs.measure.indicators import definitions, shares
from zhiyin.libs.measure.indicators.definitions import Definition, Indicator, Window

Floats = NDArray[np.float64]


def share_of_amount(
    ours: ArrayLike, total: ArrayLike, *, window: Window, design: Design = EVERYBODY, level: float = LEVEL
) -> Indicator:
    """占有率 by amount: Σ spent with us / Σ spent at all, (n,) amounts each; who spent nothing does not count.

    A ratio of sums, its error by linearisation (Cochran 1977, eq. 2.46; Särndal et al. 1992, eq. 5.6.8); the mean of
    each buyer's own share answers another question. Raises `BadCount` (a part larger than its whole, or negative),
    `ShapeMismatch`, `TooFew` below two buyers.
    """
    part, whole = np.asarray(ours, dtype=float), np.asarray(total, dtype=float)
    shares.same_length("total", whole, part)
    bad = (part < 0) | (part > whole) | np.isinf(whole)
    if bad.any():
        row = int(np.argmax(bad))
        raise errors.BadCount(count=float(part[row]), whole=float(whole[row]))
    return _ratio(definitions.SHARE_OF_AMOUNT, part, whole, window, design, level, (0.0, 1.0))


def complaint_rate(
    complaints: ArrayLike,
    *,
    window: Window,
    design: Design = EVERYBODY,
    unit: int = 100,
    level: float = LEVEL,
) -> Indicator:
    """抱怨率: complaints per `unit` customers, from (n,) counts, one for each customer, zeros included.

    A customer may complain twice, so this is no share and may exceed 100 %. Interval: Fay & Feuer's gamma (1997,
    Statistics in Medicine 16:791) with the variance seen between customers, so that a few who complain much widen
    it; exact for Poisson counts. `complainers` gives the share who complained at all. Raises `BadCount`, `TooFew`.
    """
    counts = np.asarray(complaints, dtype=float)
    bad = ~np.isnan(counts) & ((counts < 0) | (counts != np.round(counts)) | np.isinf(counts))
    if bad.any():
        raise errors.BadCount(count=float(counts[int(np.argmax(bad))]), whole="n")
    found = means.sample(counts, design)
    weights = design.of(len(counts))[~np.isnan(counts)]
    # One complaint more, from the customer who weighs most; never less spread than Poisson's.
    step = float(weights.max() / weights.sum())
    variance = max(found.se**2 if math.isfinite(found.se) else 0.0, found.mean * step)
    estimate = _gamma(found.mean, variance, step, found.n, level)
    return Indicator(
        definitions.COMPLAINT_RATE,
        estimate.scaled(unit),
        float(np.nansum(counts)),
        found.n,
        window,
        len(counts) - found.n,
        unit,
    )


def complaint_rate_of_totals(
    complaints: int, customers: int, *, window: Window, unit: int = 100, level: float = LEVEL
) -> Indicator:
    """As `complaint_rate` where only totals are known: exact for Poisson counts (Garwood 1936, Biometrika 28:437).

    It cannot see that some complain often; prefer counts by customer. Raises `BadCount`.
    """
    if complaints < 0 or customers <= 0:
        raise errors.BadCount(count=complaints, whole=customers)
    rate, step = complaints / customers, 1 / customers
    estimate = _gamma(rate, rate * step, step, customers, level)
    return Indicator(
        definitions.COMPLAINT_RATE, estimate.scaled(unit), complaints, customers, window, 0, unit
    )


def gross_revenue_churn(
    before: ArrayLike, after: ArrayLike, *, window: Window, design: Design = EVERYBODY, level: float = LEVEL
) -> Indicator:
    """Σ max(before - after, 0)/Σ before over the customers with revenue at the start, (n,) amounts each.

    Raises `BadCount`, `ShapeMismatch`, `TooFew`.
    """
    first, second = _revenue(before, after)
    lost = np.maximum(first - second, 0.0)
    return _ratio(definitions.GROSS_REVENUE_CHURN, lost, first, window, design, level, (0.0, 1.0))


def net_revenue_churn(
    before: ArrayLike, after: ArrayLike, *, window: Window, design: Design = EVERYBODY, level: float = LEVEL
) -> Indicator:
    """(Σ before - Σ after)/Σ before over the same customers; negative where they grow. Raises as the gross one."""
    first, second = _revenue(before, after)
    return _ratio(
        definitions.NET_REVENUE_CHURN, first - second, first, window, design, level, (-math.inf, 1.0)
    )


def _ratio(
    definition: Definition,
    part: Floats,
    whole: Floats,
    window: Window,
    design: Design,
    level: float,
    bounds: tuple[float, float],
) -> Indicator:
    counts = ~np.isnan(part) & (whole > 0)
    if counts.sum() < 2:  # noqa: PLR2004 - one buyer has no spread
        raise errors.TooFew(what=definition.name, needed=2, found=int(counts.sum()))
    weights = np.where(counts, design.of(len(part)), 0.0)
    above, below = np.where(counts, part, 0.0), np.where(counts, whole, 0.0)
    total = float(weights @ below)
    value = float(weights @ above) / total
    spread = design.spread(weights * (above - value * below) / total)
    n = int(counts.sum())
    se, df = float(spread.se[0]), min(spread.df, n - 1.0)
    estimate = symmetric(value, se, n=n, df=df, level=level, method="ratio", bounds=bounds)
    sums = float(above.sum()), float(below.sum())
    return Indicator(definition, estimate, *sums, window, len(part) - n)


def _gamma(rate: float, variance: float, step: float, n: int, level: float) -> Estimate:
    """Fay & Feuer's interval of a rate with that variance; `step` is what one event more would add."""
    distributions.refuse_level(level)
    tail = (1 - level) / 2
    low = 0.0
    if rate > 0:
        low = variance / (2 * rate) * distributions.chi2_quantile(tail, 2 * rate**2 / variance)
    more, wider = rate + step, variance + step**2
    high = wider / (2 * more) * distributions.chi2_quantile(1 - tail, 2 * more**2 / wider)
    return Estimate(rate, low, high, n, math.sqrt(variance), "gamma", level)


def _revenue(before: ArrayLike, after: ArrayLike) -> tuple[Floats, Floats]:
    first, second = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    shares.same_length("after", second, first)
    for each in (first, second):
        bad = (each < 0) | np.isinf(each)
        if bad.any():
            raise errors.BadCount(count=float(each[int(np.argmax(bad))]), whole="n")
    return first, second
