"""The means of many columns and their joint covariance, gathered in one pass over the rows.

The index and stated importance are smooth functions of column means. What those functions need of any number
of rows is the weighted sums and one Gram matrix; both add up over blocks, so a million rows pass through the
cache once, and a file through memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure import answers, freedom
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.freedom import Moved, Support, moved

Floats = NDArray[np.float64]
Numbers = NDArray[np.floating | np.integer]
BLOCK = 4096
"""Rows at a time: sixty columns of them stay in the second-level cache."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some columns asked on one scale: values (n, k), the scale's ends, and what an error calls them."""

    values: Numbers
    scale: answers.Scale
    what: str


@dataclass(frozen=True, slots=True)
class Means:
    """Column means (c,) and the covariance (c, c) of their errors; a column nobody answered holds nan.

    answered (c,): who answered each column; n: who answered any; df: what the whole design carries; support: what
    each column's own sample does.
    """

    value: Floats
    covariance: Floats
    answered: NDArray[np.int64]
    n: int
    df: float
    support: Support

    def freedom(self, column: int) -> float:
        """The degrees of freedom of one column's mean."""
        return float(self.support.df[column])

    def moved(self, columns: NDArray[np.intp], slope: Floats) -> Moved:
        """The covariance and degrees of freedom of figures that move with `columns` (p,) as `slope` (p, k) says."""
        at = np.ix_(columns, columns)
        held = self.support
        own = Support(held.df[columns], held.stretch[columns], held.overlap[at])
        return moved(self.covariance[at], slope, own)


class Sums:
    """Sums over rows of z = answer - shift (0 where missing) and m (1 where answered, else 0), with weight ω.

    rows, n: all rows, and those with any answer. answered, weight, total (c,): Σ m, Σ ωm, Σ ωz.
    zz, zm, mm (c, c): Σ ω² zzᵀ, Σ ω² zmᵀ, Σ ω² mmᵀ.
    """

    def __init__(self, scales: Sequence[answers.Scale], columns: Sequence[int], whats: Sequence[str]) -> None:
        self.scales, self.columns, self.whats = tuple(scales), tuple(columns), tuple(whats)
        c = sum(columns)
        self.shift = np.repeat([(low + high) / 2 for low, high in scales], columns)
        self.half = max((high - low) / 2 for low, high in scales)
        self.alike = len({high - low for low, high in scales}) == 1
        self.rows = self.n = 0
        self.answered, self.weight, self.total = np.zeros(c), np.zeros(c), np.zeros(c)
        self.zz, self.zm, self.mm = np.zeros((c, c)), np.zeros((c, c)), np.zeros((c, c))
        # Answers and, behind them, who answered: the Gram matrix of a gappy block holds all three products.
        self._room = np.empty((BLOCK, 2 * c))
        self._whole = np.empty((BLOCK, c))

    @classmethod
    def of(cls, parts: Sequence[Part], weights: Floats | None = None) -> Sums:
        """The sums of all columns of `parts`; raises `OffScale`."""
        out = cls(
            [part.scale for part in parts],
            [part.values.shape[1] for part in parts],
            [part.what for part in parts],
        )
        out.take([part.values for part in parts], weights)
        return out

    def take(self, values: Sequence[Numbers], weights: Floats | None = None) -> None:
        """Add the rows of `values`, an (n, k) array for each scale; raises `OffScale`."""
        for at in range(0, len(values[0]), BLOCK):
            block = [part[at : at + BLOCK] for part in values]
            self._add(block, None if weights is None else weights[at : at + BLOCK])
            self.rows += len(block[0])

    def _add(self, block: Sequence[Numbers], weights: Floats | None) -> None:
        z = self._whole[: len(block[0])]
        self._shifted(block, z)
        low, high = z.min(), z.max()
        if np.isnan(low):
            self._add_gappy(block, weights)
            return
        if low < -self.half or high > self.half or not self.alike:
            self._refuse(block)
        ones = np.ones(len(z))
        share = ones if weights is None else weights
        self.n += len(z)
        self.answered += len(z)
        self.weight += share.sum()
        self.total += share @ z
        if weights is not None:
            z *= weights[:, None]
        self.zz += z.T @ z
        self.zm += (share @ z)[:, None]
        self.mm += share @ share

    def _add_gappy(self, block: Sequence[Numbers], weights: Floats | None) -> None:
        c = len(self.shift)
        both = self._room[: len(block[0])]
        z, m = both[:, :c], both[:, c:]
        self._shifted(block, z)
        missing = np.isnan(z)
        np.copyto(z, 0.0, where=missing)
        np.subtract(1.0, missing, out=m)
        if z.min() < -self.half or z.max() > self.half or not self.alike:
            self._refuse(block)
        share = np.ones(len(z)) if weights is None else weights
        self.n += len(z) - int(missing.all(axis=1).sum())
        self.answered += np.ones(len(z)) @ m
        self.weight += share @ m
        self.total += share @ z
        if weights is not None:
            both *= weights[:, None]
        gram = both.T @ both
        self.zz += gram[:c, :c]
        self.zm += gram[:c, c:]
        self.mm += gram[c:, c:]

    def _shifted(self, block: Sequence[Numbers], out: Floats) -> None:
        at = 0
        for part, k in zip(block, self.columns, strict=True):
            np.subtract(part, self.shift[at] if k else 0.0, out=out[:, at : at + k])
            at += k

    def _refuse(self, block: Sequence[Numbers]) -> None:
        for part, scale, what in zip(block, self.scales, self.whats, strict=True):
            answers.refuse_off_scale(part, scale, what=what, first_row=self.rows)

    def means(self, *, fraction: float = 0.0) -> Means:
        """The means and their covariance, where `fraction` of the population answered and rows are independent.

        Two respondents' answers are independent, so Σ ω²(x - x̄)(y - ȳ) / (Σω Σω) is the covariance of two
        means, each over its own respondents (a ratio estimator: Särndal et al. 1992, eq. 5.5.9).
        """
        with np.errstate(invalid="ignore", divide="ignore"):
            step = self.total / self.weight
            spread = self.zz - self.zm * step - (self.zm * step).T + self.mm * np.outer(step, step)
            spread /= np.outer(self.weight, self.weight)
        covariance = spread * ((1 - fraction) * _bessel(self.n))
        answered = self.answered.astype(np.int64)
        own = Support(self.answered - 1, freedom.stretch(self.answered, self.n), freedom.overlap(self.mm))
        return Means(self.shift + step, own.stretched(covariance), answered, self.n, self.n - 1, own)


def means(parts: Sequence[Part], design: Design) -> Means:
    """The means of all columns of `parts` with their covariance under `design`; raises `OffScale`, `BadDesign`."""
    weights = design.of(len(parts[0].values))
    if design.strata is None and design.clusters is None:
        sums = Sums.of(parts, None if design.weights is None else weights)
        return sums.means(fraction=design._fraction(None, sums.n))
    return _by_scores(parts, design, weights)


def _by_scores(parts: Sequence[Part], design: Design, weights: Floats) -> Means:
    for part in parts:
        answers.refuse_off_scale(part.values, part.scale, what=part.what)
    values = np.concatenate([part.values for part in parts], axis=1).astype(float)
    there = ~np.isnan(values)
    some = there.any(axis=1)
    answered = there.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        weight = weights @ there
        value = (weights @ np.where(there, values, 0.0)) / weight
        scores = np.where(there, values - value, 0.0) * (weights[:, None] / weight)
    scores[:, answered == 0] = 0.0
    spread = design.spread(scores, some)
    own = freedom.support(there[some], design.subset(some))
    return Means(value, own.stretched(spread.covariance), answered, int(some.sum()), spread.df, own)


def _bessel(n: int) -> float:
    return n / (n - 1) if n > 1 else np.nan
