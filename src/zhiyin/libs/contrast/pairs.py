"""Two conditions that only together make it fail: rain in the evening, two tariffs and a move.

A coarse choice of sides (values, a few places to cut) is crossed with every other feature's. A row whose cell is
empty is not known to meet both, and counts as not meeting them. Only more failures are looked for, not fewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.contrast import counting, evidence
from zhiyin.libs.contrast.features import Bools, Feature, Ints
from zhiyin.libs.contrast.kinds import Kind

Floats = NDArray[np.float64]
SIDES = (16, 12, 8, 6, 4, 2)
"""How many sides a feature brings at most, tried from the left until the pairs are few enough."""
MOST, MOST_LARGE, LARGE = 3000, 2000, 200
"""At most so many pairs, fewer from so many rows on; with more columns than that allows, none is looked at."""
PARTS = ((18, 24), (6, 12), (6, 18), (12, 18), (0, 6), (7, 9), (17, 20), (22, 24))
"""Parts of a day, from hour to hour: with only a few sides allowed, the first of these."""
BLOCK = 4_000_000


@dataclass(frozen=True, slots=True)
class Side:
    """One side of one division of a feature."""

    feature: int
    division: int
    side: bool


@dataclass(frozen=True, slots=True)
class Pairs:
    """masks: (rows, count), each division once, by size. members: for each, the pairs of sides that make it."""

    sides: tuple[Side, ...]
    side_masks: Bools
    masks: Bools
    members: tuple[tuple[tuple[int, int], ...], ...]
    skipped: bool = False

    @property
    def count(self) -> int:
        """How many different divisions pairs make."""
        return int(self.masks.shape[1])

    def evidence(self, failed: Bools) -> Floats:
        """G of every pair, 0 where failures are rarer in it, (count,)."""
        inside = counting.counts(self.masks, failed[:, None])[:, 0]
        return one_sided(inside.astype(np.intp), self.masks.sum(axis=0), int(failed.sum()), len(failed))

    def highest(self, outcomes: NDArray[np.float32], failures: int) -> Floats:
        """The highest G of any pair under every outcome, (n,)."""
        return highest(self.masks, outcomes, failures)


def sides_alone(pairs: Pairs, failed: Bools) -> list[float]:
    """What each side says by itself: of pairs that divide the rows alike, the one with the most telling sides is named."""
    if not pairs.count:
        return []
    inside = counting.counts(pairs.side_masks, failed[:, None])[:, 0]
    g = one_sided(inside.astype(np.intp), pairs.side_masks.sum(axis=0), int(failed.sum()), len(failed))
    return [float(each) for each in np.round(g, 6)]


def one_sided(failed: Ints, rows: Ints, failures: int, total: int) -> Floats:
    """G, or 0 where failures are not more frequent inside."""
    g = evidence.ratio(failed, rows, failures, total)
    return np.where(failed * total > rows * failures, g, 0.0)


def highest(masks: Bools, outcomes: NDArray[np.float32], failures: int) -> Floats:
    """The highest one-sided G of any of `masks`, sorted by size, under every outcome.

    Among masks of one size G grows with the failures inside, so only the most of each size are looked up.
    """
    total, count = masks.shape
    sizes, starts = np.unique(masks.sum(axis=0), return_index=True)
    best = np.zeros(outcomes.shape[1])
    step = max(1, BLOCK // max(count, 1))
    for begin in range(0, outcomes.shape[1], step):
        inside = counting.counts(masks, outcomes[:, begin : begin + step])
        most = np.maximum.reduceat(inside, starts, axis=0).astype(np.intp)
        best[begin : begin + step] = one_sided(most, sizes[:, None], failures, total).max(axis=0)
    return best


def pairs(features: Sequence[Feature]) -> Pairs:
    """Every pair of sides of two features that divides the rows as no single division does."""
    rows = len(features[0].codes) if features else 0
    none = np.zeros((rows, 0), bool)
    most = MOST if rows < LARGE else MOST_LARGE
    for limit in SIDES:
        brought = [_sides(at, feature, limit) for at, feature in enumerate(features)]
        counts = np.array([len(own) for own in brought])
        if (counts.sum() ** 2 - (counts**2).sum()) // 2 <= most:
            break
    else:
        return Pairs((), none, none, (), skipped=True)
    sides = [side for own in brought for side in own]
    crossed = _crossed(sides)
    if not crossed:
        return Pairs((), none, none, ())
    masks = np.stack([_mask(features[side.feature], side) for side in sides], axis=1)
    return _distinct(sides, masks, np.array(crossed), _singles(features))


def _sides(at: int, feature: Feature, limit: int) -> list[Side]:
    """Evenly spaced divisions of ordered features, the commonest values of others."""
    count = feature.masks.shape[1]
    category = feature.column.kind in {Kind.CATEGORY, Kind.PLACE} or feature.aspect == "weekday"
    if category and count > 1:
        order = np.argsort(-feature.masks.sum(axis=0), kind="stable")[:limit]
        return [Side(at, int(division), True) for division in order]
    chosen = _even_cuts(feature, max(1, limit // 2))
    if feature.aspect == "time_of_day":
        chosen = _parts_of_day(feature)[: max(1, limit // 2)]
    return [Side(at, int(division), side) for division in chosen for side in (True, False)]


def _even_cuts(feature: Feature, count: int) -> Ints:
    """The divisions that come nearest to an even share of the rows below each."""
    sizes = feature.masks.sum(axis=0)
    if len(sizes) <= count:
        return np.arange(len(sizes))
    wanted = int(feature.known.sum()) * np.arange(1, count + 1) / (count + 1)
    return np.unique(np.abs(sizes[:, None] - wanted[None, :]).argmin(axis=0))


def _parts_of_day(feature: Feature) -> Ints:
    """The windows nearest to the parts of the day that people speak of."""
    minutes = np.array(feature.values, float)[feature.codes]
    parts = np.stack([(minutes >= 60 * start) & (minutes < 60 * end) for start, end in PARTS], axis=1)
    unlike = (feature.masks[:, :, None] != parts[:, None, :])[feature.known].sum(axis=0)
    nearest = np.minimum(unlike, int(feature.known.sum()) - unlike).argmin(axis=0)
    return np.array(list(dict.fromkeys(nearest.tolist())), np.intp)


def _mask(feature: Feature, side: Side) -> Bools:
    inside: Bools = feature.masks[:, side.division]
    return inside if side.side else feature.known & ~inside


def _crossed(sides: Sequence[Side]) -> list[tuple[int, int]]:
    return [
        (one, other)
        for one, first in enumerate(sides)
        for other in range(one + 1, len(sides))
        if sides[other].feature != first.feature
    ]


def _singles(features: Sequence[Feature]) -> Bools:
    masks = np.concatenate([feature.masks for feature in features], axis=1)
    knowns = np.concatenate([feature.known[:, None] & ~feature.masks for feature in features], axis=1)
    return np.concatenate([masks, knowns], axis=1)


def _distinct(sides: Sequence[Side], masks: Bools, crossed: Ints, singles: Bools) -> Pairs:
    """Each division once, with all pairs that make it, without those that a single condition makes too."""
    both = masks[:, crossed[:, 0]] & masks[:, crossed[:, 1]]
    packed = [column.tobytes() for column in np.packbits(both, axis=0).T]
    known = {column.tobytes() for column in np.packbits(singles, axis=0).T}
    groups: dict[bytes, list[int]] = {}
    for at, key in enumerate(packed):
        if key not in known:
            groups.setdefault(key, []).append(at)
    sizes = both.sum(axis=0)
    kept = [group for group in groups.values() if sizes[group[0]] > 1]
    kept.sort(key=lambda group: (int(sizes[group[0]]), group[0]))
    first = [group[0] for group in kept]
    members = tuple(tuple((int(crossed[at, 0]), int(crossed[at, 1])) for at in group) for group in kept)
    return Pairs(tuple(sides), masks, both[:, first], members)
