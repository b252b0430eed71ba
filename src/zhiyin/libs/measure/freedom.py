"""How much each mean's own sample can carry, and what figures made of several means may rest on.

A figure's variance is a sum of shares h_i = g_i (Cg)_i / gᵀCg, one for each mean it is made of (g its slopes, C their
covariance), and a mean answered by m_i units shows its variance with ν_i = m_i - 1 degrees of freedom. Satterthwaite
(1946, Biometrics Bulletin 2:110) gives the sum 1/df = Σ_ij h_i h_j ω_ij / √(ν_i ν_j), where ω_ij = m_ij / √(m_i m_j)
is how far the same units stand behind both: Welch's figure where nobody answered both, ν where everybody did.

An error estimated from few may be small by chance, and would then leave the figure the many degrees of freedom of its
other parts. So the shares of means of fewer than `ENOUGH` units are taken at the upper end of their variance,
ν / χ²(ν; `DOUBT`): where few and many meet the intervals are conservative (in simulation 2 answers beside 200 hold
97-98.5 %, 3 to 10 hold 94-98 %), and where all means have the same respondents nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure import distributions
from zhiyin.libs.measure.design import Design

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.intp]
DOUBT = 0.1
"""The chance that a variance is truly above what its share is taken at."""

ENOUGH = 10
"""Units from which on a mean's variance is taken as it shows."""


@dataclass(frozen=True, slots=True)
class Support:
    """What stands behind p means: each one's degrees of freedom (p,), by how much its variance grows for the units
    that are not behind it (p,), and how far the same units stand behind two of them (p, p).
    """

    df: Floats
    stretch: Floats
    overlap: Floats

    def stretched(self, covariance: Floats) -> Floats:
        """The covariance with every mean's own m/(m - 1), nan for a lone unit."""
        return covariance * np.sqrt(np.outer(self.stretch, self.stretch))


@dataclass(frozen=True, slots=True)
class Moved:
    """The covariance (k, k) and degrees of freedom (k,) of figures made of means."""

    covariance: Floats
    df: Floats


def support(active: Flags, design: Design) -> Support:
    """Of the answers (n, p) of people of whom each gave some, under `design`."""
    present = _present(active, design)
    everyone, units = len(present), present.sum(axis=0)
    if len(design._stratum_labels) < 2:  # noqa: PLR2004 - one stratum is no stratum
        return Support(units - 1, stretch(units, everyone), overlap(present.T @ present))
    homes = _presence(active, codes(np.asarray(design.strata)))
    df = units - homes.sum(axis=0)
    # Strata count the units that did not answer: they keep their scores of nought.
    lone = (df < 1) & (everyone > len(homes))
    return Support(df, np.where(lone, np.nan, 1.0), overlap(present.T @ present))


def stretch(units: Floats, everyone: int) -> Floats:
    """m/(m - 1) of each mean's own m units over that of everyone; nan for one unit out of several."""
    if everyone < 2:  # noqa: PLR2004 - one unit has no spread, which the design says
        return np.ones(len(units))
    counted = np.maximum(units, 2.0)
    return np.where(units < 2, np.nan, counted / (counted - 1) * (everyone - 1) / everyone)  # noqa: PLR2004


def overlap(together: Floats) -> Floats:
    """How far the same units stand behind both: counts (or weights) of both over the root of each; 1 for the same."""
    size = np.sqrt(np.diag(together))
    with np.errstate(divide="ignore", invalid="ignore"):
        out: Floats = together / np.outer(size, size)
    return np.asarray(np.nan_to_num(out))


def moved(covariance: Floats, slope: Floats, support: Support) -> Moved:
    """Of the figures that move with p means as `slope` (p, k) says; nan where one of its means shows no error."""
    lone = np.isnan(np.diag(covariance))
    known = covariance if not lone.any() else np.where(lone | lone[:, None], 0.0, covariance)
    out: Floats = slope.T @ known @ slope
    unsure = (slope[lone] != 0).any(axis=0)
    out[unsure, :] = out[:, unsure] = np.nan
    return Moved(out, _degrees(known, slope, support))


def _degrees(covariance: Floats, slope: Floats, support: Support) -> Floats:
    least: Floats = np.where(slope != 0, support.df[:, None], np.inf).min(axis=0)
    if (support.df == support.df[0]).all() and support.overlap.min() > 1 - 1e-9:
        return least
    root = np.sqrt([_doubt(float(df)) for df in support.df])
    doubted = slope * root[:, None]
    # The scale of C does not matter to its shares.
    shares = doubted * (covariance @ doubted)
    whole = shares.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = shares / whole / np.sqrt(support.df)[:, None]
        found = 1 / (shares * (support.overlap @ shares)).sum(axis=0)
    out: Floats = np.where(np.isfinite(found) & (least > 0), np.maximum(found, least), least)
    return out


@lru_cache(maxsize=4096)
def _doubt(df: float) -> float:
    """How much larger a variance may be than it shows."""
    return df / distributions.chi2_quantile(DOUBT, df) if 0 < df < ENOUGH - 1 else 1.0


def codes(values: Sequence[Any] | NDArray[Any]) -> Codes:
    """Labels as whole numbers from 0."""
    out: Codes = np.unique(np.asarray(values), return_inverse=True)[1]
    return out


def _present(active: Flags, design: Design) -> Floats:
    """Which units (u, p) have somebody who answered."""
    if design.clusters is None:
        return active.astype(float)
    unit = codes(design.clusters)
    return _presence(
        active, unit if design.strata is None else codes(unit * (len(active) + 1) + codes(design.strata))
    )


def _presence(active: Flags, unit: Codes) -> Floats:
    size = int(unit.max()) + 1
    counts = [np.bincount(unit, column, size) for column in active.T.astype(float)]
    return (np.stack(counts, axis=1) > 0).astype(float)
