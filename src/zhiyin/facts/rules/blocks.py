"""A block of cells from a spreadsheet as rows of columns: headings are matched, every cell is read, every error said.

Nothing is half taken: either all rows can be kept, or the errors say row, column and reason.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from zhiyin.facts.rules import values, words
from zhiyin.facts.rules.values import Value
from zhiyin.facts.rules.words import Kind
from zhiyin.kit.errors import DomainError, Invalid, gettext_noop
from zhiyin.libs.contrast import ContrastError, kinds

DELIMITERS = "\t,;"
SHOWN = 40
"""So many errors are said at once; the rest are counted."""


class Nothing(Invalid):
    code = "facts.nothing_pasted"
    message = gettext_noop("There is no row in it yet.")


class TooMuch(Invalid):
    code = "facts.too_much"
    message = gettext_noop("This is more than a facts table holds (%(rows)s rows, %(columns)s columns).")


class BadHeading(Invalid):
    code = "facts.bad_heading"
    message = gettext_noop("The heading of column %(number)s is empty or there twice: “%(name)s”.")


class UnknownHeading(Invalid):
    code = "facts.unknown_heading"
    message = gettext_noop("This table has no column “%(name)s”.")


class NoOutcome(Invalid):
    code = "facts.no_outcome"
    message = gettext_noop("No column is headed “%(name)s”, which says whether it failed.")


class UnevenRow(Invalid):
    code = "facts.uneven_row"
    message = gettext_noop("This row has %(found)s cells instead of %(expected)s.")


class OutcomeMissing(Invalid):
    code = "facts.outcome_missing"
    message = gettext_noop("It does not say whether it failed.")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as a block names it: by its name, or with its unit as in “stay (min)”."""

    id: int
    name: str
    kind: Kind
    unit: str
    is_outcome: bool

    @property
    def names(self) -> set[str]:
        plain = values.tidy(self.name).casefold()
        unit = values.tidy(self.unit).casefold()
        return {plain, f"{plain}({unit})", f"{plain} ({unit})"} if unit else {plain}


@dataclass(frozen=True, slots=True)
class Read:
    """One row: whether it failed, and its cells by column."""

    failed: bool
    cells: dict[int, Value]


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a row out; `row` is the line in the block, `column` as headed, or empty."""

    row: int
    column: str
    error: DomainError


@dataclass(frozen=True, slots=True)
class Wanted:
    """A column that a block brings along, of the kind that its cells show."""

    name: str
    kind: Kind
    unit: str


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of cells; `headed` says that the first line names the columns."""

    lines: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]

    @property
    def head(self) -> tuple[str, ...]:
        return self.lines[0]


def block(text: str) -> Block:
    """Cells from pasted text: tabs, commas or semicolons. Raises Nothing, TooMuch."""
    if len(text) > words.PASTED:
        raise TooMuch(field="text", rows=words.ROWS, columns=words.COLUMNS)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        lines = [line.split(delimiter) for line in text.splitlines()]  # a stray quotation mark is a letter
    return of_lines(lines)


def of_lines(lines: Sequence[Sequence[str]]) -> Block:
    """Cells as a file has them; empty lines keep their number. Raises Nothing, TooMuch."""
    kept = [
        (number, tuple(values.clean(cell) for cell in line))
        for number, line in enumerate(lines, 1)
        if any(cell.strip() for cell in line)
    ]
    if not kept:
        raise Nothing(field="text")
    if len(kept) > words.ROWS + 1 or max(len(line) for _, line in kept) > words.COLUMNS:
        raise TooMuch(field="text", rows=words.ROWS, columns=words.COLUMNS)
    return Block(tuple(line for _, line in kept), tuple(number for number, _ in kept))


def placed(found: Block, headings: Sequence[Heading]) -> tuple[list[Heading | None], Block]:
    """Which column each place of the block is, and the rows below the headings.

    Without one known heading in the first line the columns are taken in the order of the table. None: not known.
    """
    known = {name: heading for heading in headings for name in heading.names}
    head = [known.get(_key(cell)) for cell in found.head]
    if not any(head):
        return list(headings[: len(found.head)]), found
    rest = Block(found.lines[1:], found.numbers[1:])
    if not rest.lines:
        raise Nothing(field="text")
    for number, cell in enumerate(found.head, 1):
        if not cell or [_key(each) for each in found.head].count(_key(cell)) > 1:
            raise BadHeading(field="text", number=number, name=cell)
    return head, rest


def _key(cell: str) -> str:
    return values.tidy(cell).casefold()


def wanted(found: Block, places: Sequence[Heading | None]) -> list[Wanted]:
    """Columns the table does not have yet, of the kind their cells show. `found` still has its headings."""
    drafts = []
    for at, place in enumerate(places):
        if place is not None:
            continue
        cells = [line[at] if at < len(line) else "" for line in found.lines[1:]]
        name = found.head[at]
        try:
            column = kinds.column(name, cells, rows=found.numbers[1:])
        except ContrastError:
            drafts.append(Wanted(name[: words.NAME], Kind.CATEGORY, ""))  # what is mixed is compared as it is
            continue
        unit = column.unit if column.kind == kinds.Kind.NUMBER else ""
        label = column.label if unit else name
        drafts.append(Wanted(label[: words.NAME], Kind(column.kind.value), unit[: words.UNIT]))
    return drafts


def rows(found: Block, places: Sequence[Heading | None]) -> tuple[list[Read], list[Problem]]:
    """Every row read, or every error. `found` is without its headings; all places are known."""
    outcome = next((place for place in places if place is not None and place.is_outcome), None)
    good: list[Read] = []
    problems: list[Problem] = []
    for number, line in zip(found.numbers, found.lines, strict=True):
        if len(line) > len(places):
            problems.append(Problem(number, "", UnevenRow(found=len(line), expected=len(places))))
            continue
        failed, cells, wrong = _row(number, line, places)
        if not wrong and failed is None:
            wrong = [Problem(number, outcome.name if outcome else "", OutcomeMissing())]
        problems += wrong
        if not wrong and failed is not None:
            good.append(Read(failed, cells))
    return good, problems


def _row(
    number: int, line: Sequence[str], places: Sequence[Heading | None]
) -> tuple[bool | None, dict[int, Value], list[Problem]]:
    failed: bool | None = None
    cells: dict[int, Value] = {}
    wrong: list[Problem] = []
    for place, cell in zip(places, line, strict=False):
        if place is None:
            continue
        try:
            value = values.read(cell, kind=place.kind, unit=place.unit)
        except Invalid as error:
            wrong.append(Problem(number, place.name, error))
            continue
        if place.is_outcome:
            failed = None if value is None else bool(value)
        elif value is not None:
            cells[place.id] = value
    return failed, cells, wrong
