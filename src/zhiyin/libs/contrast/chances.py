"""Outcomes as they might have fallen: the same number of failures, given to rows by chance.

All ways where they are few (the test is then exact), seeded draws otherwise. The observed outcome is always one of
them, which makes a p-value valid whatever the number of draws (Phipson & Smyth 2010, SAGMB 9:39).
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Singles = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Chances:
    """outcomes: (rows, n), 1.0 where a row failed. exact: all ways rather than drawn ones."""

    outcomes: Singles
    exact: bool

    @property
    def n(self) -> int:
        """How many outcomes there are."""
        return int(self.outcomes.shape[1])


def chances(failed: NDArray[np.bool_], *, draws: int, seed: int) -> Chances:
    """Up to `draws` outcomes beside the observed one, or all if there are no more than `draws`."""
    rows, failures = len(failed), int(failed.sum())
    exact = math.comb(rows, failures) <= draws
    if exact:
        chosen = np.array(list(itertools.combinations(range(rows), failures)), np.intp)
        outcomes = np.zeros((len(chosen), rows), np.float32)
    else:
        # Which rows fail is drawn in single precision: ties are a draw in ten million.
        keys = np.random.default_rng(seed).random((draws, rows), dtype=np.float32)
        chosen = np.argpartition(keys, failures - 1, axis=1)[:, :failures]
        outcomes = np.zeros((draws, rows), np.float32)
    np.put_along_axis(outcomes, chosen, 1.0, axis=1)
    if not exact:
        outcomes = np.vstack([failed[None, :].astype(np.float32), outcomes])
    return Chances(np.ascontiguousarray(outcomes.T), exact)
