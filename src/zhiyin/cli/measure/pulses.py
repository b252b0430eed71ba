"""NPS, CSAT and effort scores, by group and by wave, from a sheet to a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

import numpy as np

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import parts, pulse_tables
from zhiyin.cli.measure.options import Asked, Drawn
from zhiyin.cli.measure.output import Outcome
from zhiyin.cli.measure.people import once
from zhiyin.cli.measure.pulse_kinds import CES, CSAT, NPS, Cell, Change, Figures, Kind, Pulses, Wanted
from zhiyin.libs.measure import errors, loyalty, waves
from zhiyin.libs.measure.design import EVERYBODY
from zhiyin.libs.measure.estimates import Estimate
from zhiyin.libs.measure.multiplicity import holm
from zhiyin.libs.measure.sheets import Sheet, find, questions
from zhiyin.libs.measure.sheets import errors as unusable
from zhiyin.libs.measure.sheets.sheet import Floats

_COUNTS = (
    ("promoters", "promoter", "推荐者", "推薦者"),
    ("passives", "passive", "neutrals", "中立者", "被动者", "被動者"),
    ("detractors", "detractor", "贬损者", "貶損者", "批评者", "批評者"),
)


def nps(asked: Asked, drawn: Drawn, wanted: Wanted) -> Outcome:
    """The net promoter score of a sheet of answers, or of counts of promoters, passives and detractors."""
    sheet = asked.sheet
    heads = _counted(sheet)
    if heads is None:
        return _outcome(NPS, sheet, asked, drawn, wanted)
    if drawn != Drawn() or wanted.group or wanted.questions:
        raise errors.BadOption(
            option=_("a sheet of counts"),
            value="--weight, --group, …",
            allowed=errors.gettext_noop("used without options of respondents"),
        )
    return _of_counts(sheet, heads, asked.level, wanted)


def csat(asked: Asked, drawn: Drawn, wanted: Wanted) -> Outcome:
    """Customer satisfaction: the share of the two best answers of five."""
    return _outcome(CSAT, asked.sheet, asked, drawn, wanted)


def ces(asked: Asked, drawn: Drawn, wanted: Wanted, version: str) -> Outcome:
    """Customer effort, by the version of the question that was asked."""
    sheet = asked.sheet
    chosen = _version(version, wanted.questions or sheet.names)
    return _outcome(CES[chosen], sheet, asked, drawn, wanted)


def _version(given: str, names: Sequence[str]) -> str:
    """1 or 2: as given, or as a heading says; the two point in opposite directions, so nothing is guessed."""
    pattern = re.compile(r"(?:ces|费力度|費力度|effort)[\s_.-]*v?([12])(?:\.0)?(?!\d)", re.IGNORECASE)
    said = {found[1] for name in names if (found := pattern.search(name))}
    given = given.removesuffix(".0")
    if given and given not in CES:
        raise errors.BadOption(option="--version", value=given, allowed="1, 2")
    if given and said and said != {given}:
        raise errors.NotComparable(
            first=f"--version {given}", second=", ".join(sorted(f"CES{v}" for v in said))
        )
    if not given and len(said) != 1:
        raise errors.MissingInput(
            what="CES",
            needed=errors.gettext_noop(
                "--version 1 (how much effort, 1-5, low is good) or --version 2 (made it easy, 1-7, high is good)"
            ),
        )
    return given or said.pop()


def _outcome(kind: Kind, sheet: Sheet, asked: Asked, drawn: Drawn, wanted: Wanted) -> Outcome:
    wave = find(sheet, "wave", wanted.wave)
    if wanted.group:
        find(sheet, "group", wanted.group)
    cells = list(_cells(kind, sheet, asked, drawn, wanted, wave))
    if not cells:
        raise errors.TooFew(
            what=_(loyalty.Nps.measure) if kind is NPS else kind.code.upper(), needed=1, found=0
        )
    changes = _holm(list(_changes(kind, cells, asked.level)))
    comparisons = _holm(list(_comparisons(cells, asked.level)))
    result = Pulses(
        kind.code,
        tuple(_figures(cell) for cell in cells),
        changes,
        comparisons,
        _combined(cells, wanted, asked.level),
    )
    return Outcome(result, pulse_tables.blocks(result, cells, asked.level))


def _cells(
    kind: Kind, sheet: Sheet, asked: Asked, drawn: Drawn, wanted: Wanted, wave: str | None
) -> Iterator[Cell]:
    given = {"attribute": asked.attribute, "respondent": asked.respondent}
    apart = [name for name in (wave, wanted.group) if name]
    code = questions.coder(scale=kind.scale, whole=True, words=kind.words, allowed=_allowed(kind))
    found = questions.ask(
        sheet, code, names=wanted.questions, usual=kind.usual, wanted=kind.code, given=given, apart=apart
    )
    rows = found.sheet
    once(rows, asked, drawn, apart=apart)
    design, identity = drawn.design(rows), find(rows, "respondent", asked.respondent)
    people = None if identity is None else rows.labels(identity)
    groups, periods = parts.split(rows, wanted.group), parts.split(rows, wave)
    for at, name in enumerate(found.names):
        for period in periods.order if periods else (None,):
            during = periods.of(period) if periods and period is not None else None
            answers, whole = found.values[:, at], design
            who = people
            if during is not None:
                answers, whole = answers[during], design.subset(during)
                who = None if people is None else people[during]
            for group in groups.order if groups else (None,):
                values, missing = answers, _gaps(answers)
                if groups and group is not None:
                    member = groups.of(group) if during is None else groups.of(group)[during]
                    values, missing = _only(answers, member), _gaps(answers[member])
                if _gaps(values) < len(values):
                    pulse = kind.of(values, design=whole, level=asked.level, **wanted.more)
                    ids = None if who is None or None in who else who.tolist()
                    yield Cell(name, group, period, values, missing, ids, whole, pulse)


def _only(values: Floats, member: Any) -> Floats:
    """Answers of a group; the others stay as rows of the design without an answer."""
    out = values.copy()
    out[~member] = float("nan")
    return out


def _gaps(values: Floats) -> int:
    """How many gave no answer."""
    return int((values != values).sum())  # noqa: PLR0124 - nan is not itself


def _allowed(kind: Kind) -> str:
    low, high = (f"{end:g}" for end in kind.scale)
    return f"{low}–{high}" + "".join(f", {word}" for word in list(kind.words)[-4:])


def _figures(cell: Cell) -> Figures:
    return Figures(cell.question, cell.group, cell.wave, cell.missing, parts.fields(cell.pulse, "sample"))


def _changes(kind: Kind, cells: Sequence[Cell], level: float) -> Iterator[Change]:
    """Each wave against the one before it, within a question and a group."""
    tracks: dict[tuple[str, str | None], list[Cell]] = {}
    for cell in cells:
        if cell.wave is not None:
            tracks.setdefault((cell.question, cell.group), []).append(cell)
    for track in tracks.values():
        for one, other in pairwise(track):
            yield _change(kind, one, other, level)


def _change(kind: Kind, one: Cell, other: Cell, level: float) -> Change:
    ends = (str(one.wave), str(other.wave))
    if _same_people(one, other):
        moved = waves.overlapping(
            kind.points(one.values),
            kind.points(other.values),
            one.people or (),
            other.people or (),
            before_weights=one.design.weights,
            after_weights=other.design.weights,
            level=level,
        )[0]
        return Change(
            one.question,
            one.group,
            *ends,
            moved.difference,
            moved.t,
            moved.df,
            moved.p,
            moved.p,
            "overlapping",
        )
    return _apart(one, other, ends, level)


def _same_people(one: Cell, other: Cell) -> bool:
    """Whether some answered in both waves, each once, and neither strata nor clusters bind them otherwise."""
    if one.people is None or other.people is None:
        return False
    bound = one.design.strata is not None or one.design.clusters is not None
    once = all(len(set(each)) == len(each) for each in (one.people, other.people))
    return once and not bound and bool(set(one.people) & set(other.people))


def _apart(one: Cell, other: Cell, ends: tuple[str, str], level: float) -> Change:
    moved = loyalty.change(one.pulse, other.pulse, level=level)
    group = one.group if one.group == other.group else None
    return Change(
        one.question, group, *ends, moved.difference, moved.z, moved.df, moved.p, moved.p, "independent"
    )


def _comparisons(cells: Sequence[Cell], level: float) -> Iterator[Change]:
    """Each two groups, within a question and the latest wave."""
    if all(cell.group is None for cell in cells):
        return
    last = cells[-1].wave
    for question in dict.fromkeys(cell.question for cell in cells):
        groups = [cell for cell in cells if cell.question == question and cell.wave == last]
        for one, other in combinations(groups, 2):
            yield _apart(one, other, (str(one.group), str(other.group)), level)


def _holm(changes: Sequence[Change]) -> tuple[Change, ...]:
    adjusted = holm([change.p for change in changes]) if changes else []
    return tuple(replace(change, p_holm=float(p)) for change, p in zip(changes, adjusted, strict=True))


def _combined(cells: Sequence[Cell], wanted: Wanted, level: float) -> Estimate | None:
    """One figure of all groups by their shares of the customers, in the latest wave, of the first question."""
    if not wanted.shares:
        return None
    if not wanted.group:
        raise errors.MissingInput(what="--shares", needed="--group")
    shares = parts.shares("--shares", wanted.shares)
    now = [cell for cell in cells if cell.question == cells[0].question and cell.wave == cells[-1].wave]
    groups = [str(cell.group) for cell in now]
    for name in {*shares} ^ {*groups}:
        raise errors.UnknownLabel(
            what="--shares", value=name, known=", ".join(groups if name in shares else shares)
        )
    return loyalty.combined([cell.pulse for cell in now], [shares[name] for name in groups], level=level)


def _counted(sheet: Sheet) -> list[str] | None:
    """The columns of promoters, passives and detractors, if the sheet holds counts."""
    named = {name.strip().lower(): name for name in sheet.names}
    found = [next((named[word] for word in words if word in named), None) for words in _COUNTS]
    return None if None in found else [name for name in found if name is not None]


def _of_counts(sheet: Sheet, heads: Sequence[str], level: float, wanted: Wanted) -> Outcome:
    code = questions.coder(scale=(0, 1e12), whole=True)
    counts = [code(sheet, name) for name in heads]
    wave = find(sheet, "wave", wanted.wave)
    periods = parts.split(sheet, wave)
    label = next((name for name in sheet.names if name not in {*heads, wave}), None)
    names = [""] * len(sheet) if label is None else [text or "" for text in sheet.labels(label).tolist()]
    found = []
    for at, name in enumerate(names):
        row = [float(column[at]) for column in counts]
        if not sum(row) > 0:
            raise unusable.CellMissing(row=sheet.row(at), column=heads[int(np.argmin(np.isfinite(row)))])
        pulse = loyalty.nps_of_counts(*(int(each) for each in row), level=level, method=wanted.method)
        when = None if periods is None else periods.labels[at]
        found.append(Cell(name, None, when, counts[0][:0], 0, None, EVERYBODY, pulse))
    if periods is not None:
        found.sort(key=lambda cell: periods.order.index(str(cell.wave)))
    changes = _holm(list(_changes(NPS, found, level)))
    result = Pulses("nps", tuple(_figures(cell) for cell in found), changes, (), None)
    return Outcome(result, pulse_tables.blocks(result, found, level))
