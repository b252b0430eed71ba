"""Settled cases as columns: four queries that hand over plain numbers, laid side by side. No object a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db import models
from django.db.models import Exists, F, Func, Min, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast

from zhiyin.cases.models import Case, CaseEvent, Expense, Remedy
from zhiyin.cases.rules import moves
from zhiyin.cases.rules.money import ExpenseState, Nature
from zhiyin.cases.rules.words import EventKind, Outcome, Stage
from zhiyin.conversations.models import Message
from zhiyin.conversations.rules import Author
from zhiyin.insight.rules import measures
from zhiyin.insight.rules.measures import NEVER, TICK, Cases, Column, Course
from zhiyin.libs.worktime.ruler import Ruler
from zhiyin.people import calendars

SETTLED = (Stage.REMEDIED, Stage.CONFIRMED, Stage.CLOSED, Stage.ARCHIVED)
SETTLING = (EventKind.REMEDIED, EventKind.EXPLAINED)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Pause = tuple[int, int | None]


class Micro(Func):
    """A moment as whole microseconds since 1970, exact."""

    template = "(EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint"
    output_field = models.BigIntegerField()


def micro(moment: datetime) -> int:
    """The same here."""
    return (moment - EPOCH) // TICK


def moment(value: int) -> datetime:
    """And back."""
    return EPOCH + timedelta(microseconds=value)


def read(base: QuerySet[Case], near: QuerySet[Case], *, now: datetime) -> Cases:
    """The settled cases of `base` as they are counted. `near` is a superset that is quicker to find: what hangs on
    cases is read for it, and what belongs to none of `base` is passed over.
    """
    rows = _rows(base)
    place = {pk: number for number, pk in enumerate(rows["pk"].tolist())}
    first, reopened = _reopened(near, place, rows["settled"])
    goodwill = np.zeros(len(place))
    for pk, amount in _goodwill(near):
        if pk in place:
            goodwill[place[pk]] = amount
    working, paused = _times(rows, pauses(CaseEvent.objects.filter(case__in=near.values("pk"))), place)
    course = Course(
        counts=rows["counts"],
        handovers=rows["handovers"],
        wrote_again=rows["wrote_again"],
        by_the_first=rows["by_the_first"],
        settled_at=first,
        reopened_at=reopened,
    )
    return Cases(
        id=rows["pk"],
        settled_at=rows["settled"],
        handovers=rows["handovers"],
        cost=rows["money"],
        goodwill=goodwill,
        wall=rows["settled"] - rows["opened"],
        working=working,
        paused=paused,
        rounds=rows["round"],
        once=measures.once(course, now=micro(now)),
        recovered=measures.recovered(rounds=rows["round"], ended=rows["ended"], satisfied=rows["satisfied"]),
    )


KINDS: Mapping[str, type] = {
    "pk": np.int64, "handovers": np.int64, "round": np.int64, "money": float, "opened": np.int64,
    "settled": np.int64, "calendar": np.int64, "counts": bool, "ended": bool, "satisfied": bool,
    "wrote_again": bool, "by_the_first": bool,
}  # fmt: skip


def _rows(base: QuerySet[Case]) -> dict[str, Column]:
    """What stands in the case itself. The two questions about the first contact are put only where it was not handed on."""
    direct = Q(handovers=0, kind__in=measures.ONCE_KINDS)
    again = Message.objects.filter(
        conversation_id=OuterRef("conversation_id"),
        author=Author.CUSTOMER,
        sent_at__gt=OuterRef("opened_at"),
        sent_at__lt=OuterRef("resolved_at"),
    )
    other = Remedy.objects.filter(case=OuterRef("pk"), round=1).exclude(by_id=OuterRef("owner_id"))
    found = base.annotate(
        money=Cast("cost", models.FloatField()),
        opened=Micro("opened_at"),
        settled=Micro("resolved_at"),
        calendar=Func(F("team__calendar_id"), Value(0), function="COALESCE"),
        counts=_is(Q(kind__in=measures.ONCE_KINDS)),
        ended=_is(Q(stage__in=moves.ENDED)),
        satisfied=_is(Q(outcome=Outcome.SATISFIED)),
        wrote_again=_is(direct & Exists(again)),
        by_the_first=_is(~(direct & Q(owner__isnull=False) & Exists(other))),
    ).values_list(*KINDS)
    listed = list(found)
    parts: Sequence[Sequence[Any]] = list(zip(*listed, strict=True)) if listed else [()] * len(KINDS)
    return {name: np.array(part, kind) for (name, kind), part in zip(KINDS.items(), parts, strict=True)}


def _is(condition: Any) -> models.Case:
    return models.Case(
        models.When(condition, then=Value(True)),  # Django's own signature
        default=Value(False),
        output_field=models.BooleanField(),
    )


def _times(
    rows: Mapping[str, Column], waits: Mapping[int, list[Pause]], place: Mapping[int, int]
) -> tuple[Column, Column]:
    """Working time without the pauses, and the pauses by the clock."""
    at, begun, over = _flat(waits, place, rows["settled"])
    paused = np.zeros(len(place), np.int64)
    np.add.at(paused, at, over - begun)
    working, hours = np.zeros(len(place), np.int64), calendars.book()
    if not len(place):
        return working, paused
    ends = int(rows["opened"].min()), int(rows["settled"].max())
    for pk in np.unique(rows["calendar"]).tolist():
        ruler, mine = Ruler(hours.get(pk, calendars.ALWAYS), *ends), rows["calendar"] == pk
        working[mine] = ruler.between(rows["opened"][mine], rows["settled"][mine])
        rests = mine[at]
        np.subtract.at(working, at[rests], ruler.between(begun[rests], over[rests]))
    return working, paused


def _flat(
    waits: Mapping[int, list[Pause]], place: Mapping[int, int], settled: Column
) -> tuple[Column, Column, Column]:
    """Every pause beside the place of its case, cut where the case was settled."""
    flat = np.array(
        [
            (place[pk], begun, NEVER if over is None else over)
            for pk, found in waits.items()
            if pk in place
            for begun, over in found
        ],
        np.int64,
    ).reshape(-1, 3)
    at, begun, over = flat[:, 0], flat[:, 1], np.minimum(flat[:, 2], settled[flat[:, 0]])
    within = begun < over
    return at[within], begun[within], over[within]


def _goodwill(near: QuerySet[Case]) -> QuerySet[Expense, tuple[int, float]]:
    given = Expense.objects.filter(
        case__in=near.values("pk"), nature=Nature.GOODWILL, state=ExpenseState.SPENT
    )
    return given.order_by().values_list("case_id").annotate(sum=Cast(Sum("amount"), models.FloatField()))


def _reopened(near: QuerySet[Case], place: Mapping[int, int], settled: Column) -> tuple[Column, Column]:
    """When each case was first settled, and first taken up again."""
    first, reopened = settled.copy(), np.full(len(place), NEVER)
    rows = (
        CaseEvent.objects.filter(
            case__in=near.filter(round__gt=1).values("pk"), kind__in=(*SETTLING, EventKind.REOPENED)
        )
        .order_by()
        .values("case_id")
        .annotate(
            settled=Micro(Min("at", filter=Q(kind__in=SETTLING))),
            reopened=Micro(Min("at", filter=Q(kind=EventKind.REOPENED))),
        )
        .values_list("case_id", "settled", "reopened")
    )
    for pk, begun, again in rows:
        if pk in place and begun is not None:
            first[place[pk]] = begun
        if pk in place and again is not None:
            reopened[place[pk]] = again
    return first, reopened


def pauses(events: QuerySet[CaseEvent]) -> dict[int, list[Pause]]:
    """The time each case waited for its customer's choice: from the approval to what came after it; None goes on."""
    found: dict[int, list[Pause]] = defaultdict(list)
    waits = (
        events.filter(Q(stage_before=Stage.APPROVED) | Q(stage_after=Stage.APPROVED))
        .order_by("case_id", "at", "pk")
        .annotate(moment=Micro("at"))
    )
    begun: dict[int, int] = {}
    for case_id, at, after in waits.values_list("case_id", "moment", "stage_after"):
        if after == Stage.APPROVED:
            begun.setdefault(case_id, at)
        elif case_id in begun:
            found[case_id].append((begun.pop(case_id), at))
    for case_id, at in begun.items():
        found[case_id].append((at, None))
    return found
