"""The bootstrap as a check on the linearised intervals: sampling units are drawn anew within their strata.

Rao & Wu (1988) with the weights of Rao, Wu & Yue (1992, Survey Methodology 18:209): of n_h units n_h - 1 are
drawn with replacement and the weights rescaled, so that the variance is unbiased and knows a finite population.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure import errors
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.estimates import Estimate

Floats = NDArray[np.float64]
REPLICATES = 1000
_ROOM = 4_000_000
"""Weights held at once."""


def replicate_weights(design: Design, n: int, *, replicates: int, seed: int) -> Iterator[Floats]:
    """Blocks (b, n) of replicate weights, `replicates` rows in all; raises `BadDesign`, `BadOption`."""
    if replicates < 2:  # noqa: PLR2004 - one replicate has no spread
        raise errors.BadOption(
            option="replicates", value=replicates, allowed=errors.gettext_noop("2 or more")
        )
    chance = np.random.default_rng(seed)
    weights = design.of(n)
    strata, units = _strata(design, n)
    step = max(1, _ROOM // n)
    for at in range(0, replicates, step):
        rows = min(step, replicates - at)
        block = np.empty((rows, n))
        for label, members in strata:
            block[:, members] = _drawn(
                chance, rows, units[members], design._fraction(label, _count(units[members]))
            )
        yield block * weights


def _strata(design: Design, n: int) -> tuple[list[tuple[object, NDArray[np.intp]]], NDArray[np.intp]]:
    """Each stratum's label and members, and the sampling unit of each respondent."""
    units = np.arange(n)
    if design.clusters is not None:
        units = np.unique(np.asarray(design.clusters), return_inverse=True)[1]
    if design.strata is None:
        return [(None, np.arange(n))], units
    labels, codes = np.unique(np.asarray(design.strata), return_inverse=True)
    return [(label, np.flatnonzero(codes == code)) for code, label in enumerate(labels.tolist())], units


def _count(units: NDArray[np.intp]) -> int:
    return len(np.unique(units))


def _drawn(chance: np.random.Generator, rows: int, units: NDArray[np.intp], fraction: float) -> Floats:
    """The factors (rows, n_h) on the weights of one stratum's respondents."""
    _, unit = np.unique(units, return_inverse=True)
    m = int(unit.max()) + 1
    if m == 1:
        if fraction >= 1:
            return np.ones((rows, len(units)))
        raise errors.BadDesign(reason=errors.gettext_noop("a stratum has a single unit"))
    picks = chance.integers(0, m, (rows, m - 1)) + np.arange(rows)[:, None] * m
    times = np.bincount(picks.ravel(), minlength=rows * m).reshape(rows, m)
    pull = np.sqrt(1 - fraction)
    factors: Floats = 1 - pull + pull * m / (m - 1) * times
    return factors[:, unit]


def percentile(
    draw: Callable[[Floats], Floats],
    values: Floats,
    design: Design,
    *,
    n: int,
    replicates: int,
    seed: int,
    level: float,
) -> list[Estimate]:
    """The estimates (m,) `values` with percentile intervals; `draw` turns weights (b, n) into estimates (b, m)."""
    draws = np.concatenate(
        [draw(block) for block in replicate_weights(design, n, replicates=replicates, seed=seed)]
    )
    tail = (1 - level) / 2
    low, high = np.nanquantile(draws, [tail, 1 - tail], axis=0)
    se = np.nanstd(draws, axis=0, ddof=1)
    return [
        Estimate(float(value), float(low[j]), float(high[j]), n, float(se[j]), "bootstrap", level)
        for j, value in enumerate(values)
    ]
