"""Kano by group and by wave: what delights today is basic tomorrow."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import distributions, errors, tables, waves
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.estimates import LEVEL
from zhiyin.libs.measure.kano import answers, requirements
from zhiyin.libs.measure.kano.answers import Category
from zhiyin.libs.measure.multiplicity import holm

Floats = NDArray[np.float64]
_SCORES = np.array([1.0, 0, -1, 0, np.nan, np.nan])
"""M, O, A, I, R, Q: the mean over the four is |worse| - better = (M - A)/(M + O + A + I)."""


@dataclass(frozen=True, slots=True)
class GroupDifference:
    """Whether groups hold an attribute for the same thing: χ² of their categories, Holm over attributes.

    sparse: an expected count is below 5, so that p is rough; pool groups or gather more answers.
    """

    name: str
    chi2: float
    df: int
    p: float
    p_holm: float
    sparse: bool


@dataclass(frozen=True, slots=True)
class Drift:
    """How fast an attribute becomes basic: the change of |worse| - better per unit of time.

    Positive: from delighting towards basic. trend: slope with interval and test, p_holm over all attributes.
    path: the category in each wave, in order of time. towards_basic: the slope is positive and significant at the
    level asked for after Holm's adjustment.
    """

    name: str
    trend: waves.Trend
    path: tuple[tuple[float, Category], ...]
    towards_basic: bool


def by_group(
    functional: ArrayLike,
    dysfunctional: ArrayLike,
    groups: Sequence[Hashable] | NDArray[Any],
    *,
    names: Sequence[str] | None = None,
    design: Design = EVERYBODY,
    tolerance: float = requirements.TOLERANCE,
    level: float = LEVEL,
) -> dict[Any, tuple[requirements.Requirement, ...]]:
    """`categories` for each group, in the order in which the groups first appear; groups: (n,) labels.

    Each group is a subgroup of the design. Raises as `categories`, and `TooFew` where a group did not answer an
    attribute at all.
    """
    codes = answers.classify(functional, dysfunctional)
    labels = tables.named(names, codes.shape[1])
    return {
        group: tuple(
            requirements.of_codes(
                name,
                np.where(member, column, answers.NOBODY),
                design=design,
                tolerance=tolerance,
                level=level,
            )
            for name, column in zip(labels, codes.T, strict=True)
        )
        for group, member in _members(groups, len(codes)).items()
    }


by_wave = by_group
"""The same, with a wave for a group."""


def group_differences(
    functional: ArrayLike,
    dysfunctional: ArrayLike,
    groups: Sequence[Hashable] | NDArray[Any],
    *,
    names: Sequence[str] | None = None,
) -> tuple[GroupDifference, ...]:
    """Pearson's χ² of group by category for each attribute; unweighted. Raises as `by_group`."""
    codes = answers.classify(functional, dysfunctional)
    labels = tables.named(names, codes.shape[1])
    members = _members(groups, len(codes)).values()
    found = []
    for name, column in zip(labels, codes.T, strict=True):
        table = np.stack([answers.tally(column[member], np.ones(member.sum())) for member in members])
        if not table.sum(axis=1).all():
            raise errors.TooFew(what=name, needed=1, found=0)
        found.append(_chi2(table[:, table.any(axis=0)]))
    adjusted = holm([p for _, _, p, _ in found])
    return tuple(
        GroupDifference(name, chi2, df, p, p_holm, sparse)
        for name, (chi2, df, p, sparse), p_holm in zip(labels, found, adjusted, strict=True)
    )


def drift(
    functional: ArrayLike,
    dysfunctional: ArrayLike,
    times: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    design: Design = EVERYBODY,
    tolerance: float = requirements.TOLERANCE,
    level: float = LEVEL,
) -> tuple[Drift, ...]:
    """Which attributes are becoming basic: (n, k) answers, (n,) times of the waves in any unit.

    Kano (2001, Life cycle and creation of attractive quality): indifferent → delighting → expected → basic. Among
    those who want the attribute or do not mind (R and Q left out), the mean of +1 for basic and -1 for delighting
    is |worse| - better; its slope over time is the drift. The same people in several waves: name them as the
    design's clusters. Raises as `waves.trends` and `categories`.
    """
    codes = answers.classify(functional, dysfunctional)
    labels = tables.named(names, codes.shape[1])
    scores = np.where(codes == answers.NOBODY, np.nan, _SCORES[codes])
    when = np.asarray(times, dtype=float)
    slopes = waves.trends(scores, when, names=labels, design=design, level=level)
    return tuple(
        Drift(
            slope.name,
            slope,
            _path(slope.name, column, when, design, tolerance),
            slope.slope.value > 0 and slope.p_holm <= 1 - level,
        )
        for slope, column in zip(slopes, codes.T, strict=True)
    )


def _path(
    name: str, column: answers.Codes, when: Floats, design: Design, tolerance: float
) -> tuple[tuple[float, Category], ...]:
    """The category in each wave in which somebody answered."""
    out = []
    for time in np.unique(when[~np.isnan(when) & (column != answers.NOBODY)]):
        member = (when == time) & (column != answers.NOBODY)
        shares = answers.tally(column[member], design.of(len(column))[member])
        out.append((float(time), requirements.settled(shares / shares.sum(), tolerance)))
    return tuple(out)


def _members(groups: Sequence[Hashable] | NDArray[Any], n: int) -> dict[Any, NDArray[np.bool_]]:
    labels = list(groups.tolist() if isinstance(groups, np.ndarray) else groups)
    if len(labels) != n:
        raise errors.ShapeMismatch(what="groups", found=len(labels), expected=n)
    place: dict[Any, int] = {}
    codes = np.array([place.setdefault(label, len(place)) for label in labels], dtype=np.intp)
    return {label: codes == at for label, at in place.items()}


def _chi2(table: Floats) -> tuple[float, int, float, bool]:
    df = (table.shape[0] - 1) * (table.shape[1] - 1)
    if df == 0:
        return math.nan, 0, math.nan, False
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    chi2 = float(((table - expected) ** 2 / expected).sum())
    return chi2, df, distributions.chi2_tail(chi2, df), bool((expected < 5).any())  # noqa: PLR2004 - Cochran's rule
