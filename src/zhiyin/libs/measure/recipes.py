"""How an index is to be made: which weights, which scales, in which unit it is reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import answers, errors
from zhiyin.libs.measure.answers import Scale

Floats = NDArray[np.float64]
Variant = Literal["means", "respondents", "equal"]
VARIANTS: tuple[Variant, ...] = ("means", "respondents", "equal")


@dataclass(frozen=True, slots=True)
class FixedWeights:
    """Weights from elsewhere, such as an exploratory sample: values (k,) in any unit, none negative.

    covariance (k, k), in the unit of `values` squared, carries that sample's own error into the interval;
    without it the weights count as known.
    """

    values: ArrayLike
    covariance: ArrayLike | None = None


Weights = Variant | FixedWeights


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an index is to be made of its columns: importance (where `stated`) first, then performance."""

    names: tuple[str, ...]
    stated: bool
    weights: Weights
    scale: Scale
    importance_scale: Scale
    rescale: bool
    level: float

    @property
    def unit(self) -> tuple[float, float]:
        """Factor and shift from the scale to the index."""
        low, high = self.scale
        if self.rescale:
            return 100 / (high - low), -100 * low / (high - low)
        return 100 / high, 0.0

    @property
    def span(self) -> Scale:
        """The lowest and highest index."""
        factor, shift = self.unit
        return factor * self.scale[0] + shift, factor * self.scale[1] + shift


def recipe(
    stated: bool,  # noqa: FBT001 - named where it matters
    k: int,
    *,
    names: Sequence[str] | None,
    weights: Weights,
    rescale: bool,
    scale: Scale,
    importance_scale: Scale | None,
    level: float,
) -> Recipe:
    """Check the options of an index of k attributes; raises `BadOption`, `ShapeMismatch`, `NoImportance`."""
    if isinstance(weights, FixedWeights):
        fixed(weights, k)
    elif weights not in VARIANTS:
        raise errors.BadOption(option="weights", value=weights, allowed=", ".join(VARIANTS))
    elif not stated and weights != "equal":
        raise errors.NoImportance(reason=errors.gettext_noop("nobody was asked for it"))
    answers.refuse_level(level)
    scale = answers.ordered(scale)
    if scale[1] <= 0 and not rescale:
        raise errors.BadOption(option="scale", value=scale, allowed=errors.gettext_noop("above zero"))
    other = answers.ordered(importance_scale, option="importance_scale") if importance_scale else scale
    return Recipe(answers.labels(names, k), stated, weights, scale, other, rescale, level)


def fixed(weights: FixedWeights, k: int) -> tuple[Floats, Floats | None]:
    """The weights (k,) and their covariance; raises `ShapeMismatch`, `NoImportance`."""
    values = answers.vector(weights.values, what="weights", length=k)
    if not (np.all(np.isfinite(values)) and np.all(values >= 0)):
        raise errors.NoImportance(reason=errors.gettext_noop("a weight is negative or not a number"))
    if weights.covariance is None:
        return values, None
    return values, np.asarray(
        answers.matrix(weights.covariance, what="covariance", rows=k, columns=k), dtype=float
    )
