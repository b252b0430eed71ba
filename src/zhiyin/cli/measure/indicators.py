"""Indicators with their definitions, from a sheet of customers or of counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure import parts, ranges
from zhiyin.cli.measure.options import Asked, Drawn
from zhiyin.cli.measure.output import Outcome, covering, figure, interval, share
from zhiyin.libs.measure import errors, proportions
from zhiyin.libs.measure import indicators as engine
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.indicators import definitions
from zhiyin.libs.measure.indicators.definitions import Definition, Indicator, Window
from zhiyin.libs.measure.sheets import Sheet, find, records
from zhiyin.libs.measure.sheets import errors as unusable
from zhiyin.libs.measure.sheets.sheet import Floats

USUAL: dict[str, tuple[str, ...]] = {
    "knows": ("knows us", "knows", "aware", "知道我们", "听说过我们", "知晓"),
    "favourable": ("favourable", "speaks well", "评价好", "好评", "愿意称赞", "称赞"),
    "first": ("first purchase", "首次购买", "首次消费", "首购日期", "首次购买日期"),
    "again": ("second purchase", "again", "再次购买", "再次消费", "二购日期", "再次购买日期"),
    "named": ("asked by name", "named", "指名", "点名", "指名要求"),
    "ours": ("spent with us", "在我们处消费", "在本店消费", "我方金额"),
    "total": ("spent in all", "同类总消费", "总消费", "总金额"),
    "mainly": ("mainly us", "主要在我们处买", "主要在本店买", "主要供应商是我们"),
    "complaints": ("complaints", "投诉次数", "抱怨次数"),
    "start": ("customer at start", "at start", "期初客户", "期初是客户"),
    "end": ("customer at end", "at end", "期末客户", "期末是客户"),
    "before": ("revenue before", "上期收入", "期初收入"),
    "after": ("revenue after", "本期收入", "期末收入"),
    "recommended": ("recommended", "推荐过", "推荐过我们"),
    "indicator": ("indicator", "指标"),
    "numerator": ("numerator", "分子"),
    "denominator": ("denominator", "分母"),
    "begin": ("from", "开始", "起"),
    "finish": ("to", "结束", "止"),
}
_TOGETHER = (
    ("knows", "favourable"),
    ("first", "again"),
    ("ours", "total"),
    ("start", "end"),
    ("before", "after"),
)
_NAMED: dict[str, Definition] = {
    **dict.fromkeys(("reputation", "美誉度"), definitions.REPUTATION),
    **dict.fromkeys(("return_rate", "return rate", "回头率"), definitions.RETURN_RATE),
    **dict.fromkeys(("asked_by_name", "asked-for-by-name rate", "指名度"), definitions.ASKED_BY_NAME),
    **dict.fromkeys(("share_of_customers", "share", "占有率"), definitions.SHARE_OF_CUSTOMERS),
    **dict.fromkeys(("complaint_rate", "complaint rate", "抱怨率", "投诉率"), definitions.COMPLAINT_RATE),
    **dict.fromkeys(("retention", "保留率", "保有率", "留存率"), definitions.RETENTION),
    **dict.fromkeys(("churn", "流失率"), definitions.CHURN),
    **dict.fromkeys(("recommendation", "推荐率"), definitions.RECOMMENDATION),
}


@dataclass(frozen=True)
class Wanted:
    """The days counted, and how columns are called where not as usual."""

    first: str = ""
    last: str = ""
    within: float = 0
    columns: tuple[str, ...] = ()
    unit: int = 100
    group: str = ""


@dataclass(frozen=True)
class Indicators:
    """One row an indicator and group."""

    indicators: tuple[dict[str, Any], ...]


def indicators(asked: Asked, drawn: Drawn, wanted: Wanted) -> Outcome:
    """Every indicator for which the sheet has the columns."""
    ranges.above_zero("--unit", wanted.unit)
    ranges.not_below_zero("--return-within", wanted.within)
    sheet = asked.sheet
    called = _called(sheet, wanted.columns)
    if {"indicator", "numerator", "denominator"} <= called.keys():
        found = list(_of_counts(sheet, called, wanted, asked.level))
    else:
        found = list(_of_customers(sheet, called, drawn, wanted, asked.level))
    rows = tuple(_shown(group, each, wanted) for group, each in found)
    return Outcome(Indicators(rows), [_table(found, wanted, asked.level), *_meanings(found)])


def _called(sheet: Sheet, columns: Sequence[str]) -> dict[str, str]:
    """Role → heading, as given or by a usual name."""
    out: dict[str, str] = {}
    for text in columns:
        role, _sign, name = text.partition("=")
        if role not in USUAL or not name:
            raise errors.BadOption(option="--column", value=text, allowed=", ".join(f"{r}=…" for r in USUAL))
        if name not in sheet.columns:
            raise unusable.NoColumn(wanted=name, columns=", ".join(sheet.names))
        out[role] = name
    plain = {name.strip().lower().replace("_", " "): name for name in sheet.names}
    for role, words in USUAL.items():
        heading = next((plain[word] for word in words if word in plain), None)
        if role not in out and heading is not None:
            out[role] = heading
    return out


def _window(first: str, last: str) -> Window:
    if not first or not last:
        raise errors.MissingInput(
            what=errors.gettext_noop("An indicator"),
            needed=errors.gettext_noop("its window: --from and --to"),
        )
    ends = []
    for option, text in (("--from", first), ("--to", last)):
        day = records.day(text)
        if day is None:
            raise errors.BadOption(option=option, value=text, allowed="2026-01-31")
        ends.append(day)
    return Window(*ends)


def _of_counts(
    sheet: Sheet, called: dict[str, str], wanted: Wanted, level: float
) -> Iterator[tuple[str | None, Indicator]]:
    names = sheet.labels(called["indicator"], whole=True).tolist()
    parts_of, wholes = (records.count(sheet, called[role]) for role in ("numerator", "denominator"))
    begin, finish = (
        sheet.labels(called[role]).tolist() if role in called else [None] * len(sheet)
        for role in ("begin", "finish")
    )
    groups = sheet.labels(wanted.group) if find(sheet, "group", wanted.group) and wanted.group else None
    for at, name in enumerate(names):
        definition = _NAMED.get(name.lower())
        if definition is None:
            known = ", ".join(word for word in _NAMED if not word.isascii())
            raise unusable.NotAnAnswer(
                row=sheet.row(at), column=called["indicator"], value=name, allowed=known
            )
        for role, column in (("numerator", parts_of), ("denominator", wholes)):
            if np.isnan(column[at]):
                raise unusable.CellMissing(row=sheet.row(at), column=called[role])
        if not wholes[at]:
            raise unusable.NotPositive(row=sheet.row(at), column=called["denominator"], value=0)
        window = _window(begin[at] or wanted.first, finish[at] or wanted.last)
        group = None if groups is None else groups[at]
        yield group, _counted(sheet, at, called, definition, (parts_of, wholes), window, wanted.unit, level)


def _counted(
    sheet: Sheet,
    at: int,
    called: dict[str, str],
    definition: Definition,
    columns: tuple[Floats, Floats],
    window: Window,
    unit: int,
    level: float,
) -> Indicator:
    part, whole = int(columns[0][at]), int(columns[1][at])
    if definition is definitions.COMPLAINT_RATE:
        return engine.complaint_rate_of_totals(part, whole, window=window, unit=unit, level=level)
    row = np.arange(len(sheet)) == at
    ends = (called["numerator"], columns[0][row], called["denominator"], columns[1][row])
    records.not_more(sheet.where(row), *ends)
    return Indicator(definition, proportions.wilson(part, whole, level=level), part, whole, window)


def _of_customers(
    sheet: Sheet, called: dict[str, str], drawn: Drawn, wanted: Wanted, level: float
) -> Iterator[tuple[str | None, Indicator]]:
    for pair in _TOGETHER:
        missing = [role for role in pair if role not in called]
        if len(missing) == 1:
            there = called[next(role for role in pair if role in called)]
            raise unusable.Unpaired(attribute=there, there=there, missing=USUAL[missing[0]][0])
    window = _window(wanted.first, wanted.last)
    makers = list(_makers(sheet, called, wanted, window))
    if not makers:
        known = ", ".join(word for words in USUAL.values() for word in words if not word.isascii())
        raise unusable.NoColumn(wanted=known, columns=", ".join(sheet.names))
    design = drawn.design(sheet)
    groups = parts.split(sheet, find(sheet, "group", wanted.group) if wanted.group else None)
    for group in groups.order if groups else (None,):
        keep = groups.of(group) if groups and group is not None else np.ones(len(sheet), dtype=bool)
        chosen = design if keep.all() else design.subset(keep)
        for make in makers:
            yield group, make(keep, chosen, level)


Maker = Callable[[Any, Design, float], Indicator]


def _makers(sheet: Sheet, called: dict[str, str], wanted: Wanted, window: Window) -> Iterator[Maker]:
    """How to make each indicator whose columns are there; cells are read, and refused, before any is made."""

    def read(role: str) -> Floats:
        rule = records.yes_no
        if role in {"ours", "total", "before", "after"}:
            rule = records.amount
        elif role == "complaints":
            rule = records.count
        return rule(sheet, called[role])

    def maker(function: Callable[..., Indicator], *columns: Floats, **more: Any) -> Maker:
        return lambda keep, design, level: function(
            *(column[keep] for column in columns), window=window, design=design, level=level, **more
        )

    if "first" in called:
        yield maker(engine.return_rate, *_days(sheet, called, wanted, window), within=wanted.within)
    if "ours" in called:
        ours, total = read("ours"), read("total")
        records.not_more(sheet, called["ours"], ours, called["total"], total)
        yield maker(engine.share_of_amount, ours, total)
    if "complaints" in called:
        yield maker(engine.complaint_rate, read("complaints"), unit=wanted.unit)
    for function, roles in _PLAIN:
        if roles[0] in called:
            yield maker(function, *(read(role) for role in roles))


_PLAIN: tuple[tuple[Callable[..., Indicator], tuple[str, ...]], ...] = (
    (engine.complainers, ("complaints",)),
    (engine.reputation, ("knows", "favourable")),
    (engine.recommendation, ("recommended",)),
    (engine.asked_by_name, ("named",)),
    (engine.share_of_customers, ("mainly",)),
    (engine.retention, ("start", "end")),
    (engine.churn, ("start", "end")),
    (engine.gross_revenue_churn, ("before", "after")),
    (engine.net_revenue_churn, ("before", "after")),
)


def _days(sheet: Sheet, called: dict[str, str], wanted: Wanted, window: Window) -> tuple[Floats, Floats]:
    """Days from first to second purchase, and from the first to the window's end.

    First purchases outside the window do not count; what was bought after its end was not seen.
    """
    if not wanted.within > 0:
        raise errors.MissingInput(what=_(definitions.RETURN_RATE.name), needed="--return-within")
    first, again = (records.days(sheet, called[role]) for role in ("first", "again"))
    records.not_before(sheet, called["again"], again, called["first"], first)
    begun, over = window.first.toordinal(), window.last.toordinal()
    first = np.where((first >= begun) & (first <= over), first, np.nan)
    again = np.where(again <= over, again, np.nan)
    return again - first, over - first


def _shown(group: str | None, each: Indicator, wanted: Wanted) -> dict[str, Any]:
    """One indicator as JSON: the definition beside the figure, in the reader's language."""
    definition = each.definition
    return {
        "group": group,
        "code": definition.code,
        "name": _(definition.name),
        "numerator_of": _(definition.numerator),
        "denominator_of": _(definition.denominator),
        "higher_is_better": definition.higher_is_better,
        "estimate": each.estimate,
        "numerator": each.numerator,
        "denominator": each.denominator,
        "from": each.window.first.isoformat(),
        "to": each.window.last.isoformat(),
        "unit": each.unit,
        "left_out": each.left_out,
    }


def _table(found: Sequence[tuple[str | None, Indicator]], wanted: Wanted, level: float) -> Any:
    windows = {each.window for _group, each in found}
    caption = _("Indicators")
    if len(windows) == 1:
        caption = f"{caption} {_days_of(found[0][1].window)}"
    return parts.table(
        caption,
        [
            {
                _("Group"): group or "",
                _("Indicator"): _(each.definition.name),
                _("Value"): _value(each),
                covering(level): interval(each.estimate.scaled(1 if each.unit > 1 else 100), 1),
                _("Counted"): f"{each.numerator:,.10g} / {each.denominator:,.10g}",
                _("Window"): "" if len(windows) == 1 else _days_of(each.window),
                _("Left out"): str(each.left_out) if each.left_out else "",
            }
            for group, each in found
        ],
    )


def _days_of(window: Window) -> str:
    return f"{window.first.isoformat()} … {window.last.isoformat()}"


def _value(each: Indicator) -> str:
    if each.unit > 1:
        return f"{figure(each.estimate.value, 1)} / {each.unit}"
    return share(each.estimate.value)


def _meanings(found: Sequence[tuple[str | None, Indicator]]) -> list[str]:
    """What each counts, and of what."""
    seen = dict.fromkeys(each.definition for _group, each in found)
    return [
        _("%(name)s: %(numerator)s, out of %(denominator)s.")
        % {"name": _(each.name), "numerator": _(each.numerator), "denominator": _(each.denominator)}
        for each in seen
    ]
