"""A sheet in memory: columns by name, each a number or a text a row."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure.sheets import errors

Floats = NDArray[np.float64]
Cell = str | float | None

MISSING = frozenset(
    {"", "na", "n/a", "nan", "null", "none", "-", "—", "–", ".", "不适用", "不適用", "未答", "未作答", "无", "無",
     "(跳过)", "（跳过）", "(空)", "不知道", "不清楚", "不了解", "说不清", "說不清", "don't know"}
)  # fmt: skip
"""What people write where there is no answer or the question does not apply; letter case does not count."""


@dataclass(frozen=True)
class Sheet:
    """Columns of equal length. `first_row` is the number a person's program shows beside the first of them."""

    file: str
    columns: dict[str, NDArray[Any]]
    rows: NDArray[np.intp]

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
        values = self._floats(name)
        if scale is not None:
            with np.errstate(invalid="ignore"):
                off = (values < scale[0]) | (values > scale[1])
            if off.any():
                at = int(np.argmax(off))
                low, high = (plain(end) for end in scale)
                raise errors.OutsideScale(
                    row=self.row(at), column=name, value=plain(values[at]), low=low, high=high
                )
        return values

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
        out = np.empty(len(cells))
        for at, cell in enumerate(cells):
            value = number(cell)
            if value is None:
                raise errors.NotANumber(row=self.row(at), column=name, value=shown(cell))
            out[at] = value
        return out

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
        return Sheet(self.file, chosen, self.rows[keep])


def number(cell: Cell) -> float | None:
    """A cell as a number, nan where it is empty, None where it is neither."""
    if cell is None:
        return math.nan
    if isinstance(cell, (int, float)):
        return float(cell)
    text = cell.strip()
    if text.lower() in MISSING:
        return math.nan
    try:
        value = float(text.replace(",", "").removesuffix("%"))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def label(cell: Cell) -> str | None:
    """A cell as text, None where it is empty; 3.0 from a workbook is 3."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return None
    text = plain(cell) if isinstance(cell, (int, float)) else cell.strip()
    return None if text.lower() in MISSING else text


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
