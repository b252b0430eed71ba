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
from zhiyin.insight.queries import GOING_ON, Asked, Report, Row
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
    "judged": gettext_lazy("settled for a week or more"),
    "once": gettext_lazy("settled at the first contact"),
    "not_once": gettext_lazy("not settled at the first contact"),
    "back": gettext_lazy("dissatisfied once"),
    "recovered": gettext_lazy("dissatisfied, won back"),
    "not_recovered": gettext_lazy("dissatisfied, not won back"),
    GOING_ON: gettext_lazy("reopened, not settled yet"),
}
FAMILIES = (
    ("all", "handed", "costly", "goodwill", "reopened"),
    ("judged", "once", "not_once"),
    ("back", "recovered", "not_recovered"),
    (GOING_ON,),
)
"""Parts of one whole stand side by side above the list of their cases."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The cases behind a figure, as an address names them, and in words."""

    asked: Asked
    of: str

    @property
    def days(self) -> str:
        return "" if self.of == GOING_ON else days(self.asked.stretch)

    def parts(self, ids: Mapping[str, list[int]]) -> list[Part]:
        """This part of the figures and its neighbours, each with how many cases it holds."""
        family = next(names for names in FAMILIES if self.of in names)
        return [
            Part(str(OF_WORDS[of]), len(ids[of]), address(self.asked, self.asked.stretch, of), of == self.of)
            for of in family
            if ids[of] or of == self.of
        ]


@dataclass(frozen=True, slots=True)
class Part:
    """So many cases, and the way to them."""

    name: str
    n: int
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the strip: its name, value, uncertainty, what it rests on, and the part worth a look."""

    name: str
    value: str
    range: str
    note: str
    change: str
    url: str
    part: Part | None


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
class More:
    """A further column of the table; with `of` it leads to the cases it counts."""

    head: Any
    say: Callable[[Measures], str]
    of: str = ""


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
    more: tuple[More, ...]
    counted: Callable[[Measures], int]  # the cases of `of`
    part: str  # the cases worth a look
    part_n: Callable[[Measures], int]


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


def _cases(n: int) -> str:
    return ngettext("%(n)d case", "%(n)d cases", n) % {"n": n}


def _mean_pause(found: Measures) -> str:
    return wall(found.paused) if found.paused else NONE


def _by_the_clock(found: Measures) -> str:
    return wall(found.wall.value) if found.wall else NONE


THEMES = (
    Theme(
        "handovers", gettext_lazy("Hand-overs"), lambda m: m.handovers, times, 1, "", None, "all", True,
        gettext_lazy("mean of each case, 95% by Student's t"),
        (More(gettext_lazy("Changed hands"), lambda m: str(m.handed), "handed"),),
        lambda m: m.n, "handed", lambda m: m.handed,
    ),
    Theme(
        "cost", gettext_lazy("Cost"), lambda m: m.cost, yuan, 1, "¥", None, "all", True,
        gettext_lazy("mean of each case, 95% by Student's t"),
        (
            More(gettext_lazy("Making good"), lambda m: yuan(m.remedy)),
            More(gettext_lazy("Goodwill"), lambda m: yuan(m.goodwill)),
            More(gettext_lazy("With costs"), lambda m: str(m.costly), "costly"),
        ),
        lambda m: m.n, "costly", lambda m: m.costly,
    ),
    Theme(
        "elapsed", gettext_lazy("Elapsed"), lambda m: m.working, hours, 1, gettext_lazy("h"), None, "all", True,
        gettext_lazy("median, working time without waiting for the customer, 95% by order statistics"),
        (More(gettext_lazy("By the clock"), _by_the_clock), More(gettext_lazy("Mean pause"), _mean_pause)),
        lambda m: m.n, "reopened", lambda m: m.reopened,
    ),
    Theme(
        "once", gettext_lazy("First contact"), lambda m: m.once, percent, 100, "%", 100, "judged", False,
        gettext_lazy("share, 95% by Wilson"),
        (
            More(gettext_lazy("At once"), lambda m: str(m.once_count), "once"),
            More(gettext_lazy("Not at once"), lambda m: str(m.once_n - m.once_count), "not_once"),
        ),
        lambda m: m.once_n, "not_once", lambda m: m.once_n - m.once_count,
    ),
    Theme(
        "recovered", gettext_lazy("Won back"), lambda m: m.recovered, percent, 100, "%", 100, "back", False,
        gettext_lazy("share, 95% by Wilson"),
        (
            More(gettext_lazy("Won back"), lambda m: str(m.recovered_count), "recovered"),
            More(gettext_lazy("Not won back"), lambda m: str(m.recovered_n - m.recovered_count), "not_recovered"),
        ),
        lambda m: m.recovered_n, "not_recovered", lambda m: m.recovered_n - m.recovered_count,
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
    if asked.touchpoint_id is not None:
        query["touchpoint"] = str(asked.touchpoint_id)
    return f"{reverse('desk:cases')}?{urlencode(query)}"


def behind(query: Mapping[str, str], filters: Filters) -> Behind | None:
    """What an address names: `settled` two days, `of` a part. Whatever else stands there names nothing."""
    first, dots, last = query.get("settled", "").partition("..")
    of = query.get("of", "all")
    try:
        begun, ended = parse_date(first), parse_date(last)
    except ValueError:  # a day such as 31 February
        return None
    if not dots or begun is None or ended is None or of not in OF_WORDS:
        return None
    if not (date(2000, 1, 1) <= begun <= date(2999, 1, 1) and begun <= ended <= begun + LONGEST):
        return None
    asked = Asked(Stretch(begun, ended), filters.kind, filters.department_id, filters.touchpoint_id)
    return Behind(asked, of)


def strip(report: Report, asked: Asked) -> list[Figure]:
    """The five figures, each with its uncertainty, n, and how it stands against the stretch before."""
    return [_figure(theme, report, asked) for theme in THEMES]


def _figure(theme: Theme, report: Report, asked: Asked) -> Figure:
    found, before = theme.pick(report.now), theme.pick(report.before)
    part_n = theme.part_n(report.now)
    return Figure(
        name=str(theme.name),
        value=theme.say(found.value) if found else NONE,
        range=_range(theme, found),
        note=_cases(theme.counted(report.now)) if found else _("too few cases to say"),
        change=_change(theme, before, found),
        url=address(asked, asked.stretch, theme.of),
        part=Part(str(OF_WORDS[theme.part]), part_n, address(asked, asked.stretch, theme.part))
        if part_n
        else None,
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
        n = theme.counted(row.measures)
        url = address(asked, row.stretch, theme.of)
        rows.append(
            [
                Cell(label),
                Cell(theme.say(found.value) if found else NONE),
                Cell(_range(theme, found) or NONE),
                *(_more(one, row, found, asked) for one in theme.more),
                Cell(_cases(n), url if n else ""),
            ]
        )
        points.append(_point(theme, found, url, [days(row.stretch), _cases(n)]))
    return Chart(
        id=theme.id,
        finding=_finding(theme, report),
        hint=str(_HINTS[theme.id]),
        heads=[
            _("From"),
            str(theme.name),
            _("Range (95%)"),
            *(str(one.head) for one in theme.more),
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


def _more(one: More, row: Row, found: Estimate | None, asked: Asked) -> Cell:
    """Counts are always said, and lead to their cases; sums and times only where there are enough cases."""
    said = one.say(row.measures)
    if one.of:
        return Cell(said, address(asked, row.stretch, one.of) if said != "0" else "")
    return Cell(said if found else NONE)


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
