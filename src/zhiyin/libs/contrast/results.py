"""What an analysis gives back, frozen; every sentence waits for its language."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from zhiyin.libs.contrast.features import Unused
from zhiyin.libs.contrast.statements import Statement
from zhiyin.libs.contrast.strength import Strength


class Status(StrEnum):
    """established: p_corrected is at most 1 - level. suspected: worth following up. open: nothing speaks for it."""

    ESTABLISHED = "established"
    SUSPECTED = "suspected"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Counts:
    """`failed` of `rows` where the condition holds, `other_failed` of `other_rows` where it does not."""

    failed: int
    rows: int
    other_failed: int
    other_rows: int


@dataclass(frozen=True, slots=True)
class Alike:
    """Another condition that these rows cannot tell from the finding's, and what would.

    They differ in `differ` of `rows` rows; `for_this` of those turned out as the finding would have it. next: an
    observation that separates them; instead: another one. wanted: what is to be the case in the first of them.
    """

    column: str
    condition: Statement
    differ: int
    rows: int
    for_this: int
    sentence: Statement
    next: Statement
    instead: Statement
    wanted: Statement


@dataclass(frozen=True, slots=True)
class Outlook:
    """`more` further observations, half of them of each kind, establish it with probability `power`.

    Computed for failing shares `rate` and `other_rate`. more: None where hundreds would not do.
    """

    more: int | None
    power: float | None
    rate: float | None
    other_rate: float | None
    sentence: Statement


@dataclass(frozen=True, slots=True)
class Finding:
    """A hypothesis: it fails when `condition` holds.

    columns: the headings it is about, one, or two for a pair. aspect: of a time, "time_of_day", "weekday" or
    "date". splits: how many divisions of its column were tried; the intervals hold for all of them at once.
    p: Fisher's exact test of this one division, as if it had been chosen beforehand. p_search: with the search in
    its column. p_corrected: with everything that was looked at. missing: rows without a value. where: the reader's
    numbers of the rows where the condition holds. follows: where the first finding's condition is the same this one
    shows nothing of its own, and with which figures.
    """

    columns: tuple[str, ...]
    aspect: str
    condition: Statement
    otherwise: Statement
    sentence: Statement
    status: Status
    counts: Counts
    difference: Strength
    ratio: Strength
    p: float
    p_search: float
    p_corrected: float
    splits: int
    missing: int
    alike: tuple[Alike, ...]
    outlook: Outlook | None
    where: tuple[int, ...] = field(default=(), compare=False)
    follows: Statement | None = None


@dataclass(frozen=True, slots=True)
class Contrast:
    """The findings, the likeliest first, and what can be said of them.

    splits: divisions tried in all columns; pairs: different divisions by two conditions. exact: all ways in which
    the failures could have fallen were gone through, instead of `draws` of them. verdict: the one sentence to read.
    next: where it names conditions that cannot be told apart, the observation that would.
    """

    outcome: str
    failure: str
    rows: int
    failures: int
    findings: tuple[Finding, ...]
    unused: tuple[Unused, ...]
    verdict: Statement
    notes: tuple[Statement, ...]
    splits: int
    pairs: int
    draws: int
    exact: bool
    level: float
    seed: int
    next: Statement | None = None
