"""How many rows of each mask failed, under every outcome.

Up to 64 rows a mask is one machine word, and counting its bits takes a fraction of what a matrix product does; that
would also wake as many threads as there are cores for work of a millisecond.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

WORD = 64


def counts(masks: NDArray[np.bool_], outcomes: NDArray[np.float32] | NDArray[np.bool_]) -> NDArray[Any]:
    """(masks, n): for `masks` (rows, masks) and `outcomes` (rows, n), whole numbers of a type that may be narrow."""
    if len(masks) > WORD:
        return np.ascontiguousarray(masks.T, np.float32) @ outcomes.astype(np.float32, copy=False)
    inside: NDArray[np.uint8] = np.bitwise_count(_words(masks)[:, None] & _words(outcomes > 0)[None, :])
    return inside


def _words(masks: NDArray[np.bool_]) -> NDArray[np.uint64]:
    packed = np.zeros((masks.shape[1], WORD // 8), np.uint8)
    bits = np.packbits(masks, axis=0)
    packed[:, : len(bits)] = bits.T
    return packed.view(np.uint64)[:, 0]
