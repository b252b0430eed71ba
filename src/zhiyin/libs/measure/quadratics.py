"""How each respondent moves a correlation matrix, and whatever is made of it.

The influence of a respondent with standardised answers z on the correlation C_ab is z_a z_b - C_ab (z_a² + z_b²)/2
(Devlin, Gnanadesikan & Kettenring 1975, Biometrika 62:531). A statistic f with df = Σ Γ∘dC is therefore moved by
the quadratic form zᵀQz, Q = Γ - diag((Γ∘C)·1): one matrix for each statistic, whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure.moments import Moments

Floats = NDArray[np.float64]
_BLOCK = 4096
_MOST_LEVERAGE = 0.9


def forms(gradient: Floats, correlation: Floats) -> Floats:
    """Q (m, c, c) from Γ (m, c, c), symmetric, and C (c, c)."""
    out = gradient.copy()
    places = np.arange(len(correlation))
    out[:, places, places] -= (gradient * correlation).sum(axis=2)
    return out


def scores(
    rows: Floats, moments: Moments, quadratic: Floats, *, shares: Floats | None, inverse: Floats | None
) -> Floats:
    """zᵀQz / √(1 - h) for every row (n, k + 1) and every Q (m, k + 1, k + 1): (n, m), before weighting.

    shares (n,): the weights over their total, None for all alike. A respondent far from the others pulls the
    estimates its way and so hides part of its own error; h, the leverage of its attributes, gives it back
    (MacKinnon & White 1985, HC2; it brings the errors to those of the jackknife). inverse: of the attributes'
    correlations (k, k), for a leverage on all of them together; None for one by one (then m = k).
    """
    upper = np.triu_indices(rows.shape[1])
    # Each product of two columns is made once; off the diagonal it stands for both.
    halves = quadratic[:, upper[0], upper[1]] * np.where(upper[0] == upper[1], 1.0, 2.0)
    out = np.empty((len(rows), len(quadratic)))
    for at, z, products in _blocks(rows, moments):
        share = 1 / moments.n if shares is None else shares[at]
        far = z[:-1] ** 2 if inverse is None else (z[:-1] * (inverse @ z[:-1])).sum(axis=0)
        leverage = np.minimum(share * (1 + far), _MOST_LEVERAGE)
        out[at] = (halves @ products / np.sqrt(1 - leverage)).T
    return out


def directions(rows: Floats, moments: Moments, weighted: Floats) -> tuple[Floats, Floats]:
    """Σ ψ zzᵀ (m, c, c) and Σ ψ z (m, c): where the correlations go as the respondents who raise ψ weigh more."""
    c, m = rows.shape[1], weighted.shape[1]
    upper = np.triu_indices(c)
    second, first = np.zeros((len(upper[0]), m)), np.zeros((c, m))
    for at, z, products in _blocks(rows, moments):
        second += products @ weighted[at]
        first += z @ weighted[at]
    out = np.empty((m, c, c))
    out[:, upper[0], upper[1]] = out[:, upper[1], upper[0]] = second.T
    return out, first.T


def _blocks(rows: Floats, moments: Moments) -> Iterator[tuple[slice, Floats, Floats]]:
    """Blocks of rows: their place, standardised (c, b), and products of columns a ≤ b (c(c + 1)/2, b)."""
    n, c = rows.shape
    mean, scale = moments.mean, np.sqrt(np.diag(moments.products) / moments.weight)
    room = np.empty((c * (c + 1) // 2, min(n, _BLOCK)))
    for at in range(0, n, _BLOCK):
        z = ((rows[at : at + _BLOCK] - mean) / scale).T.copy()
        products = room[:, : z.shape[1]]
        row = 0
        for a in range(c):
            np.multiply(z[a], z[a:], out=products[row : row + c - a])
            row += c - a
        yield slice(at, at + z.shape[1]), z, products
