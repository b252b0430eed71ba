"""Bootstrap draws as stacks of moments: how often each respondent was drawn, times the products of the columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure import errors
from zhiyin.libs.measure.design import Codes, Design
from zhiyin.libs.measure.paths.model import Floats

AT_ONCE = 4_000_000
"""Entries of the largest array held while drawing."""
FLAT = 1e-12
"""The share of its variance in the sample below which a column counts as constant in a draw."""


@dataclass(frozen=True, slots=True)
class Draws:
    """correlations: (B, p, p), nan for a draw that left a column constant. means, deviations: (B, p)."""

    correlations: Floats
    means: Floats
    deviations: Floats

    def only(self, keep: NDArray[np.bool_]) -> Draws:
        """The draws that `keep`, (B,), selects."""
        return Draws(self.correlations[keep], self.means[keep], self.deviations[keep])


def moments(rows: Floats, weights: Floats) -> Draws:
    """The moments of (n, p) `rows` under each of the (B, n) weights."""
    centre, unit = rows.mean(axis=0), rows.std(axis=0)
    p = rows.shape[1]
    upper = np.triu_indices(p)
    totals = _totals((rows - centre) / unit, upper, weights)
    totals /= totals[:, :1]
    means = totals[:, 1 : p + 1]
    square = np.empty((len(weights), p, p))
    square[:, upper[0], upper[1]] = square[:, upper[1], upper[0]] = totals[:, p + 1 :]
    square -= means[:, :, None] * means[:, None, :]
    variances = np.diagonal(square, axis1=1, axis2=2).copy()
    variances[(variances < FLAT).any(axis=1)] = np.nan
    deviations = np.sqrt(variances)
    square /= deviations[:, :, None]
    square /= deviations[:, None, :]
    return Draws(square, centre + means * unit, deviations * unit)


def _totals(scaled: Floats, upper: tuple[Codes, Codes], weights: Floats) -> Floats:
    """Σ w, Σ w·x and Σ w·x·x', side by side, of each of the (b, n) weights; blocks of rows bound the memory."""
    p = scaled.shape[1]
    out = np.zeros((len(weights), 1 + p + len(upper[0])))
    block = max(1, AT_ONCE // (4 * out.shape[1]))
    for at in range(0, len(scaled), block):
        some = scaled[at : at + block]
        ones = np.ones((len(some), 1))
        products = np.concatenate([ones, some, some[:, upper[0]] * some[:, upper[1]]], axis=1)
        out += weights[:, at : at + block] @ products
    return out


def drawn(design: Design, n: int, p: int, draws: int, seed: int) -> Iterator[Floats]:
    """The weights of n respondents in each draw, (b, n) at a time, so few that p columns fit into memory.

    Simple random sampling: n respondents with replacement (Efron 1979). Otherwise, within each stratum, m - 1
    of its m units (clusters, else respondents), rescaled (Rao, Wu & Yue 1992, Survey Methodology 18:209, with
    the finite population factor of Rao & Wu 1988, JASA 83:231): the variance of a total is then unbiased.
    """
    chance = np.random.default_rng(seed)
    chunk = max(16, AT_ONCE // max(n, p * p))
    for at in range(0, draws, chunk):
        size = min(chunk, draws - at)
        if design.simple:
            yield counts(chance, size, n, n)
        else:
            yield _rescaled(design, n, chance, size)


def counts(chance: np.random.Generator, draws: int, units: int, taken: int) -> Floats:
    """(draws, units): how often each unit was among `taken` drawn with replacement."""
    picked = chance.integers(units, size=(draws, taken)) + np.arange(draws)[:, None] * units
    return np.bincount(picked.ravel(), minlength=draws * units).reshape(draws, units).astype(float)


def _rescaled(design: Design, n: int, chance: np.random.Generator, draws: int) -> Floats:
    unit, home, labels = units(design, n)
    factors = np.empty((draws, len(home)))
    for stratum, label in enumerate(labels):
        here = np.flatnonzero(home == stratum)
        m = len(here)
        share = np.sqrt(1 - design._fraction(label, m))
        if m == 1 and share > 0:
            raise errors.BadDesign(reason=errors.gettext_noop("a stratum has a single unit"))
        taken = counts(chance, draws, m, m - 1) * (m / max(m - 1, 1))
        factors[:, here] = 1 - share + share * taken
    out: Floats = factors[:, unit] * design.of(n)
    return out


def units(design: Design, n: int) -> tuple[Codes, Codes, list[object]]:
    """Each respondent's sampling unit, each unit's stratum, and the labels of the strata."""
    if design.strata is None:
        labels: list[object] = [None]
        stratum = np.zeros(n, dtype=np.intp)
    else:
        found, stratum = np.unique(np.asarray(design.strata), return_inverse=True)
        labels = found.tolist()
    if design.clusters is None:
        return np.arange(n), stratum, labels
    _, cluster = np.unique(np.asarray(design.clusters), return_inverse=True)
    # A cluster's label may be used again in the next stratum.
    _, first, unit = np.unique(cluster * len(labels) + stratum, return_index=True, return_inverse=True)
    return unit, stratum[first], labels
