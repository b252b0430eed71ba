"""A file of dialogues, line by line in constant memory, in whichever encoding it has."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from zhiyin.conversations.importing.rows import BadRow, Dialogue, parse
from zhiyin.kit.errors import Invalid, gettext_noop

LONGEST_LINE = 8 * 1024 * 1024
PROBED_LINES = 2000
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


class RowError(NamedTuple):
    """What kept a line out, in a sentence in the reader's language. Lines are counted from 1."""

    line: int
    reason: str


class Unreadable(Invalid):
    code = "import.unreadable"
    message = gettext_noop("%(name)s could not be opened. Is it a file, and may we read it?")


class WrongEncoding(Invalid):
    code = "import.wrong_encoding"
    message = gettext_noop("%(name)s is in UTF-16 or UTF-32. Save it as UTF-8 and load it once more.")


class LineTooLong(BadRow):
    code = "import.line_too_long"
    message = gettext_noop("This line is longer than %(longest)s MB.")


class LineUndecodable(BadRow):
    code = "import.undecodable"
    message = gettext_noop("This line is not in %(encoding)s, as the rest of the file is.")


@dataclass(frozen=True, slots=True)
class Row:
    """A line that is not blank: its dialogue, or what is wrong with it. `offset`: bytes read so far."""

    line: int
    offset: int
    dialogue: Dialogue | None = None
    error: BadRow | None = None


def rows(path: Path) -> Iterator[Row]:
    """Every line that is not blank; raises Unreadable or WrongEncoding when there are no lines to speak of."""
    try:
        encoding = _encoding(path)
        with path.open("rb") as file:
            yield from _rows(file, encoding)
    except OSError as error:
        raise Unreadable(name=path.name) from error


def _rows(file: BinaryIO, encoding: str) -> Iterator[Row]:
    offset = 0
    for number, (raw, size) in enumerate(_lines(file), 1):
        offset += size
        if raw is None:
            error = LineTooLong(longest=LONGEST_LINE // 1024 // 1024)
            yield Row(number, offset, error=error)
            continue
        body = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
        if not body.strip():
            continue
        try:
            yield Row(number, offset, dialogue=parse(body.decode(encoding)))
        except UnicodeDecodeError:
            yield Row(number, offset, error=LineUndecodable(encoding=encoding.upper()))
        except BadRow as error:
            yield Row(number, offset, error=error)


def _lines(file: BinaryIO) -> Iterator[tuple[bytes | None, int]]:
    """(line, bytes read); None for a line beyond LONGEST_LINE, of which only a piece is in memory at a time."""
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE:
            yield line, len(line)
            continue
        size = len(line)
        while not line.endswith(b"\n") and (line := file.readline(LONGEST_LINE)):
            size += len(line)
        yield None, size


def _encoding(path: Path) -> str:
    """UTF-8 or GB 18030, whichever more of the first dialogues can be read in.

    Bytes of one may pass for the other, and damaged lines for either; a line that reads as a dialogue hardly can.
    """
    with path.open("rb") as file:
        if file.read(4).startswith(_WIDE):
            raise WrongEncoding(name=path.name)
        file.seek(0)
        votes = 0
        for number, (line, _size) in enumerate(_lines(file)):
            if number >= PROBED_LINES:
                break
            if line is not None and not line.isascii():
                votes += _vote(line)
    return "utf-8" if votes >= 0 else "gb18030"


def _vote(line: bytes) -> int:
    for encoding, vote in (("utf-8-sig", 1), ("gb18030", -1)):
        try:
            parse(line.decode(encoding))
        except (UnicodeDecodeError, BadRow):
            continue
        return vote
    return 0
