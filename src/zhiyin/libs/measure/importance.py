"""What matters to customers: as they say, and as their overall satisfaction shows.

*Stated* importance is the mean of what customers answer. *Derived* importance is what each attribute's
satisfaction has to do with satisfaction overall: one by one (Pearson, Spearman, `first`), or sharing R² among
attributes that go together (`lmg`, `johnson`). Betas are no importance: with attributes that go together they
trade places and signs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import (
    answers,
    errors,
    index,
    intervals,
    ranks,
    resampling,
    shares,
    sums,
)
from zhiyin.libs.measure.answers import TEN, Scale
from zhiyin.libs.measure.design import EVERYBODY, Design, Spread
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.moments import Moments
from zhiyin.libs.measure.notes import Note
from zhiyin.libs.measure.shares import SHARING, Method
from zhiyin.libs.measure.threads import one_thread

Floats = NDArray[np.float64]
METHODS: tuple[Method, ...] = ("lmg", "johnson", "first", "pearson", "spearman")
LEFT_OUT = errors.gettext_noop(
    "%(rows)s respondents left an answer open and are left out of all comparisons."
)


@dataclass(frozen=True, slots=True)
class Driver:
    """One attribute: its importance by the method, its share of R² (None where shares mean nothing), its rank.

    value: points of the scale (stated), a correlation (pearson, spearman), or a part of R² (lmg, johnson, first).
    rank: 1 is the most important; equal values share the better rank.
    """

    name: str
    value: Estimate
    share: Estimate | None
    rank: int


@dataclass(frozen=True, slots=True)
class Drivers:
    """The importance of all attributes, in the order given.

    r_squared: what all attributes explain together (lmg and johnson). n: respondents used, those who answered
    everything; left_out: those who did not. df: degrees of freedom of the design.
    """

    method: str
    drivers: tuple[Driver, ...]
    r_squared: Estimate | None
    n: int
    df: float
    left_out: int = 0
    notes: tuple[Note, ...] = ()

    @property
    def ranking(self) -> tuple[Driver, ...]:
        """The most important first."""
        return tuple(sorted(self.drivers, key=lambda driver: driver.rank))


def stated(
    importance: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    scale: Scale = TEN,
    design: Design = EVERYBODY,
    level: float = LEVEL,
) -> Drivers:
    """Mean importance (n, k) of each attribute over those who rated it, with Student's t interval.

    An attribute nobody rated drops out with a note. Raises `OffScale`, `TooFew`, `ShapeMismatch`, `BadDesign`.
    """
    answers.refuse_level(level)
    asked = answers.matrix(importance, what="importance")
    names = answers.labels(names, asked.shape[1])
    scale = answers.ordered(scale)
    means = sums.means([sums.Part(asked, scale, "importance")], design)
    rated = [column for column in range(len(names)) if means.answered[column]]
    if not rated:
        raise errors.TooFew(what=errors.gettext_noop("Importance"), needed=1, found=0)
    values = [index.column_mean(means, column, scale, level) for column in rated]
    notes = (Note(index.DROPPED, {"attribute": names[at]}) for at in range(len(names)) if at not in rated)
    found = _ranked([names[column] for column in rated], values, [None] * len(rated))
    return Drivers("stated", found, None, means.n, means.df, notes=tuple(notes))


@one_thread()
def derived(
    performance: ArrayLike,
    overall: ArrayLike,
    *,
    method: Method = "lmg",
    names: Sequence[str] | None = None,
    design: Design = EVERYBODY,
    level: float = LEVEL,
    classical: bool = False,
) -> Drivers:
    """How much each attribute's satisfaction (n, k) has to do with satisfaction `overall` (n,).

    "lmg" (Shapley shares of R²; the default, up to 24 attributes) and "johnson" (relative weights) share out R²;
    "first" is each attribute's r² alone; "pearson" and "spearman" are correlations. Respondents with an answer
    open are left out whole: pairwise deletion can give a matrix no data could have.

    Intervals: correlations linearised on the scale of Fisher's z, from each respondent's effect on them; shares
    of R² likewise, see `shares`. classical: for comparison with other software, Fisher's own √(1/(n - 3))
    for pearson (ratings are not normal: it covered 92-94 % of them in simulation) and Bonett & Wright's (2000,
    Psychometrika 65:23) √((1 + r²/2)/(n - 3)) for spearman, both for simple random samples alone.

    Raises `TooFew`, `NoVariation` (a constant column), `Inseparable` (lmg, johnson: collinear attributes),
    `ShapeMismatch`, `BadOption`, `BadDesign`.
    """
    answers.refuse_level(level)
    if classical and not (design.simple and method in {"pearson", "spearman"}):
        raise errors.BadOption(
            option="classical",
            value=method,
            allowed=errors.gettext_noop("pearson or spearman, of a simple random sample"),
        )
    data = _complete(performance, overall, method=method, names=names, design=design, classical=classical)
    if method == "spearman":
        return _spearman(data, level)
    plan = shares.plan(checked_correlation(data.moments, data.summary.names, method), method)
    share = None if data.design.weights is None else data.weights / data.moments.weight
    effects = shares.effects(data.rows, data.moments, plan, shares=share)
    moved = shares.directions(data.rows, data.moments, plan, effects, shares=share)
    spread = data.spread(effects * (data.weights / data.moments.weight)[:, None])
    return of_plan(plan, spread, moved, data.summary, level)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a result says of its data: method, names of the attributes, respondents used and left out."""

    method: Method
    names: tuple[str, ...]
    n: int
    left_out: int
    classical: bool = False


@dataclass(frozen=True, slots=True)
class _Data:
    """Complete rows (n, k + 1), overall satisfaction last."""

    rows: Floats
    moments: Moments
    weights: Floats
    design: Design
    summary: Summary
    asked: Design
    complete: NDArray[np.bool_]

    def spread(self, scores: Floats) -> Spread:
        """Of the complete rows' scores; the others count for the strata, at nought."""
        everyone = np.zeros((len(self.complete), scores.shape[1]))
        everyone[self.complete] = scores
        return self.asked.spread(everyone, self.complete)


def _complete(
    performance: ArrayLike,
    overall: ArrayLike,
    *,
    method: Method,
    names: Sequence[str] | None,
    design: Design,
    classical: bool = False,
) -> _Data:
    felt = answers.matrix(performance, what="performance")
    n, k = felt.shape
    whole = answers.vector(overall, what="overall", length=n)
    check_method(method, k)
    names = answers.labels(names, k)
    rows = np.empty((n, k + 1))
    rows[:, :k], rows[:, k] = felt, whole
    weights, asked = design.of(n), design
    complete: NDArray[np.bool_] = np.ones(n, dtype=bool)
    if not np.isfinite(rows.sum()):
        refuse_infinite(rows)
        complete = np.asarray(~np.isnan(rows).any(axis=1))
        rows, weights, design = rows[complete], weights[complete], design.subset(complete)
    moments = Moments.of(rows, None if design.weights is None else weights)
    summary = Summary(method, tuple(names), moments.n, n - moments.n, classical)
    return _Data(rows, moments, weights, design, summary, asked, complete)


def check_method(method: str, k: int) -> None:
    """Raise `BadOption` for a method there is not, or `TooFew` without attributes."""
    if method not in METHODS:
        raise errors.BadOption(option="method", value=method, allowed=", ".join(METHODS))
    if k == 0:
        raise errors.TooFew(what=errors.gettext_noop("Derived importance"), needed=1, found=0)


def refuse_infinite(rows: Floats, *, first_row: int = 0) -> None:
    """Raise `OffScale` for an infinite answer."""
    if np.isinf(rows).any():
        most = np.finfo(float).max
        answers.refuse_off_scale(rows, (-most, most), what="answers", first_row=first_row)


def checked_correlation(moments: Moments, names: tuple[str, ...], method: Method) -> Floats:
    """The correlations (k + 1, k + 1); raises `TooFew`, `NoVariation` and, where R² is shared, `Inseparable`."""
    needed = len(names) + 2 if method in SHARING else 4
    if moments.n < needed:
        raise errors.TooFew(what=errors.gettext_noop("Derived importance"), needed=needed, found=moments.n)
    out = moments.correlation((*names, errors.gettext_noop("overall satisfaction")))
    if method in SHARING:
        _refuse_inseparable(out[:-1, :-1], names)
    return out


def _refuse_inseparable(correlation: Floats, names: tuple[str, ...]) -> None:
    """Name the attributes of an exact linear relation: those with a part in the last eigenvector."""
    values, vectors = np.linalg.eigh(correlation)
    if values[0] > 1e-10 * len(correlation):
        return
    part = np.abs(vectors[:, 0])
    joined = [name for name, size in zip(names, part, strict=True) if size > 1e-6 * part.max()]
    raise errors.Inseparable(columns=", ".join(joined))


def of_plan(
    plan: shares.Plan, spread: Spread, moved: shares.Moved | None, summary: Summary, level: float
) -> Drivers:
    """The result of every method but spearman, from the covariance of the respondents' effects."""
    if summary.method == "pearson":
        return _correlations(plan.values, spread.se, spread.df, summary, level)
    found = shares.estimates(plan, spread, moved, n=summary.n, level=level)
    k = len(summary.names)
    if summary.method == "first":
        return _drivers(summary, spread.df, found, [None] * k, None)
    return _drivers(summary, spread.df, found[:k], found[k : 2 * k], found[2 * k])


def _correlations(found: Floats, se: Floats, df: float, summary: Summary, level: float) -> Drivers:
    """Correlations with intervals on Fisher's scale, linearised or classical."""
    out: list[Estimate] = []
    for r, error in zip(found.tolist(), se.tolist(), strict=True):
        if not summary.classical:
            width = error / (1 - r * r) if abs(r) < 1 else 0.0
            out.append(intervals.correlation(r, width, n=summary.n, df=df, level=level, method="delta z"))
            continue
        ranked = summary.method == "spearman"
        width = math.sqrt((1 + r * r / 2 if ranked else 1) / (summary.n - 3))
        method = "bonett-wright" if ranked else "fisher z"
        out.append(intervals.correlation(r, width, n=summary.n, level=level, method=method))
    return _drivers(summary, df, out, [None] * len(out), None)


def _spearman(data: _Data, level: float) -> Drivers:
    checked_correlation(data.moments, data.summary.names, "spearman")
    share = data.weights / data.weights.sum()
    *columns, whole = (ranks.ranked(column, share) for column in data.rows.T)
    pairs = [ranks.spearman(column, whole) for column in columns]
    spread = data.spread(np.column_stack([moves for _, moves in pairs]) * share[:, None])
    return _correlations(np.array([r for r, _ in pairs]), spread.se, spread.df, data.summary, level)


def _drivers(
    summary: Summary,
    df: float,
    found: Sequence[Estimate],
    percents: Sequence[Estimate | None],
    r_squared: Estimate | None,
) -> Drivers:
    notes = (Note(LEFT_OUT, {"rows": summary.left_out}),) if summary.left_out else ()
    return Drivers(
        summary.method,
        _ranked(summary.names, found, percents),
        r_squared,
        summary.n,
        df,
        summary.left_out,
        notes,
    )


def _ranked(
    names: Sequence[str], found: Sequence[Estimate], percents: Sequence[Estimate | None]
) -> tuple[Driver, ...]:
    return tuple(
        Driver(name, value, share, 1 + sum(other.value > value.value for other in found))
        for name, value, share in zip(names, found, percents, strict=True)
    )


@one_thread()
def bootstrap(
    performance: ArrayLike,
    overall: ArrayLike,
    *,
    method: Method = "lmg",
    names: Sequence[str] | None = None,
    design: Design = EVERYBODY,
    level: float = LEVEL,
    replicates: int = resampling.REPLICATES,
    seed: int = 1,
) -> tuple[Estimate, ...]:
    """The values of `derived`, except Spearman's, with percentile intervals of `replicates` samples: a check.

    Arguments and errors as `derived`.
    """
    if method == "spearman":
        raise errors.BadOption(option="method", value=method, allowed=", ".join(METHODS[:-1]))
    data = _complete(performance, overall, method=method, names=names, design=design)
    found = shares.values(checked_correlation(data.moments, data.summary.names, method), method)
    columns = data.rows.shape[1]
    upper = np.triu_indices(columns)
    z = data.rows - data.moments.mean
    products = np.concatenate([z, z[:, upper[0]] * z[:, upper[1]]], axis=1)

    def draw(block: Floats) -> Floats:
        sums_ = block @ products / block.sum(axis=1, keepdims=True)
        matrices = np.empty((len(block), columns, columns))
        matrices[:, upper[0], upper[1]] = matrices[:, upper[1], upper[0]] = sums_[:, columns:]
        matrices -= sums_[:, :columns, None] * sums_[:, None, :columns]
        scale = np.sqrt(np.einsum("bii->bi", matrices))
        matrices /= scale[:, :, None] * scale[:, None, :]
        step = max(1, 2**22 // 2**columns) if method == "lmg" else len(block)
        return np.concatenate(
            [shares.values(matrices[at : at + step], method) for at in range(0, len(block), step)]
        )

    n, design = data.moments.n, data.design
    return tuple(
        resampling.percentile(draw, found, design, n=n, replicates=replicates, seed=seed, level=level)
    )
