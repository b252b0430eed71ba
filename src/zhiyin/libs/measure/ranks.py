"""Spearman's rank correlation with ties, weights and an influence for every respondent.

A rank is the weighted share of answers below, ties counting half (mid-ranks), so the correlation of the ranks is
a function of the joint distribution and linearises like any other; respondents also move everybody else's rank.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One column: ranks (n,) between 0 and 1 about their mean of ½, and where each answer stands."""

    rank: Floats
    place: NDArray[np.intp]
    share: Floats

    def above(self, values: Floats) -> Floats:
        """For every respondent the weighted sum of `values` over those who answered higher, ties half."""
        totals = np.bincount(self.place, values * self.share)
        out: Floats = (np.cumsum(totals[::-1])[::-1] - totals / 2)[self.place]
        return out


def ranked(column: Floats, share: Floats) -> Ranked:
    """The ranks of one column of answers; `share` are the weights, adding up to one."""
    _, place = np.unique(column, return_inverse=True)
    totals = np.bincount(place, share)
    return Ranked((np.cumsum(totals) - totals / 2)[place] - 0.5, place, share)


def spearman(one: Ranked, other: Ranked) -> tuple[float, Floats]:
    """The rank correlation and the influence (n,) of every respondent on it."""
    together, moves = _product(one, other)
    first, first_moves = _product(one, one)
    second, second_moves = _product(other, other)
    r = together / np.sqrt(first * second)
    influence = moves / np.sqrt(first * second) - r / 2 * (first_moves / first + second_moves / second)
    return float(np.clip(r, -1.0, 1.0)), influence


def _product(one: Ranked, other: Ranked) -> tuple[float, Floats]:
    """∫FG dP and its influence: the respondent's own product, and what it does to the ranks of the others."""
    value = float((one.share * one.rank) @ other.rank)
    return value, one.rank * other.rank + one.above(other.rank) + other.above(one.rank) - 3 * value
