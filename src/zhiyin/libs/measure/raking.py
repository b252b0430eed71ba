"""Weights under which the respondents resemble the population in every known margin.

Iterative proportional fitting (Deming & Stephan 1940, Annals of Mathematical Statistics 11:427), on the table of
distinct cells: respondents who agree in every field get the same factor, so 100,000 rows are a few thousand cells.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import errors, sampling

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
TOLERANCE = 1e-9
_ROUNDS = 1000
_AGREE = 1e-6
_DENSE = 4
_TINY = 1e-290
_HALVINGS = 60
_STILL = 1e-14


@dataclass(frozen=True, slots=True)
class Misfit:
    """A category whose weighted total is still off: `ratio` is total / target."""

    field: str
    category: Any
    target: float
    total: float

    @property
    def ratio(self) -> float:
        """1 where the margin is met."""
        return self.total / self.target


@dataclass(frozen=True, slots=True)
class Raked:
    """weights: (n,), with the sum that the targets have (n where they are shares of 1).

    converged: every margin is met to the relative tolerance; if not, `worst` says where and how far. rounds: passes
    over all margins. kish: what the weights cost. trimmed: how many respondents ended at a bound.
    """

    weights: Floats
    converged: bool
    rounds: int
    worst: Misfit
    kish: sampling.Kish
    trimmed: int
    cells: int


@dataclass(frozen=True, slots=True)
class _Margin:
    """One field: each row's (later: each cell's) category, and the totals asked for."""

    field: str
    categories: tuple[Any, ...]
    codes: Codes
    targets: Floats


def rake(
    fields: Mapping[str, Sequence[Hashable] | NDArray[Any]],
    targets: Mapping[str, Mapping[Any, float]],
    *,
    base: ArrayLike | None = None,
    trim: tuple[float, float] | None = None,
    tolerance: float = TOLERANCE,
    rounds: int = _ROUNDS,
) -> Raked:
    """Weights for n respondents so that every margin in `targets` is met to a RELATIVE tolerance.

    fields: for each margin the (n,) categories. targets: for each margin what each category comes to, as shares
    of 1 or as counts of people; all margins must have the same sum. base: (n,) design weights to start from. trim:
    lowest and highest weight allowed, as multiples of the mean; margins that then cannot be met leave `converged`
    False. A tolerance in people (R's survey::rake stops at 1) depends on the unit; this one does not.
    Raises `ImpossibleMargin` (a category without respondents, or with a target of nothing; margins that disagree
    about the sum), `BadOption` (a category without a target), `ShapeMismatch`, `BadDesign`.
    """
    margins = [_margin(field, fields, wanted) for field, wanted in targets.items()]
    if not margins:
        raise errors.BadOption(
            option="targets", value="{}", allowed=errors.gettext_noop("one margin or more")
        )
    n = len(margins[0].codes)
    margins = _same_sum(margins, n)
    total = float(margins[0].targets.sum())
    start = _start(base, n, total)
    bounds = _bounds(trim, total / n)
    cell, first, margins = _cells(margins, start if trim and base is not None else None)
    begun = np.bincount(cell, start, len(first)).astype(float)
    heads = np.bincount(cell, minlength=len(first)).astype(float)
    ended, passes, off = _fit(margins, begun, heads, bounds, tolerance, rounds)
    weights = start * (ended / begun)[cell]
    return Raked(
        weights,
        bool(abs(off.ratio - 1) <= tolerance),
        passes,
        off,
        sampling.kish(weights),
        _at_bound(weights, bounds),
        len(first),
    )


def _fit(
    margins: Sequence[_Margin],
    cells: Floats,
    heads: Floats,
    bounds: tuple[float, float] | None,
    tolerance: float,
    rounds: int,
) -> tuple[Floats, int, Misfit]:
    """Each margin in turn takes its factor, until all fit."""
    off, passes, total = _worst(margins, cells), 0, float(margins[0].targets.sum())
    before, held = None, cells
    while abs(off.ratio - 1) > tolerance and passes < rounds and not _still(before, held):
        passes += 1
        largest = 0.0
        for margin in margins:
            factors = margin.targets / np.bincount(margin.codes, cells, len(margin.targets))
            largest = max(largest, float(np.abs(factors - 1).max()))
            # Where no weights fit, some fall without end; they stay above nothing, so that others can go on.
            cells = np.maximum(cells * factors[margin.codes], _TINY)
        if bounds is not None:
            before, cells = held, _within(cells, bounds[0] * heads, bounds[1] * heads, total)
            held = cells
        if bounds is not None or largest <= tolerance or passes == rounds:
            off = _worst(margins, cells)
    return cells, passes, off


def _still(before: Floats | None, cells: Floats) -> bool:
    """Whether bounds keep the cells where they were: no further round will meet the margins."""
    return before is not None and bool(np.abs(cells - before).max() <= _STILL * cells.max())


def _within(cells: Floats, low: Floats, high: Floats, total: float) -> Floats:
    """Cells in bounds with the sum that was asked for, so that the bounds are multiples of the mean that results.

    One factor for all before the clip; the sum grows with it, from that of `low` to that of `high`.
    """
    clipped: Floats = np.clip(cells, low, high)
    if abs(float(clipped.sum()) - total) <= _STILL * total:
        return clipped
    under, over = 0.0, 1.0
    while np.clip(over * cells, low, high).sum() < total and math.isfinite(over):
        over *= 2
    for _ in range(_HALVINGS):
        middle = (under + over) / 2
        under, over = (middle, over) if np.clip(middle * cells, low, high).sum() < total else (under, middle)
    out: Floats = np.clip(over * cells, low, high)
    return out


def _worst(margins: Sequence[_Margin], cells: Floats) -> Misfit:
    found = []
    for margin in margins:
        totals = np.bincount(margin.codes, cells, len(margin.targets))
        away = np.abs(totals / margin.targets - 1)
        at = int(np.argmax(away))
        found.append((float(away[at]), margin, at, float(totals[at])))
    _, margin, at, total = max(found, key=lambda each: each[0])
    return Misfit(margin.field, margin.categories[at], float(margin.targets[at]), total)


def _margin(
    field: str, fields: Mapping[str, Sequence[Hashable] | NDArray[Any]], wanted: Mapping[Any, float]
) -> _Margin:
    if field not in fields:
        raise errors.BadOption(option="targets", value=field, allowed=", ".join(fields))
    for category, target in wanted.items():
        if not (math.isfinite(target) and target >= 0):
            raise _impossible(field, category, errors.gettext_noop("the target is not a number of people"))
    # A category that nobody is in and nobody should be in is no constraint.
    codes, seen = _coded(field, fields[field], list(wanted))
    kept = [category for category, there in zip(wanted, seen, strict=True) if there or wanted[category] > 0]
    for category, there in zip(wanted, seen, strict=True):
        if wanted[category] > 0 and not there:
            raise _impossible(field, category, errors.gettext_noop("nobody there answered"))
        if there and wanted[category] == 0:
            reason = errors.gettext_noop("somebody there answered, and nobody should count")
            raise _impossible(field, category, reason)
    if len(kept) < len(wanted):
        codes = (np.cumsum(seen) - 1)[codes]
    return _Margin(field, tuple(kept), codes, np.array([float(wanted[category]) for category in kept]))


def _impossible(field: str, category: object, reason: str) -> errors.ImpossibleMargin:
    return errors.ImpossibleMargin(field=field, category=category, reason=reason)


def _coded(
    field: str, labels: Sequence[Hashable] | NDArray[Any], categories: Sequence[Any]
) -> tuple[Codes, NDArray[np.bool_]]:
    """Each row's place among `categories`, and which of them occur."""
    place = {category: at for at, category in enumerate(categories)}
    if isinstance(labels, np.ndarray) and labels.dtype.kind in "iub":
        codes = _coded_integers(labels, place)
    else:
        each = labels.tolist() if isinstance(labels, np.ndarray) else labels
        codes = np.array(_looked_up(each, place), dtype=np.intp)
    if len(codes) and codes.min() < 0:
        row = int(np.argmax(codes < 0))
        allowed = ", ".join(str(category) for category in categories)
        label = labels[row]
        raise errors.BadOption(option=f"{field} ({row + 1})", value=label, allowed=allowed)
    seen = np.bincount(codes, minlength=len(categories)) > 0
    return codes, seen


def _looked_up(labels: Sequence[Hashable], place: Mapping[Any, int]) -> list[int]:
    try:
        return list(map(place.__getitem__, labels))
    except KeyError:
        return [place.get(label, -1) for label in labels]


def _coded_integers(labels: NDArray[Any], place: Mapping[Any, int]) -> Codes:
    """By a table where the labels are small whole numbers, by sorting where they are not."""
    if not len(labels):
        return np.zeros(0, dtype=np.intp)
    low, high = int(labels.min()), int(labels.max())
    if high - low > _DENSE * len(labels) + 1000:
        distinct, inverse = np.unique(labels, return_inverse=True)
        return np.array([place.get(label, -1) for label in distinct.tolist()], dtype=np.intp)[inverse]
    lookup = np.array([place.get(label, -1) for label in range(low, high + 1)], dtype=np.intp)
    return lookup[labels.astype(np.intp) - low]


def _same_sum(margins: Sequence[_Margin], n: int) -> list[_Margin]:
    """All margins scaled to one sum: the population, or n where they are shares."""
    first = float(margins[0].targets.sum())
    out = []
    for margin in margins:
        if len(margin.codes) != n:
            raise errors.ShapeMismatch(what=margin.field, found=len(margin.codes), expected=n)
        total = float(margin.targets.sum())
        if not total > 0 or abs(total / first - 1) > _AGREE:
            raise _impossible(margin.field, "*", errors.gettext_noop("the margins disagree about the total"))
        goal = n if abs(first - 1) <= _AGREE else first
        out.append(_Margin(margin.field, margin.categories, margin.codes, margin.targets * (goal / total)))
    return out


def _start(base: ArrayLike | None, n: int, total: float) -> Floats:
    if base is None:
        return np.full(n, total / n)
    weights = np.asarray(base, dtype=float)
    if len(weights) != n:
        raise errors.ShapeMismatch(what="base", found=len(weights), expected=n)
    if not np.isfinite(weights).all() or (weights <= 0).any():
        raise errors.BadDesign(reason=errors.gettext_noop("a weight is not a positive number"))
    return weights * (total / float(weights.sum()))


def _bounds(trim: tuple[float, float] | None, mean: float) -> tuple[float, float] | None:
    if trim is None:
        return None
    if not 0 <= trim[0] < 1 < trim[1]:
        raise errors.BadOption(option="trim", value=trim, allowed="0 <= low < 1 < high")
    return trim[0] * mean, trim[1] * mean


def _cells(margins: Sequence[_Margin], start: Floats | None) -> tuple[Codes, Codes, list[_Margin]]:
    """Each row's cell, one row of each cell, and the margins over cells.

    Under bounds a cell is also of one base weight, so that a bound on the cell is one on each of its rows.
    """
    key, size = np.zeros(len(margins[0].codes), dtype=np.intp), 1
    for margin in margins:
        key, size = _narrow(key * len(margin.targets) + margin.codes, size * len(margin.targets))
    if start is not None:
        distinct, at = np.unique(start, return_inverse=True)
        key, size = _narrow(key * len(distinct) + at, size * len(distinct))
    seen = np.bincount(key, minlength=size) > 0
    cell = (np.cumsum(seen) - 1)[key]
    first = np.empty(int(seen.sum()), dtype=np.intp)
    first[cell] = np.arange(len(cell))
    return cell, first, [_Margin(m.field, m.categories, m.codes[first], m.targets) for m in margins]


def _narrow(key: Codes, size: int) -> tuple[Codes, int]:
    """The key itself, or its rank among those that occur once there could be far more keys than rows."""
    if size <= _DENSE * len(key) + 1000:
        return key, size
    distinct, rank = np.unique(key, return_inverse=True)
    return rank, len(distinct)


def _at_bound(weights: Floats, bounds: tuple[float, float] | None) -> int:
    if bounds is None:
        return 0
    low, high = bounds
    return int(((weights <= low * (1 + 1e-12)) | (weights >= high * (1 - 1e-12))).sum())
