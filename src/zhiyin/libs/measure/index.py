"""The satisfaction index: how satisfied customers are with all that matters to them, in one figure.

Hill & Alexander (2006, Handbook of Customer Satisfaction and Loyalty Measurement; TLF Research, How to calculate a
Customer Satisfaction Index): w_i = mean importance_i / Σ mean importance, index = 10·Σ w_i·mean satisfaction_i
on scales from 1 to 10, so it runs from 10 to 100.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import answers, errors, recipes, resampling, respondents, sums
from zhiyin.libs.measure.answers import TEN, Scale
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.estimates import LEVEL, Estimate, symmetric
from zhiyin.libs.measure.notes import Note
from zhiyin.libs.measure.recipes import FixedWeights, Recipe, Weights
from zhiyin.libs.measure.threads import one_thread

Floats = NDArray[np.float64]
DROPPED = errors.gettext_noop(
    "%(attribute)s: nobody answered, so it is left out and the weights are shared anew."
)
ALONE = errors.gettext_noop(
    "%(attribute)s: a single answer shows no error, so the index has no margin of error."
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute's part: importance and performance in units of the scale, its share of the weights."""

    name: str
    importance: Estimate | None
    performance: Estimate
    weight: Estimate


@dataclass(frozen=True, slots=True)
class SatisfactionIndex:
    """The index with what it is made of.

    span: the lowest and highest value it can take. weights: the variant ("means", "respondents", "equal",
    "fixed"). n: respondents with any answer; df: degrees of freedom. dropped: attributes nobody answered.
    """

    index: Estimate
    attributes: tuple[Attribute, ...]
    n: int
    df: float
    weights: str
    span: Scale
    dropped: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@one_thread()
def satisfaction_index(
    importance: ArrayLike | None,
    performance: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    weights: Weights = "means",
    rescale: bool = False,
    scale: Scale = TEN,
    importance_scale: Scale | None = None,
    design: Design = EVERYBODY,
    level: float = LEVEL,
) -> SatisfactionIndex:
    """The index of n respondents' importance (n, k) and performance (n, k), nan for no answer.

    weights: "means" (Hill & Alexander), "respondents" (each respondent's own importance weighs that
    respondent's satisfaction, over what both were answered for; the index is their mean), "equal", or
    `FixedWeights`; the last two need no importance. An attribute is judged by those who answered it; one nobody
    answered drops out and the other weights are renormalised. rescale: report 0-100, 100·(x - low)/(high - low),
    instead of 100·x/high (10·x on 1-10).

    The interval is Student's t by the delta method over the joint covariance of the mean importances and
    performances: the weights are sampled like the rest.

    Raises `ShapeMismatch`, `OffScale`, `TooFew` (nobody answered), `NoImportance`, `BadOption`, `BadDesign`.
    """
    asked = recipes.recipe(
        importance is not None,
        np.shape(performance)[-1] if np.ndim(performance) else 0,
        names=names,
        weights=weights,
        rescale=rescale,
        scale=scale,
        importance_scale=importance_scale,
        level=level,
    )
    parts = _parts(importance, performance, asked)
    out = of_means(sums.means(parts, design), asked)
    return _own(out, parts, asked, design) if weights == "respondents" else out


def _parts(importance: ArrayLike | None, performance: ArrayLike, asked: Recipe) -> list[sums.Part]:
    felt = answers.matrix(performance, what="performance")
    if importance is None:
        return [sums.Part(felt, asked.scale, "performance")]
    rows, k = felt.shape
    stated = answers.matrix(importance, what="importance", rows=rows, columns=k)
    return [
        sums.Part(stated, asked.importance_scale, "importance"),
        sums.Part(felt, asked.scale, "performance"),
    ]


@dataclass(frozen=True, slots=True)
class _Mix:
    """The attributes that count, their weights (u,), and how an index moves with each column's mean (c,)."""

    used: NDArray[np.intp]
    weight: Floats
    weight_covariance: Floats
    value: float
    variance: float
    df: float
    weight_df: Floats


def of_means(means: sums.Means, asked: Recipe) -> SatisfactionIndex:
    """The index from column means and their covariance, wherever these come from."""
    k = len(asked.names)
    felt = np.arange(k) + (k if asked.stated else 0)
    there = means.answered[felt] > 0
    if asked.stated and not isinstance(asked.weights, FixedWeights) and asked.weights != "equal":
        there &= means.answered[:k] > 0
    used = np.flatnonzero(there)
    if not used.size:
        raise errors.TooFew(what=errors.gettext_noop("An index"), needed=1, found=0)
    mix = _mix(means, asked, used, felt[used])
    value = symmetric(
        mix.value,
        float(np.sqrt(max(mix.variance, 0.0))) if not np.isnan(mix.variance) else np.nan,
        n=means.n,
        df=mix.df,
        level=asked.level,
        method="delta",
        bounds=asked.scale,
    )
    factor, shift = asked.unit
    return SatisfactionIndex(
        value.scaled(factor, shift=shift),
        _attributes(means, asked, mix, felt),
        means.n,
        mix.df,
        "fixed" if isinstance(asked.weights, FixedWeights) else asked.weights,
        asked.span,
        tuple(asked.names[column] for column in np.flatnonzero(~there)),
        tuple(_notes(means, asked, there, felt)),
    )


def _mix(means: sums.Means, asked: Recipe, used: NDArray[np.intp], felt: NDArray[np.intp]) -> _Mix:
    """w, C = w·b and var C = gᵀVg with g = (∂C/∂a, ∂C/∂b) = ((b - C)/Σa, w), a the importance, b the means."""
    basis, between = _basis(means, asked, used)
    total = float(basis.sum())
    if not total > 0 or np.any(basis < 0):
        raise errors.NoImportance(reason=errors.gettext_noop("the means are zero or negative"))
    weight, b = basis / total, means.value[felt]
    value = float(weight @ b)
    steps = (np.eye(len(used)) - weight[:, None]) / total
    if isinstance(asked.weights, str) and asked.weights != "equal":
        columns = np.concatenate([used, felt])
        slope = np.concatenate([(b - value) / total, weight])
        whole, shares = means.moved(columns, slope[:, None]), means.moved(used, steps.T)
        return _Mix(
            used,
            weight,
            shares.covariance,
            value,
            float(whole.covariance[0, 0]),
            float(whole.df[0]),
            shares.df,
        )
    weight_covariance = steps @ between @ steps.T
    whole = means.moved(felt, weight[:, None])
    variance = float(whole.covariance[0, 0] + b @ weight_covariance @ b)
    return _Mix(
        used, weight, weight_covariance, value, variance, float(whole.df[0]), np.full(len(used), means.df)
    )


def _basis(means: sums.Means, asked: Recipe, used: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """What the weights are proportional to (u,), and its covariance."""
    certain = np.zeros((len(used), len(used)))
    if isinstance(asked.weights, FixedWeights):
        values, covariance = recipes.fixed(asked.weights, len(asked.names))
        return values[used], certain if covariance is None else covariance[np.ix_(used, used)]
    if asked.weights == "equal":
        return np.ones(len(used)), certain
    return means.value[used], means.covariance[np.ix_(used, used)]


def _attributes(means: sums.Means, asked: Recipe, mix: _Mix, felt: NDArray[np.intp]) -> tuple[Attribute, ...]:
    se = np.sqrt(np.maximum(np.diag(mix.weight_covariance), 0.0))
    out = []
    for at, column in enumerate(mix.used):
        stated = None
        if asked.stated and means.answered[column]:
            stated = column_mean(means, int(column), asked.importance_scale, asked.level)
        weight = symmetric(
            float(mix.weight[at]),
            float(se[at]),
            n=means.n,
            df=float(mix.weight_df[at]),
            level=asked.level,
            method="delta" if se[at] else "given",
            bounds=(0.0, 1.0),
        )
        performance = column_mean(means, int(felt[column]), asked.scale, asked.level)
        out.append(Attribute(asked.names[column], stated, performance, weight))
    return tuple(out)


def column_mean(means: sums.Means, column: int, scale: Scale, level: float) -> Estimate:
    """One column's mean with its interval by Student's t, cut at the ends of the scale."""
    return symmetric(
        float(means.value[column]),
        float(np.sqrt(np.maximum(means.covariance[column, column], 0.0))),
        n=int(means.answered[column]),
        df=means.freedom(column),
        level=level,
        bounds=scale,
    )


def _notes(
    means: sums.Means, asked: Recipe, there: NDArray[np.bool_], felt: NDArray[np.intp]
) -> Iterator[Note]:
    for column, name in enumerate(asked.names):
        if not there[column]:
            yield Note(DROPPED, {"attribute": name})
        elif means.n > 1 and (
            means.answered[felt[column]] == 1 or (asked.stated and means.answered[column] == 1)
        ):
            yield Note(ALONE, {"attribute": name})


def _own(out: SatisfactionIndex, parts: list[sums.Part], asked: Recipe, design: Design) -> SatisfactionIndex:
    """Replace index and weights by the means of the respondents' own."""
    importance, performance = (part.values for part in parts)
    shares = respondents.own_weights(importance, performance)
    own = respondents.own_satisfaction(shares, performance)
    mean, spread, n = respondents.average(np.column_stack([own, shares]), design)
    df = min(spread.df, n - 1)

    def estimate(at: int, bounds: Scale) -> Estimate:
        return symmetric(float(mean[at]), float(spread.se[at]), n=n, df=df, level=asked.level, bounds=bounds)

    factor, shift = asked.unit
    places = {name: at for at, name in enumerate(asked.names)}
    return replace(
        out,
        index=estimate(0, asked.scale).scaled(factor, shift=shift),
        attributes=tuple(
            replace(attribute, weight=estimate(1 + places[attribute.name], (0.0, 1.0)))
            for attribute in out.attributes
        ),
        n=n,
        df=df,
    )


def bootstrap(
    importance: ArrayLike | None,
    performance: ArrayLike,
    *,
    weights: Weights = "means",
    rescale: bool = False,
    scale: Scale = TEN,
    importance_scale: Scale | None = None,
    design: Design = EVERYBODY,
    level: float = LEVEL,
    replicates: int = resampling.REPLICATES,
    seed: int = 1,
) -> Estimate:
    """The index with a percentile interval from `replicates` bootstrap samples of respondents: a check.

    Arguments and errors as `satisfaction_index`; fixed weights are held fixed, their covariance is not drawn.
    """
    point = satisfaction_index(
        importance,
        performance,
        weights=weights,
        rescale=rescale,
        scale=scale,
        importance_scale=importance_scale,
        design=design,
        level=level,
    )
    asked = recipes.recipe(
        importance is not None,
        np.shape(performance)[1],
        names=None,
        weights=weights,
        rescale=rescale,
        scale=scale,
        importance_scale=importance_scale,
        level=level,
    )
    factor, shift = asked.unit
    value = np.array([(point.index.value - shift) / factor])
    draw = _replicate(_parts(importance, performance, asked), asked)
    found = resampling.percentile(
        draw, value, design, n=len(np.asarray(performance)), replicates=replicates, seed=seed, level=level
    )[0]
    return replace(found, n=point.n).scaled(factor, shift=shift)


def _replicate(parts: list[sums.Part], asked: Recipe) -> Callable[[Floats], Floats]:
    """From replicate weights (b, n) to indices (b, 1) in units of the scale."""
    if asked.weights == "respondents":
        own = respondents.own_index(parts[0].values, parts[1].values, scale=asked.scale)
        there = ~np.isnan(own)
        return lambda block: ((block[:, there] @ own[there]) / block[:, there].sum(axis=1))[:, None]
    columns = [_column_means(part.values) for part in parts]

    def draw(block: Floats) -> Floats:
        means = [column(block) for column in columns]
        b = means[-1]
        basis = means[0] if asked.weights == "means" else np.ones_like(b)
        if isinstance(asked.weights, FixedWeights):
            basis = np.broadcast_to(recipes.fixed(asked.weights, b.shape[1])[0], b.shape)
        basis = np.where(np.isnan(b) | np.isnan(basis), 0.0, basis)
        out: Floats = (basis * np.nan_to_num(b)).sum(axis=1, keepdims=True) / basis.sum(axis=1, keepdims=True)
        return out

    return draw


def _column_means(values: NDArray[np.floating | np.integer]) -> Callable[[Floats], Floats]:
    there = ~np.isnan(values)
    filled, seen = np.where(there, values, 0.0), there.astype(float)

    def means(block: Floats) -> Floats:
        with np.errstate(invalid="ignore", divide="ignore"):
            out: Floats = (block @ filled) / (block @ seen)
        return out

    return means


def acsi_score(
    answers_to: ArrayLike,
    weights: ArrayLike | FixedWeights,
    *,
    scale: Scale = TEN,
    design: Design = EVERYBODY,
    level: float = LEVEL,
) -> Estimate:
    """The ACSI score, 0-100, of n respondents' answers (n, q) to the q questions on satisfaction.

    100·Σ w_i(x̄_i - 1) / (9·Σ w_i) with the *unstandardised* outer weights w (q,) of the path model (Fornell et al.
    1996, J. Marketing 60(4):7-18); equal weights give the score of three questions, (Q1 + Q2 + Q3 - 3)/27·100.
    The weights count as known unless `FixedWeights` brings their covariance. Errors as `satisfaction_index`.
    """
    fixed = weights if isinstance(weights, FixedWeights) else FixedWeights(weights)
    return satisfaction_index(
        None, answers_to, weights=fixed, rescale=True, scale=scale, design=design, level=level
    ).index
