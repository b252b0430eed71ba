"""An attribute's category, how clear it is, and what having it or lacking it does to satisfaction."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import distributions, errors, means, proportions, tables
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.kano import answers
from zhiyin.libs.measure.kano.answers import CATEGORIES, Category

Floats = NDArray[np.float64]
TOLERANCE = 0.05
"""Shares this close count as tied, and M > O > A > I decides (Matzler et al. 1996; 5 points of 100)."""
FONG = 1.65
"""Fong's rounded quantile: 90 % two-sided."""
_MATTER, _REST, _FOUR = slice(0, 3), slice(3, 6), slice(0, 4)
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Fong:
    """Whether the two commonest categories differ (Fong 1996, Center for Quality Management Journal 5:21).

    Significant where difference ≥ critical = 1.65·√((a + b)(2n - a - b)/(2n)), a and b the two largest counts
    among M, O, A, I and R, n all answers.
    """

    difference: float
    critical: float
    significant: bool


@dataclass(frozen=True, slots=True)
class Requirement:
    """One attribute. Shares are of 1; `better` lies in 0..1 and `worse` in -1..0.

    counts: answers for each category, unweighted. shares: weighted. mode: the commonest. by_precedence: the
    commonest with near-ties settled by M > O > A > I. category: the same among (O, A, M) or among (I, R, Q),
    whichever side holds more answers (Blauth's rule in Berger et al. 1993): the one to publish. tied: all within
    the tolerance of the commonest. total_strength: the share of M, O and A; category_strength: how far the
    commonest leads the next (Lee & Newcomb 1997, Quality Management Journal 4(3):95). better =
    (A + O)/(A + O + M + I), worse = -(O + M)/(A + O + M + I) (Timko in Berger et al. 1993). chi2: M, O, A and I
    against equal shares, 3 degrees of freedom, p of it.
    """

    name: str
    n: int
    counts: dict[Category, int]
    shares: dict[Category, float]
    mode: Category
    by_precedence: Category
    category: Category
    tied: tuple[Category, ...]
    total_strength: Estimate
    category_strength: Estimate
    better: Estimate
    worse: Estimate
    chi2: float
    chi2_p: float
    fong: Fong


def categories(
    functional: ArrayLike,
    dysfunctional: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    design: Design = EVERYBODY,
    tolerance: float = TOLERANCE,
    level: float = LEVEL,
) -> tuple[Requirement, ...]:
    """What each attribute is, from (n, k) answers 1..5 to both questions (see `answers.classify`).

    Under a design, shares are weighted, intervals and tests take the effective n. Raises `ShapeMismatch`,
    `OffScale`, `BadDesign`, and `TooFew` for an attribute that nobody answered.
    """
    codes = answers.classify(functional, dysfunctional)
    labels = tables.named(names, codes.shape[1])
    return tuple(
        of_codes(name, column, design=design, tolerance=tolerance, level=level)
        for name, column in zip(labels, codes.T, strict=True)
    )


def of_codes(
    name: str, codes: answers.Codes, *, design: Design, tolerance: float, level: float
) -> Requirement:
    """One attribute from its (n,) categories."""
    counts = answers.tally(codes, np.ones(len(codes)))
    weighted = answers.tally(codes, design.of(len(codes)))
    _check_answered(name, counts)
    asked = codes != answers.NOBODY

    def share(hits: Sequence[int], of: Sequence[int]) -> Estimate:
        within = np.isin(codes, of)
        values = np.where(within, np.isin(codes, hits), np.nan)
        return proportions.proportion(values, design=design, level=level) if within.any() else _nobody(level)

    top = np.argsort(-weighted[:5], kind="stable")[:2]
    contrast = np.where(asked, (codes == top[0]).astype(float) - (codes == top[1]), np.nan)
    found = means.sample(contrast, design)
    return _requirement(
        name,
        counts,
        weighted / weighted.sum(),
        size=float(counts.sum()) if design.simple or not math.isfinite(found.size) else found.size,
        quantile=found.quantile(level),
        shares_of=(share((0, 1, 2), range(6)), share((1, 2), range(4)), share((0, 1), range(4))),
        tolerance=tolerance,
        level=level,
    )


def from_counts(
    counts: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    tolerance: float = TOLERANCE,
    level: float = LEVEL,
) -> tuple[Requirement, ...]:
    """What each attribute is, from (k, 6) counts in the order M, O, A, I, R, Q.

    Raises `ShapeMismatch`, `BadCount`, and `TooFew` for an attribute that nobody answered.
    """
    table = np.atleast_2d(np.asarray(counts, dtype=float))
    if table.shape[1] != len(CATEGORIES):
        raise errors.ShapeMismatch(what="counts", found=table.shape[1], expected=len(CATEGORIES))
    bad = ~np.isfinite(table) | (table < 0) | (table != np.round(table))
    if bad.any():
        raise errors.BadCount(count=float(table[bad][0]), whole="n")
    labels = tables.named(names, len(table))
    return tuple(_of_counts(*row, tolerance, level) for row in zip(labels, table, strict=True))


def _of_counts(name: str, counts: Floats, tolerance: float, level: float) -> Requirement:
    _check_answered(name, counts)
    n, four = float(counts.sum()), float(counts[_FOUR].sum())

    def share(hits: float, of: float) -> Estimate:
        return proportions.wilson(hits, of, level=level) if of else _nobody(level)

    m, o, a = (float(each) for each in counts[_MATTER])
    return _requirement(
        name,
        counts,
        counts / n,
        size=n,
        quantile=distributions.normal_quantile(0.5 + level / 2),
        shares_of=(share(m + o + a, n), share(a + o, four), share(o + m, four)),
        tolerance=tolerance,
        level=level,
    )


def _check_answered(name: str, counts: Floats) -> None:
    if not counts.sum():
        raise errors.TooFew(what=name, needed=1, found=0)


def _nobody(level: float) -> Estimate:
    """Everybody found it reverse or questionable: there is no share of the rest."""
    return Estimate(math.nan, math.nan, math.nan, 0, math.nan, "wilson", level)


def _requirement(
    name: str,
    counts: Floats,
    shares: Floats,
    *,
    size: float,
    quantile: float,
    shares_of: tuple[Estimate, Estimate, Estimate],
    tolerance: float,
    level: float,
) -> Requirement:
    total, better, worse = shares_of
    answers_worth = counts if size == counts.sum() else shares * size
    chi2 = _uniform(answers_worth[_FOUR])
    return Requirement(
        name=name,
        n=int(counts.sum()),
        counts={category: int(at) for category, at in zip(CATEGORIES, counts, strict=True)},
        shares={category: float(at) for category, at in zip(CATEGORIES, shares, strict=True)},
        mode=_settle(shares, range(6), 0.0)[0],
        by_precedence=_settle(shares, range(6), tolerance)[0],
        category=settled(shares, tolerance),
        tied=_settle(shares, range(6), tolerance),
        total_strength=total,
        category_strength=_lead(shares, int(counts.sum()), size, quantile, level),
        better=better,
        worse=worse.scaled(-1),
        chi2=chi2,
        chi2_p=distributions.chi2_tail(chi2, 3) if math.isfinite(chi2) else math.nan,
        fong=_fong(answers_worth, size),
    )


def settled(shares: Floats, tolerance: float) -> Category:
    """The category to publish: Blauth's side first, near-ties on it by precedence."""
    side = range(3) if shares[_MATTER].sum() > shares[_REST].sum() + _ROUNDING else range(3, 6)
    return _settle(shares, side, tolerance)[0]


def _settle(shares: Floats, among: Sequence[int], tolerance: float) -> tuple[Category, ...]:
    """Those of `among` within `tolerance` of the commonest of them, in order of precedence."""
    best = max(shares[at] for at in among)
    return tuple(CATEGORIES[at] for at in among if best - shares[at] <= tolerance + _ROUNDING)


def _lead(shares: Floats, n: int, size: float, quantile: float, level: float) -> Estimate:
    """The commonest of M, O, A, I, R minus the next; one answer is added to each of the two for the interval.

    Bonett & Price (2012, J. Educational and Behavioral Statistics 37:479), with the multinomial variance
    a + b - (a - b)²: without the two, 9 of 9 would be certain. Near a tie the interval is a little too wide, and
    which two are compared was read off the same answers.
    """
    first, second = sorted(shares[:5].tolist(), reverse=True)[:2]
    lead, whole = first - second, size + 2
    centre, either = lead * size / whole, ((first + second) * size + 2) / whole
    se = math.sqrt(max(0.0, either - centre**2) / whole)
    low, high = min(centre - quantile * se, lead), max(centre + quantile * se, lead)
    return Estimate(lead, max(-1.0, low), min(1.0, high), n, se, "adjusted_wald", level)


def _uniform(four: Floats) -> float:
    """Pearson's χ² against equal shares; nan where nobody is in the four."""
    expected = float(four.mean())
    return float(((four - expected) ** 2).sum()) / expected if expected else math.nan


def _fong(counts: Floats, n: float) -> Fong:
    a, b = sorted(counts[:5].tolist(), reverse=True)[:2]
    critical = FONG * math.sqrt((a + b) * (2 * n - a - b) / (2 * n))
    return Fong(a - b, critical, critical <= a - b > 0)
