"""Intervals along the least favourable direction: how far a statistic moves as its own error moves the data.

A small share of R² is a sum of squares near its smallest value: its error shrinks as it does, and value ± error
misses too often from below. Instead the correlations themselves are moved, towards the respondents who raise the
statistic and away from them, by as many of its standard errors as the interval is to span (the least favourable
family of Stein 1956; DiCiccio & Efron 1992, Biometrika 79:231), and the statistic is read off on the way.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STOPS = (-1.0, -0.75, -0.5, -0.25, 0.0, 1.0)
"""Where the statistic is read: it may turn on its way down."""


def ends(
    statistic: Callable[[Floats], Floats],
    correlation: Floats,
    *,
    quadratic: Floats,
    directions: tuple[Floats, Floats],
    se: Floats,
    quantile: float,
) -> tuple[Floats, Floats]:
    """The lowest and highest value (m,) of each of m statistics along its own direction.

    statistic: from matrices (..., c, c) to (..., m). quadratic (m, c, c): its forms; directions: of
    `quadratics.directions`. nan where the way leaves the correlation matrices.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        pace = quantile * se / np.einsum("mab,mab->m", quadratic, directions[0])
        step = pace * np.array(STOPS)[:, None]
        moved = correlation + step[..., None, None] * directions[0]
        away = step[..., None] * directions[1]
        moved -= away[..., :, None] * away[..., None, :]
        scale = np.sqrt(np.einsum("smaa->sma", moved))
        moved /= scale[..., :, None] * scale[..., None, :]
    sound = np.isfinite(moved).all(axis=(-1, -2))
    moved[~sound] = correlation
    sound &= np.linalg.eigvalsh(moved)[..., 0] > 0
    moved[~sound] = correlation
    values = np.einsum("smm->sm", statistic(moved))
    values = np.where(sound.all(axis=0), values, np.nan)
    return values.min(axis=0), values.max(axis=0)
