"""How the service does where customers meet it: counts and satisfaction by touchpoint over a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from zhiyin.cases.models import Case, Confirmation
from zhiyin.cases.queries.days import came_in, midnight
from zhiyin.cases.rules.words import Emotion
from zhiyin.catalogue import queries as catalogue
from zhiyin.conversations.models import Message
from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import gettext_noop
from zhiyin.libs.measure import proportions
from zhiyin.libs.measure.estimates import Estimate

SMALLEST_CELL = 5
"""Of fewer cases no share is shown: it would say more about single people than about the service."""
UPSET = (Emotion.ANGER, Emotion.CLAMOUR, Emotion.ANXIETY, Emotion.SADNESS)


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `n`; `estimate` (with Wilson's interval) is empty where there are fewer than SMALLEST_CELL."""

    count: int
    n: int

    @property
    def missed(self) -> int:
        return self.n - self.count

    @property
    def estimate(self) -> Estimate | None:
        return proportions.wilson(self.count, self.n) if self.n >= SMALLEST_CELL else None


@dataclass(frozen=True, slots=True)
class TouchpointRow:
    """One touchpoint over a period; `id` None collects what carries none.

    `satisfied`: of the customers asked, those satisfied with the first result. `upset`: of the cases, those that arrived
    with anger, clamour, anxiety or sadness. `reopened`: of the cases resolved at least once, those taken up again.
    """

    id: int | None
    name: str
    key_factors: tuple[str, ...]
    cases: int
    messages: int
    satisfied: Share
    upset: Share
    reopened: Share


class Went(Choice):
    """How a case went where its customer met the service; what the counts by touchpoint are counts of."""

    UPSET = "upset", gettext_noop("Upset on arrival")
    ASKED = "asked", gettext_noop("Asked about the result")
    CONTENT = "content", gettext_noop("Satisfied with the first result")
    DISCONTENT = "discontent", gettext_noop("Not satisfied with the first result")
    RESOLVED = "resolved", gettext_noop("Resolved at least once")
    REOPENED = "reopened", gettext_noop("Reopened")


CONDITIONS: Mapping[Went, Q] = MappingProxyType(
    {
        Went.UPSET: Q(emotion__in=UPSET),
        Went.ASKED: Q(asked=True),
        Went.CONTENT: Q(asked=True, content=True),
        Went.DISCONTENT: Q(asked=True, content=False),
        Went.RESOLVED: Q(resolved_at__isnull=False) | Q(round__gt=1),
        Went.REOPENED: Q(round__gt=1),
    }
)
"""The same for the counts and for the lists behind them."""


def went(cases: QuerySet[Case], how: Went) -> QuerySet[Case]:
    """Those of `cases` that went so."""
    return _asked(cases).filter(CONDITIONS[how])


def _asked(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Each with whether its customer was asked about the result, and the first answer."""
    first = Confirmation.objects.filter(case=OuterRef("pk"), reached=True).order_by("at", "pk")
    return cases.annotate(content=Subquery(first.values("satisfied")[:1]), asked=Exists(first))


def by_touchpoint(*, since: date, until: date, department_id: int | None = None) -> list[TouchpointRow]:
    """Every touchpoint in use or met in the period, in order, and what carries none last. Four queries."""
    cases = _asked(Case.objects.filter(came_in(since, until)))
    if department_id is not None:
        cases = cases.filter(department_id=department_id)
    counts = {f"n_{how}": Count("pk", filter=condition) for how, condition in CONDITIONS.items()}
    summed: Iterable[Any] = cases.order_by().values("touchpoint_id").annotate(cases=Count("pk"), **counts)
    counted: dict[int | None, dict[str, int]] = {row["touchpoint_id"]: row for row in summed}
    said = _messages(since, until, department_id)
    rows = [
        _row(one.pk, one.name, one.key_factors, counted.get(one.pk, {}), said.get(one.pk, 0))
        for one in catalogue.touchpoints(with_unused=True)
        if one.is_active or one.pk in counted or one.pk in said
    ]
    return [*rows, _row(None, "", "", counted[None], 0)] if None in counted else rows


def _messages(since: date, until: date, department_id: int | None) -> dict[int, int]:
    """What customers and we said there; of a department, in the threads of the cases it answers for."""
    rows = Message.objects.filter(
        touchpoint__isnull=False,
        sent_at__gte=midnight(since),
        sent_at__lt=midnight(until + timedelta(days=1)),
    )
    if department_id is not None:
        answered = Case.objects.filter(conversation=OuterRef("conversation"), department_id=department_id)
        rows = rows.filter(Exists(answered))
    return dict(
        rows.order_by().values("touchpoint_id").annotate(n=Count("pk")).values_list("touchpoint_id", "n")
    )


def _row(pk: int | None, name: str, key_factors: str, found: dict[str, int], messages: int) -> TouchpointRow:
    def share(count: str, of: str) -> Share:
        return Share(found.get(count, 0), found.get(of, 0))

    return TouchpointRow(
        id=pk,
        name=name,
        key_factors=tuple(key_factors.splitlines()),
        cases=found.get("cases", 0),
        messages=messages,
        satisfied=share("n_content", "n_asked"),
        upset=share("n_upset", "cases"),
        reopened=share("n_reopened", "n_resolved"),
    )
