"""Pulses after a contact: NPS, CSAT and the two effort scores, each a type of its own.

A pulse is compared only with its like. The first effort score (1-5, low is good) and the second (1-7, high is good)
point in opposite directions: merging them gives a figure without meaning, so it is refused.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import errors, means, proportions, tables
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.estimates import LEVEL, Estimate

Floats = NDArray[np.float64]
_PROMOTER, _DETRACTOR = 9, 6
_PSEUDO = 3.0
"""Pseudo-responses: ¾ promoters, 1½ passives, ¾ detractors."""
_FIVE, _SATISFIED_FROM, _EASY_UP_TO, _EASY_FROM = 5, 4, 2, 5


@dataclass(frozen=True, slots=True)
class Nps:
    """Net promoter score in points, -100..100; promoters, passives and detractors as shares of 1 (Wilson).

    score.value is the plain score; its interval may be centred elsewhere (`adjusted`, in points). variance is of
    one answer in -1, 0, 1: P + D - (P - D)². size: the effective n.
    """

    measure: ClassVar[str] = errors.gettext_noop("Net promoter score")
    score: Estimate
    promoters: Estimate
    passives: Estimate
    detractors: Estimate
    adjusted: float
    variance: float
    n: int
    size: float
    sample: means.Sample

    @property
    def headline(self) -> Estimate:
        """The score."""
        return self.score


@dataclass(frozen=True, slots=True)
class Csat:
    """Customer satisfaction: the share of the two best answers of five (Wilson), and the mean answer."""

    measure: ClassVar[str] = errors.gettext_noop("Customer satisfaction (CSAT)")
    satisfied: Estimate
    mean: Estimate
    n: int
    sample: means.Sample

    @property
    def headline(self) -> Estimate:
        """The share of the satisfied."""
        return self.satisfied


@dataclass(frozen=True, slots=True)
class Ces1:
    """Customer effort score 1.0: "how much effort did you have to make?", 1 very low to 5 very high; low is good.

    mean: the score. easy: the share of 1 and 2 (Wilson).
    """

    measure: ClassVar[str] = errors.gettext_noop("Customer effort score 1.0")
    higher_is_better: ClassVar[bool] = False
    mean: Estimate
    easy: Estimate
    n: int
    sample: means.Sample

    @property
    def headline(self) -> Estimate:
        """The mean effort."""
        return self.mean


@dataclass(frozen=True, slots=True)
class Ces2:
    """Customer effort score 2.0: "made it easy", 1 strongly disagree to 7 strongly agree; high is good.

    easy: the share of 5, 6 and 7 (Wilson). mean: the mean agreement.
    """

    measure: ClassVar[str] = errors.gettext_noop("Customer effort score 2.0")
    higher_is_better: ClassVar[bool] = True
    mean: Estimate
    easy: Estimate
    n: int
    sample: means.Sample

    @property
    def headline(self) -> Estimate:
        """The mean agreement."""
        return self.mean


Pulse = Nps | Csat | Ces1 | Ces2


@dataclass(frozen=True, slots=True)
class PulseChange:
    """after - before of one measure in the unit of its headline; z with df degrees of freedom, p two-sided."""

    measure: str
    before: Estimate
    after: Estimate
    difference: Estimate
    z: float
    df: float
    p: float


def nps(
    answers: ArrayLike,
    *,
    design: Design = EVERYBODY,
    method: str = "adjusted_wald",
    scale: tuple[int, int] | None = None,
    level: float = LEVEL,
) -> Nps:
    """Promoters (9, 10) less detractors (0 to 6) among (n,) answers 0..10, nan missing (Reichheld 2003, HBR 81:46).

    method: "adjusted_wald" adds ¾ promoter, 1½ passives and ¾ detractor, the best of six in Rocks (2016, American
    Statistician 70:365); "wald" does not. Under a design both take the effective n.
    scale: leave it out and answers that all lie in 1..5 are taken for a five-point question and refused; (0, 10)
    says that they were asked for on 0..10. Raises `WrongScale`, `OffScale`, `TooFew`, `BadOption`, `BadDesign`.
    """
    values = _answers(answers, Nps.measure, 0, 10)
    _refuse_other_scales(values, scale)
    points = np.where(np.isnan(values), np.nan, (values >= _PROMOTER) * 1.0 - (values <= _DETRACTOR))
    shares = tuple(
        proportions.proportion(np.where(np.isnan(points), np.nan, points == each), design=design, level=level)
        for each in (1, 0, -1)
    )
    return _nps(means.sample(points, design), shares, method, level)


def nps_of_counts(
    promoters: int, passives: int, detractors: int, *, method: str = "adjusted_wald", level: float = LEVEL
) -> Nps:
    """As `nps`, from how many of each there were; raises `BadCount`, `BadOption`."""
    counts = (promoters, passives, detractors)
    n = sum(counts)
    shares = tuple(proportions.wilson(count, n, level=level) for count in counts)
    score = (promoters - detractors) / n
    variance = (promoters + detractors) / n - score**2
    se = math.sqrt(variance / (n - 1)) if n > 1 else math.nan
    return _nps(means.Sample(score, variance, n, float(n), se, n - 1), shares, method, level)


def _nps(found: means.Sample, shares: tuple[Estimate, ...], method: str, level: float) -> Nps:
    more = {"adjusted_wald": _PSEUDO, "wald": 0.0}.get(method)
    if more is None:
        raise errors.BadOption(option="method", value=method, allowed="adjusted_wald, wald")
    size = found.size + more
    kept = found.size / size if math.isfinite(size) else 1.0
    centre = found.mean * kept
    extreme = (found.variance + found.mean**2) * kept + (1 - kept) / 2
    se = math.sqrt(max(0.0, extreme - centre**2) / size)
    half = found.quantile(level) * se
    score = Estimate(
        found.mean * 100,
        # With an answer or two the shifted interval could miss the plain score.
        max(-100.0, min(centre - half, found.mean) * 100),
        min(100.0, max(centre + half, found.mean) * 100),
        found.n,
        se * 100,
        method,
        level,
    )
    promoters, passives, detractors = shares
    return Nps(
        score, promoters, passives, detractors, centre * 100, found.variance, found.n, found.size, found
    )


def csat(answers: ArrayLike, *, design: Design = EVERYBODY, level: float = LEVEL) -> Csat:
    """The share of 4 and 5 among (n,) answers 1..5, nan missing. Raises `OffScale`, `TooFew`, `BadDesign`."""
    values = _answers(answers, Csat.measure, 1, _FIVE)
    found = means.sample(_share(values, values >= _SATISFIED_FROM), design)
    return Csat(
        proportions.of_sample(found, level=level), _mean(values, design, level, 1, _FIVE), found.n, found
    )


def ces1(answers: ArrayLike, *, design: Design = EVERYBODY, level: float = LEVEL) -> Ces1:
    """The mean of (n,) answers 1..5, nan missing; low is good (Dixon, Freeman & Toman 2010, HBR 88:116).

    Raises `OffScale`, `TooFew`, `BadDesign`.
    """
    values = _answers(answers, Ces1.measure, 1, 5)
    easy = proportions.proportion(_share(values, values <= _EASY_UP_TO), design=design, level=level)
    found = means.sample(values, design)
    return Ces1(_mean(values, design, level, 1, 5), easy, found.n, found)


def ces2(answers: ArrayLike, *, design: Design = EVERYBODY, level: float = LEVEL) -> Ces2:
    """The mean, and the share of 5 to 7, of (n,) answers 1..7, nan missing; high is good.

    Dixon, Toman & DeLisi (2013, The Effortless Experience, appendix). Raises `OffScale`, `TooFew`, `BadDesign`.
    """
    values = _answers(answers, Ces2.measure, 1, 7)
    easy = proportions.proportion(_share(values, values >= _EASY_FROM), design=design, level=level)
    found = means.sample(values, design)
    return Ces2(_mean(values, design, level, 1, 7), easy, found.n, found)


def change(before: Pulse, after: Pulse, *, level: float = LEVEL) -> PulseChange:
    """The change of one measure between two waves of different people, with a test that there is none.

    NPS: z = difference / √(v₁/n₁ + v₂/n₂), v = P + D - (P - D)², each score with the pseudo-responses it was made
    with. CSAT: Newcombe's interval, pooled z. CES: Welch's t. Where everybody agreed in both waves the change still
    has an error (see `means.shift`). For the same people twice use `waves.paired`. Raises `NotComparable` for two
    different measures.
    """
    _same_kind([before, after])
    if isinstance(before, Csat):
        compared = proportions.compare_samples(after.sample, before.sample, level=level)
        difference, z, df, p = compared.difference, compared.z, compared.df, compared.p
        return PulseChange(before.measure, before.headline, after.headline, difference, z, df, p)
    n = before.n + after.n
    if isinstance(before, Nps) and isinstance(after, Nps):
        moved = _score_change(before, after)
        difference = moved.estimate(n=n, level=level, bounds=(-200.0, 200.0))
        difference = replace(difference, method=before.score.method)
    else:
        moved = means.shift(before.sample, after.sample)
        difference = moved.estimate(n=n, level=level)
    return PulseChange(
        before.measure, before.headline, after.headline, difference, moved.ratio, moved.df, moved.p
    )


def _score_change(before: Nps, after: Nps) -> means.Shift:
    """In points; the pseudo-responses that widen each score widen the change, so that test and interval agree."""
    ends = [(each.score.se, math.inf if each.sample.plain else each.sample.df) for each in (before, after)]
    return means.Shift(
        after.score.value - before.score.value,
        after.adjusted - before.adjusted,
        math.hypot(before.score.se, after.score.se),
        means.satterthwaite(*ends),
    )


def combined(parts: Sequence[Pulse], shares: Sequence[float], *, level: float = LEVEL) -> Estimate:
    """One figure for several segments: the headlines weighted by each segment's share of all customers.

    shares: of the customers, not of those who answered; weighting by who happened to answer lets the loudest
    segment decide. They are scaled to add up to 1. The error is that of a stratified sample (Cochran 1977,
    eq. 5.7). Raises `NotComparable` for different measures, `ShapeMismatch`, `BadOption`.
    """
    _same_kind(parts)
    if len(parts) != len(shares):
        raise errors.ShapeMismatch(what="shares", found=len(shares), expected=len(parts))
    weights = np.asarray(shares, dtype=float)
    if not (np.isfinite(weights).all() and (weights >= 0).all() and weights.sum() > 0):
        raise errors.BadOption(option="shares", value=list(shares), allowed=">= 0")
    weights = weights / weights.sum()
    estimates = [part.headline for part in parts]
    value = float(weights @ [each.value for each in estimates])
    below = float(np.linalg.norm(weights * [each.value - each.low for each in estimates]))
    above = float(np.linalg.norm(weights * [each.high - each.value for each in estimates]))
    se = float(np.linalg.norm(weights * [each.se for each in estimates]))
    n = sum(each.n for each in estimates)
    return Estimate(value, value - below, value + above, n, se, "mover", level)


def _same_kind(parts: Sequence[Pulse]) -> None:
    if not parts:
        raise errors.TooFew(what=errors.gettext_noop("A comparison"), needed=1, found=0)
    for part in parts[1:]:
        if type(part) is not type(parts[0]):
            raise errors.NotComparable(first=parts[0].measure, second=part.measure)


def _answers(answers: ArrayLike, measure: str, low: int, high: int) -> Floats:
    """(n,) whole numbers on the scale, or nan."""
    values = tables.column(tables.on_scale(answers, low, high, whole=True), "answers")
    if np.isnan(values).all():
        raise errors.TooFew(what=measure, needed=1, found=0)
    return values


def _refuse_other_scales(values: Floats, scale: tuple[int, int] | None) -> None:
    if scale is not None and tuple(scale) != (0, 10):
        found = errors.gettext_noop("this question was asked on another")
        raise errors.WrongScale(measure=Nps.measure, low=0, high=10, found=found)
    if scale is None and np.nanmin(values) >= 1 and np.nanmax(values) <= _FIVE:
        found = errors.gettext_noop("all answers lie between 1 and 5, as on a five-point question")
        raise errors.WrongScale(measure=Nps.measure, low=0, high=10, found=found)


def _share(values: Floats, hits: NDArray[np.bool_]) -> Floats:
    out: Floats = np.where(np.isnan(values), np.nan, hits)
    return out


def _mean(values: Floats, design: Design, level: float, low: float, high: float) -> Estimate:
    return means.mean(values, design=design, level=level, bounds=(float(low), float(high)))
