"""The cases behind a figure: as an address names them, in words, and side by side with the other parts of their whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhiyin.cases.queries import Filters
from zhiyin.insight.queries import GOING_ON, Asked
from zhiyin.insight.rules.spans import Stretch
from zhiyin.kit import figures

LONGEST = timedelta(days=800)
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


def named(query: Mapping[str, str], filters: Filters) -> Behind | None:
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
