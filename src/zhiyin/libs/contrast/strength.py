"""How much more often it fails on one side than on the other, with intervals.

The division was chosen among `looks` of its column because it separated best, and an interval that did not know
would be too narrow: its level is raised to 1 - (1 - level)/looks (Bonferroni), so that all of them hold at once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Strength:
    """A figure with its interval at `level`; `high` is infinite where the data set no upper end."""

    value: float
    low: float
    high: float
    method: str
    level: float


def wilson(failed: int, rows: int, z: float) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927, JASA 22:209)."""
    share, tilt = failed / rows, z * z / rows
    centre = (share + tilt / 2) / (1 + tilt)
    half = z / (1 + tilt) * math.sqrt(share * (1 - share) / rows + tilt / (4 * rows))
    return (0.0 if failed == 0 else centre - half), (1.0 if failed == rows else centre + half)


def difference(
    failed: int, rows: int, other_failed: int, other_rows: int, *, looks: int, level: float
) -> Strength:
    """Share minus share, from two score intervals (Newcombe 1998, Statistics in Medicine 17:873, method 10)."""
    z = _z(looks, level)
    one, two = failed / rows, other_failed / other_rows
    low_one, high_one = wilson(failed, rows, z)
    low_two, high_two = wilson(other_failed, other_rows, z)
    low = one - two - math.hypot(one - low_one, high_two - two)
    high = one - two + math.hypot(high_one - one, two - low_two)
    return Strength(one - two, low, high, "newcombe", level)


def risk_ratio(
    failed: int, rows: int, other_failed: int, other_rows: int, *, looks: int, level: float
) -> Strength:
    """Share over share, from the same score intervals (Donner & Zou 2012, SMMR 21:347, equation 9)."""
    z = _z(looks, level)
    one, two = failed / rows, other_failed / other_rows
    low_one, high_one = wilson(failed, rows, z)
    low_two, high_two = wilson(other_failed, other_rows, z)
    product = one * two
    low_root = math.sqrt(
        max(0.0, product**2 - low_one * high_two * (2 * one - low_one) * (2 * two - high_two))
    )
    low = low_one and (product - low_root) / (high_two * (2 * two - high_two) or math.nan)
    if math.isnan(low):
        low = low_one * (2 * one - low_one) / (2 * product) if product else 0.0
    high = math.inf
    if low_two > 0:
        high_root = max(0.0, product**2 - high_one * low_two * (2 * one - high_one) * (2 * two - low_two))
        high = (product + math.sqrt(high_root)) / (low_two * (2 * two - low_two))
    value = one / two if two else math.inf if one else math.nan
    return Strength(value, max(0.0, low), high, "donner-zou", level)


def _z(looks: int, level: float) -> float:
    return NormalDist().inv_cdf(1 - (1 - level) / looks / 2)
