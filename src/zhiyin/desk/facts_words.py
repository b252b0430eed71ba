"""How the desk says what facts show: the grid, one cell an observation, sentences and figures."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from zhiyin.facts import queries as facts
from zhiyin.facts import texts
from zhiyin.libs.contrast import Finding, Status

if TYPE_CHECKING:
    from zhiyin.facts.queries import Answer, Row, Sheet
    from zhiyin.libs.contrast.strength import Strength

LEAST, MOST = 3, 8
"""How many findings are said: those that nothing speaks for only up to the first number."""
DRAWN, TWINS = 6, 3
ACROSS, TALLEST = 20, 60
"""Squares in a line; beyond so many observations a bar stands for them."""
PITCH, SIDE = 12, 10
KINDS = {"number": "num", "time": "nw"}
STATUS = {
    Status.ESTABLISHED: (gettext_noop("Established"), "ok"),
    Status.SUSPECTED: (gettext_noop("Suspected"), "brand"),
    Status.OPEN: (gettext_noop("Nothing speaks for it"), "line"),
}
FOLLOWING = (gettext_noop("Comes along with the first"), "line")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in the grid; `hit` where the leading condition holds."""

    text: str
    hit: bool = False
    kind: str = ""
    name: str = ""

    @property
    def classes(self) -> str:
        return " ".join(name for name in ("hit" if self.hit else "", KINDS.get(self.kind, "")) if name)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the grid."""

    row: Row
    cells: list[Cell]
    outcome: str


@dataclass(frozen=True, slots=True)
class Square:
    x: int
    y: int
    on: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the contrast: `on` of `total` observations have the condition, drawn as squares or as a bar."""

    on: int
    total: int
    squares: tuple[Square, ...]
    share: float
    width: int
    height: int
    said: str


@dataclass(frozen=True, slots=True)
class Twin:
    """A condition that the rows cannot tell from the finding's, and what would."""

    sentence: str
    next: str
    instead: str
    place: int
    condition: str
    same: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words and figures. `place` finds it again; `settled`: nothing stands in the way of writing it down."""

    place: int
    condition: str
    sentence: str
    status: str
    status_kind: str
    failures: Side
    rest: Side
    corrected: str
    alone: str
    search: str
    difference: str
    ratio: str
    counts: Any
    missing: int
    twins: list[Twin]
    outlook: str
    follows: str
    leads: bool
    settled: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the analysis says, in the reader's language."""

    verdict: str
    next: str
    rows: int
    failures: int
    findings: list[Said]
    drawn: list[Said]
    further: int
    unused: list[str]
    notes: list[str]
    splits: int
    pairs: int
    lead: Said | None

    @property
    def well(self) -> int:
        return self.rows - self.failures


def picture(sheet: Sheet | None) -> Picture | None:
    """The analysis of a sheet, or None while there is nothing to analyse."""
    answer = facts.analysis(sheet) if sheet else None
    if answer is None:
        return None
    found = answer.contrast
    first = next((at for at, one in enumerate(found.findings) if one.status is not Status.OPEN), None)
    findings = [
        _said(at, one, found.failures, leads=at == first)
        for at, one in enumerate(found.findings[:MOST])
        if at < LEAST or one.status is not Status.OPEN
    ]
    return Picture(
        verdict=found.verdict.say(_),
        next=found.next.say(_) if found.next else "",
        rows=found.rows,
        failures=found.failures,
        findings=findings,
        drawn=findings[:DRAWN],
        further=len(found.findings) - len(findings),
        unused=[
            _("%(column)s: %(reason)s") % {"column": one.column, "reason": one.reason.say(_)}
            for one in found.unused
        ],
        notes=[note.say(_) for note in found.notes],
        splits=found.splits,
        pairs=found.pairs,
        lead=next((one for one in findings if one.leads), None),
    )


def brief(sheet: Sheet, picture: Picture | None, *, most: int) -> list[Any]:
    """The few conditions the page of a case has room for: those that lead, then the others in their order."""
    _, names = _leading(facts.analysis(sheet), picture)
    order = sorted(sheet.conditions, key=lambda column: column.name not in names)
    chosen = {column.pk for column in order[:most]}
    return [column for column in sheet.conditions if column.pk in chosen]


def lines(sheet: Sheet, picture: Picture | None = None, columns: Iterable[Any] | None = None) -> list[Line]:
    """The grid, the newest observation first; cells of the leading condition are marked where it holds."""
    shown = list(sheet.conditions if columns is None else columns)
    answer = facts.analysis(sheet)
    held, names = _leading(answer, picture)
    return [
        Line(
            row=row,
            cells=[
                Cell(text(column, row), column.name in names and row.id in held, column.kind, column.name)
                for column in shown
            ],
            outcome=texts.shown(row.failed),
        )
        for row in reversed(sheet.rows)
    ]


def text(column: Any, row: Row) -> str:
    """One cell as people read it."""
    if column.is_outcome:
        return texts.shown(row.failed)
    value = row.cells.get(column.pk)
    return texts.time(value) if column.kind == "time" else texts.shown(value)


def cause(sheet: Sheet, place: int) -> dict[str, str]:
    """What a finding gives to the investigation: the words for what was found, and for the root cause."""
    answer = facts.analysis(sheet)
    if answer is None or not 0 <= place < len(answer.contrast.findings):
        return {}
    one = answer.contrast.findings[place]
    begun = {"rows": answer.contrast.rows, "failures": answer.contrast.failures, "table": sheet.table.name}
    summary = _("Facts of “%(table)s”: %(rows)s observations, %(failures)s failed.") % begun
    figures = _("p = %(p)s, everything that was looked at allowed for.") % {"p": p(one.p_corrected)}
    sentence = one.sentence.say(_)
    return {
        "findings": f"{summary}\n{sentence}\n{figures}",
        "root_cause": _("It fails when %(condition)s.") % {"condition": one.condition.say(_)},
    }


def wish(sheet: Sheet, place: int, twin: int) -> str:
    """What to ask of the customer, so that her next time tells two conditions apart; empty where there is nothing."""
    answer = facts.analysis(sheet)
    findings = answer.contrast.findings if answer else ()
    if not 0 <= place < len(findings) or not 0 <= twin < len(findings[place].alike):
        return ""
    wanted = findings[place].alike[twin].wanted.say(_)
    return _("When it suits you, please try it once like this and note it down: %(wanted)s.") % {
        "wanted": wanted
    }


def _leading(answer: Answer | None, picture: Picture | None) -> tuple[frozenset[int], set[str]]:
    if answer is None or picture is None or picture.lead is None:
        return frozenset(), set()
    place = picture.lead.place
    lead = answer.contrast.findings[place]
    return answer.held[place], {*lead.columns, *(other.column for other in lead.alike if not other.differ)}


def _said(place: int, one: Finding, failures: int, *, leads: bool) -> Said:
    counts = one.counts
    word, kind = FOLLOWING if one.follows else STATUS[one.status]
    well = counts.rows - counts.failed
    other_well = counts.other_rows - counts.other_failed
    condition = one.condition.say(_)
    return Said(
        place=place,
        condition=condition,
        sentence=one.sentence.say(_),
        status=_(word),
        status_kind=kind,
        failures=_side(counts.failed, counts.failed + counts.other_failed, condition, failed=True),
        rest=_side(well, well + other_well, condition, failed=False),
        corrected=p(one.p_corrected),
        alone=p(one.p),
        search=p(one.p_search),
        difference=_interval(one.difference, percent=True),
        ratio=_interval(one.ratio, percent=False),
        counts=counts,
        missing=one.missing,
        twins=[
            Twin(
                sentence=other.sentence.say(_),
                next=other.next.say(_),
                instead=other.instead.say(_),
                place=at,
                condition=other.condition.say(_),
                same=not other.differ,
            )
            for at, other in enumerate(one.alike)
        ],
        outlook=one.outlook.sentence.say(_) if one.outlook else "",
        follows=one.follows.say(_) if one.follows else "",
        leads=leads,
        settled=one.status is Status.ESTABLISHED and not one.alike,
    )


def _side(on: int, total: int, condition: str, *, failed: bool) -> Side:
    """Squares from left to right, those with the condition first."""
    squares = tuple(
        Square(at % ACROSS * PITCH, at // ACROSS * PITCH, at < on) for at in range(min(total, TALLEST))
    )
    said = (
        _("%(condition)s: %(on)s of the %(total)s failures")
        if failed
        else _("%(condition)s: %(on)s of the %(total)s that went well")
    )
    return Side(
        on=on,
        total=total,
        squares=squares if total <= TALLEST else (),
        share=round(100 * on / total, 1) if total else 0,
        width=(min(total, ACROSS) or 1) * PITCH - (PITCH - SIDE),
        height=max(1, math.ceil(min(total, TALLEST) / ACROSS)) * PITCH - (PITCH - SIDE),
        said=said % {"condition": condition, "on": on, "total": total},
    )


def _interval(strength: Strength, *, percent: bool) -> str:
    value, low, high = (
        _figure(each, percent=percent) for each in (strength.value, strength.low, strength.high)
    )
    return _("%(value)s (%(low)s to %(high)s)") % {"value": value, "low": low, "high": high}


def _figure(value: float, *, percent: bool) -> str:
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞"
    return f"{100 * value:.0f}%".replace("-", "−") if percent else f"{value:.1f}"


def p(value: float) -> str:
    """A probability, no more exact than it is."""
    if value < 0.0001:  # noqa: PLR2004 - four decimals are shown
        return "<0.0001"
    return f"{value:.4f}" if value < 0.1 else f"{value:.2f}"  # noqa: PLR2004 - beyond, digits would feign precision
