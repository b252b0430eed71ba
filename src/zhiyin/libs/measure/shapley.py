"""LMG: each attribute's share of R², averaged over all orders in which attributes could enter (Shapley value).

Lindeman, Merenda & Gold (1980, Introduction to Bivariate and Multivariate Analysis, p. 119); Grömping (2006, J.
Statistical Software 17(1)). Only the correlation matrix is needed. The attributes are taken one by one, and for
every subset of those taken the Schur complement of the rest is kept (swept, or not swept): each step doubles the
subsets and shrinks the matrix, so all 2^p regressions cost O(2^p) together.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import factorial

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure import errors

Floats = NDArray[np.float64]
MOST = 24
"""Attributes beyond which 2^p subsets take more memory and time than an answer is worth."""
_LOW = 12
"""Attributes swept inside a block of subsets, so that a block stays in the cache."""


def lmg(correlation: Floats) -> Floats:
    """The shares (..., p) of R² from correlation matrices (..., p + 1, p + 1), the outcome last.

    They add up to R². Raises `BadOption` beyond `MOST` attributes.
    """
    p = correlation.shape[-1] - 1
    _refuse_many(p)
    explained = 1 - residuals(correlation)
    flat = explained.reshape(-1, 2**p).T
    before, joined = _shapley(p)
    sizes = _sizes(p)
    base = before[sizes] @ flat
    shares = _with_each(joined[sizes][:, None] * flat) - base
    return shares.T.reshape(*correlation.shape[:-2], p)


def residuals(correlation: Floats) -> Floats:
    """The outcome's residual variance (..., 2^p) given every subset; bit j of the place is attribute j."""
    p = correlation.shape[-1] - 1
    rest = np.moveaxis(correlation.reshape(-1, p + 1, p + 1), 0, -1)
    for _ in range(p):
        rest = _sweep(rest)
    return np.moveaxis(rest.reshape(2**p, -1), 0, -1).reshape(*correlation.shape[:-2], 2**p)


def _sweep(rest: Floats) -> Floats:
    """From (m, m, s) to (m - 1, m - 1, 2s): the first variable left out, and swept out. Upper triangles only."""
    m, s = rest.shape[1:]
    out = np.empty((m - 1, m - 1, 2, s))
    slope = rest[0, 1:] / rest[0, 0]
    for a in range(m - 1):
        kept, swept = out[a, a:, 0], out[a, a:, 1]
        kept[...] = rest[a + 1, a + 1 :]
        np.multiply(slope[a], rest[0, a + 1 :], out=swept)
        np.subtract(kept, swept, out=swept)
    return out.reshape(m - 1, m - 1, 2 * s)


def _sizes(p: int) -> NDArray[np.uint8]:
    """How many attributes each of the 2^p subsets holds."""
    out = np.zeros(1, dtype=np.uint8)
    for _ in range(p):
        out = np.concatenate([out, out + 1])
    return out


def _shapley(p: int) -> tuple[Floats, Floats]:
    """By the size of a subset S (0..p): what R²(S) takes from each share, and what it adds to those within S.

    LMG_j = Σ_{S∌j} ω(|S|)·(R²(S∪j) - R²(S)) with ω(s) = s!(p - s - 1)!/p!, so each share is
    Σ_{S∋j} (ω(|S|) + ω(|S| - 1))·R²(S) - Σ_S ω(|S|)·R²(S), ω(p) counting as nought.
    """
    before = np.array([factorial(s) * factorial(p - s - 1) / factorial(p) for s in range(p)] + [0.0])
    joined = before.copy()
    joined[1:] += before[:-1]
    return before, joined


def _with_each(values: Floats) -> Floats:
    """The sums (p, b) of `values` (2^p, b) over the subsets that hold attribute j, by folding off the last bit."""
    sums = []
    while len(values) > 1:
        half = len(values) // 2
        sums.append(values[half:].sum(axis=0))
        values = values[:half] + values[half:]
    return np.array(sums[::-1])


def _refuse_many(p: int) -> None:
    if p > MOST:
        raise errors.BadOption(
            option="lmg", value=p, allowed=errors.gettext_noop("up to 24 attributes; beyond, use johnson")
        )


def gradient(correlation: Floats) -> Floats:
    """How LMG moves with the correlation matrix C (p + 1, p + 1): Γ (p, p + 1, p + 1) with dLMG_j = Σ Γ_j∘dC.

    With b(S) the coefficients of subset S and e = (b, -1), dR²(S) = -eᵀ dC e; so Γ_j is minus the sum over
    the subsets of their Shapley weight times eeᵀ.
    """
    p = len(correlation) - 1
    _refuse_many(p)
    low = min(p, _LOW)
    joined, sizes = _shapley(p)[1], _sizes(low)
    out = np.zeros((p, p + 1, p + 1))
    for high, e in _coefficients(correlation, low):
        within = _grams(e * joined[sizes + high.bit_count()], e)
        out[:low] += within[1:]
        for j in range(p - low):
            if high >> j & 1:
                out[low + j] += within[0]
    # The shares add up to R², whose own gradient is that of the full set: this gives what S takes from all.
    base = (out.sum(axis=0) - np.outer(e[:, -1], e[:, -1])) / p
    slope: Floats = base - out
    return slope


def _grams(scaled: Floats, e: Floats) -> Floats:
    """Σ scaled·eᵀ over all the 2^low columns, then over those that hold bit 0, 1, … : (1 + low, p + 1, p + 1).

    Seen as a square, rows of the columns' places tell the upper half of the bits apart and its columns the
    lower half, so two rounds of small Gram matrices serve all bits.
    """
    rows, places = e.shape
    low = places.bit_length() - 1
    under = 2 ** (low // 2)
    square = (rows, places // under, under)
    left, right = scaled.reshape(square), e.reshape(square)
    by_upper = left.transpose(1, 0, 2) @ right.transpose(1, 2, 0)
    left, right = (np.ascontiguousarray(part.transpose(2, 0, 1)) for part in (left, right))
    by_lower = left @ right.swapaxes(1, 2)
    kept = (-1, rows, rows)
    out = [by_upper.sum(axis=0)[None]]
    out += [
        _with_each(grams.reshape(len(grams), -1)).reshape(kept)
        for grams in (by_lower, by_upper)
        if len(grams) > 1
    ]
    return np.concatenate(out)


def _coefficients(correlation: Floats, low: int) -> Iterator[tuple[int, Floats]]:
    """For each subset of the attributes from `low` on: its bits, and e(S) (p + 1, 2^low) of all S that join it."""
    p = len(correlation) - 1
    order = [*range(low, p), *range(low), p]
    rest = correlation[np.ix_(order, order)][:, :, None]
    slopes = np.zeros((0, p + 1, 1))
    for _ in range(p - low):
        rest, slopes = _step(rest, slopes)
    for high in range(rest.shape[2]):
        tail, taken = rest[:, :, high : high + 1], slopes[:, :, high : high + 1]
        for _ in range(low):
            tail, taken = _step(tail, taken)
        e = np.empty((p + 1, 2**low))
        e[low:p], e[:low], e[p] = taken[: p - low, 0], taken[p - low :, 0], -1.0
        yield high, e


def _step(rest: Floats, slopes: Floats) -> tuple[Floats, Floats]:
    """Sweep as `_sweep` does, full matrices, with the coefficients (taken, m, s) of the rest on those taken."""
    m, s = rest.shape[1:]
    slope = rest[0, 1:] / rest[0, 0]
    out = np.empty((m - 1, m - 1, 2, s))
    out[:, :, 0] = rest[1:, 1:]
    np.multiply(slope[:, None], rest[0, 1:], out=out[:, :, 1])
    np.subtract(out[:, :, 0], out[:, :, 1], out=out[:, :, 1])
    taken = len(slopes)
    grown = np.empty((taken + 1, m - 1, 2, s))
    grown[:taken, :, 0] = slopes[:, 1:]
    np.multiply(slopes[:, :1], slope, out=grown[:taken, :, 1])
    np.subtract(slopes[:, 1:], grown[:taken, :, 1], out=grown[:taken, :, 1])
    grown[taken, :, 0], grown[taken, :, 1] = 0.0, slope
    return out.reshape(m - 1, m - 1, 2 * s), grown.reshape(taken + 1, m - 1, 2 * s)
