"""The few distribution functions the intervals need, in plain Python.

scipy.stats would do, and takes longer to import than a whole small job may last; the tests hold these against it
to twelve digits. Incomplete beta and gamma: Abramowitz & Stegun (1964) 26.5.8, 6.5.29 and 6.5.31, evaluated by
Lentz's method (1976, Applied Optics 15:668).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from statistics import NormalDist

from zhiyin.libs.measure import errors

_TINY = 1e-300
_CLOSE = 1e-15
_DIGITS = 2e-16
"""How close, beside its own size, a root is found."""
_STEPS = 100_000
_MANY = 1000
"""Degrees of freedom from which the expansion about the normal is exact to the last digits."""
_COUNTLESS = 1e5
"""From here the noncentral t is normal to five digits: its power is planned with, not tested with."""
_LARGE = 1e4
"""From here the incomplete gamma function takes Temme's expansion: its series would need too many terms."""
_SLICES = 400
_NORMAL = NormalDist()


def refuse_level(level: float) -> None:
    """Raise `BadOption` for a level of confidence that is no share: the one check of every interval."""
    if not 0 < level < 1:
        raise errors.BadOption(option="level", value=level, allowed=errors.gettext_noop("between 0 and 1"))


def _inside(p: float) -> None:
    """Only a level of 1 and beyond asks for a quantile where there is none."""
    if not 0 < p < 1:
        refuse_level(2 * p - 1 if p >= 1 else 1 - 2 * p)


def normal_quantile(p: float) -> float:
    """z with P(Z ≤ z) = p; raises `BadOption` unless 0 < p < 1."""
    _inside(p)
    return _NORMAL.inv_cdf(p)


def normal_tail(z: float) -> float:
    """P(Z > z)."""
    return math.erfc(z / math.sqrt(2)) / 2


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b)."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(x, a, b) / a
    return 1 - front * _beta_fraction(1 - x, b, a) / b


def _beta_fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return value


def _away(x: float) -> float:
    """Away from zero, where Lentz's recurrence would divide by it."""
    return x if abs(x) > _TINY else _TINY


def beta_quantile(p: float, a: float, b: float) -> float:
    """x with I_x(a, b) = p; the ends of Clopper and Pearson's interval come from here."""
    return _root(lambda x: beta_cdf(x, a, b) - p, 0.0, 1.0)


def t_cdf(t: float, df: float) -> float:
    """P(T ≤ t) for Student's t with `df` degrees of freedom."""
    if math.isinf(df):
        return _NORMAL.cdf(t)
    tail = beta_cdf(df / (df + t * t), df / 2, 0.5) / 2
    return 1 - tail if t > 0 else tail


@lru_cache(maxsize=4096)
def t_quantile(p: float, df: float) -> float:
    """t with P(T ≤ t) = p; nan without a single degree of freedom; raises `BadOption` unless 0 < p < 1."""
    _inside(p)
    if not df > 0:
        return math.nan
    if p == 0.5:  # noqa: PLR2004 - the middle of a symmetric distribution
        return 0.0
    if df > _MANY:
        return _nearly_normal(normal_quantile(p), df)
    tail = min(p, 1 - p)
    x = _root(lambda x: beta_cdf(x, df / 2, 0.5) / 2 - tail, 0.0, 1.0)
    size = math.sqrt(df * (1 - x) / x) if x < 0.9 else math.sqrt(df * _far_side(tail, df))  # noqa: PLR2004
    return math.copysign(size, p - 0.5)


def noncentral_t_tail(t: float, df: float, shift: float) -> float:
    """P(T > t) of (Z + shift)/√(χ²/df): the power of a t test (Johnson, Kotz & Balakrishnan 1995, ch. 31).

    By Simpson's rule over s = √(χ²/df), whose density is smooth and close about one.
    """
    if df > _COUNTLESS:
        return normal_tail(t - shift)
    half, wide = df / 2, 8.5 / math.sqrt(2 * df)
    low, high = max(0.0, 1 - wide), 1 + wide * (1 + 1 / df)
    step = (high - low) / _SLICES
    front = math.log(2) + half * math.log(half) - math.lgamma(half)
    total = 0.0
    for at in range(_SLICES + 1):
        s = max(_TINY, low + at * step)
        weight = 1 if at in {0, _SLICES} else 4 if at % 2 else 2
        total += weight * math.exp(front + (df - 1) * math.log(s) - half * s * s) * normal_tail(t * s - shift)
    return total * step / 3


def _nearly_normal(z: float, df: float) -> float:
    """Abramowitz & Stegun (1964) 26.7.5: what is left out is of the order df⁻⁵."""
    w = z * z
    terms = (
        z,
        z * (w + 1) / 4,
        z * ((5 * w + 16) * w + 3) / 96,
        z * (((3 * w + 19) * w + 17) * w - 15) / 384,
        z * ((((79 * w + 776) * w + 1482) * w - 1920) * w - 945) / 92160,
    )
    return math.fsum(term / df**power for power, term in enumerate(terms))


def _far_side(tail: float, df: float) -> float:
    """t²/df from the other side of the beta function, where 1 - x would lose its digits."""
    y = _root(lambda y: 0.5 - beta_cdf(y, 0.5, df / 2) / 2 - tail, 0.0, 1.0)
    return y / (1 - y)


def chi2_tail(x: float, df: float) -> float:
    """P(χ² > x) with `df` degrees of freedom."""
    return 1.0 if x <= 0 else _gamma_tail(df / 2, x / 2)


def chi2_quantile(p: float, df: float) -> float:
    """x with P(χ² ≤ x) = p; the ends of Garwood's interval for a Poisson count come from here."""
    if df <= 0 or p <= 0:
        return 0.0
    high = df + 1.0
    while chi2_tail(high, df) > 1 - p:
        high *= 2
    return _root(lambda x: 1 - p - chi2_tail(x, df), 0.0, high)


def f_quantile(p: float, df1: float, df2: float) -> float:
    """f with P(F ≤ f) = p."""
    x = beta_quantile(p, df1 / 2, df2 / 2)
    return df2 * x / (df1 * (1 - x))


def f_tail(f: float, df1: float, df2: float) -> float:
    """P(F > f)."""
    if f <= 0:
        return 1.0
    if math.isinf(df2):
        return chi2_tail(f * df1, df1)
    return beta_cdf(df2 / (df2 + df1 * f), df2 / 2, df1 / 2)


def _gamma_tail(a: float, x: float) -> float:
    """The regularised upper incomplete gamma function Q(a, x)."""
    if a > _LARGE:
        return _large_gamma_tail(a, x)
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for k in range(1, _STEPS):
            term *= x / (a + k)
            total += term
            if term < total * _CLOSE:
                break
        return 1 - front * total
    b, c = x + 1 - a, 1 / _TINY
    d = value = 1 / b
    for k in range(1, _STEPS):
        b += 2
        term = -k * (k - a)
        d = 1 / _away(term * d + b)
        c = _away(b + term / c)
        value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return front * value


def _large_gamma_tail(a: float, x: float) -> float:
    """Q(a, x) for large a, uniformly in x (Temme 1979; NIST Handbook, 8.12.4, 8.12.8 and 8.12.10)."""
    away = (x - a) / a
    half_square = away - math.log1p(away)
    if abs(away) < 0.01:  # noqa: PLR2004 - where the difference of the two would lose its digits
        half_square = away**2 * math.fsum((-away) ** k / (k + 2) for k in range(8))
    if half_square * a > 1400:  # noqa: PLR2004 - beyond what a float holds
        return 0.0 if away > 0 else 1.0
    eta = math.copysign(math.sqrt(2 * half_square), away)
    if abs(eta) < 0.01:  # noqa: PLR2004 - the same for the coefficients
        first = -1 / 3 + eta / 12 - 2 * eta**2 / 135 + eta**3 / 864 + eta**4 / 2835
        second = -1 / 540 - eta / 288 + eta**2 / 378
    else:
        first = 1 / away - 1 / eta
        second = 1 / eta**3 - 1 / away**3 - 1 / away**2 - 1 / (12 * away)
    rest = math.exp(-a * half_square) / math.sqrt(2 * math.pi * a) * (first + second / a)
    return min(1.0, max(0.0, math.erfc(eta * math.sqrt(a / 2)) / 2 + rest))


def _root(f: Callable[[float], float], low: float, high: float) -> float:
    """Where the monotone `f` crosses zero between `low` and `high`, to the last digits.

    Chandrupatla (1997, Advances in Engineering Software 28:145): inverse quadratic steps where they are safe, halving
    where they are not; a fifth of the evaluations that halving alone takes.
    """
    last, f_last, opposite, f_opposite, part = low, f(low), high, f(high), 0.5
    for _ in range(1100):
        x = last + part * (opposite - last)
        fx = f(x)
        if (fx < 0) == (f_last < 0):
            older, f_older = last, f_last
        else:
            older, f_older, opposite, f_opposite = opposite, f_opposite, last, f_last
        last, f_last = x, fx
        best = last if abs(f_last) < abs(f_opposite) else opposite
        least = (_DIGITS * abs(best) + _TINY) / abs(opposite - last) if opposite != last else 1.0
        if least > 0.5 or f_last == 0 or f_opposite == 0:  # noqa: PLR2004 - nothing left to halve
            return best
        part = min(1 - least, max(least, _step(last, opposite, older, f_last, f_opposite, f_older)))
    return last


def _step(x1: float, x2: float, x3: float, f1: float, f2: float, f3: float) -> float:
    """How far from x1 to x2 to go: by inverse quadratic interpolation where it is safe, else half-way."""
    if f3 in {f1, f2}:
        return 0.5
    xi, phi = (x1 - x2) / (x3 - x2), (f1 - f2) / (f3 - f2)
    if not (0 < xi < 1 and 1 - math.sqrt(1 - xi) < phi < math.sqrt(xi)):
        return 0.5
    return f1 / (f2 - f1) * f3 / (f2 - f3) + (x3 - x1) / (x2 - x1) * f1 / (f3 - f1) * f2 / (f3 - f2)
