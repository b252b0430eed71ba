"""Student's t quantile, by bisection of the exact distribution for whole degrees of freedom.

Abramowitz & Stegun, Handbook of Mathematical Functions (1964), 26.7.3 and 26.7.4.
"""

from __future__ import annotations

import math
from functools import cache

_PRECISION = 1e-10


def t_cdf(t: float, df: int) -> float:
    """P(T ≤ t) with `df` ≥ 1 degrees of freedom."""
    theta = math.atan(t / math.sqrt(df))
    sine, cosine = math.sin(theta), math.cos(theta)
    if df % 2:
        total, term = 0.0, cosine
        for k in range(1, df - 1, 2):
            total += term
            term *= cosine * cosine * (k + 1) / (k + 2)
        inside = 2 / math.pi * (theta + sine * total)
    else:
        total, term = 0.0, 1.0
        for k in range(0, df - 1, 2):
            total += term
            term *= cosine * cosine * (k + 1) / (k + 2)
        inside = sine * total
    return 0.5 + inside / 2


@cache
def t_quantile(p: float, df: int) -> float:
    """The t with P(T ≤ t) = `p`, for 0.5 ≤ p < 1 and `df` ≥ 1."""
    low, high = 0.0, 1.0
    while t_cdf(high, df) < p:
        high *= 2
    while high - low > _PRECISION * high:
        middle = (low + high) / 2
        low, high = (middle, high) if t_cdf(middle, df) < p else (low, middle)
    return (low + high) / 2
