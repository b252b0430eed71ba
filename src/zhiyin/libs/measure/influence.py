"""How each respondent moves a correlation matrix, and whatever is made of it.

The influence of a respondent with standardised answers z on the correlation C_ab is z_a z_b - C_ab (z_a² + z_b²)/2
(Devlin, Gnanadesikan & Kettenring 1975, Biometrika 62:531). A statistic f with dF = Σ Γ∘dC is therefore moved by
the quadratic form zᵀQz, Q = Γ - diag((Γ∘C)·1): one matrix for each statistic, whatever the number of rows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure.moments import Moments

Floats = NDArray[np.float64]
_BLOCK = 4096


def forms(gradient: Floats, correlation: Floats) -> Floats:
    """Q (m, c, c) from Γ (m, c, c), symmetric, and C (c, c)."""
    out = gradient.copy()
    places = np.arange(len(correlation))
    out[:, places, places] -= (gradient * correlation).sum(axis=2)
    return out


def scores(rows: Floats, moments: Moments, quadratic: Floats) -> Floats:
    """zᵀQz for every row (n, c) and every Q (m, c, c): (n, m), in units of the statistic, not yet over n."""
    m, c = quadratic.shape[:2]
    upper = np.triu_indices(c)
    # Each product of two columns is made once; beyond the diagonal it stands for both.
    halves = quadratic[:, upper[0], upper[1]] * np.where(upper[0] == upper[1], 1.0, 2.0)
    mean, scale = moments.mean, np.sqrt(np.diag(moments.products) / moments.weight)
    products = np.empty((halves.shape[1], min(len(rows), _BLOCK)))
    out = np.empty((len(rows), m))
    for at in range(0, len(rows), _BLOCK):
        z = ((rows[at : at + _BLOCK] - mean) / scale).T.copy()
        block = products[:, : z.shape[1]]
        row = 0
        for a in range(c):
            np.multiply(z[a], z[a:], out=block[row : row + c - a])
            row += c - a
        out[at : at + _BLOCK] = (halves @ block).T
    return out
