"""The mirror survey: managers and the front line predict what customers will say, customers say it.

Where prediction and answer differ is the understanding gap (Hill & Alexander 2006); nothing else measures it, because
people who misunderstand their customers cannot say so when asked.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from zhiyin.libs.measure import contrast
from zhiyin.libs.measure.answers import Scale
from zhiyin.libs.measure.contrast import Contrast, Line, Side
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.errors import gettext_noop
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.influence import NOTHING
from zhiyin.libs.measure.notes import Note
from zhiyin.libs.measure.wording import figure

OVER, UNDER, UNSHOWN = "over", "under", ""
SENTENCES = {
    ("importance", UNDER): gettext_noop(
        "%(group)s underestimate how important %(name)s is: they say %(theirs)s, customers say %(customers)s."
    ),
    ("importance", OVER): gettext_noop(
        "%(group)s overestimate how important %(name)s is: they say %(theirs)s, customers say %(customers)s."
    ),
    ("satisfaction", UNDER): gettext_noop(
        "%(group)s underestimate how satisfied customers are with %(name)s: they say %(theirs)s, customers say "
        "%(customers)s."
    ),
    ("satisfaction", OVER): gettext_noop(
        "%(group)s overestimate how satisfied customers are with %(name)s: they say %(theirs)s, customers say "
        "%(customers)s."
    ),
}
MISPLACED = gettext_noop("%(name)s matters most to customers; %(group)s put it in place %(rank)s.")
NO_MARGIN = gettext_noop(
    "%(group)s: a single answer shows no margin of error, so no difference can be called sure."
)


@dataclass(frozen=True, slots=True)
class Understanding:
    """One attribute. `gap` is customers' mean minus the group's prediction; `ranks` customers' and the group's
    (1 highest); `verdict` "over" or "under" where Holm's test over the attributes shows that the group over- or
    underestimates, "" where it shows nothing.
    """

    name: str
    customers: Estimate
    predicted: Estimate
    gap: Estimate
    p: float
    ranks: tuple[int, int]
    rank_difference: int
    verdict: str


@dataclass(frozen=True, slots=True)
class Group:
    """How well one group knows its customers: attribute by attribute, on average, and in words.

    Without satisfaction from both sides its part is empty and its mean None.
    """

    name: str
    importance: tuple[Understanding, ...]
    satisfaction: tuple[Understanding, ...]
    importance_mean: Estimate
    satisfaction_mean: Estimate | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Mirror:
    """Every group against the customers."""

    groups: tuple[Group, ...]
    level: float


@dataclass(frozen=True, slots=True)
class Said:
    """What one group says of importance and satisfaction, (n, k) each: customers answer, the others predict.

    Satisfaction may be left out where it was not asked.
    """

    importance: ArrayLike
    satisfaction: ArrayLike | None = None
    design: Design = EVERYBODY


def mirror(
    customers: Said,
    groups: Mapping[str, Said],
    *,
    names: Sequence[str] | None = None,
    scale: Scale = (1, 10),
    level: float = LEVEL,
) -> Mirror:
    """The understanding gap of each of `groups` (name in the plural → its predictions), all on `scale`.

    Two independent samples, Welch's t or the designs' errors. A group that was asked whole (all five managers)
    says so by its design's population. Raises `OffScale`, `ShapeMismatch`, `TooFew`, `BadDesign`.
    """
    return Mirror(
        tuple(_group(name, customers, said, names, scale, level) for name, said in groups.items()), level
    )


def _group(
    name: str, customers: Said, said: Said, names: Sequence[str] | None, scale: Scale, level: float
) -> Group:
    stated = _compared(customers, customers.importance, said, said.importance, names, scale, level)
    importance = _understood(stated.lines, level)
    satisfaction: tuple[Understanding, ...] = ()
    mean: Estimate | None = None
    if customers.satisfaction is not None and said.satisfaction is not None:
        felt = _compared(customers, customers.satisfaction, said, said.satisfaction, names, scale, level)
        satisfaction, mean = _understood(felt.lines, level), felt.mean
    notes = _notes(name, importance, satisfaction, scale)
    return Group(name, importance, satisfaction, stated.mean, mean, notes)


def _compared(
    customers: Said,
    theirs: ArrayLike,
    said: Said,
    predicted: ArrayLike,
    names: Sequence[str] | None,
    scale: Scale,
    level: float,
) -> Contrast:
    first, second = Side(theirs, customers.design), Side(predicted, said.design)
    return contrast.contrast(first, second, names=names, scale=scale, level=level)


def _understood(lines: Sequence[Line], level: float) -> tuple[Understanding, ...]:
    theirs = _ranks([line.first.value for line in lines])
    predicted = _ranks([line.second.value for line in lines])
    return tuple(
        Understanding(
            line.name, line.first, line.second, line.difference, line.p, (a, b), a - b, _verdict(line, level)
        )
        for line, a, b in zip(lines, theirs, predicted, strict=True)
    )


def _ranks(values: Sequence[float]) -> list[int]:
    return [1 + sum(other > value + NOTHING for other in values) for value in values]


def _verdict(line: Line, level: float) -> str:
    if not line.p < 1 - level:
        return UNSHOWN
    return UNDER if line.difference.value > 0 else OVER


def _notes(
    group: str, importance: Sequence[Understanding], satisfaction: Sequence[Understanding], scale: Scale
) -> tuple[Note, ...]:
    out = []
    for what, rows in (("importance", importance), ("satisfaction", satisfaction)):
        shown = sorted((row for row in rows if row.verdict), key=lambda row: -abs(row.gap.value))
        out += [_sentence(group, what, row, scale) for row in shown]
    top = next(row for row in importance if row.ranks[0] == 1)
    if top.rank_difference:
        out.append(Note(MISPLACED, {"name": top.name, "group": group, "rank": top.ranks[1]}))
    if any(math.isnan(row.gap.se) for row in (*importance, *satisfaction)):
        out.append(Note(NO_MARGIN, {"group": group}))
    return tuple(out)


def _sentence(group: str, what: str, row: Understanding, scale: Scale) -> Note:
    data = {
        "group": group,
        "name": row.name,
        "theirs": figure(row.predicted.value, scale),
        "customers": figure(row.customers.value, scale),
    }
    return Note(SENTENCES[what, row.verdict], data)
