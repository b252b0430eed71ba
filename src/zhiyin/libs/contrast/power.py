"""How many more observations would settle it: computed from the binomial, not guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from zhiyin.libs.contrast import evidence

POWER = 0.8
STEPS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 65, 80, 100, 150, 200)
"""How many more on either side are considered; nobody makes more of them to follow a suspicion."""
Bar = Callable[[int, int], float]
"""The G that establishes it in so many rows with so many failures."""


@dataclass(frozen=True, slots=True)
class Need:
    """`each` more observations on either side reach `power`, if it fails with these two shares."""

    each: int
    power: float
    rate: float
    other_rate: float


def more(failed: int, rows: int, other_failed: int, other_rows: int, *, bar: Bar) -> Need | None:
    """The fewest, equally many on both sides, that establish it with 80 % probability; None beyond the last step.

    The shares are drawn in to (x + 1)/(n + 2) (Laplace): those of a pattern found by searching are too good.
    """
    shares = (failed + 1) / (rows + 2), (other_failed + 1) / (other_rows + 2)
    if shares[0] <= shares[1]:
        return None

    def power(each: int) -> float:
        failures = round(failed + other_failed + each * sum(shares))
        needed = bar(rows + other_rows + 2 * each, failures)
        return reached(failed, rows, other_failed, other_rows, each=each, shares=shares, needed=needed)

    low, high = -1, len(STEPS) - 1
    if power(STEPS[high]) < POWER:
        return None
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (low, middle) if power(STEPS[middle]) >= POWER else (middle, high)
    return Need(STEPS[high], power(STEPS[high]), *shares)


def reached(
    failed: int,
    rows: int,
    other_failed: int,
    other_rows: int,
    *,
    each: int,
    shares: tuple[float, float],
    needed: float,
) -> float:
    """The probability that G of all rows together reaches `needed` after `each` more on both sides."""
    here, there = np.arange(each + 1)[:, None], np.arange(each + 1)[None, :]
    one, other = failed + here, other_failed + there
    total = rows + other_rows + 2 * each
    g = evidence.ratio(one, np.asarray(rows + each), one + other, total)
    upward = one * total > (rows + each) * (one + other)
    chance = evidence.binomial(each, shares[0])[:, None] * evidence.binomial(each, shares[1])[None, :]
    return float(chance[upward & (g >= needed - evidence.CLOSE)].sum())


def sensitivity(rows: int, *, shares: tuple[float, float], needed: float) -> float:
    """The probability that a condition of half the rows, failing with these shares, would reach `needed`."""
    half = rows // 2
    return reached(0, 0, 0, 0, each=half, shares=shares, needed=needed) if half else 0.0


def rows_for_perfect(bar: Bar, *, above: int) -> int:
    """How many rows, half of them failed, a condition that fits every one needs; more than `above`."""
    rows = above + 1 + (above + 1) % 2
    while evidence.perfect(rows // 2, rows) < bar(rows, rows // 2) - evidence.CLOSE:
        rows += 2
    return rows
