"""Each respondent's own index: satisfaction weighed by that respondent's own importance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure import answers, errors
from zhiyin.libs.measure.design import Design, Spread

Floats = NDArray[np.float64]
Numbers = NDArray[np.floating | np.integer]


def own_weights(importance: Numbers, performance: Numbers) -> Floats:
    """Shares (n, k) of each respondent's importance over what both were answered for; nan rows have nothing.

    What "does not apply" loses its weight with its score, or a respondent with few answers would seem unhappy.
    """
    both = ~(np.isnan(importance) | np.isnan(performance))
    basis = np.where(both, importance, 0.0).astype(float)
    if np.any(basis < 0):
        raise errors.NoImportance(reason=errors.gettext_noop("somebody's importance is negative"))
    total = basis.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        out: Floats = basis / total
    return out


def own_satisfaction(weights: Floats, performance: Numbers) -> Floats:
    """Each respondent's weighted mean (n,) in units of the scale, nan without an answer that counts."""
    # A weight of nought stands before every missing answer.
    out: Floats = np.einsum("ij,ij->i", weights, np.nan_to_num(performance.astype(float)))
    return out


def average(values: Floats, design: Design) -> tuple[Floats, Spread, int]:
    """The means (m,) of `values` (n, m) over the rows that have any, their spread, and how many rows those are."""
    there = ~np.isnan(values[:, 0])
    if not there.any():
        raise errors.TooFew(what=errors.gettext_noop("An index"), needed=1, found=0)
    weights = design.of(len(values)) * there
    share = weights / weights.sum()
    filled = np.where(there[:, None], values, 0.0)
    mean = share @ filled
    spread = design.spread(np.where(there[:, None], values - mean, 0.0) * share[:, None], there)
    return mean, spread, int(there.sum())


def own_index(importance: Numbers, performance: Numbers, *, scale: answers.Scale) -> Floats:
    """Each respondent's own index (n,) in units of the scale; raises `OffScale`."""
    answers.refuse_off_scale(performance, scale, what="performance")
    return own_satisfaction(own_weights(importance, performance), performance)
