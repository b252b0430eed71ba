"""An uploaded CSV or XLSX as lines of text cells. Only values are read, never formulas."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from python_calamine import CalamineError, CalamineWorkbook

from zhiyin.facts.rules import blocks, words
from zhiyin.kit.errors import Invalid, gettext_noop

LARGEST = 2 * 1024 * 1024
ENCODINGS = ("utf-8-sig", "gb18030")
ZIP = b"PK\x03\x04"


class Unreadable(Invalid):
    code = "facts.unreadable"
    message = gettext_noop("“%(name)s” is neither a CSV nor an XLSX we can read.")


class TooLarge(Invalid):
    code = "facts.file_too_large"
    message = gettext_noop("“%(name)s” is larger than a facts table can be.")


def read(upload: UploadedFile[Any]) -> str:
    """The cells of a file as pasted text would be. Raises Unreadable, TooLarge."""
    name = (upload.name or "")[-60:]
    if (upload.size or 0) > LARGEST:
        raise TooLarge(field="file", name=name)
    content = upload.read()
    if content.startswith(ZIP):
        return _workbook(upload, name)
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue  # the next encoding may fit
        if "\0" not in text:
            return text
    raise Unreadable(field="file", name=name)


def _workbook(upload: UploadedFile[Any], name: str) -> str:
    upload.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(upload)  # type: ignore[arg-type]  # any binary file will do
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=True, nrows=words.ROWS + 2)
    except (CalamineError, IndexError, ValueError, OSError) as error:
        raise Unreadable(field="file", name=name) from error
    if any(len(row) > words.COLUMNS * 2 for row in rows):
        raise blocks.TooMuch(field="file", rows=words.ROWS, columns=words.COLUMNS)
    return "\n".join("\t".join(_cell(cell) for cell in row) for row in rows)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, float):
        return f"{value:.10g}"
    return " ".join(str(value).split())
