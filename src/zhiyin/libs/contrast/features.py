"""Columns as what can be tried of them: every way a column divides the rows in two.

A time gives three features (time of day, day of the week, date), every other kind one. Divisions are made from the
conditions alone, never from the outcome, so that the same ones are tried on every permuted outcome. They go by the
order of values only: no change of unit changes them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.contrast import wording
from zhiyin.libs.contrast.errors import gettext_noop
from zhiyin.libs.contrast.kinds import Column, Kind, Moment
from zhiyin.libs.contrast.statements import Statement

Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]
CUTS = 64
"""A number is cut at most at so many places, spaced evenly over its rows."""
HOURS = 24
FEW = 8
"""From so many rows on, a division must leave two rows on either side: one row alone shows nothing."""
WEEKEND = (5, 6)

SAME = gettext_noop("it is the same in every row")
EMPTY = gettext_noop("it is empty in every row")
ALL_DIFFERENT = gettext_noop("its values are too different to form groups")


@dataclass(frozen=True, slots=True)
class Feature:
    """What is tried of a column.

    masks: (rows, divisions), True where a row is known to be on the first side. known: (rows,). codes: (rows,) rank
    of each row's value in `values`, -1 where unknown. say(division, side): the condition that describes a side.
    """

    column: Column
    aspect: str
    codes: Ints
    values: tuple[object, ...]
    masks: Bools
    say: Callable[[int, bool], Statement]
    example: Callable[[int], str | Statement]

    @property
    def key(self) -> tuple[str, str]:
        """What orders features, whatever the order of the columns."""
        return self.column.name, self.aspect

    @property
    def known(self) -> Bools:
        """Where the value is known."""
        return self.codes >= 0

    def typical(self, rows: Bools) -> str | Statement | None:
        """An actual value among `rows`: the middle one of ordered values, the commonest of others."""
        codes = self.codes[rows & self.known]
        if not len(codes):
            return None
        if self.aspect in {"", "weekday"} and self.column.kind is not Kind.NUMBER:
            return self.example(int(np.bincount(codes).argmax()))
        return self.example(int(np.sort(codes)[len(codes) // 2]))


@dataclass(frozen=True, slots=True)
class Unused:
    """A column that cannot say anything here, and why."""

    column: str
    reason: Statement


def features(columns: Sequence[Column]) -> tuple[list[Feature], list[Unused]]:
    """Everything that can be tried, in an order of its own, and the columns of which nothing can."""
    found: list[Feature] = []
    unused: list[Unused] = []
    for column in sorted(columns, key=lambda column: column.name):
        own = [feature for feature in _of(column) if feature.masks.shape[1]]
        found += own
        if not own:
            unused.append(Unused(column.name, Statement(_why(column))))
    return sorted(found, key=lambda feature: feature.key), unused


def _why(column: Column) -> str:
    seen = {value for value in column.values if value is not None}
    return EMPTY if not seen else SAME if len(seen) == 1 else ALL_DIFFERENT


def _of(column: Column) -> list[Feature]:
    if column.kind is Kind.NUMBER:
        return [_number(column)]
    if column.kind is Kind.YESNO:
        return [_yesno(column)]
    if column.kind is Kind.TIME:
        return _times(column)
    return [_category(column)]


def _coded(values: Sequence[object | None]) -> tuple[Ints, tuple[object, ...]]:
    distinct = tuple(sorted({value for value in values if value is not None}))  # type: ignore[type-var]
    ranks = {value: rank for rank, value in enumerate(distinct)}
    return np.array([-1 if value is None else ranks[value] for value in values], np.intp), distinct


def _least(codes: Ints) -> int:
    return 2 if int((codes >= 0).sum()) >= FEW else 1


def _divided(codes: Ints, inside: Bools) -> tuple[Bools, Ints]:
    """Masks (rows, divisions) of the `inside` (values, divisions) that leave enough rows on both sides, and which."""
    masks = inside[codes] & (codes >= 0)[:, None]
    sizes, known, least = masks.sum(axis=0), int((codes >= 0).sum()), _least(codes)
    kept = np.flatnonzero((sizes >= least) & (known - sizes >= least))
    return masks[:, kept], kept


def _cut_places(codes: Ints, distinct: int) -> Ints:
    """Ranks below which to cut: between all values, or where an even share of the rows lies below."""
    places = np.arange(1, distinct)
    if len(places) <= CUTS:
        return places
    below = np.cumsum(np.bincount(codes[codes >= 0], minlength=distinct))
    wanted = below[-1] * np.arange(1, CUTS + 1) / (CUTS + 1)
    return np.unique(np.clip(np.searchsorted(below, wanted) + 1, 1, distinct - 1))


def _ordered(
    column: Column,
    aspect: str,
    values: Sequence[object | None],
    say: Callable[[object, object, bool], Statement],
) -> Feature:
    """Cut in two between neighbouring values."""
    codes, distinct = _coded(values)
    places = _cut_places(codes, len(distinct))
    masks, kept = _divided(codes, np.arange(max(len(distinct), 1))[:, None] < places[None, :])
    ends = [(distinct[place - 1], distinct[place]) for place in places[kept].tolist()]
    example = (
        (lambda code: wording.date(distinct[code]))  # type: ignore[arg-type]
        if aspect
        else (lambda code: wording.amount(distinct[code], column.unit))  # type: ignore[arg-type]
    )
    return Feature(column, aspect, codes, distinct, masks, lambda at, side: say(*ends[at], side), example)


def _number(column: Column) -> Feature:
    def say(low: object, high: object, side: bool) -> Statement:  # noqa: FBT001 - which side is what it says
        cut = wording.amount(wording.nice(float(low), float(high)), column.unit)  # type: ignore[arg-type]
        return Statement(wording.UNDER if side else wording.FROM, {"column": column.label, "cut": cut})

    return _ordered(column, "", column.values, say)


def _yesno(column: Column) -> Feature:
    codes, distinct = _coded(column.values)
    masks, _ = _divided(codes, np.array([[bool(value)] for value in distinct or (False,)]))

    def say(_at: int, side: bool) -> Statement:  # noqa: FBT001 - which side is what it says
        return wording.yes_or_no(column.label, yes=side)

    return Feature(
        column, "", codes, distinct, masks, say, lambda code: wording.YES if distinct[code] else wording.NO
    )


def _category(column: Column) -> Feature:
    codes, distinct = _coded(column.values)
    masks, kept = _divided(codes, np.eye(max(len(distinct), 1), dtype=bool))
    if len(distinct) == 2:  # noqa: PLR2004 - one value against the other is a single division
        masks, kept = masks[:, :1], kept[:1]
    levels = kept.tolist()

    def say(at: int, side: bool) -> Statement:  # noqa: FBT001 - which side is what it says
        value, message = distinct[levels[at]], wording.IS if side else wording.IS_NOT
        if len(distinct) == 2 and not side:  # noqa: PLR2004 - then not the one is the other
            value, message = distinct[1 - levels[at]], wording.IS
        return Statement(message, {"column": column.label, "value": value})

    return Feature(column, "", codes, distinct, masks, say, lambda code: str(distinct[code]))


def _times(column: Column) -> list[Feature]:
    moments = [value if isinstance(value, Moment) else None for value in column.values]
    minutes = [None if moment is None else moment.minute for moment in moments]
    days = [None if moment is None or moment.day is None else moment.day for moment in moments]
    found = []
    if any(minutes):
        found.append(_time_of_day(column, minutes))
    if any(days):
        found.append(_weekday(column, [None if day is None else day.weekday() for day in days]))
        found.append(
            _ordered(
                column, "date", [None if day is None else day.toordinal() for day in days], _dates(column)
            )
        )
    return found


def _dates(column: Column) -> Callable[[object, object, bool], Statement]:
    def say(low: object, high: object, side: bool) -> Statement:  # noqa: FBT001 - which side is what it says
        cut = wording.date(high)  # type: ignore[arg-type] # the first day on which it was different
        return Statement(wording.BEFORE if side else wording.SINCE, {"column": column.label, "cut": cut})

    return say


def _time_of_day(column: Column, minutes: Sequence[int | None]) -> Feature:
    """Every window of the day: the clock is a circle, 23:00 to 02:00 is as good as 18:00 to 21:00."""
    codes, distinct = _coded(minutes)
    group = np.arange(len(distinct))
    if len(distinct) > HOURS:
        group = np.unique([int(minute) // 60 for minute in distinct], return_inverse=True)[1]  # type: ignore[call-overload]
    edges = np.flatnonzero(np.diff(group, prepend=-1))
    # A window from edge i up to edge j; what is left is the window from j round to i.
    starts, ends = np.triu_indices(len(edges), 1)
    ranks = np.arange(max(len(distinct), 1))[:, None]
    inside = (ranks >= edges[starts][None, :]) & (ranks < edges[ends][None, :])
    masks, kept = _divided(codes, inside)
    windows = [(int(edges[starts[at]]), int(edges[ends[at]])) for at in kept]

    def edge(rank: int, *, late: bool) -> str:
        before = int(distinct[rank - 1])  # type: ignore[call-overload]
        after = int(distinct[rank])  # type: ignore[call-overload]
        return wording.clock(wording.nice_minute(before, after if rank else after + wording.DAY, late=late))

    def say(at: int, side: bool) -> Statement:  # noqa: FBT001 - which side is what it says
        first, last = windows[at] if side else windows[at][::-1]
        start, end = edge(first, late=True), edge(last, late=False)
        return Statement(wording.BETWEEN, {"column": column.label, "start": start, "end": end})

    return Feature(
        column,
        "time_of_day",
        codes,
        distinct,
        masks,
        say,
        lambda code: wording.clock(int(distinct[code])),  # type: ignore[call-overload]
    )


def _weekday(column: Column, days: Sequence[int | None]) -> Feature:
    """Each day against the others, and the weekend against the week."""
    codes, distinct = _coded(days)
    inside = np.eye(max(len(distinct), 1), dtype=bool)
    ends = np.array([[day in WEEKEND] for day in distinct or (0,)])
    masks, kept = _divided(codes, np.hstack([inside, ends]))
    masks, first = _distinct(masks)
    kept = kept[first]

    def say(at: int, side: bool) -> Statement:  # noqa: FBT001 - which side is what it says
        if kept[at] == len(distinct):
            return Statement(wording.WEEKEND if side else wording.WEEK, {"column": column.label})
        day = wording.WEEKDAYS[distinct[kept[at]]]  # type: ignore[call-overload]
        return Statement(wording.ON if side else wording.NOT_ON, {"column": column.label, "day": day})

    return Feature(
        column,
        "weekday",
        codes,
        distinct,
        masks,
        say,
        lambda code: wording.WEEKDAYS[distinct[code]],  # type: ignore[call-overload]
    )


def _distinct(masks: Bools) -> tuple[Bools, Ints]:
    """Each division once, whichever side it names, and where it stood first."""
    if not masks.shape[1]:
        return masks, np.zeros(0, np.intp)
    turned = masks ^ masks[:1]
    first = np.sort(np.unique(turned, axis=1, return_index=True)[1])
    return masks[:, first], first
