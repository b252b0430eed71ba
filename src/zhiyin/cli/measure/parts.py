"""The rows of a sheet by group and by wave, and how their figures are written."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhiyin.cli.measure.output import Table, figure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zhiyin.libs.measure.sheets import Sheet

_DIGITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Split:
    """A column that divides the respondents: their labels, and the distinct ones in order."""

    column: str
    labels: NDArray[Any]
    order: tuple[str, ...]

    def of(self, value: str) -> NDArray[np.bool_]:
        """Which rows are of one label."""
        out: NDArray[np.bool_] = self.labels == value
        return out

    @property
    def times(self) -> dict[str, float]:
        """A time for each label: itself where all are numbers, its place in the order where not."""
        if all(_DIGITS.fullmatch(value) for value in self.order):
            return {value: float(value) for value in self.order}
        return {value: float(at) for at, value in enumerate(self.order, start=1)}


def split(sheet: Sheet, column: str | None) -> Split | None:
    """The rows by the labels of a column, which must be there in every row; raises `CellMissing`."""
    if not column:
        return None
    labels = sheet.labels(column, whole=True)
    return Split(column, labels, in_order(labels.tolist()))


def in_order(labels: Sequence[str]) -> tuple[str, ...]:
    """Distinct labels: by their numbers where only these differ (2025Q4, 2026Q1), else as they come."""
    distinct = list(dict.fromkeys(labels))
    if len({_DIGITS.sub("#", value) for value in distinct}) == 1 and _DIGITS.search(distinct[0]):
        distinct.sort(key=lambda value: [float(part) for part in _DIGITS.findall(value)])
    return tuple(distinct)


def signed(value: float, digits: int = 2) -> str:
    """A difference with its sign."""
    text = figure(value, digits)
    return f"+{text}" if value > 0 and text.strip("0.–") else text


def yes(condition: bool) -> str:
    """A tick, or nothing."""
    return "✓" if condition else ""


def fields(result: Any, *leave: str) -> dict[str, Any]:
    """A result's fields by name, without some."""
    return {
        each.name: getattr(result, each.name) for each in dataclasses.fields(result) if each.name not in leave
    }


def table(caption: str, rows: Sequence[Mapping[str, str]]) -> Table:
    """A table from rows that name their columns; a column that is empty throughout is left out."""
    headings = [name for name in rows[0] if any(row[name] for row in rows)] if rows else []
    return Table(caption, headings, [[row[name] for name in headings] for row in rows])


def shares(option: str, text: str) -> dict[str, float]:
    """男=0.48,女=0.52; per cent signs count. Raises `BadOption`."""
    from zhiyin.libs.measure.errors import BadOption

    out: dict[str, float] = {}
    for part in text.replace("，", ",").replace("、", ",").split(","):
        name, _sign, size = part.replace("＝", "=").rpartition("=")
        try:
            value = float(size.strip().removesuffix("%")) / (100 if size.strip().endswith("%") else 1)
        except ValueError:
            value = -1.0
        if not name.strip() or value < 0 or name.strip() in out:
            raise BadOption(option=option, value=text, allowed="男=0.48,女=0.52")
        out[name.strip()] = value
    return out
