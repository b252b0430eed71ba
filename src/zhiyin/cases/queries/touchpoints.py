"""How the service does where customers meet it: counts and satisfaction by touchpoint over a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from zhiyin.cases.models import Case, Confirmation
from zhiyin.cases.queries.listing import came_in, midnight
from zhiyin.cases.rules.words import Emotion
from zhiyin.catalogue import queries as catalogue
from zhiyin.conversations.models import Message
from zhiyin.libs.measure import proportions
from zhiyin.libs.measure.estimates import Estimate

SMALLEST_CELL = 5
"""Of fewer cases no share is shown: it would say more about single people than about the service."""
COUNTED = ("cases", "asked_count", "content_count", "upset", "resolved", "reopened")
UPSET = (Emotion.ANGER, Emotion.CLAMOUR, Emotion.ANXIETY, Emotion.SADNESS)


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `n`; `estimate` (with Wilson's interval) is empty where there are fewer than SMALLEST_CELL."""

    count: int
    n: int

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


def by_touchpoint(*, since: date, until: date, department_id: int | None = None) -> list[TouchpointRow]:
    """Every touchpoint in use or met in the period, in order, and what carries none last. Four queries."""
    first = Confirmation.objects.filter(case=OuterRef("pk"), reached=True).order_by("at", "pk")
    cases = Case.objects.filter(came_in(since, until)).annotate(
        content=Subquery(first.values("satisfied")[:1]), asked=Exists(first)
    )
    if department_id is not None:
        cases = cases.filter(department_id=department_id)
    counted: dict[int | None, dict[str, int]] = {
        pk: dict(zip(COUNTED, figures, strict=True))
        for pk, *figures in cases.order_by()
        .values("touchpoint_id")
        .annotate(
            cases=Count("pk"),
            asked_count=Count("pk", filter=Q(asked=True)),
            content_count=Count("pk", filter=Q(content=True)),
            upset=Count("pk", filter=Q(emotion__in=UPSET)),
            resolved=Count("pk", filter=Q(resolved_at__isnull=False) | Q(round__gt=1)),
            reopened=Count("pk", filter=Q(round__gt=1)),
        )
        .values_list("touchpoint_id", *COUNTED)
    }
    said = _messages(since, until)
    rows = [
        _row(one.pk, one.name, one.key_factors, counted.get(one.pk, {}), said.get(one.pk, 0))
        for one in catalogue.touchpoints(with_unused=True)
        if one.is_active or one.pk in counted or one.pk in said
    ]
    return [*rows, _row(None, "", "", counted[None], 0)] if None in counted else rows


def _messages(since: date, until: date) -> dict[int, int]:
    rows = Message.objects.filter(
        touchpoint__isnull=False,
        sent_at__gte=midnight(since),
        sent_at__lt=midnight(until + timedelta(days=1)),
    )
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
        satisfied=share("content_count", "asked_count"),
        upset=share("upset", "cases"),
        reopened=share("reopened", "resolved"),
    )
