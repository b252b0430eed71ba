"""The three measures of a case (hand-overs, cost, elapsed), recovery, and settlement at the first contact. Pure.

What counts, in one place; the page says the same in words:

*Settled* is a case that was put right, answered or explained; the last time counts, so that a case taken up again
leaves the figures until it is settled anew, and is then measured from its first receipt, with everything every round
took. Left out: history from an import, cases merged into others, cases the customer withdrew.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.cases.rules.words import Kind, Outcome
from zhiyin.libs import worktime
from zhiyin.libs.measure import means, proportions
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.worktime import Calendar

FEWEST = 5
"""From fewer cases no figure is shown: it would say more about persons than about the service."""
ONCE_WITHIN = timedelta(days=7)
"""So long a case has to stay settled to count as settled at the first contact."""
ONCE_KINDS = frozenset({Kind.COMPLAINT, Kind.REQUEST, Kind.ENQUIRY})
LEFT_OUT = (Outcome.MERGED, Outcome.WITHDRAWN)
EXACT_RANKS = 200
Z95 = 1.959964
TICK = timedelta(microseconds=1)
HOUR = 3600.0 * 1_000_000
UNKNOWN, NO, YES = -1, 0, 1
NEVER = 2**62
"""Far beyond any moment."""
Column = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Elapsed:
    """From receipt to the last settlement. `wall` is all of it, `paused` the part that waited for the customer's
    choice, `working` the working time of the team without those pauses.
    """

    wall: timedelta
    working: timedelta
    paused: timedelta


@dataclass(frozen=True, slots=True)
class Course:
    """What first-contact settlement is judged by, a column each. Moments are microseconds since 1970."""

    counts: Column  # of a kind that can be settled at the first contact
    handovers: Column
    wrote_again: Column  # the customer had to write or call once more before it was settled
    by_the_first: Column  # settled by the one who was in charge from the beginning
    settled_at: Column  # for the first time
    reopened_at: Column  # for the first time; NEVER where it was not


@dataclass(frozen=True, slots=True)
class Cases:
    """Settled cases as they are counted: a column for each fact, a place for each case.

    Moments and spans are microseconds, money is in yuan. `once` and `recovered` hold YES, NO or UNKNOWN: where they
    do not apply, or cannot be known yet.
    """

    id: Column
    settled_at: Column  # for the last time
    handovers: Column
    cost: Column
    goodwill: Column
    wall: Column
    working: Column
    paused: Column
    rounds: Column
    once: Column
    recovered: Column

    def __len__(self) -> int:
        return len(self.id)

    def where(self, which: Column) -> Cases:
        """Those for which `which` is true."""
        return Cases(*(getattr(self, column.name)[which] for column in fields(self)))


@dataclass(frozen=True, slots=True)
class Measures:
    """The figures of some settled cases. An estimate is None below `FEWEST` cases.

    handovers, cost: means, by Student's t. working, wall: medians in hours, by order statistics. once, recovered:
    shares, by Wilson. `remedy`, `goodwill`: sums in yuan. `paused`: the mean pause in hours.
    """

    n: int
    handovers: Estimate | None
    cost: Estimate | None
    working: Estimate | None
    wall: Estimate | None
    once: Estimate | None
    recovered: Estimate | None
    remedy: float
    goodwill: float
    paused: float
    handed: int
    costly: int
    reopened: int
    once_count: int
    once_n: int
    recovered_count: int
    recovered_n: int


def elapsed(
    opened_at: datetime,
    settled_at: datetime,
    pauses: Iterable[tuple[datetime, datetime]],
    calendar: Calendar,
) -> Elapsed:
    """How long a case took; `pauses` lie within and do not overlap."""
    paused, rested = timedelta(), timedelta()
    for begun, over in pauses:
        end = min(over, settled_at)
        if begun < end:
            paused += end - begun
            rested += worktime.between(calendar, begun, end)
    working = worktime.between(calendar, opened_at, settled_at) - rested
    return Elapsed(wall=settled_at - opened_at, working=working, paused=paused)


def once(course: Course, *, now: int) -> Column:
    """Settled by the first person in the first contact: no hand-over, no second message, not reopened within seven days.

    UNKNOWN for suggestions and praise, and until the seven days are over: they could still bring it back. A case that
    was reopened later than that still counts, unless it has changed hands by now.
    """
    known = course.counts & (course.settled_at + ONCE_WITHIN // TICK <= now)
    stayed = course.reopened_at - course.settled_at > ONCE_WITHIN // TICK
    yes = stayed & (course.handovers == 0) & course.by_the_first & ~course.wrote_again
    return np.where(known, np.where(yes, YES, NO), UNKNOWN)


def recovered(*, rounds: Column, ended: Column, satisfied: Column) -> Column:
    """Whether a customer who was not satisfied is at the end; UNKNOWN for those who never said so, and while it goes on.

    Reopened means that the customer was not content. Won back is only who confirmed it: an answer nobody confirmed,
    or a customer nobody reached, is not.
    """
    return np.where((rounds > 1) & ended, np.where(satisfied, YES, NO), UNKNOWN)


def measure(cases: Cases) -> Measures:
    """The figures of these cases."""
    once_n, once_count = int((cases.once != UNKNOWN).sum()), int((cases.once == YES).sum())
    back_n, back_count = int((cases.recovered != UNKNOWN).sum()), int((cases.recovered == YES).sum())
    goodwill, cost = math.fsum(cases.goodwill), math.fsum(cases.cost)
    return Measures(
        n=len(cases),
        handovers=_mean(cases.handovers),
        cost=_mean(cases.cost),
        working=median(cases.working / HOUR),
        wall=median(cases.wall / HOUR),
        once=share(once_count, once_n),
        recovered=share(back_count, back_n),
        remedy=cost - goodwill,
        goodwill=goodwill,
        paused=float(cases.paused.mean()) / HOUR if len(cases) else 0.0,
        handed=int((cases.handovers > 0).sum()),
        costly=int((cases.cost > 0).sum()),
        reopened=int((cases.rounds > 1).sum()),
        once_count=once_count,
        once_n=once_n,
        recovered_count=back_count,
        recovered_n=back_n,
    )


def share(count: int, n: int) -> Estimate | None:
    """count of n with its Wilson interval; None below `FEWEST`."""
    return proportions.wilson(count, n) if n >= FEWEST else None


def _mean(values: Column) -> Estimate | None:
    if len(values) < FEWEST:
        return None
    found = means.mean(values.astype(float))
    low = max(0.0, found.low)  # neither hand-overs nor money are ever negative
    return Estimate(found.value, low, found.high, found.n, found.se, found.method, found.level)


def median(values: Column) -> Estimate | None:
    """The median, and the order statistics that hold it with at least 95 %; None below `FEWEST`.

    The interval from the j-th smallest to the j-th largest holds the median with 1 - 2·P(B < j), B binomial with n
    and ½ (David & Nagaraja 2003, Order Statistics, §7.1), whatever the distribution. With five values even the whole
    range has only 93.75 %; it is given all the same. Beyond two hundred the binomial is the normal's.
    """
    n = len(values)
    if n < FEWEST:
        return None
    ordered = np.sort(values)
    rank = _rank(n)
    low, high = float(ordered[rank]), float(ordered[n - 1 - rank])
    return Estimate(float(np.median(ordered)), low, high, n, math.nan, "order statistics", LEVEL)


def _rank(n: int) -> int:
    """How many values may be cut off at each end, counted from 0."""
    if n > EXACT_RANKS:
        return max(0, math.floor(n / 2 - Z95 * math.sqrt(n) / 2 - 0.5))
    tail, below = 0.0, 0
    while True:
        tail += math.comb(n, below) / 2**n
        if tail > (1 - LEVEL) / 2:
            return max(0, below - 1)
        below += 1


def changed(before: Estimate | None, after: Estimate | None) -> int | None:
    """Whether the second really is higher (1) or lower (-1); 0 where the data cannot tell, None without both.

    The interval of the difference is recovered from the two intervals (MOVER: Zou & Donner 2008, Statistics in
    Medicine 27:1693); with two shares it is Newcombe's.
    """
    if before is None or after is None:
        return None
    difference = proportions.recovered(after, before)
    return 1 if difference.low > 0 else -1 if difference.high < 0 else 0
