"""Figures of the sample and of its draws, put together as results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.estimates import Estimate
from zhiyin.libs.measure.paths.figures import Figures, pairs
from zhiyin.libs.measure.paths.intervals import Maker
from zhiyin.libs.measure.paths.model import Floats, Model, Structure
from zhiyin.libs.measure.paths.resampling import Draws
from zhiyin.libs.measure.paths.results import Bootstrap, Construct, Effect, Indicator, Path, PathModel


@dataclass(frozen=True, slots=True)
class Sample:
    """The respondents with all answers: (n, p) rows by block, which of the rows given they are, their moments."""

    model: Model
    structure: Structure
    rows: Floats
    complete: NDArray[np.bool_]
    design: Design
    moments: Draws
    scale: tuple[float, float] | None

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.rows)


def report(
    sample: Sample,
    found: Figures,
    drawn: Figures,
    bootstrap: Bootstrap,
    maker: Maker,
    *,
    scheme: str,
    iterations: int,
    converged: bool,
    tolerance: float,
) -> PathModel:
    """The fitted model with an interval at every figure."""
    scores, standardised = _scores(sample, found)
    return PathModel(
        model=sample.model,
        scheme=scheme,
        n=sample.n,
        left_out=len(sample.complete) - sample.n,
        iterations=iterations,
        converged=converged,
        tolerance=tolerance,
        constructs=tuple(_constructs(sample, found, drawn, maker)),
        indicators=tuple(_indicators(sample, found, drawn, maker)),
        paths=tuple(
            Path(source, target, estimate)
            for (source, target), estimate in zip(
                sample.model.paths, maker.correlations(found.path[0], drawn.path), strict=True
            )
        ),
        effects=tuple(_effects(sample, found, drawn, maker)),
        bootstrap=bootstrap,
        scores=scores,
        standardised=standardised,
        complete=sample.complete,
    )


def _effects(sample: Sample, found: Figures, drawn: Figures, maker: Maker) -> Iterable[Effect]:
    names = sample.model.constructs
    source, target = pairs(sample.structure)
    ends = [(names[a], names[b]) for a, b in zip(source.tolist(), target.tolist(), strict=True)]
    kinds = [
        maker.correlations(getattr(found, kind)[0], getattr(drawn, kind))
        for kind in ("direct", "indirect", "total")
    ]
    for (one, other), *estimates in zip(ends, *kinds, strict=True):
        yield Effect(one, other, *estimates)


def _indicators(sample: Sample, found: Figures, drawn: Figures, maker: Maker) -> Iterable[Indicator]:
    block = sample.structure.block
    names = [sample.model.constructs[at] for at in block.tolist()]
    redundancy = maker.shares(
        (found.loading**2 * found.r2[:, block])[0], drawn.loading**2 * drawn.r2[:, block]
    )
    columns = zip(
        sample.model.columns,
        names,
        maker.plain(found.weight[0], drawn.weight),
        maker.plain(found.share[0], drawn.share),
        maker.correlations(found.loading[0], drawn.loading),
        maker.shares(found.loading[0] ** 2, drawn.loading**2),
        (_known(estimate) for estimate in redundancy),
        strict=True,
    )
    return (Indicator(*parts) for parts in columns)


def _constructs(sample: Sample, found: Figures, drawn: Figures, maker: Maker) -> Iterable[Construct]:
    single = sample.structure.single.tolist()
    communality = maker.shares(found.communality[0], drawn.communality)
    reliability = maker.shares(found.reliability[0], drawn.reliability)
    r2 = maker.shares(found.r2[0], drawn.r2)
    redundancy = maker.shares((found.communality * found.r2)[0], drawn.communality * drawn.r2)
    means = maker.plain(found.mean[0], drawn.mean)
    for at, (name, columns) in enumerate(sample.model.blocks.items()):
        yield Construct(
            name=name,
            columns=tuple(columns),
            single=single[at],
            communality=communality[at],
            ave=None if single[at] else communality[at],
            composite_reliability=None if single[at] else reliability[at],
            r2=_known(r2[at]),
            r2_adjusted=_adjusted(_known(r2[at]), len(sample.model.sources(name))),
            redundancy=_known(redundancy[at]),
            score=_scored(means[at], sample.scale),
        )


def _known(estimate: Estimate) -> Estimate | None:
    """None for what only a construct with a path to it has."""
    return None if np.isnan(estimate.value) else estimate


def _adjusted(r2: Estimate | None, sources: int) -> Estimate | None:
    """1 - (1 - R²)(n - 1)/(n - m - 1), Ezekiel (1930)."""
    if r2 is None:
        return None
    factor = (r2.n - 1) / (r2.n - sources - 1)
    return r2.scaled(factor, shift=1 - factor)


def _scored(mean: Estimate, scale: tuple[float, float] | None) -> Estimate | None:
    if scale is None:
        return None
    factor = 100 / (scale[1] - scale[0])
    return mean.scaled(factor, shift=-factor * scale[0])


def _scores(sample: Sample, found: Figures) -> tuple[Floats | None, Floats]:
    """Each respondent's scores from 0 to 100 by the unstandardised weights, and standardised ones."""
    member, moments = sample.structure.member, sample.moments
    columns = (sample.rows - moments.means) / moments.deviations
    standardised = (columns * found.weight) @ member
    if sample.scale is None:
        return None, standardised
    low, high = sample.scale
    return 100 * ((sample.rows - low) * found.share) @ member / (high - low), standardised
