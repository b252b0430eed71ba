"""Files into sheets. What cannot be read raises `Unusable` with row, column and reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from zhiyin.libs.measure.sheets import errors
from zhiyin.libs.measure.sheets.sheet import MISSING, Cell, Sheet

LARGE = 4_000_000
"""Bytes of CSV from which columns are parsed in bulk; loading that parser costs more than a small file takes."""
ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = ",;\t"


def read(path: Path) -> Sheet:
    """A CSV (UTF-8 or GB 18030; comma, semicolon or tab), XLSX or Parquet file as a sheet.

    The first row holds the headings; empty rows are passed over and keep their number. Raises `Unusable`.
    """
    if not path.is_file():
        raise errors.NoFile(file=path)
    kind = path.suffix.lower()
    if kind in {".parquet", ".pq"}:
        return _parquet(path)
    if kind in {".xlsx", ".xlsm", ".xls", ".ods"}:
        return _grid(path, _workbook(path))
    if path.stat().st_size > LARGE:
        sheet = _bulk(path)
        if sheet is not None:
            return sheet
    return _grid(path, _lines(path))


def _lines(path: Path) -> Iterator[list[Cell]]:
    text = _text(path)
    head = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise errors.UnknownFormat(file=path.name, format="CSV", reason=error) from error


def _text(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue  # the next encoding may fit
        if "\0" in text:
            break
        return text
    raise errors.UnknownFormat(file=path.name, format="CSV", reason="UTF-8, GB 18030?")


def _workbook(path: Path) -> Iterable[list[Cell]]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError) as error:
        raise errors.UnknownFormat(file=path.name, format="XLSX", reason=error) from error
    return ([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return float(value)
    return (
        value if isinstance(value, (str, float)) else float(value) if isinstance(value, int) else str(value)
    )


def _grid(path: Path, rows: Iterable[list[Cell]]) -> Sheet:
    lines = iter(rows)
    names = _headings(next(lines, []))
    numbers: list[int] = []
    cells: list[list[Cell]] = []
    for row, line in enumerate(lines, start=2):
        if all(_blank(cell) for cell in line):
            continue
        if any(not _blank(cell) for cell in line[len(names) :]):
            raise errors.RaggedRow(row=row, found=len(line), expected=len(names))
        numbers.append(row)
        cells.append([*line[: len(names)], *[None] * (len(names) - len(line))])
    if not cells:
        raise errors.Empty(file=path.name)
    columns = dict(zip(names, (_column(list(column)) for column in zip(*cells, strict=True)), strict=True))
    return Sheet(path.name, columns, np.array(numbers, dtype=np.intp))


def _column(cells: list[Cell]) -> Any:
    out = np.empty(len(cells), dtype=object)
    out[:] = cells
    return out


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _headings(line: list[Cell]) -> list[str]:
    names = ["" if cell is None else str(cell).strip() for cell in line]
    while names and not names[-1]:
        names.pop()
    for at, name in enumerate(names):
        if not name or name in names[:at]:
            raise errors.BadHeader(column=at + 1, name=name)
    return names


def _bulk(path: Path) -> Sheet | None:
    """A large plain CSV by columns; None where it needs the patient reader, which names row and column."""
    from pyarrow import csv as bulk
    from pyarrow.lib import ArrowException

    with path.open("rb") as opened:
        head = opened.readline()
    delimiter = max(DELIMITERS, key=head.decode("latin-1").count)
    missing = sorted({form for word in MISSING for form in (word, word.upper(), word.capitalize())})
    try:
        table = bulk.read_csv(
            path,
            parse_options=bulk.ParseOptions(delimiter=delimiter, ignore_empty_lines=False),
            convert_options=bulk.ConvertOptions(null_values=missing, strings_can_be_null=True),
        )
    except (ArrowException, UnicodeDecodeError):
        return None
    return _table(path, table, first_row=2)


def _parquet(path: Path) -> Sheet:
    from pyarrow import parquet
    from pyarrow.lib import ArrowException

    try:
        table = parquet.read_table(path)
    except (ArrowException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise errors.UnknownFormat(file=path.name, format="Parquet", reason=reason) from error
    return _table(path, table, first_row=1)


def _table(path: Path, table: Any, *, first_row: int) -> Sheet:
    if table.num_rows == 0:
        raise errors.Empty(file=path.name)
    _headings(list(table.column_names))
    columns = {name: _arrow(table.column(name)) for name in table.column_names}
    return Sheet(path.name, columns, np.arange(first_row, first_row + table.num_rows))


def _arrow(column: Any) -> Any:
    from pyarrow import types

    kind = column.type
    if types.is_floating(kind) or types.is_integer(kind) or types.is_boolean(kind) or types.is_decimal(kind):
        return (
            column.cast("float64").to_numpy(zero_copy_only=False)
            if not types.is_boolean(kind)
            else (column.cast("int8").cast("float64").to_numpy(zero_copy_only=False))
        )
    if types.is_null(kind):
        return np.full(len(column), np.nan)
    return _column([None if cell is None else str(cell) for cell in column.to_pylist()])
