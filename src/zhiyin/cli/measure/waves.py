"""What changed from wave to wave, from a sheet to a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import parts
from zhiyin.cli.measure import people as persons
from zhiyin.cli.measure.options import Asked, Drawn
from zhiyin.cli.measure.output import Outcome, Table, covering, figure, interval, p_value
from zhiyin.libs.measure import errors
from zhiyin.libs.measure import waves as engine
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.estimates import Estimate
from zhiyin.libs.measure.multiplicity import holm
from zhiyin.libs.measure.sheets import Sheet, column, find, questions

DESIGNS = ("auto", "independent", "paired", "overlapping")
_TWO = 2


@dataclass(frozen=True)
class Wanted:
    """Which questions and waves, and how the people of two waves belong together."""

    questions: tuple[str, ...] = ()
    wave: str = ""
    first: str = ""
    last: str = ""
    people: str = "auto"


@dataclass(frozen=True)
class Change:
    """One question in two waves. p_holm: adjusted over all questions and all steps."""

    question: str
    first: str
    last: str
    before: Estimate
    after: Estimate
    difference: Estimate
    overlap: int
    test: str
    t: float
    df: float
    p: float
    p_holm: float


@dataclass(frozen=True)
class Waves:
    """The waves in order, each step's changes, and the trend where there are three waves or more."""

    waves: tuple[str, ...]
    changes: tuple[Change, ...]
    trends: tuple[engine.Trend, ...]


@dataclass(frozen=True)
class _Rows:
    """The answers and who gave them."""

    names: tuple[str, ...]
    values: Any
    periods: parts.Split
    people: Any
    design: Design
    repeated: bool
    """Whether somebody has several rows in a wave."""


def waves(asked: Asked, drawn: Drawn, wanted: Wanted) -> Outcome:
    """Each wave against the one before, and the trend over all."""
    if wanted.people not in DESIGNS:
        raise errors.BadOption(option="--people", value=wanted.people, allowed=", ".join(DESIGNS))
    rows = _rows(asked, drawn, wanted)
    order = rows.periods.order
    for name in (wanted.first, wanted.last):
        if name and name not in order:
            raise errors.UnknownLabel(what="--from, --to", value=name, known=", ".join(order))
    if len(order) < _TWO:
        raise errors.TooFew(what=errors.gettext_noop("A comparison of waves"), needed=2, found=len(order))
    steps = (
        [(wanted.first or order[0], wanted.last or order[-1])]
        if wanted.first or wanted.last
        else pairwise(order)
    )
    test = _test(rows, wanted.people)
    changes = [each for one, other in steps for each in _step(rows, one, other, test, asked.level)]
    adjusted = holm([change.p for change in changes])
    result = Waves(
        order,
        tuple(replace(each, p_holm=float(p)) for each, p in zip(changes, adjusted, strict=True)),
        _trends(rows, test, asked.level) if len(order) > _TWO else (),
    )
    return Outcome(result, [*_blocks(result, asked.level), *_said(result, rows, test)])


def _rows(asked: Asked, drawn: Drawn, wanted: Wanted) -> _Rows:
    sheet = asked.sheet
    wave = column(sheet, "wave", wanted.wave)
    named = (wave, drawn.weight, drawn.stratum, drawn.cluster, asked.respondent)
    found = questions.ask(
        sheet,
        questions.coder(scale=asked.scale),
        names=wanted.questions,
        given={"attribute": asked.attribute, "respondent": asked.respondent},
        apart=[wave],
        besides=[name for name in named if name],
    )
    periods = parts.split(found.sheet, wave)
    if periods is None:  # pragma: no cover - there is a column
        raise errors.MissingInput(what="waves", needed="--wave")
    people, repeated = _people(found.sheet, asked, wanted, periods)
    return _Rows(found.names, found.values, periods, people, drawn.design(found.sheet), repeated)


def _people(sheet: Sheet, asked: Asked, wanted: Wanted, periods: parts.Split) -> tuple[Any, bool]:
    """Who each row is, None where nobody is named; and whether somebody has several rows in a wave."""
    must = wanted.people in {"paired", "overlapping"}
    name = (column if must else find)(sheet, "respondent", asked.respondent)
    if name is None:
        return None, False
    labels = sheet.labels(name, whole=must)
    again = persons.repeated(sheet, name, [periods.column])
    if wanted.people == "independent":
        return None, again is not None
    if again is not None:
        at, first = again
        raise persons.RepeatedInWave(
            row=sheet.row(at), person=labels[at], wave=periods.labels[at], first=sheet.row(first)
        )
    gaps = [at for at, person in enumerate(labels.tolist()) if person is None]
    if gaps and len(gaps) < len(labels):
        raise persons.Nameless(row=sheet.row(gaps[0]), column=name)
    return (None if gaps else labels), False


def _step(rows: _Rows, one: str, other: str, test: str, level: float) -> list[Change]:
    before, after = rows.periods.of(one), rows.periods.of(other)
    found = _compare(rows, before, after, test, level)
    return [
        Change(
            each.name, one, other, each.before, each.after, each.difference, each.overlap, test, each.t,
            each.df, each.p, each.p_holm,
        )
        for each in found
    ]  # fmt: skip


def _test(rows: _Rows, people: str) -> str:
    """The design asked for, or the one that the respondents' names show; one for all steps and the trend."""
    if people != "auto":
        return people
    bound = rows.design.strata is not None or rows.design.clusters is not None
    if rows.people is None or bound:
        return "independent"
    return "overlapping" if _again(rows) else "independent"


def _again(rows: _Rows) -> bool:
    """Whether somebody answered in more than one wave."""
    return rows.people is not None and len(set(rows.people.tolist())) < len(rows.people)


def _compare(rows: _Rows, before: Any, after: Any, test: str, level: float) -> Sequence[engine.Change]:
    one, other, names = rows.values[before], rows.values[after], rows.names
    first, second = rows.design.subset(before), rows.design.subset(after)
    if test == "independent":
        return engine.independent(
            one, other, names=names, before_design=first, after_design=second, level=level
        )
    if test == "overlapping" and (first.strata is not None or first.clusters is not None):
        raise errors.BadOption(
            option="--people", value=test, allowed=errors.gettext_noop("used without strata and clusters")
        )
    who = [rows.people[each].tolist() for each in (before, after)]
    if test == "overlapping":
        return engine.overlapping(
            one,
            other,
            *who,
            names=names,
            before_weights=first.weights,
            after_weights=second.weights,
            level=level,
        )
    pair, design = _pairs(one, other, who, first)
    return engine.paired(*pair, names=names, design=design, level=level)


def _pairs(one: Any, other: Any, who: list[list[str]], first: Design) -> tuple[tuple[Any, Any], Design]:
    """The rows of those who are in both waves, side by side, with the design of the first."""
    place = {person: at for at, person in enumerate(who[1])}
    both = np.array([person in place for person in who[0]], dtype=bool)
    if not both.any():
        raise errors.TooFew(what=errors.gettext_noop("A comparison of the same people"), needed=_TWO, found=0)
    right = np.array([place[person] for person in who[0] if person in place])
    return (one[both], other[right]), first.subset(both)


def _trends(rows: _Rows, test: str, level: float) -> tuple[engine.Trend, ...]:
    """The slope per unit of time; who answers again is a cluster unless the waves are taken for different people."""
    design = rows.design
    if test != "independent" and design.clusters is None and _again(rows):
        design = Design(design.weights, design.strata, rows.people, None)
    times = np.array([rows.periods.times[label] for label in rows.periods.labels])
    return engine.trends(rows.values, times, names=rows.names, design=design, level=level)


def _blocks(result: Waves, level: float) -> list[Table | str]:
    blocks: list[Table | str] = [
        parts.table(_("From wave to wave"), [_row(each, level) for each in result.changes])
    ]
    if result.trends:
        blocks.append(parts.table(_("Trend"), [_trend(each, level) for each in result.trends]))
    return blocks


def _said(result: Waves, rows: _Rows, test: str) -> list[str]:
    """What the comparison and the trend take the people of the waves for."""
    out = {
        "overlapping": [_("Some people answered in both waves; the test counts what they have in common.")],
        "independent": [_("The waves are taken for samples of different people.")],
        "paired": [_("Only people who answered in both waves are compared.")],
    }[test]
    if test == "independent" and _again(rows):
        out.append(
            _("People who answered in several waves count as different ones under strata or clusters.")
        )
    if test == "paired" and result.trends:
        out.append(_("The trend has everybody's answers; the answers of one person count together."))
    if rows.repeated:
        out.append(_("Some respondents have several rows in a wave; each row counts as another person."))
    return out


def _row(each: Change, level: float) -> dict[str, str]:
    return {
        _("Question"): each.question,
        _("From"): each.first,
        _("To"): each.last,
        _("Before"): f"{figure(each.before.value)} ±{figure(each.before.margin)}",
        _("After"): f"{figure(each.after.value)} ±{figure(each.after.margin)}",
        _("Difference"): parts.signed(each.difference.value),
        covering(level): interval(each.difference),
        "p": p_value(each.p),
        _("p (Holm)"): p_value(each.p_holm),
        "n": f"{each.before.n} / {each.after.n}",
        _("In both"): str(each.overlap) if each.overlap else "",
    }


def _trend(each: engine.Trend, level: float) -> dict[str, str]:
    return {
        _("Question"): each.name,
        _("Slope per wave"): parts.signed(each.slope.value, 3),
        covering(level): interval(each.slope, 3),
        "p": p_value(each.p),
        _("p (Holm)"): p_value(each.p_holm),
        _("Waves"): str(each.waves),
    }
