"""Which day a word of time means: one reader a kind of word, each (token, today, closed today, before) → day."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable

from zhiyin.libs.coach.promises import english
from zhiyin.libs.coach.promises.numerals import upper
from zhiyin.libs.coach.promises.tokens import Token

SATURDAY, SUNDAY, DECEMBER = 5, 6, 12
_DAY = dt.timedelta(days=1)
_OFFSETS = {"大后": 3, "后": 2, "明": 1, "今": 0, "次": 1, "隔": 1}
_WHOLE = {"今明两天": 1, "明后天": 2, "明后两天": 2, "第二天": None, "次日": None, "隔天": None, "隔日": None,
          "today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2}  # fmt: skip
_TENTHS = {"初": 10, "上旬": 10, "中": 20, "中旬": 20}
_SOLAR = {"元旦": (1, 1), "五一": (5, 1), "劳动": (5, 1), "国庆": (10, 1), "十一": (10, 1),
          "双十一": (11, 11), "双11": (11, 11), "双十二": (12, 12), "双12": (12, 12), "圣诞": (12, 25)}  # fmt: skip
_SHOPPING = frozenset({"双十一", "双11", "双十二", "双12"})
# Days by the moon and the sun's course, as the State Council's yearly notices and the Purple Mountain almanac have them.
_LUNAR = {
    "春节": {2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3)},
    "清明": {2025: (4, 4), 2026: (4, 5), 2027: (4, 5), 2028: (4, 4), 2029: (4, 4), 2030: (4, 5)},
    "端午": {2025: (5, 31), 2026: (6, 19), 2027: (6, 9), 2028: (5, 28), 2029: (6, 16), 2030: (6, 5)},
    "中秋": {2025: (10, 6), 2026: (9, 25), 2027: (9, 15), 2028: (10, 3), 2029: (9, 22), 2030: (9, 12)},
}
Reader = Callable[[Token, dt.date, bool, bool], dt.date | None]


def months_on(day: dt.date, months: int) -> dt.date:
    """The same day `months` later, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return _in_month(year, month + 1, day.day)


def _in_month(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _month_end(day: dt.date) -> dt.date:
    return _in_month(day.year, day.month, 31)


def _relative(token: Token, today: dt.date, closed: bool, before: bool) -> dt.date | None:  # noqa: FBT001
    written = token.get("relday")
    if written in _WHOLE:
        ahead = _WHOLE[written]
    elif written.startswith("当"):
        ahead = None  # the day of something else
    elif written.startswith("这"):
        ahead = 2
    else:
        ahead = next(days for head, days in _OFFSETS.items() if written.startswith(head))
    return None if ahead is None else today + ahead * _DAY


def _weekday(token: Token, today: dt.date, closed: bool, before: bool) -> dt.date | None:  # noqa: FBT001
    written, week = token.get("wd"), token.get("week")
    weekend = written in {"末", "7"} and written == "末"
    if written.isascii() and written.isalpha():
        number = english.index(written, english.WEEKDAYS)
        week = {"next": "下", "this": "这"}.get(week, "")
    else:
        number = SUNDAY if written in {"日", "天", "末", "7"} else int(upper(written) or 1) - 1
    monday = today - today.weekday() * _DAY
    if week:
        day = monday + (7 * _weeks(week) + number) * _DAY
    else:
        day = monday + number * _DAY
        if day < today or (day == today and closed):
            day += 7 * _DAY
    # Before the weekend is Friday.
    return day - 2 * _DAY if weekend and before else day


def _weeks(written: str) -> int:
    return written.count("下") - written.count("上")


def _date(token: Token, today: dt.date, closed: bool, before: bool) -> dt.date | None:  # noqa: FBT001
    month = token.get("month") or token.get("month2")
    if not month:
        return _day_of_month(token, today, closed, before)
    number = (
        english.index(month, english.MONTHS) + 1 if month.isalpha() and month.isascii() else _number(month)
    )
    year = _year(token, today)
    if token.get("tenth"):
        return _ahead(today, lambda candidate: _tenth(candidate, number, token.get("tenth")), year)
    day = _number(token.get("day") or token.get("day2"))
    return _ahead(today, lambda candidate: dt.date(candidate, number, day), year)


def _year(token: Token, today: dt.date) -> int | None:
    if token.get("year"):
        return int(token.get("year"))
    which = token.get("which_year")
    return today.year + _OFFSETS[which] if which else None


def _ahead(today: dt.date, on: Callable[[int], dt.date], year: int | None = None) -> dt.date:
    """The day in the year that is said, or in the first in which it has not gone by."""
    if year is not None:
        return on(year)
    day = on(today.year)
    return day if day >= today else on(today.year + 1)


def _tenth(year: int, month: int, written: str) -> dt.date:
    return _in_month(year, month, _TENTHS.get(written, 31))


def _day_of_month(token: Token, today: dt.date, closed: bool, before: bool) -> dt.date | None:  # noqa: FBT001
    number = _number(token.get("dnum2") or token.get("dnum"))
    day = _first_month_with(today, number)
    if day == today and closed:
        day = _first_month_with(today + _DAY, number)
    return day


def _first_month_with(today: dt.date, number: int) -> dt.date:
    for ahead in range(3):
        month = months_on(today.replace(day=1), ahead)
        day = _in_month(month.year, month.month, number)
        if day.day == number and day >= today:
            return day
    raise ValueError(number)


def _span(token: Token, today: dt.date, closed: bool, before: bool) -> dt.date | None:  # noqa: FBT001
    if token.get("period") or token.get("length") or not token.get("which"):
        return _english_span(token, today)
    ahead = token.get("which").count("下")
    if token.get("w"):
        return today + (SUNDAY - today.weekday() + 7 * ahead) * _DAY
    if token.get("y"):
        return dt.date(today.year + ahead, DECEMBER, 31)
    month = months_on(today.replace(day=1), ahead)
    if token.get("mday"):
        return month.replace(day=_number(token.get("mday")))
    return _tenth(month.year, month.month, token.get("part_of"))


def _english_span(token: Token, today: dt.date) -> dt.date:
    written = token.get("span")
    ahead = 1 if token.get("next") or token.get("which") == "next" else 0
    unit = token.get("period") or token.get("length") or {"eow": "week", "eom": "month"}.get(written, "day")
    if unit == "week":
        last = SATURDAY - 1 if token.get("period") or written == "eow" else SUNDAY
        day = today + (last - today.weekday() + 7 * ahead) * _DAY
        return day if day >= today else day + 7 * _DAY
    if unit == "month":
        return _month_end(months_on(today, ahead))
    return dt.date(today.year + ahead, DECEMBER, 31) if unit == "year" else today


def _month_part(token: Token, today: dt.date, closed: bool, before: bool) -> dt.date | None:  # noqa: FBT001
    if token.get("ny"):
        return dt.date(today.year + _OFFSETS[token.get("ny")], DECEMBER, 31)
    if token.get("this") == "年":
        return dt.date(today.year, DECEMBER, 31)
    day = _tenth(today.year, today.month, token.get("tenth2") or token.get("tenth3"))
    if day >= today:
        return day
    later = months_on(today.replace(day=1), 1)
    return _tenth(later.year, later.month, token.get("tenth2"))


def _festival(token: Token, today: dt.date, closed: bool, before: bool) -> dt.date | None:  # noqa: FBT001
    written = token.get("festival")
    name = (
        "春节"
        if written.startswith("过年")
        else next(
            (name for name in (*_LUNAR, *sorted(_SOLAR, key=len, reverse=True)) if written.startswith(name)),
            "",
        )
    )
    if name in _SOLAR:
        day = _ahead(today, lambda year: dt.date(year, *_SOLAR[name]))
    else:
        known = [dt.date(year, *date) for year, date in _LUNAR.get(name, {}).items()]
        found = next((date for date in known if date >= today), None)
        if found is None:
            return None
        day = found
    return day - _DAY if before and name not in _SHOPPING else day


def _number(written: str) -> int:
    value = upper(written)
    if value is None:
        raise ValueError(written)
    return int(value)


READERS: dict[str, Reader] = {
    "relday": _relative,
    "weekday": _weekday,
    "date": _date,
    "dom": _day_of_month,
    "span": _span,
    "monthpart": _month_part,
    "festival": _festival,
}
