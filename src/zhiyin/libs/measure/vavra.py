"""Vavra's grid: what customers say matters, against what is seen to matter.

Vavra (1997, Improving Your Measurement of Customer Satisfaction): stated importance (high or low) crossed with
derived importance. *Basic*: said to matter, moves little, and is taken for granted. *Key*: both. *Plus*: not said
to matter, and moves much. *Secondary*: neither.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from zhiyin.libs.measure import errors
from zhiyin.libs.measure.estimates import Estimate
from zhiyin.libs.measure.importance import Drivers

BASIC = errors.gettext_noop("basic")
KEY = errors.gettext_noop("key")
PLUS = errors.gettext_noop("plus")
SECONDARY = errors.gettext_noop("secondary")
QUADRANTS = {(True, False): BASIC, (True, True): KEY, (False, True): PLUS, (False, False): SECONDARY}
"""By whether stated, and derived, importance reach their line."""
CrossHairs = Literal["means", "medians", "midpoint"]
CROSS_HAIRS: tuple[CrossHairs, ...] = ("means", "medians", "midpoint")


@dataclass(frozen=True, slots=True)
class Cell:
    """One attribute's place. clear: neither interval crosses its line, so the quadrant is no accident."""

    name: str
    stated: Estimate
    derived: Estimate
    quadrant: str
    clear: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """The attributes with their quadrants, and the two lines that part them; cross-hairs as asked ("given": fixed)."""

    cells: tuple[Cell, ...]
    stated_line: float
    derived_line: float
    cross_hairs: str

    def quadrant(self, name: str) -> tuple[Cell, ...]:
        """The attributes of one quadrant, in the order given."""
        return tuple(cell for cell in self.cells if cell.quadrant == name)


def grid(
    stated: Drivers, derived: Drivers, *, cross_hairs: CrossHairs | tuple[float, float] = "means"
) -> Grid:
    """Cross stated with derived importance of the same attributes, matched by name.

    cross_hairs: "means" or "medians" of the attributes, "midpoint" between the smallest and largest, or the two
    lines themselves (stated, derived). A value on its line counts as high. The lines count as known when
    telling what is clear; "means" and "medians" move when an attribute is added.

    Attributes found on one side only are left out. Raises `TooFew` where none is on both, `BadOption`.
    """
    theirs = {driver.name: driver.value for driver in derived.drivers}
    both = [
        (driver.name, driver.value, theirs[driver.name]) for driver in stated.drivers if driver.name in theirs
    ]
    if not both:
        raise errors.TooFew(what=errors.gettext_noop("A grid"), needed=1, found=0)
    lines = (
        _line([one.value for _, one, _ in both], cross_hairs, 0),
        _line([other.value for _, _, other in both], cross_hairs, 1),
    )
    cells = tuple(
        Cell(
            name,
            one,
            other,
            QUADRANTS[_high(one, lines[0]), _high(other, lines[1])],
            _clear(one, other, lines),
        )
        for name, one, other in both
    )
    return Grid(cells, *lines, cross_hairs if isinstance(cross_hairs, str) else "given")


def _line(values: Sequence[float], cross_hairs: CrossHairs | tuple[float, float], axis: int) -> float:
    if not isinstance(cross_hairs, str):
        return float(cross_hairs[axis])
    if cross_hairs not in CROSS_HAIRS:
        raise errors.BadOption(option="cross_hairs", value=cross_hairs, allowed=", ".join(CROSS_HAIRS))
    if cross_hairs == "midpoint":
        return (min(values) + max(values)) / 2
    return float(np.median(values)) if cross_hairs == "medians" else math.fsum(values) / len(values)


def _high(estimate: Estimate, line: float) -> bool:
    """On the line is high; rounding of a mean of equal values takes nobody off it."""
    return estimate.value >= line or math.isclose(estimate.value, line, rel_tol=1e-12, abs_tol=1e-15)


def _clear(one: Estimate, other: Estimate, lines: tuple[float, float]) -> bool:
    return all(
        estimate.low > line or estimate.high < line
        for estimate, line in zip((one, other), lines, strict=True)
    )
