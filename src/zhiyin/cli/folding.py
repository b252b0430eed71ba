"""Text at a terminal's width: Chinese breaks between characters, everything else between words only."""

from __future__ import annotations

import re
import shutil
from unicodedata import combining, east_asian_width

WIDEST = 100
NARROWEST = 40
_NEVER_FIRST = "，。；：、！？）》」』】”’％…,.;:!?)]}%"
_NEVER_LAST = "（《「『【“‘([{"
_WIDE = "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]"
_PIECES = re.compile(rf"\s+|{_WIDE}|(?:(?!{_WIDE})\S)+")


def columns() -> int:
    """How many columns the terminal has."""
    return max(shutil.get_terminal_size().columns, NARROWEST)


def cells(text: str) -> int:
    """How many columns a text takes: a Chinese character takes two."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text)


def padded(text: str, width: int) -> str:
    """`text` with spaces up to `width` columns."""
    return text + " " * (width - cells(text))


def fold(text: str, width: int) -> list[str]:
    """The lines of a text, none wider than `width` unless a single word is."""
    lines, line = [], ""
    for unit in _units(text):
        if line and cells((line + unit).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += unit if line else unit.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _units(text: str) -> list[str]:
    """What stays together: a word, or a Chinese character, with the marks that lean on it."""
    units: list[str] = []
    for piece in _PIECES.findall(text):
        leans = piece[0] in _NEVER_FIRST or (units and units[-1][-1] in _NEVER_LAST)
        if units and leans:
            units[-1] += piece
        else:
            units.append(piece)
    return units
