"""A CSV file as columns of cells. What cannot be read raises with row, column and reason."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from zhiyin.libs.contrast import errors
from zhiyin.libs.contrast.errors import gettext_noop
from zhiyin.libs.contrast.kinds import normal
from zhiyin.libs.contrast.statements import Statement

ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = ",;\t"
LARGEST = 50_000_000
"""Bytes; a facts table that people keep is a thousandth of this."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Heading → cells, and the row number in the file of each."""

    cells: dict[str, list[str]]
    rows: tuple[int, ...]


def read(path: Path) -> Sheet:
    """A CSV (UTF-8 or GB 18030; comma, semicolon or tab), headings first; empty rows keep their number.

    Raises `UnreadableFile`, `BadHeading`, `UnevenRow`, `NoFacts`.
    """
    lines = _lines(path)
    names = _headings(lines[0]) if lines else []
    rows, cells = [], []
    for row, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) != len(names):
            raise errors.UnevenRow(row=row, found=len(line), expected=len(names))
        rows.append(row)
        cells.append(line)
    if not rows:
        raise errors.NoFacts
    return Sheet({name: [line[at] for line in cells] for at, name in enumerate(names)}, tuple(rows))


def _lines(path: Path) -> list[list[str]]:
    text = _text(path)
    delimiter = max(DELIMITERS, key=text.split("\n", 1)[0].count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise errors.UnreadableFile(file=path.name, reason=error) from error


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise errors.UnreadableFile(file=path.name, reason=Statement(gettext_noop("it is too large")))
        content = path.read_bytes()
    except OSError as error:
        raise errors.UnreadableFile(file=path.name, reason=error.strerror) from error
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue  # the next encoding may fit
        if "\0" not in text:
            return text
    raise errors.UnreadableFile(
        file=path.name, reason=Statement(gettext_noop("it is not text in UTF-8 or GB 18030"))
    )


def _headings(line: list[str]) -> list[str]:
    names: list[str] = []
    for column, cell in enumerate(line, start=1):
        name = normal(cell) if not cell.strip() else cell.strip()
        if not name or name in names:
            raise errors.BadHeading(column=column, name=name)
        names.append(name)
    return names
