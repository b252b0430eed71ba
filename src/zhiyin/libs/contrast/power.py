"""How many more observations would settle it: computed from the binomial, not guessed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhiyin.libs.contrast import evidence

POWER = 0.8
MOST = 200
"""Nobody makes more observations than this on either side to follow a suspicion."""


@dataclass(frozen=True, slots=True)
class Need:
    """`each` more observations on either side reach `power`, if it fails with these two shares."""

    each: int
    power: float
    rate: float
    other_rate: float


def more(failed: int, rows: int, other_failed: int, other_rows: int, *, needed: float) -> Need | None:
    """The fewest, equally many on both sides, after which G reaches `needed` with 80 % probability; None beyond MOST.

    The shares are drawn in to (x + 1)/(n + 2) (Laplace): those of a pattern found by searching are too good.
    """
    shares = (failed + 1) / (rows + 2), (other_failed + 1) / (other_rows + 2)
    if shares[0] <= shares[1]:
        return None

    def power(each: int) -> float:
        return reached(failed, rows, other_failed, other_rows, each=each, shares=shares, needed=needed)

    high = 1
    while power(high) < POWER:
        high *= 2
        if high > MOST:
            return None
    low = high // 2
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (low, middle) if power(middle) >= POWER else (middle, high)
    return Need(high, power(high), *shares)


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
    g = _upward(one, rows + each, one + other, total)
    chance = evidence.binomial(each, shares[0])[:, None] * evidence.binomial(each, shares[1])[None, :]
    return float(chance[g >= needed - evidence.CLOSE].sum())


def _upward(failed: np.ndarray, rows: int, failures: np.ndarray, total: int) -> np.ndarray:  # type: ignore[type-arg]
    g = evidence.ratio(failed, np.asarray(rows), failures, total)
    return np.where(failed * total > rows * failures, g, 0.0)


def sensitivity(rows: int, *, shares: tuple[float, float], needed: float) -> float:
    """The probability that a condition of half the rows, failing with these shares, would reach `needed`."""
    half = rows // 2
    return reached(0, 0, 0, 0, each=half, shares=shares, needed=needed) if half else 0.0


def rows_for_perfect(needed: float) -> int:
    """How many rows, half of them failed, a condition that fits every one needs to reach `needed`."""
    rows = 2
    while evidence.perfect(rows // 2, rows) < needed:
        rows += 2
    return rows
