"""Looking at everything, and knowing how much was looked at.

For every outcome that chance might have given, the best division of every feature is searched again. A feature's
own p-value says how often chance does as well *in that column* (the maximally selected statistic: Miller & Siegmund
1982, Biometrics 38:1011; Hothorn & Lausen 2003, CSDA 43:121); the corrected one how often it does as well *anywhere*
(Westfall & Young 1993, single-step). A column with many places to cut would dominate such a maximum, so each
feature's G is first lowered by what searching it is worth (`worth`). Net evidence then decays alike for all, as the
minimum of p-values would make it, without their coarse steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.contrast import counting, evidence
from zhiyin.libs.contrast.chances import Chances
from zhiyin.libs.contrast.features import Bools, Feature
from zhiyin.libs.contrast.pairs import Pairs

Floats = NDArray[np.float64]
CLOSE = 1e-7
CAP = 0.95
PAIRS_SHARE = 0.2
"""Of the chance of a false alarm, what the combinations of two conditions may use; single ones keep the rest."""


@dataclass(frozen=True, slots=True)
class Best:
    """A feature's best division; `price` is what its search is worth in G."""

    feature: int
    division: int
    g: float
    price: float
    p_search: float

    @property
    def net(self) -> float:
        """Evidence above what the search alone brings: what hypotheses are ranked by."""
        return self.g - self.price


@dataclass(frozen=True, slots=True)
class Found:
    """bests: one a feature. pair_gs: G of every pair of conditions. highest: (n,) the most net evidence anywhere."""

    bests: tuple[Best, ...]
    pair_gs: Floats
    pair_highest: Floats
    pair_price: float
    highest: Floats

    def corrected(self, net: float) -> float:
        """How often chance alone brings so much net evidence, anywhere."""
        return float((self.highest >= net - CLOSE).mean())

    def pair_p(self, g: float) -> float:
        """How often chance alone brings a pair with so high a G."""
        return float((self.pair_highest >= g - CLOSE).mean())

    def needed(self, alpha: float) -> float | None:
        """The least net evidence with a corrected p of at most `alpha`; None where none is enough."""
        levels = np.sort(self.highest)
        at = len(levels) - int(alpha * len(levels) + CLOSE)
        above = levels[levels > levels[at - 1] + CLOSE] if at < len(levels) else levels[:0]
        return float(above[0]) if len(above) else None


def search(features: Sequence[Feature], pairs: Pairs, failed: Bools, chances: Chances) -> Found:
    """The best division of every feature, and what chance would have made of each."""
    bests, highest = [], np.full(chances.n, -np.inf)
    for at, feature in enumerate(features):
        g = divisions(feature, failed[:, None])[:, 0]
        null = divisions(feature, chances.outcomes).max(axis=0)
        price = worth(null)
        division = _first_best(feature, g)
        p = float((null >= g[division] - CLOSE).mean())
        bests.append(Best(at, division, float(g[division]), price, p))
        highest = np.maximum(highest, null - price)
    pair_gs, pair_highest, pair_price = np.zeros(0), np.zeros(chances.n), np.inf
    if pairs.count:
        pair_gs = pairs.evidence(failed)
        pair_highest = pairs.highest(chances.outcomes, int(failed.sum()))
        pair_price = worth(pair_highest) - 2 * np.log(
            max(1.0, len(features) * PAIRS_SHARE / (1 - PAIRS_SHARE))
        )
        highest = np.maximum(highest, pair_highest - pair_price)
    return Found(tuple(bests), pair_gs, pair_highest, float(pair_price), highest)


def divisions(feature: Feature, outcomes: NDArray[np.float32] | Bools) -> Floats:
    """G of every division of a feature under every outcome, (divisions, n); unknown rows stand aside."""
    failed = counting.counts(feature.masks, outcomes).astype(np.intp)
    failures = counting.counts(feature.known[:, None], outcomes).astype(np.intp)
    rows = feature.masks.sum(axis=0)[:, None]
    return evidence.ratio(failed, rows, failures, int(feature.known.sum()))


def worth(null: Floats) -> float:
    """What G a search brings by chance, on the scale of its tail: 4 ln mean exp(G/4).

    The highest twentieth counts as the value below it: the observed outcome is one of these, and a strong cause must
    not raise its own price.
    """
    at = int(CAP * (len(null) - 1))
    cap = float(np.partition(null, at)[at])
    return float(4 * np.log(np.exp((np.minimum(null, cap) - cap) / 4).mean()) + cap)


def _first_best(feature: Feature, g: Floats) -> int:
    """The division with the highest G; of equal ones the most even, then the first."""
    sizes = feature.masks.sum(axis=0)
    lopsided = np.abs(2 * sizes - int(feature.known.sum()))
    return int(np.lexsort((np.arange(len(g)), lopsided, -np.round(g, 6)))[0])
