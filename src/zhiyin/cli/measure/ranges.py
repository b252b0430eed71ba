"""Options whose figures must make sense before anything is measured."""

from __future__ import annotations

import math

from zhiyin.libs.measure.errors import MeasureError, gettext_noop


class OutOfRange(MeasureError):
    """An option outside what can be meant."""

    code = "measure.out_of_range"
    message = gettext_noop("%(option)s cannot be %(value)s: %(rule)s.")


class WrongSum(MeasureError):
    """Shares of one column that do not make a whole."""

    code = "measure.wrong_sum"
    message = gettext_noop("%(option)s: the shares of %(field)s come to %(sum)s, not to 1 or 100 %%.")


class DifferentSums(MeasureError):
    """Margins of one population that come to different totals."""

    code = "measure.different_sums"
    message = gettext_noop(
        "%(option)s: %(first)s comes to %(sum)s and %(other)s to %(total)s; all columns must come to the same."
    )


def share(option: str, value: float) -> None:
    """More than nothing and less than everything; raises `OutOfRange`."""
    _check(
        option,
        value,
        gettext_noop("a share lies between 0 and 1, and five points are 0.05"),
        ok=0 < value < 1,
    )


def share_or_all(option: str, value: float) -> None:
    """More than nothing, up to everything; raises `OutOfRange`."""
    rule = gettext_noop("it is a share above 0, at most 1")
    _check(option, value, rule, ok=0 < value <= 1)


def share_or_none(option: str, value: float) -> None:
    """From nothing, less than everything; raises `OutOfRange`."""
    rule = gettext_noop("it is a difference of shares, from 0 to below 1, and five points are 0.05")
    _check(option, value, rule, ok=0 <= value < 1)


def above_zero(option: str, value: float) -> None:
    """A finite figure above zero; raises `OutOfRange`."""
    _check(option, value, gettext_noop("it must be above 0"), ok=value > 0 and math.isfinite(value))


def not_below_zero(option: str, value: float) -> None:
    """A finite figure, zero or more; raises `OutOfRange`."""
    _check(option, value, gettext_noop("it must be 0 or more"), ok=value >= 0 and math.isfinite(value))


def on_a_gap(option: str, value: float, width: float) -> None:
    """A gap that a scale of this width can have; raises `OutOfRange`."""
    not_below_zero(option, value)
    _check(option, value, gettext_noop("no gap on this scale is that wide"), ok=value <= width)


def around_one(option: str, low: float, high: float) -> None:
    """Bounds on both sides of the mean; raises `OutOfRange`."""
    rule = gettext_noop("the lower bound must be from 0 to below 1 and the upper above 1, as in 0.3,3")
    if not (0 <= low < 1 < high < math.inf):
        raise OutOfRange(option=option, value=f"{low:g},{high:g}", rule=rule)


def _check(option: str, value: float, rule: str, *, ok: bool) -> None:
    if not ok:
        raise OutOfRange(option=option, value=f"{value:g}", rule=rule)
