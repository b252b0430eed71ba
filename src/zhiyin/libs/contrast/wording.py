"""How a condition is said: phrases that other sentences take in."""

from __future__ import annotations

import datetime as dt
import math

from zhiyin.libs.contrast.errors import gettext_noop
from zhiyin.libs.contrast.statements import Statement

DAY = 24 * 60
WEEKDAYS = tuple(
    Statement(name)
    for name in (
        gettext_noop("Monday"),
        gettext_noop("Tuesday"),
        gettext_noop("Wednesday"),
        gettext_noop("Thursday"),
        gettext_noop("Friday"),
        gettext_noop("Saturday"),
        gettext_noop("Sunday"),
    )
)
YES, NO = Statement(gettext_noop("yes")), Statement(gettext_noop("no"))
UNDER = gettext_noop("%(column)s is under %(cut)s")
FROM = gettext_noop("%(column)s is %(cut)s or more")
IS = gettext_noop("%(column)s is “%(value)s”")
HOLDS = gettext_noop("“%(what)s”")
HOLDS_NOT = gettext_noop("not “%(what)s”")
HAS = gettext_noop("with “%(what)s”")
HAS_NOT = gettext_noop("without “%(what)s”")
IS_NOT = gettext_noop("%(column)s is not “%(value)s”")
BEFORE = gettext_noop("%(column)s is before %(cut)s")
SINCE = gettext_noop("%(column)s is %(cut)s or later")
BETWEEN = gettext_noop("%(column)s is between %(start)s and %(end)s")
ON = gettext_noop("%(column)s is on a %(day)s")
NOT_ON = gettext_noop("%(column)s is not on a %(day)s")
WEEKEND = gettext_noop("%(column)s is on a Saturday or Sunday")
WEEK = gettext_noop("%(column)s is from Monday to Friday")
ASPECTS = {
    "time_of_day": gettext_noop("%(column)s: time of day"),
    "weekday": gettext_noop("%(column)s: day of the week"),
    "date": gettext_noop("%(column)s: date"),
}
BOTH = gettext_noop("%(first)s and %(second)s")
NOT_BOTH = gettext_noop("not both: %(first)s and %(second)s")
SUCH_AS = gettext_noop("%(condition)s (such as %(value)s)")
FAILS = gettext_noop(
    "Fails when %(condition)s: %(failed)s of %(rows)s, against %(other_failed)s of %(other_rows)s."
)
NO_DIFFERENCE = gettext_noop(
    "No difference when %(condition)s: %(failed)s of %(rows)s failed, against %(other_failed)s of %(other_rows)s."
)
_CLOCK_STEPS = (60, 30, 15, 5, 1)
_WHETHER = ("是否", "是不是")
_WITH = ("有没有", "有沒有", "有无", "有無")
_QUESTION = ("了没有", "了沒有", "没有", "沒有", "吗", "嗎", "与否", "與否")
NAMES_ITS_VALUE = frozenset({IS, HOLDS, HOLDS_NOT, HAS, HAS_NOT})
"""Conditions that need no example: they say the value already."""


def yes_or_no(column: str, *, yes: bool) -> Statement:
    """A yes/no column as a condition. What is asked in the heading (是否下雨, 有没有停电, 下雨吗？) is said, not quoted."""
    what = column.strip().rstrip("？?").strip()
    asked = what != column.strip()
    for endings, messages in ((_WITH, (HAS, HAS_NOT)), (_WHETHER, (HOLDS, HOLDS_NOT))):
        head = next((each for each in endings if what.startswith(each) and what != each), "")
        if head:
            return Statement(messages[0] if yes else messages[1], {"what": what.removeprefix(head)})
    tail = next((each for each in _QUESTION if what.endswith(each) and what != each), "")
    if asked and not tail:
        return Statement(IS, {"column": f"“{column.strip()}”", "value": YES if yes else NO})
    return Statement(HOLDS if yes else HOLDS_NOT, {"what": what.removesuffix(tail)})


def nice(low: float, high: float) -> float:
    """The plainest number c with low < c ≤ high: the middle, rounded as far as the gap allows."""
    middle = low + (high - low) / 2
    first = -math.floor(math.log10(max(abs(low), abs(high), 1e-300)))
    for digits in range(first, first + 17):
        rounded = round(middle, digits)
        if low < rounded <= high:
            return rounded
    return high


def nice_minute(low: int, high: int, *, late: bool) -> int:
    """The plainest time of day after `low` and not after `high`, minutes; `high` may lie in the next day.

    Of equally plain ones the latest or the first: a window is drawn close around what was seen in it.
    """
    for step in _CLOCK_STEPS:
        latest, first = high - high % step, low + step - low % step
        if latest > low:
            return (latest if late else first) % DAY
    return high % DAY


def clock(minute: int) -> str:
    """18:30."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def date(ordinal: float) -> str:
    """2026-03-12."""
    return dt.date.fromordinal(int(ordinal)).isoformat()


def amount(value: float, unit: str) -> str:
    """A number with its unit, spaced as the unit's script wants it."""
    close = not unit or not unit[0].isascii() or unit[0] == "%"
    return f"{value:.10g}{'' if close else ' '}{unit}"
