"""From answers to a fitted path model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure import answers, errors
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.estimates import LEVEL
from zhiyin.libs.measure.moments import Moments
from zhiyin.libs.measure.paths import resampling, solver
from zhiyin.libs.measure.paths.figures import Figures, figures, stacked
from zhiyin.libs.measure.paths.intervals import INTERVALS, Maker
from zhiyin.libs.measure.paths.model import ECSI, Floats, Model, Structure
from zhiyin.libs.measure.paths.report import Sample, report
from zhiyin.libs.measure.paths.resampling import Draws
from zhiyin.libs.measure.paths.results import Bootstrap, PathModel

ALIGNMENTS = ("construct", "individual", "none")
FEWEST_DRAWS = 20
TOLERANCE = 1e-9
MOST_STEPS = 300


def path_model(
    rows: Floats,
    names: Sequence[str],
    model: Model = ECSI,
    *,
    scheme: str = "centroid",
    scale: tuple[float, float] | None = (1, 10),
    design: Design = EVERYBODY,
    draws: int = 1000,
    seed: int = 1,
    alignment: str = "construct",
    interval: str = "fisher",
    level: float = LEVEL,
    tolerance: float = TOLERANCE,
    iterations: int = MOST_STEPS,
) -> PathModel:
    """A PLS path model, mode A, of (n, m) answers whose columns are called `names`.

    Columns are standardised each by its own deviation; respondents with an answer missing among the model's
    columns are left out whole. Weights begin as ±1 and are updated until none moves by `tolerance`, for
    `iterations` at most; `scheme` weighs a construct's neighbours by the sign of their correlation ("centroid"),
    the correlation ("factorial"), or regression weights of its sources and correlations of its targets ("path").
    Signs: in each block the strongest loading is positive.
    Bootstrap: `draws` (0 for none) by the `design`; the signs of a draw follow the sample's, each construct's
    as a whole ("construct": turned where its loadings then differ less, in squares), each weight's ("individual"),
    or stay by the rule above ("none"). Scores from 0 to 100 need a `scale` of the answers.

    Raises `ShapeMismatch`, `UnknownColumn`, `OffScale`, `TooFew`, `NoVariation`, `Inseparable` (sources that
    coincide), `Unrelated` and `BadOption`.
    Lohmöller (1989) §2.2; Tenenhaus et al. (2005) CSDA 48:159, §3 and §5.2 (signs); Fornell et al. (1996) J.
    Marketing 60(4):7, appendix (score); Fornell & Larcker (1981) (AVE, composite reliability).
    """
    _check_options(scheme, alignment, interval, level, draws, tolerance, iterations, scale)
    sample = _sample(rows, names, model, design, scale)
    structure = sample.structure
    solved = solver.solve(
        sample.moments.correlations, structure, scheme, tolerance=tolerance, most=iterations
    )
    solved = solved.turned(solver.dominant_signs(solver.loadings(solved, structure), structure), structure)
    found = figures(solved, sample.moments, structure)
    _check_found(found, sample)
    job = _Job(sample, scheme, alignment, found, tolerance, iterations)
    drawn, counted = job.bootstrap(draws, seed, interval)
    return report(
        sample,
        found,
        drawn,
        counted,
        Maker(sample.n, *_freedom(sample), level, interval),
        scheme=scheme,
        iterations=int(solved.steps[0]),
        converged=bool(solved.converged[0]),
        tolerance=tolerance,
    )


def _check_options(
    scheme: str, alignment: str, interval: str, level: float, draws: int, tolerance: float, iterations: int,
    scale: tuple[float, float] | None,
) -> None:  # fmt: skip
    named = {
        "scheme": (scheme, tuple(solver.SCHEMES)),
        "alignment": (alignment, ALIGNMENTS),
        "interval": (interval, INTERVALS),
    }
    for option, (value, allowed) in named.items():
        if value not in allowed:
            raise errors.BadOption(option=option, value=value, allowed=", ".join(allowed))
    limits = {
        "level": (level, 0 < level < 1, "0 < … < 1"),
        "draws": (draws, draws == 0 or draws >= FEWEST_DRAWS, f"0, ≥ {FEWEST_DRAWS}"),
        "tolerance": (tolerance, tolerance > 0, "> 0"),
        "iterations": (iterations, iterations > 0, "> 0"),
        "scale": (scale, scale is None or scale[0] < scale[1], "low < high"),
    }
    for option, (given, fine, hint) in limits.items():
        if not fine:
            raise errors.BadOption(option=option, value=given, allowed=hint)


def _sample(
    rows: Floats, names: Sequence[str], model: Model, design: Design, scale: tuple[float, float] | None
) -> Sample:
    """The model's columns of the respondents with all answers, and their moments."""
    rows = np.asarray(rows, dtype=float)
    if rows.ndim != 2 or rows.shape[1] != len(names):  # noqa: PLR2004 - rows and columns
        raise errors.ShapeMismatch(what="names", found=len(names), expected=rows.shape[-1])
    answers.refuse_repeated(names)
    weights = design.of(len(rows))
    at = _columns(names, model)
    chosen = rows[:, at]
    _check_scale(chosen, at, scale)
    complete = np.asarray(~np.isnan(chosen).any(axis=1))
    whole, structure = chosen[complete], Structure.of(model)
    needed = 2 + max(len(structure.into(target)) for target in structure.endogenous)
    if len(whole) < max(needed, 3):
        raise errors.TooFew(what=errors.gettext_noop("A path model"), needed=max(needed, 3), found=len(whole))
    sums = Moments.of(whole, weights[complete])
    correlations = sums.correlation(model.columns)
    deviations = np.sqrt(np.diag(sums.covariance))
    moments = Draws(correlations[None], sums.mean[None], deviations[None])
    return Sample(model, structure, whole, complete, design.subset(complete), moments, scale)


def _columns(names: Sequence[str], model: Model) -> list[int]:
    places = {name: i for i, name in enumerate(names)}
    for construct, items in model.blocks.items():
        for item in items:
            if item not in places:
                raise errors.UnknownColumn(column=item, construct=construct)
    return [places[item] for item in model.columns]


def _check_scale(chosen: Floats, at: list[int], scale: tuple[float, float] | None) -> None:
    low, high = scale or (-float(np.finfo(float).max), float(np.finfo(float).max))
    off = (chosen < low) | (chosen > high)
    if off.any():
        row, column = (int(place[0]) for place in np.nonzero(off))
        raise errors.OffScale(
            row=row + 1, column=at[column] + 1, value=f"{chosen[row, column]:g}", low=low, high=high
        )


def _check_found(found: Figures, sample: Sample) -> None:
    """Say what is wrong with a sample that has no solution."""
    for at, name in enumerate(sample.model.constructs):
        if np.isnan(found.weight[0, sample.structure.block == at]).any():
            raise errors.Unrelated(construct=name)
    for source, target in sample.model.paths:
        if np.isnan(found.path[0, sample.model.paths.index((source, target))]):
            raise errors.Inseparable(columns=", ".join(sample.model.sources(target)))


def _freedom(sample: Sample) -> tuple[float, float]:
    """Degrees of freedom, and what a bootstrap of n out of n is short of in its deviation (Efron 1982, §5.2)."""
    if sample.design.simple:
        return sample.n - 1, math.sqrt(sample.n / (sample.n - 1))
    _, home, labels = resampling.units(sample.design, sample.n)
    return len(home) - len(labels), 1.0


@dataclass(frozen=True, slots=True)
class _Job:
    """The bootstrap of a sample whose figures have been `found`."""

    sample: Sample
    scheme: str
    alignment: str
    found: Figures
    tolerance: float
    iterations: int

    def bootstrap(self, asked: int, seed: int, interval: str) -> tuple[Figures, Bootstrap]:
        """The figures of the draws that can be used, and how many could not."""
        parts, constant, stuck, turned = [], 0, 0, 0
        n, p = self.sample.rows.shape
        for weights in resampling.drawn(self.sample.design, n, p, asked, seed):
            draws = resampling.moments(self.sample.rows, weights)
            varied = ~np.isnan(draws.correlations[:, 0, 0])
            part, converged, changed = self._solve(draws.only(varied))
            constant += int((~varied).sum())
            stuck += int((~converged).sum())
            turned += changed
            parts.append(part)
        drawn = stacked(parts) if parts else self.found.only(np.zeros(1, dtype=bool))
        whole = drawn.whole
        counted = Bootstrap(
            asked=asked,
            used=int(whole.sum()),
            constant=constant,
            not_converged=stuck,
            inseparable=int((~whole).sum()),
            turned=turned,
            alignment=self.alignment,
            interval=interval,
            seed=seed,
        )
        return drawn.only(whole), counted

    def _solve(self, draws: Draws) -> tuple[Figures, NDArray[np.bool_], int]:
        structure = self.sample.structure
        solved = solver.solve(
            draws.correlations, structure, self.scheme, tolerance=self.tolerance, most=self.iterations
        )
        done = solved.converged
        solved, draws = solved.only(done), draws.only(done)
        solved = solved.turned(
            solver.dominant_signs(solver.loadings(solved, structure), structure), structure
        )
        solved, changed = self._aligned(solved, draws)
        return figures(solved, draws, structure), done, changed

    def _aligned(self, solved: solver.Solution, draws: Draws) -> tuple[solver.Solution, int]:
        structure = self.sample.structure
        if self.alignment == "construct":
            # Of λ* and -λ* the one nearer to λ in squares; in plain sums (Tenenhaus et al. 2005) a block with
            # loadings of both signs cancels out and is not turned.
            along = (solver.loadings(solved, structure) * self.found.loading) @ structure.member
            signs = np.where(along < 0, -1.0, 1.0)
            return solved.turned(signs, structure), int((signs < 0).any(axis=1).sum())
        if self.alignment == "individual":
            against = solved.weights * self.found.weight < 0
            raw = np.where(against, -solved.weights, solved.weights)
            parts = solver.composites(draws.correlations, raw, structure)
            return solver.Solution(*parts, solved.steps, solved.converged), int(against.any(axis=1).sum())
        return solved, 0
