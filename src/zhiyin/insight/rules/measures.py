"""The three measures of a case (hand-overs, cost, elapsed), recovery, and settlement at the first contact. Pure.

What counts, in one place; the page says the same in words:

*Settled* is a case that was put right, answered or explained; the last time counts, so that a case taken up again
leaves the figures until it is settled anew, and is then measured from its first receipt, with everything every round
took. Left out: history from an import, cases merged into others, cases the customer withdrew.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

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
HOUR = 3600.0


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
    """What first-contact settlement is judged by."""

    kind: Kind
    handovers: int
    wrote_again: bool  # the customer had to write or call once more before it was settled
    by_the_first: bool  # settled by the one who was in charge from the beginning
    settled_at: datetime  # for the first time
    reopened_at: datetime | None  # for the first time


@dataclass(frozen=True, slots=True)
class Settled:
    """One settled case as it is counted. Money in yuan. `once` and `recovered` are None where they do not apply, or
    cannot be known yet.
    """

    id: int
    settled_on: date
    handovers: int
    cost: float
    goodwill: float
    elapsed: Elapsed
    rounds: int
    once: bool | None
    recovered: bool | None


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


def once(course: Course, *, now: datetime) -> bool | None:
    """Settled by the first person in the first contact: no hand-over, no second message, not reopened within seven days.

    None for suggestions and praise, and until the seven days are over: they could still bring it back. A case that
    was reopened later than that still counts, unless it has changed hands by now.
    """
    if course.kind not in ONCE_KINDS or course.settled_at + ONCE_WITHIN > now:
        return None
    stayed = course.reopened_at is None or course.reopened_at - course.settled_at > ONCE_WITHIN
    return stayed and course.handovers == 0 and course.by_the_first and not course.wrote_again


def recovered(*, rounds: int, ended: bool, outcome: Outcome | None) -> bool | None:
    """Whether a customer who was not satisfied is at the end; None for those who never said so, and while it goes on.

    Reopened means that the customer was not content. Won back is only who confirmed it: an answer nobody confirmed,
    or a customer nobody reached, is not.
    """
    if rounds == 1 or not ended:
        return None
    return outcome is Outcome.SATISFIED


def measure(rows: Sequence[Settled]) -> Measures:
    """The figures of these cases."""
    known_once = [row.once for row in rows if row.once is not None]
    known_back = [row.recovered for row in rows if row.recovered is not None]
    goodwill = math.fsum(row.goodwill for row in rows)
    cost = math.fsum(row.cost for row in rows)
    return Measures(
        n=len(rows),
        handovers=_mean([row.handovers for row in rows]),
        cost=_mean([row.cost for row in rows]),
        working=median([row.elapsed.working.total_seconds() / HOUR for row in rows]),
        wall=median([row.elapsed.wall.total_seconds() / HOUR for row in rows]),
        once=share(sum(known_once), len(known_once)),
        recovered=share(sum(known_back), len(known_back)),
        remedy=cost - goodwill,
        goodwill=goodwill,
        paused=math.fsum(row.elapsed.paused.total_seconds() for row in rows) / HOUR / len(rows)
        if rows
        else 0.0,
        handed=sum(row.handovers > 0 for row in rows),
        reopened=sum(row.rounds > 1 for row in rows),
        once_count=sum(known_once),
        once_n=len(known_once),
        recovered_count=sum(known_back),
        recovered_n=len(known_back),
    )


def share(count: int, n: int) -> Estimate | None:
    """count of n with its Wilson interval; None below `FEWEST`."""
    return proportions.wilson(count, n) if n >= FEWEST else None


def _mean(values: Sequence[float]) -> Estimate | None:
    if len(values) < FEWEST:
        return None
    found = means.mean(np.asarray(values, dtype=float))
    low = max(0.0, found.low)  # neither hand-overs nor money are ever negative
    return Estimate(found.value, low, found.high, found.n, found.se, found.method, found.level)


def median(values: Sequence[float]) -> Estimate | None:
    """The median, and the order statistics that hold it with at least 95 %; None below `FEWEST`.

    The interval from the j-th smallest to the j-th largest holds the median with 1 - 2·P(B < j), B binomial with n
    and ½ (David & Nagaraja 2003, Order Statistics, §7.1), whatever the distribution. With five values even the whole
    range has only 93.75 %; it is given all the same. Beyond two hundred the binomial is the normal's.
    """
    n = len(values)
    if n < FEWEST:
        return None
    ordered = np.sort(np.asarray(values, dtype=float))
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
