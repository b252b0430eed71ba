"""From what somebody typed to a value of its column, and back to text. Empty says nothing and is None.

Stored values are what JSON holds: a time as ISO text on the clock of whoever wrote it down (a date, a time of day, or
both), yes or no as a bool, a number as a number, everything else as text.
"""

from __future__ import annotations

import unicodedata
from datetime import date, time

from zhiyin.facts.rules import words
from zhiyin.facts.rules.words import Kind
from zhiyin.kit.errors import Invalid, gettext_noop
from zhiyin.libs.contrast import kinds
from zhiyin.libs.contrast.facts import FAILED, WELL
from zhiyin.libs.contrast.kinds import Moment

Value = str | bool | float
YEARS = range(1990, 2100)
LARGEST = 1e12


class NotATime(Invalid):
    code = "facts.not_a_time"
    message = gettext_noop(
        "“%(value)s” is not a time yet: write it like 2026-03-12 18:30, 2026-03-12 or 18:30."
    )


class NotYesOrNo(Invalid):
    code = "facts.not_yes_or_no"
    message = gettext_noop("“%(value)s” is neither yes nor no.")


class NotANumber(Invalid):
    code = "facts.not_a_number"
    message = gettext_noop("“%(value)s” is not a number.")


class OtherUnit(Invalid):
    code = "facts.other_unit"
    message = gettext_noop("“%(value)s” has another unit than this column: %(unit)s.")


class TooLong(Invalid):
    code = "facts.too_long"
    message = gettext_noop("At most %(most)s characters; this has %(found)s.")


def read(text: str, *, kind: Kind, unit: str = "", field: str = "") -> Value | None:
    """The value of a cell. Raises NotATime, NotYesOrNo, NotANumber, OtherUnit, TooLong, all with `field`."""
    typed = tidy(text)
    if kinds.missing(typed):
        return None
    if kind is Kind.TIME:
        return _time(typed, field)
    if kind is Kind.YESNO:
        return _yesno(typed, field)
    if kind is Kind.NUMBER:
        return _number(typed, unit, field)
    if len(typed) > words.TEXT:
        raise TooLong(field=field, most=words.TEXT, found=len(typed))
    return typed


def clean(text: str) -> str:
    """One line without control characters, otherwise as it was written."""
    return " ".join(
        "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text).split()
    )


def tidy(text: str) -> str:
    """One line, with full-width forms narrowed as the analysis does: what is compared."""
    return clean(kinds.normal(clean(text)))


def _short(text: str) -> str:
    return text if len(text) <= words.TEXT else f"{text[: words.TEXT]}…"


def _time(typed: str, field: str) -> str:
    moment = kinds.as_moment(typed)
    if moment is None or (moment.day is not None and moment.day.year not in YEARS):
        raise NotATime(field=field, value=_short(typed))
    return written(moment)


def written(moment: Moment) -> str:
    """A moment as it is stored."""
    clock = "" if moment.minute is None else f"{moment.minute // 60:02d}:{moment.minute % 60:02d}"
    return "T".join(part for part in (moment.day.isoformat() if moment.day else "", clock) if part)


def moment(stored: str) -> Moment:
    """A stored time."""
    day, _, clock = stored.rpartition("T") if "T" in stored else _alone(stored)
    at = time.fromisoformat(clock) if clock else None
    return Moment(date.fromisoformat(day) if day else None, None if at is None else at.hour * 60 + at.minute)


def _alone(stored: str) -> tuple[str, str, str]:
    return ("", "", stored) if ":" in stored else (stored, "", "")


def _yesno(typed: str, field: str) -> bool:
    word = typed.lower()
    answer = True if word in FAILED else False if word in WELL else kinds.as_yesno(typed)
    if answer is None:
        raise NotYesOrNo(field=field, value=_short(typed))
    return answer


def _number(typed: str, unit: str, field: str) -> float:
    read = kinds.as_number(typed)
    if read is None or abs(read[0]) > LARGEST:
        raise NotANumber(field=field, value=_short(typed))
    if read[1] and read[1] != kinds.normal(unit):
        raise OtherUnit(field=field, value=_short(typed), unit=unit or "–")
    return read[0]
