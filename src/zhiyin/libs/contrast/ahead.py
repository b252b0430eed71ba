"""What it will take in a table that has grown: the same search, over these rows again and again.

In a few rows the bar lies where the next possible outcome happens to be. To say how many more observations settle a
suspicion, the bar of the table they make is what counts; its conditions are taken to fall as they did so far.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from zhiyin.libs.contrast import search as searching
from zhiyin.libs.contrast.chances import chances
from zhiyin.libs.contrast.features import Feature, Ints
from zhiyin.libs.contrast.pairs import Pairs
from zhiyin.libs.contrast.search import Found

MOST, DRAWS = 64, 199
"""Beyond so many rows the bar hardly moves."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """The search as it will be in larger tables, each made once and only when asked for."""

    features: tuple[Feature, ...]
    pairs: Pairs
    now: Found
    draws: int
    seed: int
    alpha: float
    made: dict[tuple[int, int], Found] = field(default_factory=dict)

    def bar(self, rows: int, failures: int, columns: Sequence[int]) -> float:
        """The G that establishes a hypothesis about `columns` when `failures` of `rows` have failed.

        Where the draws reach no such G, that of Bonferroni: evidence beyond its price falls off like χ²/2.
        """
        found = self._found(rows, failures)
        price = found.bests[columns[0]].price if len(columns) == 1 else found.pair_price
        return price + self._needed(found)

    def cheapest(self, rows: int, failures: int) -> float:
        """The G that establishes the hypothesis that costs least to search."""
        found = self._found(rows, failures)
        return min(best.price for best in found.bests) + self._needed(found)

    def _needed(self, found: Found) -> float:
        needed = found.needed(self.alpha)
        return 2 * math.log(len(self.features) / self.alpha) if needed is None else needed

    def _found(self, rows: int, failures: int) -> Found:
        """For so many rows, with so many failures to the nearest tenth."""
        before = len(self.features[0].codes)
        if before >= MOST:
            return self.now
        size = max(before, min(rows, MOST))
        share = round(10 * failures / rows) / 10
        key = size, min(max(round(share * size), 1), size - 1)
        if key not in self.made:
            self.made[key] = self._search(*key, again=np.arange(size) % before)
        return self.made[key]

    def _search(self, rows: int, failures: int, *, again: Ints) -> Found:
        larger = [
            replace(feature, codes=feature.codes[again], masks=feature.masks[again])
            for feature in self.features
        ]
        masks = self.pairs.masks[again]
        order = np.argsort(masks.sum(axis=0), kind="stable")
        crossed = replace(self.pairs, masks=masks[:, order])
        outcome = np.zeros(rows, bool)
        outcome[np.random.default_rng(self.seed).permutation(rows)[:failures]] = True
        return searching.search(
            larger, crossed, outcome, chances(outcome, draws=min(self.draws, DRAWS), seed=self.seed)
        )
