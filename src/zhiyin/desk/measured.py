"""How the desk says the measures: figures with their uncertainty, charts with their tables, and the cases behind them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zhiyin.cases.queries import Filters
from zhiyin.cases.rules.words import Kind
from zhiyin.desk import words
from zhiyin.insight.queries import OF, Asked, Report
from zhiyin.insight.rules import measures
from zhiyin.insight.rules.measures import Measures
from zhiyin.insight.rules.spans import Stretch
from zhiyin.kit import figures
from zhiyin.libs.measure.estimates import Estimate

LONGEST = timedelta(days=800)
NONE = "–"
OF_WORDS: Mapping[str, Any] = {
    "all": gettext_lazy("settled"),
    "handed": gettext_lazy("settled, handed over"),
    "costly": gettext_lazy("settled, with costs"),
    "goodwill": gettext_lazy("settled, with goodwill"),
    "reopened": gettext_lazy("settled, reopened"),
    "once": gettext_lazy("settled at the first contact"),
    "not_once": gettext_lazy("not settled at the first contact"),
    "recovered": gettext_lazy("dissatisfied, won back"),
    "not_recovered": gettext_lazy("dissatisfied, not won back"),
}


@dataclass(frozen=True, slots=True)
class Behind:
    """The cases behind a figure, as an address names them, and in words."""

    asked: Asked
    of: str

    @property
    def said(self) -> str:
        return _("%(days)s: %(what)s") % {"days": days(self.asked.stretch), "what": OF_WORDS[self.of]}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the strip: its name, value, uncertainty, and what it rests on."""

    name: str
    value: str
    range: str
    note: str
    change: str
    url: str


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A trend: the finding, the drawing's data, and the same numbers as a table."""

    id: str
    finding: str
    hint: str
    heads: list[str]
    rows: list[list[Cell]]
    foot: str
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def has_points(self) -> bool:
        """Whether there is anything to draw."""
        return any(self.data["points"])

    @property
    def src(self) -> str:
        """The id of the drawing's data."""
        return f"d-{self.id}"


@dataclass(frozen=True, slots=True)
class Theme:
    """One measure: how it is read off, said and drawn."""

    id: str
    name: Any
    pick: Callable[[Measures], Estimate | None]
    say: Callable[[float], str]
    factor: float
    unit: Any
    top: int | None
    of: str
    lower_is_better: bool
    method: Any
    more: Any  # heads and texts of further columns
    counted: Callable[[Measures], str]


def hours(value: float) -> str:
    return words.working(timedelta(hours=value))


def wall(value: float) -> str:
    return figures.duration(timedelta(hours=value))


def percent(value: float) -> str:
    return f"{100 * value:.0f}%"


def times(value: float) -> str:
    return f"{value:.2f}"


def yuan(value: float) -> str:
    return figures.money(round(value))


def _cases(found: Measures) -> str:
    return ngettext("%(n)d case", "%(n)d cases", found.n) % {"n": found.n}


THEMES = (
    Theme(
        "handovers", gettext_lazy("Hand-overs"), lambda m: m.handovers, times, 1, "", None, "handed", True,
        gettext_lazy("mean of each case, 95% by Student's t"),
        ((gettext_lazy("Changed hands"), lambda m: str(m.handed)),),
        _cases,
    ),
    Theme(
        "cost", gettext_lazy("Cost"), lambda m: m.cost, yuan, 1, "¥", None, "costly", True,
        gettext_lazy("mean of each case, 95% by Student's t"),
        ((gettext_lazy("Making good"), lambda m: yuan(m.remedy)), (gettext_lazy("Goodwill"), lambda m: yuan(m.goodwill))),
        _cases,
    ),
    Theme(
        "elapsed", gettext_lazy("Elapsed"), lambda m: m.working, hours, 1, gettext_lazy("h"), None, "all", True,
        gettext_lazy("median, working time without waiting for the customer, 95% by order statistics"),
        (
            (gettext_lazy("By the clock"), lambda m: wall(m.wall.value) if m.wall else NONE),
            (gettext_lazy("Mean pause"), lambda m: wall(m.paused) if m.paused else NONE),
        ),
        _cases,
    ),
    Theme(
        "once", gettext_lazy("First contact"), lambda m: m.once, percent, 100, "%", 100, "not_once", False,
        gettext_lazy("share, 95% by Wilson"),
        (),
        lambda m: _("%(count)d of %(n)d") % {"count": m.once_count, "n": m.once_n},
    ),
    Theme(
        "recovered", gettext_lazy("Won back"), lambda m: m.recovered, percent, 100, "%", 100, "not_recovered", False,
        gettext_lazy("share, 95% by Wilson"),
        (),
        lambda m: _("%(count)d of %(n)d") % {"count": m.recovered_count, "n": m.recovered_n},
    ),
)  # fmt: skip


def days(stretch: Stretch) -> str:
    """From the first to the last day, in few words."""
    return _("%(first)s–%(last)s") % {"first": _day(stretch.first), "last": _day(stretch.last)}


def _day(day: date) -> str:
    return figures.plain_day(day, day.year)


def address(asked: Asked, stretch: Stretch, of: str) -> str:
    """The list of the cases behind a figure."""
    query = {"state": "all", "settled": f"{stretch.first}..{stretch.last}", "of": of}
    if asked.kind is not None:
        query["kind"] = asked.kind
    if asked.department_id is not None:
        query["department"] = str(asked.department_id)
    return f"{reverse('desk:cases')}?{urlencode(query)}"


def behind(query: Mapping[str, str], filters: Filters) -> Behind | None:
    """What an address names: `settled` two days, `of` a part. Whatever else stands there names nothing."""
    first, dots, last = query.get("settled", "").partition("..")
    of = query.get("of", "all")
    try:
        begun, ended = parse_date(first), parse_date(last)
    except ValueError:  # a day such as 31 February
        return None
    if not dots or begun is None or ended is None or of not in OF:
        return None
    if not (date(2000, 1, 1) <= begun <= date(2999, 1, 1) and begun <= ended <= begun + LONGEST):
        return None
    return Behind(Asked(Stretch(begun, ended), filters.kind, filters.department_id), of)


def strip(report: Report, asked: Asked) -> list[Figure]:
    """The five figures, each with its uncertainty, n, and how it stands against the stretch before."""
    return [_figure(theme, report, asked) for theme in THEMES]


def _figure(theme: Theme, report: Report, asked: Asked) -> Figure:
    found, before = theme.pick(report.now), theme.pick(report.before)
    return Figure(
        name=str(theme.name),
        value=theme.say(found.value) if found else NONE,
        range=_range(theme, found),
        note=theme.counted(report.now) if found else _("too few cases to say"),
        change=_change(theme, before, found),
        url=address(asked, asked.stretch, theme.of),
    )


def _range(theme: Theme, found: Estimate | None) -> str:
    """± where both sides are alike, else from … to."""
    if found is None or math.isnan(found.low):
        return ""
    low, high = found.value - found.low, found.high - found.value
    if theme.id in {"handovers", "cost"} and math.isclose(low, high, rel_tol=0.05):
        return f"±{theme.say(low)}"
    return f"{theme.say(found.low)}–{theme.say(found.high)}"


def _change(theme: Theme, before: Estimate | None, after: Estimate | None) -> str:
    moved = measures.changed(before, after)
    if moved is None or before is None:
        return ""
    facts = {"value": theme.say(before.value)}
    if moved == 0:
        return _("%(value)s before, no telling apart") % facts
    better = (moved < 0) is theme.lower_is_better
    return (_("%(value)s before, really better") if better else _("%(value)s before, really worse")) % facts


def charts(report: Report, asked: Asked, labels: Callable[[Stretch], str]) -> list[Chart]:
    return [_chart(theme, report, asked, labels) for theme in THEMES]


def _chart(theme: Theme, report: Report, asked: Asked, labels: Callable[[Stretch], str]) -> Chart:
    rows, points = [], []
    for row in report.rows:
        found, label = theme.pick(row.measures), labels(row.stretch)
        url = address(asked, row.stretch, theme.of)
        counted = theme.counted(row.measures)
        has_any = row.measures.n > 0
        rows.append(
            [
                Cell(label),
                Cell(theme.say(found.value) if found else NONE),
                Cell(_range(theme, found) or NONE),
                *(Cell(text(row.measures) if found else NONE) for _head, text in theme.more),
                Cell(counted, url if has_any else ""),
            ]
        )
        points.append(_point(theme, found, url, [days(row.stretch), counted]))
    return Chart(
        id=theme.id,
        finding=_finding(theme, report),
        hint=str(_HINTS[theme.id]),
        heads=[
            _("From"),
            str(theme.name),
            _("Range (95%)"),
            *(str(head) for head, _text in theme.more),
            _("Cases"),
        ],
        rows=rows,
        foot=str(theme.method),
        data={
            "labels": [labels(row.stretch) for row in report.rows],
            "points": points,
            "unit": str(theme.unit),
            "top": theme.top,
        },
    )


def _point(theme: Theme, found: Estimate | None, url: str, more: list[str]) -> dict[str, Any] | None:
    if found is None:
        return None
    ends = _range(theme, found)
    low, high = (found.low, found.high) if not math.isnan(found.low) else (found.value, found.value)
    return {
        "v": round(theme.factor * found.value, 3),
        "low": round(theme.factor * low, 3),
        "high": round(theme.factor * high, 3),
        "url": url,
        "say": [more[0], f"{theme.name} {theme.say(found.value)}　{ends}", more[1]],
    }


_HINTS = {
    "handovers": gettext_lazy("how often a case changed hands"),
    "cost": gettext_lazy("making good and goodwill"),
    "elapsed": gettext_lazy("from receipt to the last settlement"),
    "once": gettext_lazy("without hand-over, second message or reopening"),
    "recovered": gettext_lazy("dissatisfied at first, satisfied at the end"),
}


def _finding(theme: Theme, report: Report) -> str:
    """The heading says what was found."""
    before, after = theme.pick(report.before), theme.pick(report.now)
    facts = {"name": theme.name, "value": theme.say(after.value) if after else ""}
    if after is None:
        return _("%(name)s: too few cases to say") % facts
    moved = measures.changed(before, after)
    if moved is None:
        return _("%(name)s: %(value)s") % facts
    if moved == 0:
        return _("%(name)s: %(value)s, as before") % facts
    better = (moved < 0) is theme.lower_is_better
    return (
        _("%(name)s: %(value)s, really better than before")
        if better
        else _("%(name)s: %(value)s, really worse than before")
    ) % facts


def sheet(report: Report) -> Iterable[list[str]]:
    """The same numbers for a spreadsheet: a line a week or month, plain figures."""
    heads = [_("First day"), _("Last day"), _("Settled cases")]
    for theme in THEMES:
        heads += [
            str(theme.name),
            _("%(name)s, low") % {"name": theme.name},
            _("%(name)s, high") % {"name": theme.name},
        ]
    heads += [
        _("Elapsed by the clock, hours"), _("Mean pause, hours"), _("Making good, yuan"), _("Goodwill, yuan"),
        _("Changed hands"), _("Reopened"), _("First contact, of"), _("Once dissatisfied"),
    ]  # fmt: skip
    yield heads
    for row in report.rows:
        found = row.measures
        line = [str(row.stretch.first), str(row.stretch.last), str(found.n)]
        for theme in THEMES:
            estimate = theme.pick(found)
            line += (
                ["", "", ""]
                if estimate is None
                else [_plain(estimate.value), _plain(estimate.low), _plain(estimate.high)]
            )
        line += [_plain(found.wall.value) if found.wall else "", _plain(found.paused), _plain(found.remedy),
                 _plain(found.goodwill), str(found.handed), str(found.reopened), str(found.once_n),
                 str(found.recovered_n)]  # fmt: skip
        yield line


def _plain(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.4g}" if abs(value) < 1000 else f"{value:.2f}"  # noqa: PLR2004


def asked_kind(text: str) -> Kind | None:
    return Kind(text) if text in set(Kind) else None
