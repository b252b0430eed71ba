"""What a sheet of customers holds besides answers: days, yes and no, amounts and parts of them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure.errors import gettext_noop
from zhiyin.libs.measure.sheets import errors, questions
from zhiyin.libs.measure.sheets.sheet import Floats, Sheet, label, plain, shown

YES_NO = dict.fromkeys(
    ("yes", "y", "true", "是", "有", "会", "會", "对", "對", "✓", "√"), 1.0
) | dict.fromkeys(("no", "n", "false", "否", "没有", "沒有", "无", "無", "不会", "不會", "不是", "×"), 0.0)
NONE = dict.fromkeys(("no", "none", "无", "無", "没有", "沒有"), 0.0)
_DAY = re.compile(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT].*)?")
_EIGHT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:\.0)?\s*")

yes_no = questions.coder(scale=(0, 1), whole=True, words=YES_NO, allowed="1, 0, yes, no, 是, 否")
count = questions.coder(scale=(0, 1e15), whole=True, words=NONE, allowed="0, 1, 2, …")
amount = questions.coder(scale=(0, 1e15))


class NotADay(errors.Unusable):
    """Text where a day belongs."""

    code = "measure.not_a_day"
    message = gettext_noop(
        "Row %(row)s, column %(column)s: “%(value)s” is not a day. Write it like 2026-01-31."
    )


class MoreThanAll(errors.Unusable):
    """A part that is larger than its whole."""

    code = "measure.more_than_all"
    message = gettext_noop(
        "Row %(row)s: %(part)s in column %(column)s is more than the %(whole)s in column %(other)s."
    )


class BeforeTheFirst(errors.Unusable):
    """A second time that comes before the first."""

    code = "measure.before_the_first"
    message = gettext_noop(
        "Row %(row)s: the day %(day)s in column %(column)s lies before %(first)s in column %(other)s."
    )


def day(text: str) -> dt.date | None:
    """2026-01-31, 2026/1/31, 2026年1月31日 or 20260131; None where it is no day."""
    found = _DAY.fullmatch(text) or _EIGHT.fullmatch(text)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def days(sheet: Sheet, name: str) -> Floats:
    """The column as days since 0001-01-01, nan where empty; raises `NotADay`."""
    out = np.full(len(sheet), np.nan)
    for at, cell in enumerate(sheet.columns[name].tolist()):
        text = label(cell)
        if text is None:
            continue
        found = day(text)
        if found is None:
            raise NotADay(row=sheet.row(at), column=name, value=shown(cell))
        out[at] = found.toordinal()
    return out


def not_before(sheet: Sheet, name: str, later: Floats, other: str, first: Floats) -> None:
    """Raise `BeforeTheFirst` for the first row whose later day is the earlier one."""
    at = _first(later < first)
    if at is not None:
        said = [dt.date.fromordinal(int(each[at])).isoformat() for each in (later, first)]
        raise BeforeTheFirst(row=sheet.row(at), day=said[0], column=name, first=said[1], other=other)


def not_more(sheet: Sheet, name: str, part: Floats, other: str, whole: Floats) -> None:
    """Raise `MoreThanAll` for the first row whose part is larger than its whole."""
    at = _first(part > whole)
    if at is not None:
        raise MoreThanAll(
            row=sheet.row(at), part=plain(part[at]), column=name, whole=plain(whole[at]), other=other
        )


def _first(wrong: NDArray[Any]) -> int | None:
    return int(np.argmax(wrong)) if wrong.any() else None
