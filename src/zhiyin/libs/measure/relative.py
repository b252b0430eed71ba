"""Relative performance: ours against another supplier's, in the three ways that are not the same.

Gale (1994), Managing Customer Value: the market-perceived quality ratio is the weighted mean of the attributes'
ratios. The ratio of the weighted means is another figure (1.243 against 1.259 on Gale's own table): both are given,
each by its name, with the difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from zhiyin.libs.measure import influence
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.errors import gettext_noop
from zhiyin.libs.measure.estimates import Estimate, symmetric
from zhiyin.libs.measure.influence import Influence

WAYS = {
    "ratio_of_means": gettext_noop("ratio of the weighted means"),
    "mean_of_ratios": gettext_noop("weighted mean of the attributes' ratios (Gale)"),
    "difference": gettext_noop("difference of the weighted means, in points of the scale"),
}


@dataclass(frozen=True, slots=True)
class Relative:
    """Ours against theirs; `ours_mean` and `theirs_mean` are the weighted means, on the scale of the answers."""

    ours: str
    theirs: str
    ours_mean: Estimate
    theirs_mean: Estimate
    ratio_of_means: Estimate
    mean_of_ratios: Estimate
    difference: Estimate


def all_of(
    profile: Sequence[Influence],
    weighing: Influence,
    known: Sequence[str],
    ours: Any,
    design: Design,
    level: float,
) -> tuple[Relative, ...]:
    """Ourselves against every other supplier, from their mean profiles and the one set of weights."""
    us = list(known).index(str(ours))
    return tuple(
        _relative(profile[us], profile[them], weighing, (known[us], known[them]), design, level)
        for them in range(len(known))
        if them != us
    )


def _relative(
    ours: Influence,
    theirs: Influence,
    weighing: Influence,
    names: tuple[str, str],
    design: Design,
    level: float,
) -> Relative:
    a, b = _weighted(ours, weighing), _weighted(theirs, weighing)
    gale = _weighted(_quotient(ours, theirs), weighing)
    columns = a.beside(b).beside(_quotient(a, b)).beside(gale).beside(a - b)
    figures = columns.figures(design)
    # A comparison is carried by its smaller sample; Welch's figure lies between that and the sum of both.
    df = min(figures.df[:2].tolist())
    n = int(figures.n[2])
    means = figures.estimates(level, "delta")[:2]
    rest = [
        symmetric(float(figures.value[j]), float(figures.se[j]), n=n, df=df, level=level, method="delta")
        for j in (2, 3, 4)
    ]
    return Relative(*names, *means, *rest)


def _quotient(top: Influence, bottom: Influence) -> Influence:
    """Figure by figure, by the delta method; nan where the scale starts at zero and nobody gave more."""
    below = np.where(np.abs(bottom.value) > influence.NOTHING, bottom.value, np.nan)
    value = top.value / below
    pieces = ((top, np.diag(1 / below)), (bottom, np.diag(-value / below)))
    return influence.made_of(value, pieces, top.active | bottom.active)


def _weighted(profile: Influence, weighing: Influence) -> Influence:
    value = np.array([profile.value @ weighing.value])
    pieces = ((profile, weighing.value[:, None]), (weighing, profile.value[:, None]))
    return influence.made_of(value, pieces, influence.anybody(profile)[:, None])
