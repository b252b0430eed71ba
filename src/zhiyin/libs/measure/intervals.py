"""Intervals for correlations and for shares of explained variance, on the scales where they are symmetric."""

from __future__ import annotations

import math

from zhiyin.libs.measure import distributions
from zhiyin.libs.measure.estimates import LEVEL, Estimate


def correlation(
    r: float, se_z: float, *, n: int, method: str, df: float = math.inf, level: float = LEVEL
) -> Estimate:
    """tanh(atanh r ± quantile·se_z), with `se_z` the error of atanh r (Fisher 1921)."""
    se = (1 - r * r) * se_z
    if abs(r) >= 1:
        return Estimate(r, r, r, n, 0.0, method, level)
    half = distributions.t_quantile(0.5 + level / 2, df) * se_z
    middle = math.atanh(r)
    return Estimate(r, math.tanh(middle - half), math.tanh(middle + half), n, se, method, level)


def share(value: float, se: float, *, n: int, df: float, level: float = LEVEL) -> Estimate:
    """The interval of a share of variance (0..1), symmetric in atanh √value and ending at nought.

    A share is a sum of squared (semipartial) correlations: near nought it is skewed, while its root is not, as r is
    not where r² is. A lower end below nought becomes nought.
    """
    method = "root z"
    if math.isnan(value) or math.isnan(se):
        return Estimate(value, math.nan, math.nan, n, se, method, level)
    if value >= 1:
        return Estimate(value, value, value, n, se, method, level)
    root = math.sqrt(max(value, 0.0))
    # At nought the root's error is that of a correlation of nought.
    error = se / (2 * root * (1 - value)) if root > 1e-7 else 1 / math.sqrt(n)  # noqa: PLR2004 - rounding
    half = distributions.t_quantile(0.5 + level / 2, df) * error
    middle = math.atanh(root)
    low, high = math.tanh(max(0.0, middle - half)) ** 2, math.tanh(middle + half) ** 2
    return Estimate(value, low, high, n, se, method, level)
