"""Conditions that these rows cannot tell apart, and the observation that would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zhiyin.libs.contrast import evidence
from zhiyin.libs.contrast.features import Bools, Feature

NEAR, NEAR_SMALLER = 0.1, 0.25
"""Near: they differ in at most a tenth of the rows, and a quarter of the smaller side."""
SHARED = 0.8
"""What is known of both must be so much of what is known of one."""
DECIDED = 0.05


@dataclass(frozen=True, slots=True)
class Likeness:
    """A division of another feature that goes with this one; `side` is the one that fails with it.

    differ: rows on which they disagree, of `rows` where both are known. for_this, for_other: how many of those
    turned out as one or as the other would have it.
    """

    feature: int
    division: int
    side: bool
    differ: int
    rows: int
    for_this: int
    for_other: int


def likenesses(
    fails: Bools, known: Bools, failed: Bools, features: Sequence[Feature], *, without: frozenset[int]
) -> list[Likeness]:
    """For each other feature, the division nearest to `fails`, if it is near and outcomes have not decided."""
    found = []
    for at, feature in enumerate(features):
        likeness = None if at in without else _nearest(fails, known, failed, feature, at)
        if likeness is not None:
            found.append(likeness)
    return sorted(found, key=lambda likeness: (likeness.differ, likeness.feature))


def _nearest(fails: Bools, known: Bools, failed: Bools, feature: Feature, at: int) -> Likeness | None:
    both = known & feature.known
    rows = int(both.sum())
    if rows < SHARED * max(1, int(known.sum())):
        return None
    unlike = (feature.masks[both] != fails[both, None]).sum(axis=0)
    differ = np.minimum(unlike, rows - unlike)
    division = int(differ.argmin())
    side = bool(unlike[division] <= rows - unlike[division])
    count, smaller = int(differ[division]), min(int(fails[both].sum()), rows - int(fails[both].sum()))
    if count > NEAR * rows or count > NEAR_SMALLER * smaller:
        return None
    other = feature.masks[:, division] == side
    split = both & (fails != other)
    for_this, for_other = (
        int((failed[split] == fails[split]).sum()),
        int((failed[split] != fails[split]).sum()),
    )
    if count and evidence.sign_test(for_this, for_other) <= DECIDED:
        return None
    return Likeness(at, division, side, count, rows, for_this, for_other)


def between(fails: Bools, other: Bools, known: Bools, failed: Bools, side: tuple[int, int, bool]) -> Likeness:
    """Two conditions side by side whose outcomes have not told them apart, however many rows differ."""
    split = known & (fails != other)
    return Likeness(
        *side,
        differ=int(split.sum()),
        rows=int(known.sum()),
        for_this=int((failed[split] == fails[split]).sum()),
        for_other=int((failed[split] != fails[split]).sum()),
    )
