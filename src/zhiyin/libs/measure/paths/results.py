"""A path model's results, frozen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure.estimates import Estimate
from zhiyin.libs.measure.paths.model import Floats, Model


@dataclass(frozen=True, slots=True)
class Indicator:
    """A column as a measure of its construct.

    weight: for standardised columns. share: of the unstandardised weights, one in all in a block; with these
    the column enters the score. loading: correlation with the construct. communality: the loading squared.
    redundancy: communality × R² of the construct, None without a path to it.
    """

    column: str
    construct: str
    weight: Estimate
    share: Estimate
    loading: Estimate
    communality: Estimate
    redundancy: Estimate | None


@dataclass(frozen=True, slots=True)
class Construct:
    """A construct. single: one column is all there is, so that neither AVE nor reliability says anything (None).

    r2, r2_adjusted, redundancy (mean of its columns): None without a path to it. score: its mean from 0 to 100,
    None without a scale.
    """

    name: str
    columns: tuple[str, ...]
    single: bool
    communality: Estimate
    ave: Estimate | None
    composite_reliability: Estimate | None
    r2: Estimate | None
    r2_adjusted: Estimate | None
    redundancy: Estimate | None
    score: Estimate | None


@dataclass(frozen=True, slots=True)
class Path:
    """A standardised path coefficient."""

    source: str
    target: str
    coefficient: Estimate


@dataclass(frozen=True, slots=True)
class Effect:
    """What one construct does to another: by the path between them, through others, and in all."""

    source: str
    target: str
    direct: Estimate
    indirect: Estimate
    total: Estimate


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """How the intervals were made. Of the draws `asked`, `used` entered them.

    Left out: constant (a column did not vary), not_converged, inseparable (sources coincided). turned: draws in
    which the alignment turned a construct or a weight. alignment: "construct", "individual", "none".
    interval: "fisher", "symmetric", "percentile".
    """

    asked: int
    used: int
    constant: int
    not_converged: int
    inseparable: int
    turned: int
    alignment: str
    interval: str
    seed: int


@dataclass(frozen=True, slots=True)
class PathModel:
    """A fitted path model.

    scheme: "centroid", "factorial" or "path". n: respondents with all answers; left_out: the others. iterations,
    converged, tolerance: of the weights, in the sample. scores: (n, k) from 0 to 100 by `share`, None without a
    scale. standardised: (n, k), mean 0 and variance 1. complete: which rows the n are.
    """

    model: Model
    scheme: str
    n: int
    left_out: int
    iterations: int
    converged: bool
    tolerance: float
    constructs: tuple[Construct, ...]
    indicators: tuple[Indicator, ...]
    paths: tuple[Path, ...]
    effects: tuple[Effect, ...]
    bootstrap: Bootstrap
    scores: Floats | None
    standardised: Floats
    complete: NDArray[np.bool_]

    def path(self, source: str, target: str) -> Estimate:
        """The coefficient of one path; raises `KeyError`."""
        return {(path.source, path.target): path.coefficient for path in self.paths}[source, target]

    def construct(self, name: str) -> Construct:
        """One construct; raises `KeyError`."""
        return {construct.name: construct for construct in self.constructs}[name]

    def indicator(self, column: str) -> Indicator:
        """One column; raises `KeyError`."""
        return {indicator.column: indicator for indicator in self.indicators}[column]
