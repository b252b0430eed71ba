"""Whether two conditions together explain more than one of them alone.

Where one condition holds, the outcomes are dealt again among those rows only: what the other adds must be more than
searching all others would add by chance. Both ways round must hold, or the simpler hypothesis stays.
"""

from __future__ import annotations

import numpy as np

from zhiyin.libs.contrast import pairs as crossing
from zhiyin.libs.contrast.chances import chances
from zhiyin.libs.contrast.features import Bools
from zhiyin.libs.contrast.pairs import Pairs

CLOSE = 1e-7


def adds(pairs: Pairs, member: tuple[int, int], failed: Bools, *, draws: int, seed: int) -> float:
    """The larger of the two p-values: of the second condition given the first, and of the first given the second."""
    one, other = member
    return max(
        _given(pairs, one, other, failed, draws=draws, seed=seed),
        _given(pairs, other, one, failed, draws=draws, seed=seed),
    )


def _given(pairs: Pairs, given: int, added: int, failed: Bools, *, draws: int, seed: int) -> float:
    within: Bools = pairs.side_masks[:, given]
    outcome = failed[within]
    rows, failures = len(outcome), int(outcome.sum())
    if failures in {0, rows}:
        return 1.0
    others = [at for at, side in enumerate(pairs.sides) if side.feature != pairs.sides[given].feature]
    masks = pairs.side_masks[within][:, others]
    order = np.argsort(masks.sum(axis=0), kind="stable")
    null = crossing.highest(masks[:, order], chances(outcome, draws=draws, seed=seed).outcomes, failures)
    own = pairs.side_masks[within, added]
    g = crossing.one_sided(np.asarray((own & outcome).sum()), np.asarray(own.sum()), failures, rows)
    return float((null >= g - CLOSE).mean())
