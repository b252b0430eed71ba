"""Tables in plain characters. A figure or a name is never shortened: a table too wide is split by columns."""

from __future__ import annotations

from collections.abc import Sequence

from zhiyin.cli.folding import cells, fold, padded

Rows = Sequence[Sequence[str]]
_GAP = "   "
_READABLE = 24
"""Columns that a sentence in a cell keeps at least."""


def drawn(headings: Sequence[str], rows: Rows, edge: int) -> list[list[str]]:
    """The lines of the table, or of the tables that it is split into so that none is wider than `edge`."""
    lines = [list(headings), *map(list, rows)]
    return [_lines([[line[at] for at in group] for line in lines], edge) for group in _groups(lines, edge)]


def _widths(lines: Rows) -> list[int]:
    return [max(map(cells, column)) for column in zip(*lines, strict=True)]


def _whole(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1) + 2


def _groups(lines: Rows, edge: int) -> list[list[int]]:
    """Which columns stand together: what names the rows, then as many as there is room for."""
    widths = _widths(lines)
    # Ranks stand before the names, under no heading.
    naming = [0] if lines[0][0] or len(widths) == 1 else [0, 1]
    groups, group = [], [*naming]
    for at in range(len(naming), len(widths)):
        if len(group) > len(naming) and _whole([widths[each] for each in (*group, at)]) > edge:
            groups.append(group)
            group = [*naming]
        group.append(at)
    return [*groups, group]


def _lines(lines: Rows, edge: int) -> list[str]:
    widths = _widths(lines)
    # Only a sentence is longer than a line; it folds between words.
    widths[-1] = min(widths[-1], max(edge - _whole([*widths[:-1], 0]), _READABLE))
    out = [_line(part, widths) for part in _folded(lines[0], widths[-1])]
    out.append("─" * _whole(widths))
    for line in lines[1:]:
        out += [_line(part, widths) for part in _folded(line, widths[-1])]
    return out


def _folded(line: Sequence[str], width: int) -> list[list[str]]:
    """A row as the lines it takes."""
    first, *more = fold(line[-1], width) if cells(line[-1]) > width else [line[-1]]
    return [[*line[:-1], first], *([*[""] * (len(line) - 1), part] for part in more)]


def _line(line: Sequence[str], widths: Sequence[int]) -> str:
    return f" {_GAP.join(map(padded, line, widths))}".rstrip()
