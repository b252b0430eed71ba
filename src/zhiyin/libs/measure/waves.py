"""What changed since the last wave, and whether it is more than chance.

Three designs, chosen by what is known of the people: two samples (independent), the same people (paired), or a
panel in which some stayed and some were replaced (overlapping).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import errors, means, tables
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.multiplicity import holm

Floats = NDArray[np.float64]
_PAIR = 2
_ROUNDING = 1e-10
"""An error this small beside what it belongs to is rounding."""


@dataclass(frozen=True, slots=True)
class Change:
    """One attribute in two waves: after minus before.

    overlap: how many answered in both. t refers to Student's t with df degrees of freedom; p is two-sided,
    p_holm adjusted over all attributes compared at once.
    """

    name: str
    before: Estimate
    after: Estimate
    difference: Estimate
    overlap: int
    t: float
    df: float
    p: float
    p_holm: float


@dataclass(frozen=True, slots=True)
class Trend:
    """A straight line through more than two waves: the change per unit of `times`.

    p is of no trend, two-sided; p_holm adjusted over all attributes. waves: how many distinct times.
    """

    name: str
    slope: Estimate
    waves: int
    t: float
    df: float
    p: float
    p_holm: float


@dataclass(frozen=True, slots=True)
class _Step:
    """A difference and its error before it is set against the others."""

    before: means.Sample
    after: means.Sample
    shift: means.Shift
    overlap: int


def independent(
    before: ArrayLike,
    after: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    before_design: Design = EVERYBODY,
    after_design: Design = EVERYBODY,
    level: float = LEVEL,
) -> tuple[Change, ...]:
    """Two samples of different people: (n, k) and (m, k) answers with nan.

    Welch's t with the degrees of freedom of Satterthwaite (1946, Biometrics Bulletin 2:110); under a design each
    wave brings its own error and degrees. Using it for the same people throws away what they have in common. Where
    everybody agreed in both waves see `means.shift`. Raises `ShapeMismatch`, `TooFew`, `BadDesign`,
    `UnusableColumn` for an infinite answer.
    """
    first, second = _tables(before, after)
    steps = [_apart(first[:, at], second[:, at], before_design, after_design) for at in range(first.shape[1])]
    return _changes(steps, names, level)


def paired(
    before: ArrayLike,
    after: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    design: Design = EVERYBODY,
    level: float = LEVEL,
) -> tuple[Change, ...]:
    """The same people twice, row by row: (n, k) both. Who answered only once is left out of that attribute.

    Raises `ShapeMismatch`, `TooFew`, `BadDesign`.
    """
    first, second = _tables(before, after)
    if len(first) != len(second):
        raise errors.ShapeMismatch(what="after", found=len(second), expected=len(first))
    steps = [_together(first[:, at], second[:, at], design) for at in range(first.shape[1])]
    return _changes(steps, names, level)


def overlapping(
    before: ArrayLike,
    after: ArrayLike,
    before_ids: Sequence[Hashable],
    after_ids: Sequence[Hashable],
    *,
    names: Sequence[str] | None = None,
    before_weights: ArrayLike | None = None,
    after_weights: ArrayLike | None = None,
    level: float = LEVEL,
) -> tuple[Change, ...]:
    """A panel that renewed itself in part: (n, k) and (m, k), and who each row is.

    Both means are of everybody asked in their wave. A person is a sampling unit: what one adds to both means is
    summed before it is squared, so that the covariance of those who stayed is counted (Kish 1965, Survey Sampling,
    §12.4). Without anybody in common it is nearly `independent`, with the same people throughout `paired`.
    Raises `ShapeMismatch`, `TooFew`, and `BadOption` where somebody appears twice in one wave.
    """
    first, second = _tables(before, after)
    people = _people(before_ids, len(first), "before_ids"), _people(after_ids, len(second), "after_ids")
    _, unit = np.unique(np.asarray(_codes([*people[0], *people[1]])), return_inverse=True)
    weights = _weights(before_weights, len(first)), _weights(after_weights, len(second))
    steps = [_shared(first[:, at], second[:, at], *weights, unit) for at in range(first.shape[1])]
    return _changes(steps, names, level)


def trends(
    values: ArrayLike,
    times: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    design: Design = EVERYBODY,
    level: float = LEVEL,
) -> tuple[Trend, ...]:
    """The slope over waves of each column of (n, k) `values`, at (n,) `times` in any unit.

    Least squares on respondents, error by linearisation, so that waves may differ in spread (White 1980,
    Econometrica 48:817) and the same people may come again: name them as the design's clusters. Raises
    `ShapeMismatch`, `BadDesign`, and `TooFew` with answers from fewer than two waves or fewer than three people.
    """
    table = _finite(values, "values")
    when = _finite(times, "times")[:, 0]
    if when.shape != (len(table),):
        raise errors.ShapeMismatch(what="times", found=len(when), expected=len(table))
    labels = tables.named(names, table.shape[1])
    found = [_slope(name, table[:, at], when, design, level) for at, name in enumerate(labels)]
    adjusted = holm([p for *_, p in found])
    return tuple(
        Trend(name, slope, waves, t, df, p, p_holm)
        for name, (slope, waves, t, df, p), p_holm in zip(labels, found, adjusted, strict=True)
    )


def _slope(
    name: str, values: Floats, when: Floats, design: Design, level: float
) -> tuple[Estimate, int, float, float, float]:
    asked = ~(np.isnan(values) | np.isnan(when))
    waves, n = np.unique(when[asked]), int(asked.sum())
    if len(waves) < _PAIR or n <= _PAIR:
        raise errors.TooFew(what=name, needed=3, found=n)
    slope, se, df = _line(values, when, design)
    found = means.Shift(slope, slope, se, df)
    if slope and se <= _ROUNDING * abs(slope):
        # Everybody on the line: in each wave one more answer at either end, as where two waves are compared.
        ends = np.array([values[asked].min(), values[asked].max()])
        more = np.concatenate([values[asked], np.tile(ends, len(waves))])
        centre, se, _ = _line(more, np.concatenate([when[asked], np.repeat(waves, 2)]), EVERYBODY)
        found = means.Shift(slope, centre, se, df)
    return found.estimate(n=n, level=level), len(waves), found.ratio, df, found.p


def _line(values: Floats, when: Floats, design: Design) -> tuple[float, float, float]:
    """The least squares slope, its error and degrees of freedom."""
    asked = ~(np.isnan(values) | np.isnan(when))
    weights = np.where(asked, design.of(len(values)), 0.0)
    weights = weights / weights.max()
    share = weights / weights.sum()
    times, answers = np.where(asked, when, 0.0), np.where(asked, values, 0.0)
    away = np.where(asked, times - share @ times, 0.0)
    width = float(share @ away**2)
    # From where all answers agree no rounding makes a trend.
    moved = np.where(asked, answers - answers[asked][0], 0.0)
    slope = float(share @ (away * moved)) / width
    left = moved - share @ moved - slope * away
    spread = design.spread(share * away * left / width)
    # n/(n - 2) makes good for the two fitted figures, as in ordinary least squares.
    n = int(asked.sum())
    return slope, float(spread.se[0]) * math.sqrt((n - 1) / (n - 2)), min(spread.df, n - 2.0)


def _apart(first: Floats, second: Floats, before: Design, after: Design) -> _Step:
    one, other = means.sample(first, before), means.sample(second, after)
    return _Step(one, other, means.shift(one, other), 0)


def _together(first: Floats, second: Floats, design: Design) -> _Step:
    both = ~np.isnan(first - second)
    if both.sum() < _PAIR:
        raise errors.TooFew(what=errors.gettext_noop("A change"), needed=_PAIR, found=int(both.sum()))
    moved = means.sample(np.where(both, second - first, np.nan), design)
    one, other = (means.sample(np.where(both, each, np.nan), design) for each in (first, second))
    shift = means.Shift(moved.mean, moved.mean, moved.se, moved.df)
    if moved.mean and not moved.se > _ROUNDING * (one.se + other.se):
        shift = _alike(moved.mean, moved.size, moved.df)
    return _Step(one, other, shift, moved.n)


def _alike(moved: float, size: float, df: float) -> means.Shift:
    """The change where everybody moved by as much: half a pair each way and one that stayed are added.

    Agresti & Min (2005, Statistics in Medicine 24:729), or a handful who moved alike would be certain.
    """
    added = 2 / (size + 2)
    centre = 1 - added
    error = math.sqrt((1 - added / 2 - centre**2) * added / 2)
    return means.Shift(moved, moved * centre, abs(moved) * error, df)


def _shared(
    first: Floats, second: Floats, weight: Floats, other_weight: Floats, unit: NDArray[np.intp]
) -> _Step:
    one, other = means.sample(first, Design(weight)), means.sample(second, Design(other_weight))
    pull = np.concatenate([-_pull(first, weight, one.mean), _pull(second, other_weight, other.mean)])
    asked = ~np.isnan(np.concatenate([first, second]))
    overlap = int(asked.sum()) - len(np.unique(unit[asked]))
    se = math.sqrt(float((np.bincount(unit, pull) ** 2).sum()))
    apart = means.shift(one, other)
    if overlap == 0 or apart.adjusted:
        return _Step(one, other, apart, overlap)
    # With everybody in both waves these are the degrees of the pairs; in between they err on the safe side.
    df = min(one.n, other.n) - 1.0
    if apart.value and se <= _ROUNDING * apart.se:
        return _Step(one, other, _alike(apart.value, overlap, df), overlap)
    return _Step(one, other, means.Shift(apart.value, apart.value, se, df), overlap)


def _pull(values: Floats, weights: Floats, mean: float) -> Floats:
    """What each respondent adds to the mean; nothing where there is no answer."""
    asked = ~np.isnan(values)
    n = int(asked.sum())
    away = np.where(asked, weights * (np.where(asked, values, 0.0) - mean), 0.0) / weights[asked].sum()
    out: Floats = away * math.sqrt(n / max(n - 1, 1))
    return out


def _changes(steps: Sequence[_Step], names: Sequence[str] | None, level: float) -> tuple[Change, ...]:
    adjusted = holm([step.shift.p for step in steps])
    labels = tables.named(names, len(steps))
    return tuple(
        Change(
            name,
            means.of_sample(step.before, level=level),
            means.of_sample(step.after, level=level),
            step.shift.estimate(n=step.before.n + step.after.n - step.overlap, level=level),
            step.overlap,
            step.shift.ratio,
            step.shift.df,
            step.shift.p,
            p_holm,
        )
        for name, step, p_holm in zip(labels, steps, adjusted, strict=True)
    )


def _finite(values: ArrayLike, what: str) -> Floats:
    """(n, k) floats; raises `UnusableColumn` for an infinite one."""
    out = tables.table(values)
    if np.isinf(out).any():
        raise errors.UnusableColumn(column=what, reason=errors.gettext_noop("an answer is infinite"))
    return out


def _tables(before: ArrayLike, after: ArrayLike) -> tuple[Floats, Floats]:
    first, second = _finite(before, "before"), _finite(after, "after")
    if first.shape[1] != second.shape[1]:
        raise errors.ShapeMismatch(what="after", found=second.shape[1], expected=first.shape[1])
    return first, second


def _people(ids: Sequence[Hashable], n: int, what: str) -> list[Hashable]:
    people = list(ids)
    if len(people) != n:
        raise errors.ShapeMismatch(what=what, found=len(people), expected=n)
    if len(set(people)) < n:
        twice = next(person for person in people if people.count(person) > 1)
        raise errors.BadOption(option=what, value=twice, allowed=errors.gettext_noop("each person once"))
    return people


def _codes(people: Sequence[Hashable]) -> list[int]:
    place: dict[Hashable, int] = {}
    return [place.setdefault(person, len(place)) for person in people]


def _weights(weights: ArrayLike | None, n: int) -> Floats:
    out = np.ones(n) if weights is None else np.asarray(weights, dtype=float)
    if len(out) != n:
        raise errors.ShapeMismatch(what="weights", found=len(out), expected=n)
    return out
