"""How the respondents were drawn, and what that does to the margin of error.

Every estimator here is a smooth function of means. Its error comes from Taylor linearisation: each respondent's
influence on the estimate is a score, and the variance of the estimate is that of the total of the scores
(Lumley 2010, Complex Surveys, ch. 2; Särndal, Swensson & Wretman 1992, eq. 5.5.9).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure import errors

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Spread:
    """The covariance of a vector of estimates and the degrees of freedom that carry it."""

    covariance: Floats
    df: float

    @property
    def se(self) -> Floats:
        """The standard errors; shape (k,)."""
        out: Floats = np.sqrt(np.maximum(np.diag(self.covariance), 0.0))
        return out


@dataclass(frozen=True)
class Design:
    """Sampling weights, strata, clusters and population of n respondents; everything may be left out.

    weights: (n,) positive, in any unit. strata, clusters: (n,) labels of any kind. population: how many there
    are to draw from, one number or one for each stratum (units: clusters where there are clusters, else
    respondents). Without a population there is no finite population correction.
    Raises `BadDesign`.
    """

    weights: Floats | None = None
    strata: Sequence[Any] | NDArray[Any] | None = None
    clusters: Sequence[Any] | NDArray[Any] | None = None
    population: float | Mapping[Any, float] | None = None

    def __post_init__(self) -> None:
        if self.weights is not None:
            weights = np.asarray(self.weights, dtype=float)
            if weights.ndim != 1 or not np.all(np.isfinite(weights)) or np.any(weights <= 0):
                raise errors.BadDesign(reason=errors.gettext_noop("a weight is not a positive number"))
            object.__setattr__(self, "weights", weights)
        for part in (self.strata, self.clusters):
            _refuse_missing(part)
        if self.population is not None:
            sizes = self.population.values() if isinstance(self.population, Mapping) else [self.population]
            if not all(float(size) > 0 for size in sizes):
                raise errors.BadDesign(reason=errors.gettext_noop("a population is not a positive number"))
        lengths = {len(part) for part in (self.weights, self.strata, self.clusters) if part is not None}
        if len(lengths) > 1:
            raise errors.BadDesign(
                reason=errors.gettext_noop("weights, strata and clusters differ in length")
            )

    @property
    def simple(self) -> bool:
        """Whether this is simple random sampling without a finite population."""
        return (
            self.weights is None and self.strata is None and self.clusters is None and self.population is None
        )

    def of(self, n: int) -> Floats:
        """The weights of n respondents, ones where none were given; raises `ShapeMismatch`."""
        for part in (self.weights, self.strata, self.clusters):
            if part is not None and len(part) != n:
                raise errors.ShapeMismatch(what="design", found=len(part), expected=n)
        return np.ones(n) if self.weights is None else self.weights

    def subset(self, keep: NDArray[np.bool_]) -> Design:
        """The design of the respondents that `keep` selects."""
        return Design(
            None if self.weights is None else self.weights[keep],
            None if self.strata is None else np.asarray(self.strata)[keep],
            None if self.clusters is None else np.asarray(self.clusters)[keep],
            self.population,
        )

    def spread(self, scores: Floats, there: Flags | None = None) -> Spread:
        """The covariance of the totals of `scores`, (n, k) or (n,), one column for each estimate.

        A respondent's score is its influence on the estimate, weight included, so that the estimate is the
        total of the scores but for a constant. Respondents outside a subgroup score zero: they still count for
        the design. Raises `BadDesign` where a stratum holds a single unit.

        `there` (n,): who answered anything that is asked about; left out, everybody did. Those who were invited
        and stayed away are not part of what was drawn of the population, and count for its strata only: a stratum
        in which one answered has a spread as long as another was invited.
        """
        scores = np.asarray(scores, dtype=float)
        scores = scores[:, None] if scores.ndim == 1 else scores
        self.of(len(scores))
        if there is not None and not there.all():
            return self._of_answers(scores, there)
        totals, strata = self._units(scores)
        if strata is None:
            return Spread(*_simple(totals, self._fraction(None, len(totals))))
        covariance = np.zeros((scores.shape[1], scores.shape[1]))
        labels = self._stratum_labels
        for code, label in enumerate(labels):
            block = totals[strata == code]
            if len(block) < 2 and self._fraction(label, len(block)) < 1:  # noqa: PLR2004 - a spread needs two
                raise errors.BadDesign(reason=errors.gettext_noop("a stratum has a single unit"))
            covariance += _simple(block, self._fraction(label, len(block)))[0]
        return Spread(covariance, len(totals) - len(labels))

    def _of_answers(self, scores: Floats, there: Flags) -> Spread:
        """The spread where some did not answer: their strata keep them at score nought."""
        if len(self._stratum_labels) < 2:  # noqa: PLR2004 - one stratum is no stratum
            return self.subset(there).spread(scores[there])
        totals, strata = self._units(np.column_stack([scores, there]))
        if strata is None:  # pragma: no cover - there are strata
            raise errors.BadDesign(reason=errors.gettext_noop("a stratum has a single unit"))
        scores, answered = totals[:, :-1], totals[:, -1] > 0
        covariance, df = np.zeros((scores.shape[1],) * 2), 0
        for code, label in enumerate(self._stratum_labels):
            here = strata == code
            count = int(answered[here].sum())
            if not count:
                continue
            drawn = self._fraction(label, count)
            if here.sum() < 2 and drawn < 1:  # noqa: PLR2004 - a spread needs two
                raise errors.BadDesign(reason=errors.gettext_noop("a stratum has a single unit"))
            covariance += _simple(scores[here], drawn)[0]
            df += count - 1
        return Spread(covariance, df)

    def _fraction(self, label: Any, units: int) -> float:
        """The share of the population that was drawn, of a stratum or of all."""
        if self.population is None:
            return 0.0
        if isinstance(self.population, Mapping):
            if label not in self.population:
                raise errors.BadDesign(reason=errors.gettext_noop("a stratum has no population"))
            size = float(self.population[label])
        elif label is not None and len(self._stratum_labels) > 1:
            raise errors.BadDesign(reason=errors.gettext_noop("strata need a population each"))
        else:
            size = float(self.population)
        if size < units:
            raise errors.BadDesign(reason=errors.gettext_noop("the population is smaller than the sample"))
        return units / size

    @cached_property
    def _strata(self) -> tuple[NDArray[Any], Codes] | None:
        if self.strata is None:
            return None
        labels, codes = np.unique(np.asarray(self.strata), return_inverse=True)
        return labels, codes

    @property
    def _stratum_labels(self) -> list[Any]:
        return [] if self._strata is None else list(self._strata[0].tolist())

    def _units(self, scores: Floats) -> tuple[Floats, Codes | None]:
        """The scores summed within each sampling unit, and each unit's stratum."""
        strata = None if self._strata is None else self._strata[1]
        if self.clusters is None:
            return scores, strata
        _, unit = np.unique(np.asarray(self.clusters), return_inverse=True)
        if strata is not None:
            # A cluster's label may be used again in the next stratum.
            _, unit = np.unique(unit * (int(strata.max()) + 1) + strata, return_inverse=True)
        size = int(unit.max()) + 1
        totals: Floats = np.stack([np.bincount(unit, column, size) for column in scores.T], axis=1).astype(
            float
        )
        if strata is None:
            return totals, None
        home = np.empty(size, dtype=np.intp)
        home[unit] = strata
        return totals, home


def _refuse_missing(labels: Sequence[Any] | NDArray[Any] | None) -> None:
    """Raise `BadDesign` for a stratum or cluster without a label, or one that is no single label."""
    if labels is None:
        return
    found = (
        np.asarray(labels) if isinstance(labels, np.ndarray) else np.array([*labels, None], dtype=object)[:-1]
    )
    if found.ndim != 1:
        raise errors.BadDesign(reason=errors.gettext_noop("a stratum or cluster is not a single label"))
    if any(missing(label) or isinstance(label, tuple | list) for label in found.tolist()):
        raise errors.BadDesign(reason=errors.gettext_noop("a stratum or cluster has no label"))


def missing(label: object) -> bool:
    """Whether a label says nothing: None, nan, or blank text."""
    if isinstance(label, str):
        return not label.strip()
    return label is None or (isinstance(label, float) and math.isnan(label))


def _simple(totals: Floats, fraction: float) -> tuple[Floats, float]:
    """(1 - f) · m/(m - 1) · Σ (u - ū)(u - ū)ᵀ over m units."""
    m = len(totals)
    if m < 2:  # noqa: PLR2004 - one unit has no spread
        nothing = 0.0 if fraction >= 1 else math.nan
        return np.full((totals.shape[1],) * 2, nothing), m - 1
    centred = totals - totals.mean(axis=0)
    return (1 - fraction) * m / (m - 1) * (centred.T @ centred), m - 1


EVERYBODY = Design()
"""Simple random sampling from a population without end."""
