"""What customers say matters against what they get: the gap of every attribute, with its margin of error.

gap = mean importance - mean performance: positive is under-delivery (Hill & Alexander 2006, Handbook of Customer
Satisfaction and Loyalty Measurement, 3rd ed.). The same respondents answer both questions, so the variance is
var(I) + var(S) - 2 cov(I, S); where some answered only one of them the covariance counts for those who answered both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from zhiyin.libs.measure import answers, comparisons, errors, influence
from zhiyin.libs.measure.answers import Scale
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.influence import Influence


@dataclass(frozen=True, slots=True)
class Gap:
    """One attribute. `together` is the gap with an interval that holds for all attributes at once.

    `p` is that of no gap at all, adjusted by Holm over the attributes.
    """

    name: str
    importance: Estimate
    performance: Estimate
    gap: Estimate
    together: Estimate
    p: float


@dataclass(frozen=True, slots=True)
class Gaps:
    """Every attribute's gap, in the order of the columns; `n` respondents answered anything."""

    attributes: tuple[Gap, ...]
    n: int
    level: float


@dataclass(frozen=True, slots=True)
class Sides:
    """The means behind the gaps, with every respondent's influence on them."""

    names: tuple[str, ...]
    importance: Influence
    performance: Influence

    @property
    def gap(self) -> Influence:
        """importance - performance; (k,)."""
        return self.importance - self.performance


def gaps(
    importance: ArrayLike,
    performance: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    scale: Scale = (1, 10),
    design: Design = EVERYBODY,
    level: float = LEVEL,
    seed: int = comparisons.SEED,
) -> Gaps:
    """The gap of each attribute. importance, performance: (n, k) on `scale`, nan where not answered.

    Respondents of a separate importance survey are rows of their own with nan performance. Stated importance
    only: a correlation is not on the scale of the answers. Raises `OffScale`, `ShapeMismatch`, `TooFew`
    (an attribute nobody answered), `BadDesign`.
    """
    sides = both_sides(importance, performance, names=names, scale=scale, design=design)
    return of_sides(sides, design=design, level=level, seed=seed)


def both_sides(
    importance: ArrayLike,
    performance: ArrayLike,
    *,
    names: Sequence[str] | None,
    scale: Scale,
    design: Design,
) -> Sides:
    """Check the answers and take their means; see `gaps`."""
    stated, given = influence.table(importance, scale), influence.table(performance, scale)
    influence.same_shape("performance", given, stated)
    if stated.shape[0] == 0:
        raise errors.TooFew(what=errors.gettext_noop("A gap"), needed=1, found=0)
    called = answers.labels(names, stated.shape[1])
    weights = design.of(len(stated))
    return Sides(called, influence.means(stated, weights, called), influence.means(given, weights, called))


def of_sides(sides: Sides, *, design: Design, level: float, seed: int) -> Gaps:
    """The gaps of means already taken; see `gaps`."""
    figures = sides.gap.figures(design)
    columns = (
        sides.importance.figures(design).estimates(level),
        sides.performance.figures(design).estimates(level),
        figures.estimates(level, "paired t"),
        comparisons.together(figures, level, seed),
        comparisons.against_zero(figures).tolist(),
    )
    attributes = tuple(Gap(name, *row) for name, *row in zip(sides.names, *columns, strict=True))
    return Gaps(attributes, int(sides.gap.active.any(axis=1).sum()), level)
