"""How many to ask, and how sure the answer will be."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from zhiyin.libs.measure import distributions, errors
from zhiyin.libs.measure.estimates import LEVEL

_POWER = 0.8
_LIMIT = 1e12
_ROUNDING = 1e-9


class Drawn(StrEnum):
    """How the respondents came to be asked."""

    BY_CHANCE = "chance"
    OPT_IN = "opt_in"


class Rounding(StrEnum):
    """UP keeps the promise that was made; NEAREST is what Krejcie & Morgan's table does, and may miss by a hair."""

    UP = "up"
    NEAREST = "nearest"


AS_IF = errors.gettext_noop(
    "as if drawn by chance; nobody was, so this says nothing about those who did not answer"
)
RANDOM = errors.gettext_noop("margin of error")


@dataclass(frozen=True, slots=True)
class Size:
    """How many completed answers are needed. exact: before rounding. invitations: how many to ask.

    unlimited: what an endless population would need, unrounded.
    """

    n: int
    exact: float
    unlimited: float
    invitations: int
    rounding: Rounding


@dataclass(frozen=True, slots=True)
class Margin:
    """Half the length of the interval, in the unit of what was measured. label: what it may be called."""

    value: float
    n: int
    effective_n: float
    label: str
    level: float = LEVEL


@dataclass(frozen=True, slots=True)
class Kish:
    """What unequal weights cost: deff = n·Σw²/(Σw)², effective_n = n / deff."""

    deff: float
    effective_n: float
    n: int


def size_for_proportion(
    margin: float,
    *,
    p: float = 0.5,
    population: float = math.inf,
    deff: float = 1.0,
    response_rate: float = 1.0,
    rounding: Rounding = Rounding.UP,
    level: float = LEVEL,
) -> Size:
    """Completed answers for a share known to ± `margin` (a share of 1; 0.05 is five points).

    n₀ = z²·p(1 - p)·deff/margin², n = n₀/(1 + (n₀ - 1)/N) (Cochran 1977, eqs. 4.1 and 4.2). p = ½ is the worst case.
    With rounding to the nearest this is Krejcie & Morgan (1970, Educational and Psychological Measurement 30:607).
    Raises `BadOption`.
    """
    rounding = _rounding(rounding)
    _positive(margin=margin, deff=deff, population=population)
    _within(p=p, level=level, response_rate=response_rate)
    z = distributions.normal_quantile(0.5 + level / 2)
    return _size(z * z * p * (1 - p) * deff / margin**2, population, response_rate, rounding)


def size_for_mean(
    margin: float,
    sd: float,
    *,
    population: float = math.inf,
    deff: float = 1.0,
    response_rate: float = 1.0,
    rounding: Rounding = Rounding.UP,
    level: float = LEVEL,
) -> Size:
    """Completed answers for a mean known to ± `margin`; `sd` in the same unit, from an earlier wave.

    n₀ = (t·sd/margin)²·deff with t at n₀ - 1 degrees of freedom, found by iteration: z would ask for two or three
    too few in small samples. Raises `BadOption`.
    """
    rounding = _rounding(rounding)
    _positive(margin=margin, sd=sd, deff=deff, population=population)
    _within(level=level, response_rate=response_rate)

    def enough(n: float, size: float) -> bool:
        t = distributions.t_quantile(0.5 + level / 2, n - 1)
        return t * sd * math.sqrt(max(0.0, 1 - n / size) * deff) <= margin * math.sqrt(n)

    exact = _smallest(lambda n: enough(n, population))
    unlimited = _smallest(lambda n: enough(n, math.inf))
    n = _rounded(exact, population, rounding)
    return Size(n, exact, unlimited, _invited(n, response_rate), rounding)


def size_for_change(
    p: float,
    other: float,
    *,
    power: float = _POWER,
    deff: float = 1.0,
    overlap: float = 0.0,
    correlation: float = 0.0,
    response_rate: float = 1.0,
    level: float = LEVEL,
) -> Size:
    """Answers in EACH of two waves so that a change of a share from `p` to `other` is found with `power`.

    n = (z₁√(2p̄q̄) + z₂√(p₁q₁ + p₂q₂))²/(p₁ - p₂)² (Fleiss, Levin & Paik 2003, eq. 4.14, two-sided, without continuity
    correction). Where a share `overlap` answers in both waves with that `correlation`, variances shrink by
    1 - overlap·correlation (Kish 1965, §12.4). Raises `BadOption`.
    """
    _within(p=p, other=other, power=power, level=level, response_rate=response_rate)
    if p == other:
        raise errors.BadOption(
            option="other", value=other, allowed=errors.gettext_noop("another share than p")
        )
    middle = (p + other) / 2
    first, second = _quantiles(level, power)
    root = first * math.sqrt(2 * middle * (1 - middle)) + second * math.sqrt(
        p * (1 - p) + other * (1 - other)
    )
    shrink = _panel(overlap, correlation) * deff
    return _size((root / (p - other)) ** 2 * shrink, math.inf, response_rate, Rounding.UP)


def size_for_mean_change(
    difference: float,
    sd: float,
    *,
    power: float = _POWER,
    deff: float = 1.0,
    overlap: float = 0.0,
    correlation: float = 0.0,
    response_rate: float = 1.0,
    level: float = LEVEL,
) -> Size:
    """Answers in EACH of two waves so that a mean that moves by `difference` is found with `power`.

    The smallest n at which Student's t, not central by difference/(sd·√(2/n)), exceeds its quantile with that
    power, unrounded, as R's power.t.test finds it: t with 2(n - 1) degrees of freedom, n - 1 where people come
    again. overlap and correlation as in `size_for_change`. Raises `BadOption`.
    """
    _positive(sd=sd, deff=deff, difference=abs(difference))
    _within(power=power, level=level, response_rate=response_rate)
    shrink = _panel(overlap, correlation) * deff
    if not shrink > 0:
        raise errors.BadOption(option="correlation", value=correlation, allowed="< 1")
    away, waves = abs(difference) / (sd * math.sqrt(2 * shrink)), 1 if overlap else 2

    def enough(n: float) -> bool:
        df = waves * (n - 1)
        critical = distributions.t_quantile(0.5 + level / 2, df)
        return distributions.noncentral_t_tail(critical, df, away * math.sqrt(n)) >= power

    need = _smallest(enough)
    return _size(need, math.inf, response_rate, Rounding.UP)


def margin_of_proportion(
    p: float,
    n: int,
    *,
    population: float = math.inf,
    deff: float = 1.0,
    drawn: Drawn = Drawn.BY_CHANCE,
    as_if: bool = False,
    level: float = LEVEL,
) -> Margin:
    """z·√(deff·p(1 - p)/n·(1 - n/N)): the margin to plan with (Cochran 1977, eq. 3.8; deff: Kish 1965, §8.1).

    For a share that was measured, `proportions.proportion` holds near 0 and 1 too. People who chose themselves
    have no margin of error: `NoMargin` is raised, or with `as_if` the figure is labelled so. Raises `BadOption`.
    """
    _positive(n=n, deff=deff, population=population)
    distributions.refuse_level(level)
    if not (0 <= p <= 1 and n <= population):
        raise errors.BadOption(option="p, n", value=(p, n), allowed="0..1, 1..N")
    effective = n / deff
    se = math.sqrt(p * (1 - p) / effective * (1 - n / population))
    z = distributions.normal_quantile(0.5 + level / 2)
    return Margin(z * se, n, effective, _label(drawn, as_if=as_if), level)


def margin_of_mean(
    sd: float,
    n: int,
    *,
    population: float = math.inf,
    deff: float = 1.0,
    df: float | None = None,
    drawn: Drawn = Drawn.BY_CHANCE,
    as_if: bool = False,
    level: float = LEVEL,
) -> Margin:
    """t·√(deff·sd²/n·(1 - n/N)), t with `df` degrees of freedom, n - 1 where the design does not say otherwise.

    Raises `NoMargin` as `margin_of_proportion`, `BadOption`.
    """
    _positive(n=n, deff=deff, population=population)
    distributions.refuse_level(level)
    if not (sd >= 0 and n <= population):
        raise errors.BadOption(option="sd, n", value=(sd, n), allowed=">= 0, 1..N")
    effective = n / deff
    se = sd * math.sqrt((1 - n / population) / effective)
    t = distributions.t_quantile(0.5 + level / 2, n - 1 if df is None else df)
    return Margin(t * se, n, effective, _label(drawn, as_if=as_if), level)


def kish(weights: ArrayLike) -> Kish:
    """What (n,) unequal `weights` cost when they have nothing to do with the answers (Kish 1965, §11.7).

    Raises `BadDesign` unless all are positive.
    """
    values = np.asarray(weights, dtype=float)
    if values.ndim != 1 or not len(values) or not np.isfinite(values).all() or (values <= 0).any():
        raise errors.BadDesign(reason=errors.gettext_noop("a weight is not a positive number"))
    values = values / values.max()
    deff = len(values) * float((values**2).sum()) / float(values.sum()) ** 2
    return Kish(deff, len(values) / deff, len(values))


def _size(unlimited: float, population: float, response_rate: float, rounding: Rounding) -> Size:
    exact = unlimited / (1 + (unlimited - 1) / population)
    n = _rounded(exact, population, rounding)
    return Size(n, exact, unlimited, _invited(n, response_rate), rounding)


def _rounded(exact: float, population: float, rounding: Rounding) -> int:
    n = math.ceil(exact - _ROUNDING) if rounding is Rounding.UP else math.floor(exact + 0.5)
    return int(max(1, min(n, population)))


def _rounding(asked: Rounding | str) -> Rounding:
    try:
        return Rounding(asked)
    except ValueError:
        raise errors.BadOption(option="rounding", value=asked, allowed=", ".join(Rounding)) from None


def _invited(n: int, response_rate: float) -> int:
    return math.ceil(n / response_rate - _ROUNDING)


def _smallest(enough: Callable[[float], bool]) -> float:
    """The smallest n, from two up and unrounded, that is `enough`."""
    low = high = 2.0
    while not enough(high):
        low, high = high, high * 2
        if high > _LIMIT:
            raise errors.BadOption(option="margin", value=0, allowed=errors.gettext_noop("a wider margin"))
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _quantiles(level: float, power: float) -> tuple[float, float]:
    return distributions.normal_quantile(0.5 + level / 2), distributions.normal_quantile(power)


def _panel(overlap: float, correlation: float) -> float:
    if not (0 <= overlap <= 1 and -1 <= correlation <= 1):
        value = (overlap, correlation)
        raise errors.BadOption(option="overlap, correlation", value=value, allowed="0..1, -1..1")
    return 1 - overlap * correlation


def _label(drawn: Drawn, *, as_if: bool) -> str:
    try:
        drawn = Drawn(drawn)
    except ValueError:
        raise errors.BadOption(option="drawn", value=drawn, allowed=", ".join(Drawn)) from None
    if drawn is Drawn.BY_CHANCE:
        return RANDOM
    if not as_if:
        raise errors.NoMargin
    return AS_IF


def _positive(**options: float) -> None:
    for option, value in options.items():
        if not value > 0:
            raise errors.BadOption(option=option, value=value, allowed="> 0")


def _within(**options: float) -> None:
    """Each strictly between 0 and 1; everybody may answer."""
    for option, value in options.items():
        if not (0 < value < 1 or (option == "response_rate" and value == 1)):
            raise errors.BadOption(option=option, value=value, allowed=errors.gettext_noop("between 0 and 1"))
