"""The zone of tolerance: performance between what is still adequate and what is desired.

Parasuraman, Zeithaml & Berry (1994), J. Retailing 70:201-230: MSA = P - A (measure of service adequacy), MSS = P - D
(measure of service superiority), width D - A. LibQUAL+ screens respondents whose adequate exceeds their desired level.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from zhiyin.libs.measure import answers, errors, influence
from zhiyin.libs.measure.answers import Scale
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.errors import gettext_noop
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.influence import Figures, Flags, Floats, Influence
from zhiyin.libs.measure.notes import Note

LIBQUAL_LIMIT = 9


class Invalid(StrEnum):
    """What happens to answers whose adequate level is above the desired one."""

    KEEP = "keep"
    ITEMS = "items"
    LIBQUAL = "libqual"


class Place(StrEnum):
    """Where performance lies in the zone; on an edge it is inside."""

    BELOW = "below"
    INSIDE = "inside"
    ABOVE = "above"


PLACES = {
    Place.BELOW: gettext_noop("below what is adequate"),
    Place.INSIDE: gettext_noop("within the zone of tolerance"),
    Place.ABOVE: gettext_noop("above what is desired"),
}
COUNTED = gettext_noop(
    "The adequate level is put above the desired one (answers: %(items)s, respondents: %(respondents)s)."
)
KEPT = gettext_noop("They are kept.")
WITHOUT_ITEMS = gettext_noop("Those answers are left out.")
WITHOUT_RESPONDENTS = gettext_noop(
    "Respondents with more than %(limit)s such answers are left out whole (respondents: %(dropped)s); "
    "other such answers are kept."
)
NO_WIDTH = gettext_noop(
    "%(name)s: adequate and desired are the same, so there is no position within the zone."
)


@dataclass(frozen=True, slots=True)
class Zone:
    """One attribute, or their mean. `position` is (P - A)/(D - A) by the ratio of means: 0 adequate, 1 desired,
    nan where the zone has no width; `sure` that the intervals of MSA and MSS leave no other place;
    `invalid` counts the answers with A > D.
    """

    name: str
    adequate: Estimate
    desired: Estimate
    perceived: Estimate
    msa: Estimate
    mss: Estimate
    width: Estimate
    position: Estimate
    place: Place
    sure: bool
    invalid: int


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The zones in the order of the columns, their plain mean, and who answered impossibly."""

    zones: tuple[Zone, ...]
    whole: Zone
    invalid_items: int
    invalid_respondents: int
    dropped: int
    notes: tuple[Note, ...]
    n: int
    level: float


def tolerance(
    adequate: ArrayLike,
    desired: ArrayLike,
    perceived: ArrayLike,
    *,
    invalid: Invalid | str = Invalid.KEEP,
    limit: int = LIBQUAL_LIMIT,
    names: Sequence[str] | None = None,
    scale: Scale = (1, 10),
    design: Design = EVERYBODY,
    level: float = LEVEL,
) -> Tolerance:
    """The zone of each attribute from (n, k) adequate, desired and perceived levels on `scale`.

    An answer counts with all three of its levels. `invalid`: "keep" only reports answers with A > D, "items"
    leaves them out, "libqual" leaves out respondents with more than `limit` of them. Respondents' own ratios
    are never averaged. Raises `OffScale`, `ShapeMismatch`, `TooFew`, `BadOption`, `BadDesign`.
    """
    rule = _rule(invalid)
    levels = [influence.table(side, scale) for side in (adequate, desired, perceived)]
    influence.same_shape("desired", levels[1], levels[0])
    influence.same_shape("perceived", levels[2], levels[0])
    called = answers.labels(names, levels[0].shape[1])
    whole = ~np.isnan(np.sum(levels, axis=0))
    wrong = whole & (levels[0] > levels[1])
    drop = wrong.sum(axis=1) > limit
    keep = _kept(whole, wrong, drop, rule)
    if not keep.any():
        raise errors.TooFew(what=gettext_noop("A zone of tolerance"), needed=1, found=0)
    weights = design.of(len(keep))
    sides = [influence.means(np.where(keep, side, np.nan), weights, called) for side in levels]
    zones = _zones(sides, called, wrong.sum(axis=0).tolist(), design, level)
    average = np.full((len(called), 1), 1 / len(called))
    total = int(wrong.sum())
    mean = _zones([side.combine(average) for side in sides], (gettext_noop("mean"),), [total], design, level)
    dropped = int(drop.sum()) if rule is Invalid.LIBQUAL else 0
    notes = _notes(wrong, rule, dropped, limit, zones)
    n = int(keep.any(axis=1).sum())
    return Tolerance(zones, mean[0], total, int(wrong.any(axis=1).sum()), dropped, notes, n, level)


def _rule(invalid: Invalid | str) -> Invalid:
    try:
        return Invalid(invalid)
    except ValueError:
        raise errors.BadOption(option="invalid", value=invalid, allowed=", ".join(Invalid)) from None


def _kept(whole: Flags, wrong: Flags, drop: Flags, rule: Invalid) -> Flags:
    if rule is Invalid.ITEMS:
        return whole & ~wrong
    return whole & ~drop[:, None] if rule is Invalid.LIBQUAL else whole


def _zones(
    sides: Sequence[Influence], names: Sequence[str], invalid: Sequence[int], design: Design, level: float
) -> tuple[Zone, ...]:
    a, d, p = sides
    columns = [side.figures(design).estimates(level) for side in (a, d, p)]
    columns += [side.figures(design).estimates(level, "paired t") for side in (p - a, p - d, d - a)]
    positions = _positions(p - a, d - a, design, level)
    return tuple(
        _zone(name, [column[j] for column in columns], positions[j], invalid[j])
        for j, name in enumerate(names)
    )


def _positions(top: Influence, bottom: Influence, design: Design, level: float) -> tuple[Estimate, ...]:
    k = len(top.value)
    figures: Figures = top.beside(bottom).figures(design)
    out = []
    for j in range(k):
        pick = np.ix_((j, j + k), (j, j + k))
        df, n = float(figures.df[j]), int(figures.n[j])
        values: Floats = figures.value[[j, j + k]]
        out.append(
            influence.ratio(
                float(values[0]), float(values[1]), figures.covariance[pick], df=df, n=n, level=level
            )
        )
    return tuple(out)


def _zone(name: str, figures: Sequence[Estimate], position: Estimate, invalid: int) -> Zone:
    adequate, desired, perceived, msa, mss, width = figures
    place = _place(msa.value, mss.value)
    sure = {
        Place.BELOW: msa.high < 0,
        Place.INSIDE: msa.low > 0 and mss.high < 0,
        Place.ABOVE: mss.low > 0,
    }[place]
    return Zone(name, adequate, desired, perceived, msa, mss, width, position, place, sure, invalid)


def _place(msa: float, mss: float) -> Place:
    if mss > influence.NOTHING:
        return Place.ABOVE if msa >= -influence.NOTHING else Place.BELOW
    return Place.BELOW if msa < -influence.NOTHING else Place.INSIDE


def _notes(wrong: Flags, rule: Invalid, dropped: int, limit: int, zones: Sequence[Zone]) -> tuple[Note, ...]:
    out = []
    if wrong.any():
        counts = {"respondents": int(wrong.any(axis=1).sum()), "items": int(wrong.sum())}
        out = [Note(COUNTED, counts), _treatment(rule, dropped, limit)]
    out += [Note(NO_WIDTH, {"name": zone.name}) for zone in zones if math.isnan(zone.position.value)]
    return tuple(out)


def _treatment(rule: Invalid, dropped: int, limit: int) -> Note:
    if rule is Invalid.LIBQUAL:
        return Note(WITHOUT_RESPONDENTS, {"dropped": dropped, "limit": limit})
    return Note(WITHOUT_ITEMS if rule is Invalid.ITEMS else KEPT)
