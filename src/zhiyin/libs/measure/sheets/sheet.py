"""A sheet in memory: columns by name, each a number or a text a row."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure.notes import Note
from zhiyin.libs.measure.sheets import errors

Floats = NDArray[np.float64]
Cell = str | float | None

MISSING = frozenset(
    {"", "na", "n/a", "nan", "null", "none", "-", "—", "–", ".", "不适用", "不適用", "未答", "未作答", "无", "無",
     "(跳过)", "（跳过）", "(空)", "不知道", "不清楚", "不了解", "说不清", "說不清", "don't know"}
)  # fmt: skip
"""What people write where there is no answer or the question does not apply; letter case does not count."""
BROKEN = frozenset({"#N/A", "#NA", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!"})
"""What a workbook writes where a formula failed."""


@dataclass(frozen=True)
class Sheet:
    """Columns of equal length. `first_row` is the number a person's program shows beside the first of them."""

    file: str
    columns: dict[str, NDArray[Any]]
    rows: NDArray[np.intp]
    decimal: str = "."
    """The decimal mark of numbers written as text."""
    remarks: list[Note] = field(default_factory=list)
    """What a reader should know of how the sheet was read; shared with every part of it."""
    named: frozenset[str] = frozenset()
    """Columns that whoever asks has named, for whatever purpose."""

    def remark(self, note: Note) -> None:
        """Keep a remark, once."""
        if note not in self.remarks:
            self.remarks.append(note)

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The headings in order."""
        return tuple(self.columns)

    def row(self, position: int) -> int:
        """The row number a person sees for the answer at `position`."""
        return int(self.rows[position])

    def numbers(self, name: str, *, scale: tuple[float, float] | None = None) -> Floats:
        """The column as numbers, nan where there is no answer; raises `NotANumber` and `OutsideScale`."""
        return self.on_scale(name, self._floats(name), scale)

    def on_scale(self, name: str, values: Floats, scale: tuple[float, float] | None) -> Floats:
        """`values` of the column, none off the scale; raises `OutsideScale` with the cell as it stands there."""
        if scale is None:
            return values
        with np.errstate(invalid="ignore"):
            off = (values < scale[0]) | (values > scale[1])
        if off.any():
            at, more = int(np.argmax(off)), int(off.sum()) - 1
            low, high = (plain(end) for end in scale)
            kind = errors.ManyOutside if more else errors.OutsideScale
            cell = original(self.columns[name][at])
            raise kind(row=self.row(at), column=name, value=cell, low=low, high=high, more=more)
        return values

    def is_numeric(self, name: str) -> bool:
        """Whether more than half of the answers in a column are numbers."""
        cells = self.columns[name]
        if cells.dtype != object:
            return True
        answered = [cell for cell in cells.tolist() if label(cell) is not None]
        numbers = sum(number(cell, self.decimal) is not None for cell in answered)
        return bool(answered) and numbers > len(answered) / 2

    def whole_numbers(self, name: str, *, positive: bool = False) -> Floats:
        """The column as numbers without a gap; raises `CellMissing`, `NotANumber`, `NotPositive`."""
        values = self.numbers(name)
        gaps = np.isnan(values)
        if gaps.any():
            raise errors.CellMissing(row=self.row(int(np.argmax(gaps))), column=name)
        if positive and (values <= 0).any():
            at = int(np.argmax(values <= 0))
            raise errors.NotPositive(row=self.row(at), column=name, value=plain(values[at]))
        return values

    def _floats(self, name: str) -> Floats:
        cells = self.columns[name]
        if cells.dtype != object:
            return cells.astype(float)
        values = [number(cell, self.decimal) for cell in cells.tolist()]
        self.all_numbers(name, values)
        return np.array(values, dtype=float)

    def all_numbers(self, name: str, values: Sequence[float | None]) -> None:
        """Raise `NotANumber` for the first cell that is none, with how many more there are."""
        bad = [at for at, value in enumerate(values) if value is None]
        if bad:
            cell = original(self.columns[name][bad[0]])
            kind = errors.NotNumbers if len(bad) > 1 else errors.NotANumber
            raise kind(row=self.row(bad[0]), column=name, value=cell, more=len(bad) - 1)

    def labels(self, name: str, *, whole: bool = False) -> NDArray[Any]:
        """The column as texts, None where empty; with `whole` an empty cell raises `CellMissing`."""
        cells = self.columns[name]
        out = np.array([label(cell) for cell in cells.tolist()], dtype=object)
        if whole:
            gaps = np.array([cell is None for cell in out], dtype=bool)
            if gaps.any():
                raise errors.CellMissing(row=self.row(int(np.argmax(gaps))), column=name)
        return out

    def coded(self, name: str, answers: dict[str, float], *, allowed: str) -> Floats:
        """The column as codes of `answers` (words in lower case); raises `NotAnAnswer`."""
        out = np.empty(len(self))
        for at, cell in enumerate(self.columns[name].tolist()):
            text = label(cell)
            if text is not None and text.lower() not in answers:
                raise errors.NotAnAnswer(row=self.row(at), column=name, value=text, allowed=allowed)
            out[at] = math.nan if text is None else answers[text.lower()]
        return out

    def where(self, keep: NDArray[np.bool_]) -> Sheet:
        """The rows that `keep` selects; they keep their numbers."""
        chosen = {name: cells[keep] for name, cells in self.columns.items()}
        return replace(self, columns=chosen, rows=self.rows[keep])


_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_GROUPED_BY_POINTS = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+,\d*")


def number(cell: Cell, decimal: str = ".") -> float | None:
    """A cell as a number, nan where it is empty, None where it is neither.

    A comma is the decimal mark where `decimal` says so; else it parts thousands and stands before three digits.
    """
    if cell is None:
        return math.nan
    if isinstance(cell, (int, float)):
        return float(cell)
    text = cell.strip()
    if text.lower() in MISSING or text.upper() in BROKEN:
        return math.nan
    text = text.removesuffix("%").removesuffix("分").strip()
    if decimal == ",":
        text = text.replace(".", "") if _GROUPED_BY_POINTS.fullmatch(text) else text
        text = text.replace(",", ".")
    elif _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def original(cell: Cell) -> str:
    """A cell as it stands in the sheet; 3.0 from a workbook is 3."""
    return plain(cell) if isinstance(cell, (int, float)) else shown(cell)


def label(cell: Cell) -> str | None:
    """A cell as text, None where it is empty; 3.0 from a workbook is 3."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return None
    text = plain(cell) if isinstance(cell, (int, float)) else cell.strip()
    return None if text.lower() in MISSING or text.upper() in BROKEN else text


def plain(value: float) -> str:
    """A number as a person writes it."""
    return f"{value:.10g}"


def shown(cell: Cell) -> str:
    """A cell for an error message, not too long."""
    text = str(cell).strip()
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004 - fits a line


def stacked(sheet: Sheet, names: Sequence[str], *, scale: tuple[float, float] | None = None) -> Floats:
    """Several columns as an array (rows, columns)."""
    if not names:
        return np.empty((len(sheet), 0))
    return np.stack([sheet.numbers(name, scale=scale) for name in names], axis=1)
