"""Files into sheets. What cannot be read raises `Unusable` with row, column and reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from zhiyin.libs.measure.notes import Note
from zhiyin.libs.measure.sheets import errors
from zhiyin.libs.measure.sheets.headings import understood
from zhiyin.libs.measure.sheets.sheet import BROKEN, MISSING, Cell, Sheet

LARGE = 4_000_000
"""Bytes of CSV from which columns are parsed in bulk; loading that parser costs more than a small file takes."""
ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = ",;\t"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How XLSX and ODS, and XLS begin, whatever the file is called."""
TOTALS = frozenset(
    {
        "平均",
        "平均值",
        "平均分",
        "均值",
        "合计",
        "合計",
        "总计",
        "總計",
        "小计",
        "小計",
        "average",
        "mean",
        "total",
        "sum",
    }
)
"""What the first cell of a row says that sums up those above."""


def read(path: Path) -> Sheet:
    """A CSV (UTF-8, UTF-16 or GB 18030; comma, semicolon or tab), XLSX or Parquet file as a sheet.

    The first row holds the headings; empty rows are passed over and keep their number.
    A workbook is known by its content. Raises `Unusable`.
    """
    if not path.is_file():
        raise errors.NoFile(file=path)
    with path.open("rb") as opened:
        start = opened.read(8)
    kind = path.suffix.lower()
    if kind in {".parquet", ".pq"} or start.startswith(b"PAR1"):
        return _parquet(path)
    if start.startswith(BOOKS):
        return _of_a_book(path)
    if kind in {".xlsx", ".xlsm", ".xls", ".ods"}:
        raise errors.NoWorkbook(file=path.name)
    sheet = None
    if path.stat().st_size > LARGE and not start.startswith(UTF_16):
        sheet = _bulk(path)
    return looked_over(_of_text(path) if sheet is None else sheet)


def _of_text(path: Path) -> Sheet:
    text = _text(path)
    delimiter = _delimiter(text.split("\n", 1)[0])
    return replace(_grid(path, _lines(path, text, delimiter)), decimal=_decimal(delimiter))


def _delimiter(head: str) -> str:
    return max(DELIMITERS, key=head.count)


def _decimal(delimiter: str) -> str:
    """Programs part cells by semicolons where a comma is the decimal mark."""
    return "," if delimiter == ";" else "."


def _lines(path: Path, text: str, delimiter: str) -> Iterator[list[Cell]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise errors.UnknownFormat(file=path.name, format="CSV", reason=error) from error


def _text(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ("utf-16",) if content.startswith(UTF_16) else ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue  # the next encoding may fit
        if "\0" in text:
            break
        return text
    raise errors.UnknownFormat(file=path.name, format="CSV", reason="UTF-8, GB 18030?")


def _of_a_book(path: Path) -> Sheet:
    """The first worksheet with a heading that means something, else the first with anything in it."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        names = list(book.sheet_names)
        pages = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    except (python_calamine.CalamineError, OSError) as error:
        raise errors.UnknownFormat(file=path.name, format="XLSX", reason=error) from error
    chosen = _page(pages)
    cells = ([_cell(value) for value in row] for row in pages[chosen]) if chosen else []
    sheet = looked_over(_grid(path, cells))
    others = ", ".join(name for name in names if name != chosen and pages[name])
    if others:
        sheet.remark(Note(errors.WORKSHEET, {"name": chosen, "others": others}))
    return sheet


def _page(pages: Mapping[str, Sequence[Sequence[Any]]]) -> str:
    filled = [name for name, rows in pages.items() if rows]
    known = (name for name in filled if any(understood(str(cell)) for cell in pages[name][0]))
    return next(known, filled[0] if filled else "")


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
            if len(names) == 1 and not cells:
                raise errors.TitleRow(row=row, title=names[0], found=len(line), expected=1)
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
        if not name:
            raise errors.BadHeader(column=at + 1, name=name)
        if name in names[:at]:
            raise errors.TwoAlike(column=at + 1, first=names.index(name) + 1, name=name)
    return names


def looked_over(sheet: Sheet) -> Sheet:
    """The sheet without a last row that sums up the others; what is remarkable is remarked."""
    sheet = _without_totals(sheet)
    broken = [
        (at, name, cell)
        for name, cells in sheet.columns.items()
        if cells.dtype == object
        for at, cell in enumerate(cells.tolist())
        if isinstance(cell, str) and cell.startswith("#") and cell.strip().upper() in BROKEN
    ]
    if broken:
        at, name, cell = min(broken, key=lambda each: each[0])
        found = {"count": len(broken), "row": sheet.row(at), "column": name, "value": cell}
        sheet.remark(Note(errors.BROKEN, found))
    return sheet


def _without_totals(sheet: Sheet) -> Sheet:
    first = next(iter(sheet.columns.values()))
    keep = np.ones(len(sheet), dtype=bool)
    for at in range(len(sheet) - 1, 0, -1):
        if not isinstance(first[at], str) or first[at].strip().rstrip("：:").lower() not in TOTALS:
            break
        keep[at] = False
        sheet.remark(Note(errors.TOTALS, {"row": sheet.row(at), "name": first[at].strip()}))
    return sheet if keep.all() else sheet.where(keep)


def _bulk(path: Path) -> Sheet | None:
    """A large plain CSV by columns; None where it needs the patient reader, which names row and column."""
    from pyarrow import csv as bulk
    from pyarrow.lib import ArrowException

    with path.open("rb") as opened:
        head = opened.readline()
    delimiter = _delimiter(head.decode("latin-1"))
    missing = sorted({form for word in MISSING for form in (word, word.upper(), word.capitalize())})
    try:
        table = bulk.read_csv(
            path,
            parse_options=bulk.ParseOptions(delimiter=delimiter, ignore_empty_lines=False),
            convert_options=bulk.ConvertOptions(null_values=missing, strings_can_be_null=True),
        )
    except (ArrowException, UnicodeDecodeError):
        return None
    return replace(_table(path, table, first_row=2), decimal=_decimal(delimiter))


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
