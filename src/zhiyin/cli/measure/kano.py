"""Kano's question pairs, from a sheet to a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import parts, people, ranges
from zhiyin.cli.measure.options import Asked, Drawn
from zhiyin.cli.measure.output import Outcome, Table, covering, figure, interval, p_value, share
from zhiyin.libs.measure import errors
from zhiyin.libs.measure import kano as engine
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.estimates import Estimate
from zhiyin.libs.measure.sheets import Answers, Sheet, answers, column, find, records
from zhiyin.libs.measure.sheets import errors as unusable

_FEELINGS = (
    ("like", "i like it", "enjoy", "喜欢", "我喜欢", "很喜欢", "喜歡", "我喜歡", "很喜歡", "满意", "滿意"),
    ("must be", "must-be", "expect", "expect it", "理应如此", "理應如此", "理所当然", "理所當然", "应该如此", "應該如此"),
    ("neutral", "indifferent", "无所谓", "無所謂"),
    ("live with", "live with it", "tolerate", "can live with it", "可以忍受", "勉强接受", "勉強接受", "能忍受", "可以接受"),
    ("dislike", "i dislike it", "不喜欢", "不喜歡", "我不喜欢", "我不喜歡", "很不喜欢", "很不喜歡"),
)  # fmt: skip
WORDS = {word: float(code) for code, words in enumerate(_FEELINGS, start=1) for word in words}
NUMBERS = {str(code): float(code) for code in range(1, 6)}
ALLOWED = "1–5, 喜欢, 理应如此, 无所谓, 可以忍受, 不喜欢, like, must be, neutral, live with, dislike"
_COUNTS: dict[str, tuple[str, ...]] = {
    "M": ("m", "must-be", "must be", "basic", "基本", "必备", "必備"),
    "O": ("o", "one-dimensional", "expected", "期望", "一维", "一維"),
    "A": ("a", "attractive", "delighting", "魅力", "兴奋", "興奮", "惊喜", "驚喜"),
    "I": ("i", "indifferent", "无差异", "無差異"),
    "R": ("r", "reverse", "反向", "逆向"),
    "Q": ("q", "questionable", "可疑", "存疑"),
}

_MATTER = {engine.Category.MUST_BE, engine.Category.ONE_DIMENSIONAL, engine.Category.ATTRACTIVE}
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Wanted:
    """How respondents are divided, and when shares count as tied."""

    group: str = ""
    wave: str = ""
    tolerance: float = engine.TOLERANCE


@dataclass(frozen=True)
class Part:
    """The attributes in the eyes of one group, or in one wave."""

    name: str
    attributes: tuple[engine.Requirement, ...]


@dataclass(frozen=True)
class Kano:
    """Categories over all respondents; positions where answers were given; by group with tests; by wave with drift."""

    attributes: tuple[engine.Requirement, ...]
    positions: tuple[engine.Position, ...]
    groups: tuple[Part, ...]
    differences: tuple[engine.GroupDifference, ...]
    waves: tuple[Part, ...]
    drift: tuple[engine.Drift, ...]


def kano(asked: Asked, drawn: Drawn, wanted: Wanted) -> Outcome:
    """What each attribute is to customers, from pairs of answers or from counts."""
    ranges.share_or_none("--tolerance", wanted.tolerance)
    sheet = asked.sheet
    heads = _counted(sheet, asked)
    if heads:
        return _shown(_of_counts(sheet, heads, asked, wanted), asked.level)
    return _shown(_of_answers(sheet, asked, drawn, wanted), asked.level)


def _counted(sheet: Sheet, asked: Asked) -> dict[str, str]:
    """The columns of M, O, A and I (R and Q may be missing), if the sheet holds counts."""
    plain = {name.strip().lower(): name for name in sheet.names}
    plain |= {name.strip().lower().split("(")[0].split("（")[0].strip(): name for name in sheet.names}
    found = {
        code: next((plain[word] for word in words if word in plain), "") for code, words in _COUNTS.items()
    }
    return found if all(found[code] for code in "MOAI") and find(sheet, "attribute", asked.attribute) else {}


def _of_counts(sheet: Sheet, heads: Mapping[str, str], asked: Asked, wanted: Wanted) -> Kano:
    if wanted.group or wanted.wave:
        raise errors.BadOption(
            option="--group, --wave",
            value=wanted.group or wanted.wave,
            allowed=errors.gettext_noop("used with a row for each answer, not with counts"),
        )
    names = sheet.labels(column(sheet, "attribute", asked.attribute), whole=True).tolist()
    table = np.zeros((len(sheet), len(heads)))
    for at, name in enumerate(heads.values()):
        if name:
            table[:, at] = np.nan_to_num(records.count(sheet, name))
    empty = np.nonzero(table.sum(axis=1) == 0)[0]
    if len(empty):
        raise unusable.CellMissing(row=sheet.row(int(empty[0])), column=heads["M"])
    found = engine.from_counts(table, names=names, tolerance=wanted.tolerance, level=asked.level)
    return Kano(found, (), (), (), (), ())


def _of_answers(sheet: Sheet, asked: Asked, drawn: Drawn, wanted: Wanted) -> Kano:
    wave = find(sheet, "wave", wanted.wave)
    found = _answers(sheet, asked, wave)
    rows = found.sheet
    people.once(rows, asked, drawn, apart=[wave] if wave else [])
    groups = parts.split(rows, find(rows, "group", wanted.group) if wanted.group else None)
    periods = parts.split(rows, wave)
    design = drawn.design(rows)
    pair = found["functional"], found["dysfunctional"]
    plain: dict[str, Any] = {"names": found.attributes}
    more: dict[str, Any] = plain | {"design": design, "level": asked.level}
    settled: dict[str, Any] = more | {"tolerance": wanted.tolerance}
    by_wave, drift = _waves(pair, periods, rows, asked, design, settled)
    return Kano(
        engine.categories(*pair, **settled),
        engine.positions(*pair, **more),
        _parts(pair, groups, settled),
        engine.group_differences(*pair, groups.labels, **plain) if groups and len(groups.order) > 1 else (),
        by_wave,
        drift,
    )


def _answers(sheet: Sheet, asked: Asked, wave: str | None) -> Answers:
    """Both answers to each attribute; in a long sheet a respondent of two waves is a row in each."""
    given = {"attribute": asked.attribute, "respondent": asked.respondent}
    if wave and find(sheet, "attribute", asked.attribute):
        who = column(sheet, "respondent", asked.respondent)
        both = [sheet.labels(name, whole=True).tolist() for name in (who, wave)]
        joined = np.array([" ".join(each) for each in zip(*both, strict=True)], dtype=object)
        sheet = replace(sheet, columns={**sheet.columns, " ": joined})
        given["respondent"] = " "
    return answers(
        sheet, ["functional", "dysfunctional"], words=WORDS | NUMBERS, allowed=ALLOWED, given=given
    )


def _waves(
    pair: tuple[Any, Any],
    periods: parts.Split | None,
    rows: Sheet,
    asked: Asked,
    design: Design,
    settled: dict[str, Any],
) -> tuple[tuple[Part, ...], tuple[engine.Drift, ...]]:
    if periods is None:
        return (), ()
    ordered = _parts(pair, periods, settled)
    if len(ordered) == 1:
        return ordered, ()
    times = np.array([periods.times[label] for label in periods.labels])
    return ordered, engine.drift(*pair, times, **settled | {"design": _same_people(design, rows, asked)})


def _parts(pair: tuple[Any, Any], division: parts.Split | None, settled: dict[str, Any]) -> tuple[Part, ...]:
    if division is None:
        return ()
    found = engine.by_group(*pair, division.labels, **settled)
    return tuple(Part(name, found[name]) for name in division.order)


def _same_people(design: Design, rows: Sheet, asked: Asked) -> Design:
    """Who answers in several waves is a cluster, unless clusters are named."""
    who = find(rows, "respondent", asked.respondent)
    if who is None or design.clusters is not None:
        return design
    people = rows.labels(who)
    named = [person for person in people.tolist() if person is not None]
    if len(named) < len(people) or len(set(named)) == len(named):
        return design
    return Design(design.weights, design.strata, people, design.population)


def _shown(result: Kano, level: float) -> Outcome:
    blocks: list[Table | str] = [
        _categories(_("What each attribute is to customers"), result.attributes, level)
    ]
    if result.positions:
        blocks.append(_positions(result.positions, level))
    for caption, divided in ((_("Group: %(name)s"), result.groups), (_("Wave: %(name)s"), result.waves)):
        if len(divided) > 1:
            blocks += [_categories(caption % {"name": each.name}, each.attributes, level) for each in divided]
    if result.differences:
        blocks.append(_differences(result.differences))
    if result.drift:
        blocks.append(_drift(result.drift, level))
    return Outcome(result, [*blocks, _explained()])


def _explained() -> str:
    return _(
        "Better: how much having it raises satisfaction; worse: how much lacking it lowers it. "
        "Clear: the two commonest categories differ (Fong's test)."
    )


def _named(category: engine.Category) -> str:
    return f"{_(engine.LABELS[category])} {category.value}"


def _categories(caption: str, found: Sequence[engine.Requirement], level: float) -> Table:
    return parts.table(
        caption,
        [
            {
                _("Attribute"): each.name,
                _("Category"): _named(each.category),
                _("Rule"): _rule(each),
                _("Clear"): parts.yes(each.fong.significant),
                **{category.value: str(count) for category, count in each.counts.items()},
                _("Better"): figure(each.better.value),
                f"{_('Better')} {covering(level)}": interval(each.better),
                _("Worse"): figure(each.worse.value),
                f"{_('Worse')} {covering(level)}": interval(each.worse),
                _("Category strength"): share(each.category_strength.value),
                "n": str(each.n),
            }
            for each in found
        ],
    )


def _rule(found: engine.Requirement) -> str:
    """Why the category is not simply the commonest; empty where it is."""
    own = found.shares[found.category]
    side = _MATTER if found.category in _MATTER else set(engine.Category) - _MATTER
    rivals = [each for each, share_of in found.shares.items() if share_of >= own - _ROUNDING]
    close = [each.value for each in rivals if each in side and each != found.category]
    if close:
        return _("close to %(others)s, %(taken)s by M>O>A>I") % {
            "others": ", ".join(close),
            "taken": found.category.value,
        }
    if found.mode not in side:
        return _("%(mode)s is commonest, but %(side)s together are more") % {
            "mode": found.mode.value,
            "side": "M, O, A" if found.category in _MATTER else "I, R, Q",
        }
    return ""


def _positions(found: Sequence[engine.Position], level: float) -> Table:
    return parts.table(
        _("Continuous: mean satisfaction with it and dissatisfaction without it, −2 to 4"),
        [
            {
                _("Attribute"): each.name,
                _("With it"): _mean(each.functional),
                _("Without it"): _mean(each.dysfunctional),
                _("Category"): _named(each.category),
                _("Possible"): ", ".join(_(engine.LABELS[one]) for one in each.possible),
            }
            for each in found
        ],
    )


def _mean(estimate: Estimate) -> str:
    return f"{figure(estimate.value)} ({interval(estimate)})"


def _differences(found: Sequence[engine.GroupDifference]) -> Table:
    return parts.table(
        _("Do the groups differ?"),
        [
            {
                _("Attribute"): each.name,
                "χ²": figure(each.chi2),
                "df": str(each.df),
                "p": p_value(each.p),
                _("p (Holm)"): p_value(each.p_holm),
                _("Few answers"): parts.yes(each.sparse),
            }
            for each in found
        ],
    )


def _drift(found: Sequence[engine.Drift], level: float) -> Table:
    return parts.table(
        _("Drift towards basic, per wave"),
        [
            {
                _("Attribute"): each.name,
                _("Path"): " → ".join(_(engine.LABELS[category]) for _time, category in each.path),
                _("Slope"): parts.signed(each.trend.slope.value, 3),
                covering(level): interval(each.trend.slope, 3),
                _("p (Holm)"): p_value(each.trend.p_holm),
                _("Becoming basic"): parts.yes(each.towards_basic),
            }
            for each in found
        ],
    )
