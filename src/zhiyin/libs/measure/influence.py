"""Means of answers together with every respondent's influence on them.

A figure that is a smooth function of means is carried as its value and its scores: sums of the scores' cross-products
are the covariance of any number of figures, whoever answered which of them. That is what makes a gap between two
questions paired where the same people answered both, independent where they did not, and right in between
(Deville 1999, Survey Methodology 25:193; Lumley 2010, ch. 2).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import answers, distributions, errors, freedom
from zhiyin.libs.measure.answers import TEN, Scale
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.estimates import LEVEL, Estimate, symmetric

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]
NOTHING = 1e-10
"""Differences below this, on a scale of answers, are the rounding of sums."""


def table(values: ArrayLike, scale: Scale = TEN, *, what: str = "answers") -> Floats:
    """A copy of `values` as (n, k) floats on `scale`; raises `OffScale`, `ShapeMismatch`, `BadOption`."""
    out = np.array(answers.matrix(values, what=what), dtype=float)
    if not out.shape[1]:
        raise errors.TooFew(what=what, needed=1, found=0)
    answers.refuse_off_scale(out, answers.ordered(scale))
    return out


def same_shape(what: str, found: Floats, like: Floats) -> None:
    """Raise `ShapeMismatch` unless both describe the same respondents and attributes."""
    for have, need in zip(found.shape, like.shape, strict=True):
        if have != need:
            raise errors.ShapeMismatch(what=what, found=have, expected=need)


@dataclass(frozen=True, slots=True)
class Figures:
    """k figures with their joint covariance (k, k), each one's degrees of freedom (k,), and counts.

    `both[i, j]` respondents stand behind figure i as well as j.
    """

    value: Floats
    covariance: Floats
    df: Floats
    both: Counts

    @property
    def n(self) -> Counts:
        """Respondents behind each figure; (k,)."""
        return np.diag(self.both)

    @property
    def se(self) -> Floats:
        """Standard errors; (k,)."""
        out: Floats = np.sqrt(np.maximum(np.diag(self.covariance), 0.0))
        return out

    def estimates(
        self,
        level: float = LEVEL,
        method: str = "t",
        quantile: float | None = None,
        bounds: Scale = (-math.inf, math.inf),
    ) -> tuple[Estimate, ...]:
        """Each figure with its interval; `quantile` replaces Student's where several hold at once.

        `bounds` cuts intervals at what the figures can be.

        Raises `BadOption` for a `level` that is no probability.
        """
        if not 0 < level < 1:
            raise errors.BadOption(
                option="level", value=level, allowed=errors.gettext_noop("between 0 and 1")
            )
        rows = zip(self.value.tolist(), self.se.tolist(), self.n.tolist(), self.df.tolist(), strict=True)
        if quantile is None:
            return tuple(
                symmetric(v, se, n=n, df=df, level=level, method=method, bounds=bounds)
                for v, se, n, df in rows
            )
        return tuple(
            Estimate(v, v - quantile * se, v + quantile * se, n, se, method, level) for v, se, n, _ in rows
        )


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Means as they were taken: everybody's scores on them (n, s), and who answered (n, s)."""

    scores: Floats
    active: Flags


@dataclass(frozen=True, slots=True)
class Influence:
    """k figures, the means they are made of with how they move with each (s, k), and who is counted behind them.

    The means stay apart, however figures are combined: each brings its own sample's size and error, so a figure
    that rests on two answers somewhere is never as sure as its other parts.
    """

    value: Floats
    parts: tuple[tuple[Source, Floats], ...]
    active: Flags

    @property
    def fixed(self) -> bool:
        """Whether these are figures given as such, without error."""
        return not self.parts

    @property
    def scores(self) -> Floats:
        """Everybody's influence on the figures; (n, k)."""
        out: Floats = np.zeros(self.active.shape)
        for source, slope in self.parts:
            out += source.scores @ slope
        return out

    def __sub__(self, other: Influence) -> Influence:
        one = np.eye(len(self.value))
        return made_of(self.value - other.value, ((self, one), (other, -one)), self.active | other.active)

    def times(self, other: Influence) -> Influence:
        """The products, by the delta method."""
        slopes = ((self, np.diag(other.value)), (other, np.diag(self.value)))
        return made_of(self.value * other.value, slopes, self.active | other.active)

    def combine(self, matrix: Floats) -> Influence:
        """The linear combinations that the columns of `matrix` (k, m) describe."""
        active = (self.active.astype(float) @ (matrix != 0)) > 0
        return made_of(self.value @ matrix, ((self, matrix),), active)

    def beside(self, other: Influence) -> Influence:
        """The figures of both, in this order."""
        k, m = len(self.value), len(other.value)
        return made_of(
            np.concatenate([self.value, other.value]),
            ((self, np.eye(k, k + m)), (other, np.eye(m, k + m, k))),
            np.concatenate([self.active, other.active], axis=1),
        )

    def figures(self, design: Design) -> Figures:
        """Values, covariance and degrees of freedom under `design`.

        Every mean has the m/(m - 1) and the degrees of freedom of the units that answered it, as if the others
        had not been asked; a figure's are Satterthwaite's over its means (see `freedom`). A mean of a single
        unit shows no error: what is made of it has none either (nan).
        """
        spread = self._spread(design, None)
        return Figures(self.value, spread.covariance, spread.df, _together(self.active))

    def degrees(self, design: Design, matrix: Floats) -> Floats:
        """The degrees of freedom (m,) of the linear combinations that the columns of `matrix` (k, m) describe."""
        return self._spread(design, matrix).df

    def _spread(self, design: Design, matrix: Floats | None) -> freedom.Moved:
        if not self.parts:
            k = len(self.value) if matrix is None else matrix.shape[1]
            return freedom.Moved(np.zeros((k, k)), np.full(k, np.inf))
        slope = np.concatenate([slope for _, slope in self.parts])
        used = (slope != 0).any(axis=1)
        slope = slope[used]
        scores = np.concatenate([source.scores for source, _ in self.parts], axis=1)[:, used]
        active = np.concatenate([source.active for source, _ in self.parts], axis=1)[:, used]
        there: Flags = np.asarray(active.any(axis=1))
        some = (active, design) if there.all() else (active[there], design.subset(there))
        support = freedom.support(*some)
        covariance = support.stretched(design.spread(scores, there).covariance)
        return freedom.moved(covariance, slope if matrix is None else slope @ matrix, support)


def made_of(value: Floats, pieces: Sequence[tuple[Influence, Floats]], active: Flags) -> Influence:
    """Figures that move with others as the matrices (k of the other, k) say; sources met twice are joined."""
    found: dict[int, tuple[Source, Floats]] = {}
    for piece, matrix in pieces:
        for source, slope in piece.parts:
            step = slope @ matrix
            before = found.get(id(source))
            found[id(source)] = (source, step if before is None else before[1] + step)
    return Influence(value, tuple(found.values()), active)


def taken(value: Floats, scores: Floats, active: Flags) -> Influence:
    """Figures straight from the answers."""
    return Influence(value, ((Source(scores, active), np.eye(len(value))),), active)


def fixed(value: Floats, n: int) -> Influence:
    """Figures without error, that no respondent stands behind."""
    return Influence(value, (), np.zeros((n, len(value)), dtype=bool))


def means(given: Floats, weights: Floats, names: Sequence[str] | None = None) -> Influence:
    """The weighted mean of each column's answers; raises `TooFew` for a column without any."""
    answered = ~np.isnan(given)
    if answered.all():
        return _complete(given, weights, answered)
    _check_answered(answered, names)
    weight = answered * weights[:, None]
    total = weight.sum(axis=0)
    filled = np.where(answered, given, 0.0)
    value = (weight * filled).sum(axis=0) / total
    return taken(value, weight * (filled - value) / total, answered)


def _complete(given: Floats, weights: Floats, answered: Flags) -> Influence:
    """The means of columns that everybody answered, without the detour over who did."""
    share = weights / weights.sum()
    value = share @ given
    scores = given - value
    scores *= share[:, None]
    return taken(value, scores, answered)


def anybody(figures: Influence) -> Flags:
    """Who stands behind any of the figures; (n,)."""
    out: Flags = np.asarray(figures.active.any(axis=1))
    return out


def _check_answered(answered: Flags, names: Sequence[str] | None) -> None:
    empty = ~answered.any(axis=0)
    if empty.any():
        name = answers.labels(names, answered.shape[1])[int(np.argmax(empty))]
        raise errors.TooFew(what=name, needed=1, found=0)


def correlations(given: Floats, overall: Floats, weights: Floats, names: Sequence[str]) -> Influence:
    """Pearson's correlation of each column with `overall` (n,), over those who answered both.

    Influence w·(z_x z_y - r (z_x² + z_y²)/2) (Devlin, Gnanadesikan & Kettenring 1975, Biometrika 62:531).
    Raises `TooFew` below three pairs, `NoVariation`.
    """
    answered = ~np.isnan(given) & ~np.isnan(overall)[:, None]
    _check_pairs(answered, names)
    weight = answered * weights[:, None]
    weight = weight / weight.sum(axis=0)
    x = _standardised(np.where(answered, given, 0.0), weight, names)
    y = _standardised(np.where(answered, overall[:, None], 0.0), weight, names)
    r = (weight * x * y).sum(axis=0)
    return taken(r, weight * (x * y - r * (x**2 + y**2) / 2), answered)


def _check_pairs(answered: Flags, names: Sequence[str]) -> None:
    for name, count in zip(names, answered.sum(axis=0).tolist(), strict=True):
        if count < 3:  # noqa: PLR2004 - two points always lie on a line
            raise errors.TooFew(what=name, needed=3, found=count)


def _standardised(x: Floats, weight: Floats, names: Sequence[str]) -> Floats:
    centred = x - (weight * x).sum(axis=0)
    variance = (weight * centred**2).sum(axis=0)
    flat = variance <= NOTHING**2
    if flat.any():
        raise errors.NoVariation(column=names[int(np.argmax(flat))])
    out: Floats = centred / np.sqrt(variance)
    return out


def _together(active: Flags) -> Counts:
    """How many stand behind both of every two figures; (k, k)."""
    if active.all():
        return np.full((active.shape[1],) * 2, len(active), dtype=np.int64)
    seen = active.astype(float)
    out: Counts = np.rint(seen.T @ seen).astype(np.int64)
    return out


def apart(first: Figures, second: Figures) -> Figures:
    """first - second for two independent samples, figure by figure; degrees of freedom by Welch (1947)."""
    a, b = np.diag(first.covariance), np.diag(second.covariance)
    both = np.diag(first.n + second.n)
    return Figures(first.value - second.value, np.diag(a + b), welch(a, first.df, b, second.df), both)


def welch(a: Floats, df_a: Floats, b: Floats, df_b: Floats) -> Floats:
    """Welch and Satterthwaite's degrees of freedom of a sum of two independent variances."""
    with np.errstate(divide="ignore", invalid="ignore"):
        df = (a + b) ** 2 / (a**2 / df_a + b**2 / df_b)
    out: Floats = np.where(np.isfinite(df), df, np.where(a + b == 0, df_a + df_b, np.nan))
    return out


def ratio(
    top: float, bottom: float, covariance: Floats, *, df: float, n: int, level: float = LEVEL
) -> Estimate:
    """top/bottom with Fieller's (1954) interval, which holds where the delta method fails: near a zero bottom.

    `covariance` (2, 2). nan where bottom is zero; from -inf to inf where the bottom cannot be told from zero.
    """
    if abs(bottom) <= NOTHING:
        return Estimate(math.nan, math.nan, math.nan, n, math.nan, "fieller", level)
    value = top / bottom
    (vt, c), (_, vb) = covariance.tolist()
    se = math.sqrt(max(vt - 2 * value * c + value**2 * vb, 0.0)) / abs(bottom)
    low, high = _fieller((top, bottom), (vt, c, vb), distributions.t_quantile(0.5 + level / 2, df))
    return Estimate(value, low, high, n, se, "fieller", level)


def _fieller(means: tuple[float, float], spread: tuple[float, float, float], t: float) -> tuple[float, float]:
    (top, bottom), (vt, c, vb) = means, spread
    a, b, d = bottom**2 - t * t * vb, top * bottom - t * t * c, top**2 - t * t * vt
    if math.isnan(a):
        return math.nan, math.nan
    if a <= 0:
        return -math.inf, math.inf
    root = math.sqrt(max(b * b - a * d, 0.0))
    return (b - root) / a, (b + root) / a
