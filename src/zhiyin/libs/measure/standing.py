"""Market standing: the league table of suppliers under one set of weights, and ourselves relative to the others.

One set of weights for everybody: were each supplier weighted by what its own customers find important, the table
would compare weights as much as performance (Hill & Alexander 2006, ch. on competitors). Pairwise tests are adjusted
by Holm (1979), ranks come with the ranks they may truly hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import answers, comparisons, errors, influence, relative
from zhiyin.libs.measure.answers import Scale
from zhiyin.libs.measure.comparisons import Pair, Place
from zhiyin.libs.measure.design import EVERYBODY, Design, missing
from zhiyin.libs.measure.errors import gettext_noop
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.influence import Figures, Floats, Influence
from zhiyin.libs.measure.notes import Note
from zhiyin.libs.measure.relative import Relative

Labels = NDArray[Any]


class WeightSet(StrEnum):
    """Whose importance weighs the attributes, for every supplier alike."""

    POOLED = "pooled"
    OURS = "ours"
    GIVEN = "given"


WEIGHT_SETS = {
    WeightSet.POOLED: gettext_noop("the importance all respondents state, whoever they rate"),
    WeightSet.OURS: gettext_noop("the importance our own raters state"),
    WeightSet.GIVEN: gettext_noop("weights given as figures, taken as fixed"),
}
ONE_SET = gettext_noop("One set of weights for all suppliers: %(weights)s.")
ALL_OWN = gettext_noop(
    "Every supplier is rated by its own customers only: those who left are not heard, and the table flatters everybody."
)
UNEVEN = gettext_noop(
    "Own customers give %(most)s of the ratings of %(first)s and %(least)s of those of %(second)s: "
    "people rate their own supplier higher, so part of the difference may be who was asked."
)
UNKNOWN = gettext_noop(
    "It is not known which raters are a supplier's own customers, who rate it higher than others do."
)
NOTABLE = 0.1
"""Shares of own customers this far apart are worth a remark."""


@dataclass(frozen=True, slots=True)
class Supplier:
    """One line of the table. `own_share` is the share of its ratings by own customers, nan where not known."""

    name: str
    place: Place
    index: Estimate
    attributes: tuple[Estimate, ...]
    n: int
    own_share: float


@dataclass(frozen=True, slots=True)
class League:
    """Suppliers, the best first; every two compared; ourselves relative to each other one, where "ours" is said."""

    suppliers: tuple[Supplier, ...]
    pairs: tuple[Pair, ...]
    relatives: tuple[Relative, ...]
    names: tuple[str, ...]
    weights: tuple[Estimate, ...]
    weight_set: WeightSet
    notes: tuple[Note, ...]
    n: int
    level: float


def league(
    performance: ArrayLike,
    suppliers: Sequence[Any] | Labels,
    *,
    importance: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    weight_set: WeightSet | str | None = None,
    ours: object = None,
    respondents: Sequence[Any] | Labels | None = None,
    customer_of: Sequence[Any] | Labels | None = None,
    rescale: bool = False,
    names: Sequence[str] | None = None,
    scale: Scale = (1, 10),
    design: Design = EVERYBODY,
    level: float = LEVEL,
) -> League:
    """The league table from ratings (n, k) on `scale`, one row for each respondent's rating of a supplier (n,).

    Weights, one set for all: from `importance` (n, k; where a respondent's several rows repeat it he still counts
    once), pooled, or "ours": by those who rate us; or given (k,). `respondents` (n,) says whose rows belong together:
    they are then one cluster, and suppliers rated by the same people are compared as such; left out, every row is
    somebody else. `customer_of` (n,): whose customer the rater is. The index runs to 100 at the top of the scale
    (10 × the weighted mean on 1-10); `rescale` makes the scale's bottom 0.
    Raises `MissingInput`, `TooFew` (an attribute nobody rated for a supplier: leaving it out would be another set of
    weights), `UnknownLabel`, `OffScale`, `ShapeMismatch`, `BadOption`, `BadDesign`.
    """
    rated = influence.table(performance, scale)
    called = answers.labels(names, rated.shape[1])
    who, known = _suppliers(suppliers, len(rated))
    if ours is not None and str(ours) not in known:
        raise errors.UnknownLabel(what="ours", value=ours, known=", ".join(known))
    kind = _weight_set(weight_set, weights, importance, ours)
    people = _labels("respondents", respondents, len(rated))
    clustered = _clustered(design, people)
    row_weights = clustered.of(len(rated))
    if kind is WeightSet.GIVEN:
        weighing = _given(weights, rated)
    else:
        weighing = _stated(
            importance, who, people, row_weights, ours if kind is WeightSet.OURS else None, scale, called
        )
    profile = [_profile(rated, who == name, row_weights, called, name) for name in known]
    factor, shift = _unit(scale, rescale=rescale)
    moving = _indexes(profile, weighing, factor, shift)
    indexes = _counted(moving.figures(clustered), profile, people)
    compared = comparisons.pairs(indexes, known, level, _degrees(moving, clustered))
    own = _own_shares(who, known, _labels("customer_of", customer_of, len(rated)))
    table = _table(indexes, profile, known, own, compared, clustered, level, scale, rescale=rescale)
    relatives = relative.all_of(profile, weighing, known, ours, clustered, level) if ours is not None else ()
    notes = (Note(ONE_SET, {"weights": WEIGHT_SETS[kind]}), *_own_notes(own, known))
    n = len(rated) if people is None else len(np.unique(people))
    return League(
        table, compared, relatives, called, _weights(weighing, clustered, level), kind, notes, n, level
    )


def relative_performance(
    ours: ArrayLike,
    theirs: ArrayLike,
    *,
    weights: ArrayLike,
    paired: bool = False,
    scale: Scale = (1, 10),
    names: tuple[str, str] = ("ours", "theirs"),
    design: Design = EVERYBODY,
    level: float = LEVEL,
) -> Relative:
    """Ours (n, k) against theirs (m, k) with `weights` (k,) in any unit, by the delta method.

    `paired`: row i of both is the same respondent. `design` is that of our rows followed by theirs. One row of
    published means each gives the figures without intervals. Raises as `league` does.
    """
    first, second = influence.table(ours, scale), influence.table(theirs, scale)
    if paired:
        influence.same_shape("theirs", second, first)
    elif first.shape[1] != second.shape[1]:
        raise errors.ShapeMismatch(what="theirs", found=second.shape[1], expected=first.shape[1])
    who = [names[0]] * len(first) + [names[1]] * len(second)
    people = [*range(len(first)), *range(len(second))] if paired else None
    table = league(
        np.concatenate([first, second]),
        who,
        weights=weights,
        ours=names[0],
        respondents=people,
        scale=scale,
        design=design,
        level=level,
    )
    return table.relatives[0]


def _suppliers(suppliers: Sequence[Any] | Labels, n: int) -> tuple[Labels, tuple[str, ...]]:
    _refuse_missing("suppliers", suppliers)
    who = np.array([str(name) for name in suppliers], dtype=object)
    if len(who) != n:
        raise errors.ShapeMismatch(what="suppliers", found=len(who), expected=n)
    known = tuple(dict.fromkeys(who.tolist()))
    if not known:
        raise errors.TooFew(what=gettext_noop("A league table"), needed=1, found=0)
    return who, known


def _refuse_missing(what: str, labels: Sequence[Any] | Labels) -> None:
    if any(missing(label) for label in np.asarray(labels, dtype=object).tolist()):
        raise errors.BadDesign(reason=f"{what}: {errors.gettext_noop('a row has no label')}")


def _labels(what: str, values: Sequence[Any] | Labels | None, n: int) -> Labels | None:
    if values is None:
        return None
    if len(values) != n:
        raise errors.ShapeMismatch(what=what, found=len(values), expected=n)
    if what == "respondents":
        _refuse_missing(what, values)
    return np.array([str(value) for value in values], dtype=object)


def _weight_set(
    asked: WeightSet | str | None, weights: ArrayLike | None, importance: ArrayLike | None, ours: object
) -> WeightSet:
    default = WeightSet.POOLED if weights is None else WeightSet.GIVEN
    try:
        kind = default if asked is None else WeightSet(asked)
    except ValueError:
        raise errors.BadOption(option="weight_set", value=asked, allowed=", ".join(WeightSet)) from None
    needs = {
        WeightSet.POOLED: (importance, gettext_noop("the importance of the attributes, or weights")),
        WeightSet.OURS: (
            importance if ours is not None else None,
            gettext_noop("importance, and who we are"),
        ),
        WeightSet.GIVEN: (weights, gettext_noop("the weights")),
    }
    there, needed = needs[kind]
    if there is None:
        raise errors.MissingInput(what=gettext_noop("A league table"), needed=needed)
    return kind


def _clustered(design: Design, people: Labels | None) -> Design:
    """The design with a respondent's rows kept together; clusters that were drawn as such stay as they are."""
    if people is None or design.clusters is not None:
        return design
    return Design(design.weights, design.strata, people, design.population)


def _given(weights: ArrayLike | None, rated: Floats) -> Influence:
    value = np.asarray(weights, dtype=float)
    n, k = rated.shape
    if value.shape != (k,):
        raise errors.ShapeMismatch(what="weights", found=value.size, expected=k)
    if not np.all(np.isfinite(value)) or np.any(value < 0) or not value.sum() > 0:
        allowed = gettext_noop("nowhere negative, and not zero everywhere")
        raise errors.BadOption(option="weights", value=str(value.tolist()), allowed=allowed)
    return influence.fixed(value / value.sum(), n)


def _stated(
    importance: ArrayLike | None,
    who: Labels,
    people: Labels | None,
    row_weights: Floats,
    ours: object,
    scale: Scale,
    names: Sequence[str],
) -> Influence:
    """Mean importances as shares of their sum, with their influence."""
    stated = influence.table([] if importance is None else importance, scale)
    if stated.shape != (len(who), len(names)):
        raise errors.ShapeMismatch(what="importance", found=stated.shape, expected=(len(who), len(names)))
    if ours is not None:
        stated[who != str(ours)] = np.nan
    mean = influence.means(stated, row_weights, names)
    if people is not None:
        mean = _once_each(stated, people, row_weights)
    total = mean.value.sum()
    share = mean.value / total
    return influence.made_of(share, ((mean, (np.eye(len(share)) - share) / total),), mean.active)


def _once_each(stated: Floats, people: Labels, row_weights: Floats) -> Influence:
    """The mean importance in which a respondent with several rows counts once."""
    _, code = np.unique(people, return_inverse=True)
    answered = ~np.isnan(stated)
    rows = np.stack([np.bincount(code, column)[code] for column in answered.T.astype(float)], axis=1)
    weight = np.where(answered, row_weights[:, None] / np.maximum(rows, 1), 0.0)
    filled = np.where(answered, stated, 0.0)
    total = weight.sum(axis=0)
    value = (weight * filled).sum(axis=0) / total
    return influence.taken(value, weight * (filled - value) / total, answered)


def _profile(
    rated: Floats, mine: Labels, row_weights: Floats, names: Sequence[str], supplier: str
) -> Influence:
    """A supplier's mean on every attribute."""
    seen = np.where(mine.astype(bool)[:, None], rated, np.nan)
    return influence.means(seen, row_weights, [f"{supplier}: {name}" for name in names])


def _unit(scale: Scale, *, rescale: bool) -> tuple[float, float]:
    if rescale:
        factor = 100 / (scale[1] - scale[0])
        return factor, -factor * scale[0]
    return 100 / scale[1], 0.0


def _indexes(profile: Sequence[Influence], weighing: Influence, factor: float, shift: float) -> Influence:
    """Every supplier's index: influence of the performance and of the weights.

    Only the supplier's own raters count as behind it, however many others helped to set the weights.
    """
    value = np.array([factor * (side.value @ weighing.value) + shift for side in profile])
    count = len(profile)
    pieces = []
    for at, side in enumerate(profile):
        mine = np.eye(1, count, at) * factor
        pieces += [(side, weighing.value[:, None] * mine), (weighing, side.value[:, None] * mine)]
    active = [influence.anybody(side) for side in profile]
    return influence.made_of(value, pieces, np.stack(active, axis=1))


def _counted(indexes: Figures, profile: Sequence[Influence], people: Labels | None) -> Figures:
    """The indexes with respondents counted, not their rows."""
    seen = np.stack([influence.anybody(side) for side in profile], axis=1).astype(float)
    if people is not None:
        _, code = np.unique(people, return_inverse=True)
        seen = np.stack([np.bincount(code, column) > 0 for column in seen.T], axis=1).astype(float)
    both = np.rint(seen.T @ seen).astype(np.int64)
    return Figures(indexes.value, indexes.covariance, indexes.df, both)


def _degrees(indexes: Influence, design: Design) -> Floats:
    """The degrees of freedom (s, s) of every difference."""
    one = np.eye(len(indexes.value))
    far = one[:, :, None] - one[:, None, :]
    return indexes.degrees(design, far.reshape(len(one), -1)).reshape(len(one), -1)


def _table(
    indexes: Figures,
    profile: Sequence[Influence],
    known: Sequence[str],
    own: Floats,
    compared: Sequence[Pair],
    design: Design,
    level: float,
    scale: Scale,
    *,
    rescale: bool,
) -> tuple[Supplier, ...]:
    places = comparisons.places(indexes.value, compared)
    factor, shift = _unit(scale, rescale=rescale)
    estimates = indexes.estimates(
        level, "delta", bounds=(factor * scale[0] + shift, factor * scale[1] + shift)
    )
    lines = [
        Supplier(
            name, place, index, side.figures(design).estimates(level, bounds=scale), index.n, float(share)
        )
        for name, place, index, side, share in zip(known, places, estimates, profile, own, strict=True)
    ]
    return tuple(sorted(lines, key=lambda line: line.place.rank))


def _weights(weighing: Influence, design: Design, level: float) -> tuple[Estimate, ...]:
    if weighing.fixed:
        return tuple(Estimate(v, v, v, 0, 0.0, "fixed", level) for v in weighing.value.tolist())
    return weighing.figures(design).estimates(level, "delta")


def _own_shares(who: Labels, known: Sequence[str], customer_of: Labels | None) -> Floats:
    if customer_of is None:
        return np.full(len(known), np.nan)
    return np.array([np.mean(customer_of[who == name] == name) for name in known])


def _own_notes(own: Floats, known: Sequence[str]) -> tuple[Note, ...]:
    if np.isnan(own).any():
        return (Note(UNKNOWN),)
    if np.all(own == 1):
        return (Note(ALL_OWN),)
    most, least = int(own.argmax()), int(own.argmin())
    if own[most] - own[least] < NOTABLE:
        return ()
    data = {
        "most": f"{own[most]:.0%}",
        "least": f"{own[least]:.0%}",
        "first": known[most],
        "second": known[least],
    }
    return (Note(UNEVEN, data),)
