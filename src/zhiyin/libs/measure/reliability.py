"""Whether the statements of a scale hang together: Cronbach's alpha, raw."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import distributions, errors, tables
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.moments import Moments

Floats = NDArray[np.float64]
_PAIR = 2
METHODS = ("jackknife", "feldt", "bonett", "linearised")


@dataclass(frozen=True, slots=True)
class Item:
    """One statement, after reversal. item_total: its correlation with the sum of the others.

    alpha_if_deleted: raw alpha of the others; nan where only one other is left.
    """

    name: str
    reversed: bool
    mean: float
    sd: float
    item_total: float
    alpha_if_deleted: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Cronbach's alpha of one scale.

    alpha is the RAW coefficient, from covariances; `standardised`, from correlations, is what some programs print
    under the same name: never set one beside the other. suspects: items that correlate negatively with the rest,
    most likely worded the other way and not reversed. n: respondents who answered every item.
    """

    alpha: Estimate
    standardised: float
    items: tuple[Item, ...]
    suspects: tuple[str, ...]
    n: int
    kind: str = "raw"


def alpha(
    answers: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    reversed_items: Sequence[str] = (),
    scale: tuple[float, float] = (1, 10),
    design: Design = EVERYBODY,
    method: str = "jackknife",
    level: float = LEVEL,
) -> Reliability:
    """Raw alpha = k/(k - 1)·(1 - Σ variances / variance of the sum) of (n, k) answers (Cronbach 1951, eq. 2).

    reversed_items: names of the items worded the other way; they become low + high - x. Respondents with a missing
    answer are left out whole.
    method: "jackknife", on ln(1 - alpha), leaves out each respondent in turn and assumes nothing
    of the answers; "bonett", variance 2k/((k - 1)(n - 2)) (Bonett 2002, J. Educational and Behavioral Statistics
    27:335), and "feldt" (Feldt, Woodruff & Salih 1987, Applied Psychological Measurement 11:93, eqs. 6 and 7, what
    most programs print) need normal answers: where satisfied customers crowd the top of the scale their 95 % are 86 %.
    A design gets "linearised" (Maydeu-Olivares, Coffman & Hartmann 2007, Psychological Methods 12:157).
    Raises `TooFewItems` below two, `TooFew` below three respondents, `NoVariation`, `OffScale`, `BadOption`,
    `ShapeMismatch`.
    """
    distributions.refuse_level(level)
    table = np.asarray(answers, dtype=float)
    if table.ndim != _PAIR or table.shape[1] < _PAIR:
        found = table.shape[1] if table.ndim == _PAIR else 1
        raise errors.TooFewItems(what=errors.gettext_noop("Alpha of a scale"), needed=_PAIR, found=found)
    labels = tables.named(names, table.shape[1])
    flipped = _flipped(labels, reversed_items)
    rows = _turned(table, flipped, scale)
    whole: NDArray[np.bool_] = np.logical_not(np.isnan(rows).any(axis=1))
    weights = design.of(len(rows))
    if whole.sum() <= _PAIR:
        raise errors.TooFew(what=errors.gettext_noop("Alpha of a scale"), needed=3, found=int(whole.sum()))
    moments = Moments.of(rows[whole], weights[whole])
    correlation = moments.correlation(labels)
    covariance = moments.covariance
    value = _alpha(covariance)
    if not math.isfinite(value):
        raise errors.NoVariation(column=errors.gettext_noop("The sum of the items"))
    items = tuple(_item(at, labels[at], bool(flipped[at]), moments) for at in range(len(labels)))
    return Reliability(
        _interval(value, rows, whole, weights, design, method, level),
        _alpha(correlation),
        items,
        tuple(item.name for item in items if item.item_total < 0),
        moments.n,
    )


def _flipped(labels: Sequence[str], reversed_items: Sequence[str]) -> NDArray[np.bool_]:
    for name in reversed_items:
        if name not in labels:
            raise errors.BadOption(option="reversed_items", value=name, allowed=", ".join(labels))
    return np.isin(np.asarray(labels), list(reversed_items))


def _turned(table: Floats, flipped: NDArray[np.bool_], scale: tuple[float, float]) -> Floats:
    low, high = scale
    answers = tables.on_scale(table, low, high)
    out: Floats = np.where(flipped, low + high - answers, answers)
    return out


def _alpha(covariance: Floats) -> float:
    k, total = len(covariance), float(covariance.sum())
    if k < _PAIR or total <= 1e-12 * float(np.trace(covariance)):
        return math.nan
    return k / (k - 1) * (1 - float(np.trace(covariance)) / total)


def _item(at: int, name: str, flipped: bool, moments: Moments) -> Item:  # noqa: FBT001 - a field, not a switch
    covariance = moments.covariance
    others = np.delete(np.arange(len(covariance)), at)
    rest = covariance[np.ix_(others, others)]
    shared, own, sum_of_others = (
        float(covariance[at, others].sum()),
        float(covariance[at, at]),
        float(rest.sum()),
    )
    item_total = shared / math.sqrt(own * sum_of_others) if sum_of_others > 0 else math.nan
    return Item(name, flipped, float(moments.mean[at]), math.sqrt(own), item_total, _alpha(rest))


def _interval(
    value: float,
    rows: Floats,
    whole: NDArray[np.bool_],
    weights: Floats,
    design: Design,
    method: str,
    level: float,
) -> Estimate:
    n, k = int(whole.sum()), rows.shape[1]
    method = method if design.simple else "linearised"
    se, df = _linearised(rows, whole, weights, design)
    tail = (1 - level) / 2
    if method not in METHODS:
        raise errors.BadOption(option="method", value=method, allowed=", ".join(METHODS))
    if value >= 1:
        return Estimate(value, value, value, n, 0.0, method, level)
    if method == "feldt":
        low, high = (
            1 - (1 - value) * distributions.f_quantile(p, n - 1, (n - 1) * (k - 1)) for p in (1 - tail, tail)
        )
        return Estimate(value, low, high, n, se, method, level)
    logged = se / (1 - value)
    if method == "bonett":
        logged, df = math.sqrt(2 * k / ((k - 1) * (n - 2))), math.inf
    elif method == "jackknife":
        logged = _left_out(rows[whole])
    half = distributions.t_quantile(1 - tail, df) * logged
    low, high = 1 - (1 - value) * math.exp(half), 1 - (1 - value) * math.exp(-half)
    return Estimate(value, low, high, n, logged * (1 - value), method, level)


def _left_out(rows: Floats) -> float:
    """The jackknife error of ln(1 - alpha) (Tukey 1958): alpha without each respondent, from sums alone."""
    n, k = rows.shape
    away = rows - rows.mean(axis=0)
    each, total = (away**2).sum(axis=1), away.sum(axis=1) ** 2
    shrink = n / (n - 1)
    ratio = (each.sum() - shrink * each) / (total.sum() - shrink * total)
    logs = np.log(np.maximum(1 - k / (k - 1) * (1 - ratio), np.finfo(float).tiny))
    return math.sqrt((n - 1) / n * float(((logs - logs.mean()) ** 2).sum()))


def _linearised(
    rows: Floats, whole: NDArray[np.bool_], weights: Floats, design: Design
) -> tuple[float, float]:
    """The error of alpha by each respondent's pull on Σ variances and on the variance of the sum."""
    share = np.where(whole, weights, 0.0) / weights[whole].sum()
    filled = np.where(whole[:, None], rows, 0.0)
    away = np.where(whole[:, None], filled - share @ filled, 0.0)
    each, total = (away**2).sum(axis=1), away.sum(axis=1) ** 2
    k, part, all_of_it = rows.shape[1], float(share @ each), float(share @ total)
    pull = -k / (k - 1) * share * (each - part / all_of_it * total) / all_of_it
    spread = design.spread(pull)
    return float(spread.se[0]), min(spread.df, float(whole.sum()) - 1)
