"""Working hours as people write them: `09:00–12:00 13:30–18:00`, and dates of their own a line each. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from zhiyin.kit.errors import DomainError, Invalid, gettext_noop

CLOCK = r"(\d{1,2})[:.点](\d{2})"
RANGE = re.compile(rf"{CLOCK}\s*(?:-|–|—|~|至|到)\s*{CLOCK}")
DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
BETWEEN = re.compile(r"[\s,;、及和]*")
CLOSED = re.compile(r"(?:休息|休|闭|关|closed|off)(?=$|[\s,;:、])", re.IGNORECASE)
DAY = 24 * 60
NOTE_LONGEST = 120
MOST_LINES = 400


@dataclass(frozen=True, slots=True, order=True)
class Exceptional:
    """A date with hours of its own, or (both None) closed. Minutes after midnight."""

    date: date
    start: int | None = None
    end: int | None = None
    note: str = ""


class HoursUnreadable(Invalid):
    code = "people.hours_unreadable"
    message = gettext_noop("“%(text)s” reads as no hours. Write them like 09:00-12:00 13:30-18:00.")


class OverMidnight(Invalid):
    code = "people.over_midnight"
    message = gettext_noop(
        "%(text)s goes over midnight. Write it up to 24:00, and from 00:00 on the next day."
    )


class DateUnreadable(Invalid):
    code = "people.date_unreadable"
    message = gettext_noop("“%(text)s” begins with no date. Write it like 2027-02-06.")


class NoteTooLong(Invalid):
    code = "people.note_too_long"
    message = gettext_noop("The reason is longer than %(most)s characters.")


class LinesUnreadable(Invalid):
    """Lines that cannot be taken; `problems` has each with its number."""

    code = "people.lines_unreadable"
    message = gettext_noop("%(count)s lines need another look.")

    def __init__(self, problems: Sequence[tuple[int, DomainError]]) -> None:
        super().__init__(field="exceptions", count=len(problems))
        self.problems = tuple(problems)


class TooManyLines(Invalid):
    code = "people.too_many_lines"
    message = gettext_noop("At most %(most)s lines. Leave out dates that are long past.")


def read_hours(text: str, *, field: str = "") -> list[tuple[int, int]]:
    """The periods of one day, in minutes after midnight; nothing for nothing.

    Raises `HoursUnreadable`, `OverMidnight`.
    """
    found, rest = _take_hours(_plain(text), field)
    if rest:
        raise HoursUnreadable(field=field, text=rest)
    return found


def read_exceptions(text: str) -> list[Exceptional]:
    """One date a line: `2027-02-06 closed stock-taking`, `2027-02-07 09:00-12:00`; a date alone is closed.

    Raises `LinesUnreadable` with every bad line, `TooManyLines`.
    """
    lines = [(number, _plain(line)) for number, line in enumerate(text.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line]
    if len(lines) > MOST_LINES:
        raise TooManyLines(field="exceptions", most=MOST_LINES)
    rows: list[Exceptional] = []
    problems: list[tuple[int, DomainError]] = []
    for number, line in lines:
        try:
            rows += _read_line(line)
        except DomainError as problem:
            problems.append((number, problem))
    if problems:
        raise LinesUnreadable(problems)
    return rows


def write_hours(periods: Iterable[tuple[int, int]]) -> str:
    """`09:00–12:00 13:30–18:00`, as `read_hours` takes it back."""
    return " ".join(f"{_clock(start)}–{_clock(end)}" for start, end in sorted(periods))


def write_exceptions(rows: Iterable[Exceptional], *, closed: str = "休") -> str:
    """A line a date, as `read_exceptions` takes it back."""
    ordered = sorted(rows, key=lambda row: (row.date, row.note, row.start or 0))
    lines = []
    for (day, note), group in groupby(ordered, key=lambda row: (row.date, row.note)):
        hours = [(row.start, row.end) for row in group if row.start is not None and row.end is not None]
        lines.append(" ".join(part for part in (day.isoformat(), write_hours(hours) or closed, note) if part))
    return "\n".join(lines)


def _read_line(line: str) -> list[Exceptional]:
    match = DATE.match(line)
    try:
        day = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        day = None
    if match is None or day is None:
        raise DateUnreadable(text=line[:40])
    hours, rest = _take_hours(line[match.end() :], "")
    closed = CLOSED.match(rest)
    if closed and not hours:
        rest = rest[closed.end() :]
    elif rest[:1].isdecimal():
        raise HoursUnreadable(text=rest[:40])
    note = rest.strip(" ,;:、")
    if len(note) > NOTE_LONGEST:
        raise NoteTooLong(most=NOTE_LONGEST)
    return [Exceptional(day, start, end, note) for start, end in hours] or [Exceptional(day, note=note)]


def _take_hours(text: str, field: str) -> tuple[list[tuple[int, int]], str]:
    """The periods at the beginning of `text`, and what follows them."""
    found: list[tuple[int, int]] = []
    at = _after_gap(text, 0)
    while match := RANGE.match(text, at):
        found.append(_period(match, field))
        at = _after_gap(text, match.end())
    return found, text[at:]


def _period(match: re.Match[str], field: str) -> tuple[int, int]:
    hour, minute, end_hour, end_minute = (int(part) for part in match.groups())
    start, end = hour * 60 + minute, end_hour * 60 + end_minute
    if max(minute, end_minute) > 59 or start > DAY or end > DAY:  # noqa: PLR2004  # minutes of an hour
        raise HoursUnreadable(field=field, text=match[0])
    if end <= start:
        raise OverMidnight(field=field, text=match[0])
    return start, end


def _after_gap(text: str, at: int) -> int:
    gap = BETWEEN.match(text, at)
    return gap.end() if gap else at


def _plain(text: str) -> str:
    """Full-width figures and colons as the plain ones."""
    return unicodedata.normalize("NFKC", text).strip()


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
