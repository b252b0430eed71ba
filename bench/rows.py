"""What a part of `zhiyin bench measure` hands back: figures, each ours against an oracle in the same run."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure that was asked for, and how it came out.

    figure: what was measured, with its size ("PLS 250 × 24, 1,000 bootstraps"). ours, oracle: the seconds of
    each repetition; the table shows their medians; an oracle that was not there has none. at_most: the seconds
    asked of ours. at_least: the ratio oracle / ours asked. note: what a reader must know, such as what was
    scaled, or how far the two results lie apart.
    """

    figure: str
    ours: tuple[float, ...]
    oracle: tuple[float, ...] = ()
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def seconds(self) -> float:
        """The median of ours."""
        return statistics.median(self.ours)

    @property
    def oracle_seconds(self) -> float | None:
        """The median of the oracle's, None without one."""
        return statistics.median(self.oracle) if self.oracle else None

    @property
    def ratio(self) -> float | None:
        """How many times faster ours is, None without an oracle."""
        return None if self.oracle_seconds is None else self.oracle_seconds / self.seconds

    @property
    def reached(self) -> bool | None:
        """Whether everything asked was reached; None where nothing was asked or the oracle is missing."""
        if self.at_most is not None and self.seconds > self.at_most:
            return False
        if self.at_least is not None:
            return None if self.ratio is None else self.ratio >= self.at_least
        return None if self.at_most is None else True


def seconds(work: Callable[[], object], *, repeat: int = 5, warm: bool = True) -> tuple[float, ...]:
    """The seconds of each of `repeat` runs of `work`, after one that is not counted unless `warm` is False."""
    if warm:
        work()
    took = []
    for _ in range(repeat):
        gc.collect()
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return tuple(took)
