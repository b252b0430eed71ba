"""One condition beside another: what is left of it where the other is held still.

Two conditions often come together: the microwave runs, and she is in the kitchen. Among the rows that are alike in one
of them, the other either still makes a difference or it does not. Exact test of partial association (Birch 1964,
J. R. Stat. Soc. B 26:313): in each stratum both margins are held, and the failures met with the condition add up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhiyin.libs.contrast import evidence
from zhiyin.libs.contrast.evidence import Floats
from zhiyin.libs.contrast.features import Bools

ADDS = 0.05


@dataclass(frozen=True, slots=True)
class Apart:
    """Whether each of two conditions still shows where the other is held still."""

    first: bool
    other: bool


def apart(first: Bools, other: Bools, failed: Bools, known: Bools) -> Apart:
    """`first` and `other`: where each is said to fail; only rows in `known` count."""
    one, two, outcome = first[known], other[known], failed[known]
    return Apart(first=left(one, two, outcome) <= ADDS, other=left(two, one, outcome) <= ADDS)


def left(condition: Bools, held: Bools, failed: Bools) -> float:
    """One-sided p that failures come with `condition` as often by chance, `held` being the same."""
    chance: Floats = np.ones(1)
    seen = lowest = 0
    for stratum in (held, ~held):
        rows, within = int(stratum.sum()), int((condition & stratum).sum())
        failures = int((failed & stratum).sum())
        first = max(0, within + failures - rows)
        chance = np.convolve(chance, _hypergeometric(rows, within, failures))
        lowest += first
        seen += int((condition & failed & stratum).sum())
    return min(1.0, float(chance[seen - lowest :].sum()))


def _hypergeometric(rows: int, within: int, failures: int) -> Floats:
    """P of each possible number of failures within, the fewest first."""
    possible = np.arange(max(0, within + failures - rows), min(within, failures) + 1)
    chance: Floats = np.exp(
        evidence.log_choose(within, possible)
        + evidence.log_choose(rows - within, failures - possible)
        - evidence.log_choose(rows, np.asarray(failures))
    )
    return chance
