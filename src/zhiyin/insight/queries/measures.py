"""The three measures: settled cases read once, in four queries, and everything else reckoned from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import DecimalField, Exists, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from zhiyin.cases import queries as cases
from zhiyin.cases.models import Case, CaseEvent, Expense, Remedy
from zhiyin.cases.rules import moves
from zhiyin.cases.rules.money import ExpenseState, Nature
from zhiyin.cases.rules.words import EventKind, Kind, Outcome, Stage
from zhiyin.conversations.models import Message
from zhiyin.conversations.rules import Author
from zhiyin.insight.rules import measures
from zhiyin.insight.rules.measures import Course, Elapsed, Measures, Settled
from zhiyin.insight.rules.spans import By, Stretch, buckets
from zhiyin.people import access, calendars
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff

SETTLED = (Stage.REMEDIED, Stage.CONFIRMED, Stage.CLOSED, Stage.ARCHIVED)
SETTLING = (EventKind.REMEDIED, EventKind.EXPLAINED)
Pause = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at; None is everything."""

    stretch: Stretch
    kind: Kind | None = None
    department_id: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One week or month."""

    stretch: Stretch
    measures: Measures


@dataclass(frozen=True, slots=True)
class Report:
    """The stretch asked for, as many days before it, and its weeks or months. `going_on` is how many cases taken up
    again are not settled yet and therefore in none of the figures.
    """

    now: Measures
    before: Measures
    rows: list[Row]
    going_on: int


@dataclass(frozen=True, slots=True)
class CaseMeasures:
    """The three measures of one case, until now while it is not settled."""

    handovers: int
    elapsed: Elapsed
    settled: bool
    reopened: int


OF: Mapping[str, Callable[[Settled], bool]] = MappingProxyType(
    {
        "all": lambda row: True,
        "handed": lambda row: row.handovers > 0,
        "costly": lambda row: row.cost > 0,
        "goodwill": lambda row: row.goodwill > 0,
        "reopened": lambda row: row.rounds > 1,
        "once": lambda row: row.once is True,
        "not_once": lambda row: row.once is False,
        "recovered": lambda row: row.recovered is True,
        "not_recovered": lambda row: row.recovered is False,
    }
)
"""The cases behind a figure, for those who want to look at them."""


def report(staff: Staff, asked: Asked, *, by: By, now: datetime) -> Report:
    """The figures of a stretch. Raises NotYours unless this person may see them."""
    access.require(staff, Deed.SEE_MEASURES)
    earlier = asked.stretch.before()
    rows = settled(staff, asked, first=earlier.first, now=now)
    mine = [row for row in rows if row.settled_on in asked.stretch]
    parts: dict[date, list[Settled]] = defaultdict(list)
    cut = buckets(asked.stretch, by)
    starts = {day: part.first for part in cut for day in _days(part)}
    for row in mine:
        parts[starts[row.settled_on]].append(row)
    return Report(
        now=measures.measure(mine),
        before=measures.measure([row for row in rows if row.settled_on in earlier]),
        rows=[Row(part, measures.measure(parts[part.first])) for part in cut],
        going_on=_narrowed(cases.visible(staff), asked)
        .filter(round__gt=1, conversation__is_history=False)
        .exclude(stage__in=SETTLED)
        .count(),
    )


def case_ids(staff: Staff, asked: Asked, of: str, *, now: datetime) -> list[int]:
    """The cases behind a figure: settled in the stretch, and `of` one of `OF`."""
    access.require(staff, Deed.SEE_MEASURES)
    wanted = OF[of]
    return [row.id for row in settled(staff, asked, first=asked.stretch.first, now=now) if wanted(row)]


def of_case(case: Case, *, now: datetime) -> CaseMeasures:
    """The three measures of a case that somebody is looking at already; its team has been read."""
    settled_at = case.resolved_at if case.stage in SETTLED else None
    pauses = _pauses(CaseEvent.objects.filter(case=case)).get(case.pk, [])
    return CaseMeasures(
        handovers=case.handovers,
        elapsed=measures.elapsed(
            case.opened_at, settled_at or now, _closed(pauses, now), calendars.load(case.team.calendar_id)
        ),
        settled=settled_at is not None,
        reopened=case.round - 1,
    )


def settled(staff: Staff, asked: Asked, *, first: date, now: datetime) -> list[Settled]:
    """Every case settled from `first` to the end of the stretch, as it is counted; four queries and the calendars."""
    base = _base(staff, asked, first)
    hours = calendars.book()
    pauses = _pauses(CaseEvent.objects.filter(case__in=base.values("pk")))
    again = _reopened(base)
    goodwill = dict(
        Expense.objects.filter(case__in=base.values("pk"), nature=Nature.GOODWILL, state=ExpenseState.SPENT)
        .order_by()
        .values_list("case_id")
        .annotate(sum=Sum("amount", output_field=DecimalField()))
    )
    return [
        _settled(row, pauses.get(row[0], ()), again.get(row[0]), goodwill, hours, now) for row in _rows(base)
    ]


def _base(staff: Staff, asked: Asked, first: date) -> QuerySet[Case]:
    return (
        _narrowed(cases.visible(staff), asked)
        .filter(
            resolved_at__gte=_midnight(first),
            resolved_at__lt=_midnight(asked.stretch.last + timedelta(days=1)),
            stage__in=SETTLED,
            conversation__is_history=False,
        )
        .exclude(outcome__in=measures.LEFT_OUT)
        .order_by()
    )


def _narrowed(found: QuerySet[Case], asked: Asked) -> QuerySet[Case]:
    if asked.kind is not None:
        found = found.filter(kind=asked.kind)
    return found.filter(department_id=asked.department_id) if asked.department_id is not None else found


def _rows(base: QuerySet[Case]) -> QuerySet[Case, tuple[Any, ...]]:
    """Plain columns: fifty thousand rows need no objects. Whether the customer came again is asked where it matters."""
    direct = Q(handovers=0)
    again = Message.objects.filter(
        conversation_id=OuterRef("conversation_id"),
        author=Author.CUSTOMER,
        sent_at__gt=OuterRef("opened_at"),
        sent_at__lt=OuterRef("resolved_at"),
    )
    remedied = Remedy.objects.filter(case=OuterRef("pk"), round=1).values("by_id")[:1]
    return base.annotate(wrote_again=direct & Exists(again), settled_by=Subquery(remedied)).values_list(
        "pk",
        "kind",
        "stage",
        "outcome",
        "round",
        "handovers",
        "cost",
        "opened_at",
        "resolved_at",
        "team__calendar_id",
        "owner_id",
        "wrote_again",
        "settled_by",
    )


def _settled(
    row: tuple[Any, ...],
    pauses: list[Pause] | tuple[()],
    again: tuple[datetime | None, datetime | None] | None,
    goodwill: Mapping[int, Any],
    hours: Mapping[int, Any],
    now: datetime,
) -> Settled:
    (
        pk,
        kind,
        stage,
        outcome,
        rounds,
        handovers,
        cost,
        opened_at,
        settled_at,
        calendar,
        owner,
        wrote,
        settled_by,
    ) = row
    first_settled, reopened_at = again or (settled_at, None)
    course = Course(
        kind=Kind(kind),
        handovers=handovers,
        wrote_again=wrote,
        by_the_first=settled_by is None or owner is None or settled_by == owner,
        settled_at=first_settled or settled_at,
        reopened_at=reopened_at,
    )
    return Settled(
        id=pk,
        settled_on=timezone.localdate(settled_at),
        handovers=handovers,
        cost=float(cost),
        goodwill=float(goodwill.get(pk, 0)),
        elapsed=measures.elapsed(opened_at, settled_at, pauses, hours.get(calendar, calendars.ALWAYS)),
        rounds=rounds,
        once=measures.once(course, now=now),
        recovered=measures.recovered(
            rounds=rounds, ended=Stage(stage) in moves.ENDED, outcome=Outcome(outcome) if outcome else None
        ),
    )


def _reopened(base: QuerySet[Case]) -> dict[int, tuple[datetime | None, datetime | None]]:
    """When the cases taken up again were first settled, and first reopened."""
    rows = (
        CaseEvent.objects.filter(
            case__in=base.filter(round__gt=1).values("pk"), kind__in=(*SETTLING, EventKind.REOPENED)
        )
        .order_by()
        .values("case_id")
        .annotate(
            settled=Min("at", filter=Q(kind__in=SETTLING)),
            reopened=Min("at", filter=Q(kind=EventKind.REOPENED)),
        )
    )
    return {row["case_id"]: (row["settled"], row["reopened"]) for row in rows}


def _pauses(events: QuerySet[CaseEvent]) -> dict[int, list[Pause]]:
    """The time each case waited for its customer's choice: from the approval to what came after it."""
    found: dict[int, list[Pause]] = defaultdict(list)
    waits = events.filter(Q(stage_before=Stage.APPROVED) | Q(stage_after=Stage.APPROVED)).order_by(
        "case_id", "at", "pk"
    )
    begun: dict[int, datetime] = {}
    for case_id, at, after in waits.values_list("case_id", "at", "stage_after"):
        if after == Stage.APPROVED:
            begun.setdefault(case_id, at)
        elif case_id in begun:
            found[case_id].append((begun.pop(case_id), at))
    for case_id, at in begun.items():
        found[case_id].append((at, datetime.max.replace(tzinfo=at.tzinfo)))
    return found


def _closed(pauses: list[Pause], now: datetime) -> list[Pause]:
    """A pause that goes on has lasted until now."""
    return [(begun, min(over, now)) for begun, over in pauses]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _days(part: Stretch) -> list[date]:
    return [part.first + timedelta(days=number) for number in range(part.days)]
