"""An estimate with its uncertainty: the only form in which a figure leaves this library."""

from __future__ import annotations

import math
from dataclasses import dataclass

from zhiyin.libs.measure import distributions

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval.

    `value`, `low`, `high` and `se` share one unit. `n` counts the respondents behind the figure, unweighted.
    `level` is the coverage the interval aims at, `method` names how it was made ("t", "wilson", "delta", …).
    Raises `BadOption` for a level that is not between 0 and 1: no interval can aim at it.
    """

    value: float
    low: float
    high: float
    n: int
    se: float
    method: str
    level: float = LEVEL

    def __post_init__(self) -> None:
        distributions.refuse_level(self.level)

    def scaled(self, factor: float, *, shift: float = 0.0) -> Estimate:
        """The same estimate in another unit: `factor * x + shift`; a negative factor swaps the ends."""
        ends = sorted((factor * self.low + shift, factor * self.high + shift))
        value, se = factor * self.value + shift, abs(factor) * self.se
        return Estimate(value, ends[0], ends[1], self.n, se, self.method, self.level)

    @property
    def margin(self) -> float:
        """Half the length of the interval."""
        return (self.high - self.low) / 2


def symmetric(
    value: float,
    se: float,
    *,
    n: int,
    df: float = math.inf,
    level: float = LEVEL,
    method: str = "t",
    bounds: tuple[float, float] = (-math.inf, math.inf),
) -> Estimate:
    """value ± quantile·se, by Student's t with `df` degrees of freedom (the normal at infinity), cut at `bounds`.

    Without an error (`se` is nan, because a single respondent or cluster shows none) both ends are nan.
    Raises `BadOption` for a level that is not between 0 and 1.
    """
    distributions.refuse_level(level)
    half = distributions.t_quantile(0.5 + level / 2, df) * se
    low, high = max(bounds[0], value - half), min(bounds[1], value + half)
    if math.isnan(half):
        low = high = math.nan
    return Estimate(value, low, high, n, se, method, level)
