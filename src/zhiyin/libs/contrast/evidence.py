"""How well a division separates failures from the rest: the likelihood ratio, and Fisher's exact test.

The search ranks by the likelihood ratio G (Wilks 1938; Sokal & Rohlf 1995 §17.4) because unlike χ² it does not
favour lopsided divisions, and unlike Fisher's p it costs four look-ups a cell. What makes it a test is permutation.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
CLOSE = 1e-7


@lru_cache(maxsize=64)
def _x_log_x(size: int) -> Floats:
    counts = np.arange(size + 1, dtype=float)
    product: Floats = counts * np.log(np.maximum(counts, 1))
    return product


def ratio(failed: Any, rows: Any, failures: Any, total: int) -> Floats:
    """G of a division: `failed` of its `rows`, where `failures` of `total` failed in all. Arrays broadcast."""
    look = _x_log_x(total)
    whole = np.asarray(total - rows)
    part = look[failed] + look[rows - failed] + look[failures - failed] + look[whole - failures + failed]
    ends = look[total] - look[rows] - look[whole] - look[failures] - look[total - failures]
    g: Floats = np.maximum(2 * (part + ends), 0.0)
    return g


def perfect(failures: int, total: int) -> float:
    """G of a division that fits every row: no division can have more."""
    look = _x_log_x(total)
    return float(2 * (look[total] - look[failures] - look[total - failures]))


def fisher(failed: int, rows: int, failures: int, total: int) -> float:
    """Fisher's exact test, two-sided: tables no likelier than this one, both margins held (Fisher 1935)."""
    possible = np.arange(max(0, rows + failures - total), min(rows, failures) + 1)
    log = (
        log_choose(rows, possible)
        + log_choose(total - rows, failures - possible)
        - log_choose(total, np.asarray(failures))
    )
    here = log[failed - possible[0]]
    return min(1.0, float(np.exp(log[log <= here + CLOSE]).sum()))


def sign_test(one: int, other: int) -> float:
    """Two-sided exact binomial test of `one` against `other` (McNemar 1947, exact)."""
    total = one + other
    tail = sum(math.comb(total, few) for few in range(min(one, other) + 1)) / 2**total
    return min(1.0, float(2 * tail))


def log_choose(total: ArrayLike, chosen: ArrayLike) -> Floats:
    """ln of the binomial coefficient."""
    total, chosen = np.asarray(total), np.asarray(chosen)
    look = _log_factorial(int(total.max()))
    return np.asarray(look[total] - look[chosen] - look[total - chosen])


@lru_cache(maxsize=64)
def _log_factorial(size: int) -> Floats:
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, size + 1)))])


def binomial(total: int, p: float) -> Floats:
    """P(X = 0 … total)."""
    counts = np.arange(total + 1)
    chance: Floats = np.exp(
        log_choose(np.asarray(total), counts) + counts * math.log(p) + (total - counts) * math.log1p(-p)
    )
    return chance
