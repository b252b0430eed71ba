"""Working time between many moments at once: the same sums as `between`, laid out as arrays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.worktime import zones
from zhiyin.libs.worktime.calendar import MINUTE, Calendar

Moments = NDArray[np.int64]
EPOCH = date(1970, 1, 1).toordinal() * zones.DAY


class Ruler:
    """A calendar from `first` to `last`; moments are whole microseconds since 1970 (UTC), as databases give them.

    Outside these two moments it reads as if nobody worked there.
    """

    def __init__(self, calendar: Calendar, first: int, last: int) -> None:
        spans = list(_spans(calendar, first + EPOCH, last + EPOCH))
        self._opens = np.fromiter((begun - EPOCH for begun, _over in spans), np.int64, len(spans))
        self._closes = np.fromiter((over - EPOCH for _begun, over in spans), np.int64, len(spans))
        self._before = np.concatenate(([0], np.cumsum(self._closes - self._opens)))

    def between(self, starts: ArrayLike, ends: ArrayLike) -> Moments:
        """Working time from each start to its end in microseconds; negative where the end comes first."""
        return self._until(ends) - self._until(starts)

    def _until(self, moments: ArrayLike) -> Moments:
        at = np.asarray(moments, np.int64)
        if not len(self._opens):
            return np.zeros_like(at)
        last = np.searchsorted(self._opens, at, side="right") - 1  # the latest opening not after the moment
        inside = np.maximum(last, 0)
        worked = self._before[inside] + np.minimum(at, self._closes[inside]) - self._opens[inside]
        return np.where(last >= 0, worked, 0).astype(np.int64)


def _spans(calendar: Calendar, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Every stretch of work on the absolute clock, in order, cut at both ends."""
    for stretch in zones.forward(calendar.zone, first):
        if stretch.start >= last:
            return
        low, high = stretch.start + stretch.offset, min(stretch.end, last) + stretch.offset
        for day in range(low // zones.DAY, high // zones.DAY + 1):
            for period in calendar.periods_on(date.fromordinal(day)):
                begun = max(day * zones.DAY + period.start * MINUTE, low)
                over = min(day * zones.DAY + period.end * MINUTE, high)
                if begun < over:
                    yield begun - stretch.offset, over - stretch.offset
