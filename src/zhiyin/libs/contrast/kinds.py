"""What a column is: read from its cells, or given."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from zhiyin.libs.contrast import errors
from zhiyin.libs.contrast.errors import gettext_noop
from zhiyin.libs.contrast.statements import Statement


class Kind(StrEnum):
    """The five kinds of condition; a place is compared as a category is."""

    NUMBER = "number"
    YESNO = "yesno"
    TIME = "time"
    PLACE = "place"
    CATEGORY = "category"


WORDS = {
    Kind.NUMBER: gettext_noop("a number"),
    Kind.YESNO: gettext_noop("yes or no"),
    Kind.TIME: gettext_noop("a date or a time of day"),
    Kind.PLACE: gettext_noop("a place"),
    Kind.CATEGORY: gettext_noop("a category"),
}
YES = frozenset({"yes", "y", "true", "t", "是", "有", "对", "對", "√", "✓", "✔", "1"})
NO = frozenset({"no", "n", "false", "f", "否", "无", "無", "没有", "沒有", "不是", "×", "✗", "✘", "0"})
MISSING = frozenset(
    {"", "-", "–", "—", "/", "?", "na", "n/a", "null", "nan", "不详", "不詳", "未知", "unknown"}
)
MOSTLY = 0.8
"""From this share of cells on, a column is taken for what they are and the rest for slips."""

_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(?P<unit>\D*)"
)
_DATE = r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
_CLOCK = r"(?P<hour>\d{1,2})\s*[::时點点]\s*(?P<minute>\d{2})(?:\s*[::分]\s*\d{2}(?:\.\d+)?)?分?(?:Z|[+-]\d\d:?\d\d)?"
_TIME = re.compile(rf"(?:{_DATE})?(?:\s*T?\s*{_CLOCK})?")


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A date, a time of day in minutes, or both, on the clock of whoever wrote it down."""

    day: dt.date | None = None
    minute: int | None = None


T = TypeVar("T")
Value = float | bool | str | Moment
Cell = object
"""Text as people write it, or what a database holds: a number, a bool, a date, a time, None."""


@dataclass(frozen=True, slots=True)
class Column:
    """A condition of the observations; `values` has None where nothing is known. `unit` belongs to numbers."""

    name: str
    kind: Kind
    values: tuple[Value | None, ...]
    label: str
    unit: str = ""


def normal(cell: Cell) -> str:
    """Text as it is compared: full-width forms narrowed, blanks at the ends gone."""
    return unicodedata.normalize("NFKC", str(cell)).strip()


def missing(cell: Cell) -> bool:
    """Whether a cell says nothing."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return True
    return isinstance(cell, str) and normal(cell).lower() in MISSING


def as_yesno(cell: Cell) -> bool | None:
    """Yes, no, or None for neither."""
    if isinstance(cell, bool):
        return cell
    word = normal(cell).lower()
    return True if word in YES or word == "1.0" else False if word in NO or word == "0.0" else None


def as_number(cell: Cell) -> tuple[float, str] | None:
    """A finite number and the unit behind it."""
    if isinstance(cell, (int, float)):
        return (float(cell), "") if math.isfinite(cell) else None
    match = _NUMBER.fullmatch(normal(cell))
    if not match or not any(letter.isdigit() for letter in match["number"]):
        return None
    value = float(match["number"].replace(",", ""))
    return (value, match["unit"].strip()) if math.isfinite(value) else None


def as_moment(cell: Cell) -> Moment | None:
    """A date, a time of day, or both."""
    if isinstance(cell, dt.datetime):
        return Moment(cell.date(), cell.hour * 60 + cell.minute)
    if isinstance(cell, dt.date):
        return Moment(cell)
    if isinstance(cell, dt.time):
        return Moment(None, cell.hour * 60 + cell.minute)
    text = normal(cell)
    match = _TIME.fullmatch(text) if isinstance(cell, str) and text else None
    if not match:
        return None
    try:
        day = dt.date(int(match["year"]), int(match["month"]), int(match["day"])) if match["year"] else None
        clock = dt.time(int(match["hour"]), int(match["minute"])) if match["hour"] else None
    except ValueError:
        return None
    return Moment(day, None if clock is None else clock.hour * 60 + clock.minute)


def column(name: str, cells: Sequence[Cell], *, rows: Sequence[int], kind: str = "") -> Column:
    """A column from its cells, of the kind given or of the one its cells show.

    Raises `UnknownKind`, `WrongCell` (a kind was given), `OddCell` (none was, and nearly all cells agree on one).
    """
    if kind and kind not in set(Kind):
        raise errors.UnknownKind(column=name, kind=kind, allowed=", ".join(Kind))
    found = Kind(kind) if kind else _kind(name, cells, rows)
    if found in {Kind.CATEGORY, Kind.PLACE}:
        texts = tuple(None if missing(cell) else normal(cell) for cell in cells)
        return Column(name, found, texts, name)
    if found is Kind.NUMBER:
        return _numbers(name, cells, rows, given=bool(kind))
    read: Callable[[Cell], Value | None] = as_yesno if found is Kind.YESNO else as_moment
    return Column(name, found, _read(name, cells, rows, read, found), name)


def _kind(name: str, cells: Sequence[Cell], rows: Sequence[int]) -> Kind:
    there = [(row, cell) for row, cell in zip(rows, cells, strict=True) if not missing(cell)]
    if there and all(as_yesno(cell) is not None for _, cell in there):
        return Kind.YESNO
    readers: dict[Kind, Callable[[Cell], object]] = {Kind.NUMBER: as_number, Kind.TIME: as_moment}
    for kind, read in readers.items():
        wrong = [(row, cell) for row, cell in there if read(cell) is None]
        if there and not wrong:
            return kind
        if len(there) - len(wrong) > MOSTLY * len(there):
            row, cell = wrong[0]
            raise errors.OddCell(row=row, column=name, value=cell, kind=Statement(WORDS[kind]))
    return Kind.CATEGORY


def _numbers(name: str, cells: Sequence[Cell], rows: Sequence[int], *, given: bool) -> Column:
    """Numbers of one unit: behind every number, or in the heading as in “stay (minutes)”."""
    read = _read(name, cells, rows, as_number, Kind.NUMBER)
    units = [pair[1] for pair in read if pair is not None]
    common = max(dict.fromkeys(units), key=units.count, default="")
    for row, cell, pair in zip(rows, cells, read, strict=True):
        if pair is not None and pair[1] not in {common, ""}:
            raise (errors.WrongCell if given else errors.OddCell)(
                row=row, column=name, value=cell, kind=Statement(WORDS[Kind.NUMBER])
            )
    label, unit = _heading(name)
    return Column(
        name, Kind.NUMBER, tuple(None if pair is None else pair[0] for pair in read), label, common or unit
    )


def _heading(name: str) -> tuple[str, str]:
    match = re.fullmatch(r"(.+?)\s*[（(\[]\s*([^（()）\[\]]+?)\s*[)）\]]", name)
    return (match[1], match[2]) if match else (name, "")


def _read(
    name: str, cells: Sequence[Cell], rows: Sequence[int], read: Callable[[Cell], T | None], kind: Kind
) -> tuple[T | None, ...]:
    values: list[T | None] = []
    for row, cell in zip(rows, cells, strict=True):
        value = None if missing(cell) else read(cell)
        if value is None and not missing(cell):
            raise errors.WrongCell(row=row, column=name, value=cell, kind=Statement(WORDS[kind]))
        values.append(value)
    return tuple(values)
