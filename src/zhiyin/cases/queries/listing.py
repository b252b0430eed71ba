"""Lists of cases: filters, search, pages. The number of queries does not grow with the rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from zhiyin.cases import lanes
from zhiyin.cases.models import Case, Clock
from zhiyin.cases.queries.cards import Card, cards
from zhiyin.cases.queries.days import came_in
from zhiyin.cases.queries.sight import visible
from zhiyin.cases.queries.touchpoints import Went, went
from zhiyin.cases.rules import moves, numbers
from zhiyin.cases.rules.words import ClockState, Emotion, Kind, Severity, Stage
from zhiyin.kit import search
from zhiyin.kit.paging import Leaf, Row
from zhiyin.people.models import Staff

SIZE = 30
LAST_PAGE = 200  # further back, a search or a filter finds it sooner
COUNTED = 1000
RARE = 600  # so many finds are fetched by their ids
NUMBER = re.compile(r"\d{4}-\d{1,6}")  # the beginning of a case number
SEARCHED = {"case": "pk", "customer": "customer_id", "conversation": "conversation_id"}
OPEN = tuple(stage for stage in Stage if stage not in moves.ENDED)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty means everything. `state`: open, ended, archived or all."""

    q: str = ""
    state: str = "all"
    step: moves.Step | None = None
    kind: Kind | None = None
    owner_id: int | None = None
    nobody: bool = False
    department_id: int | None = None
    severity: Severity | None = None
    emotion: Emotion | None = None
    overdue: bool = False
    member: bool = False
    reopened: bool = False
    service_item_id: int | None = None
    touchpoint_id: int | None = None
    no_touchpoint: bool = False
    went: Went | None = None  # how it went where its customer met the service
    since: date | None = None  # came in on that day or later
    until: date | None = None  # came in on that day or before
    ids: tuple[int, ...] | None = None  # nothing but these, such as the cases behind a figure
    lane: str = ""  # only what this lane of a room above holds
    sort: str = "newest"


@dataclass(frozen=True, slots=True)
class Slice(Leaf[Row]):
    """A page that also says how many rows there are, or, with `more_than`, how many there are at least."""

    total: int
    more_than: bool


def listing(staff: Staff, filters: Filters, *, now: datetime, page: int = 1) -> Slice[Card]:
    """One page of the cases `staff` may see, narrowed by `filters`."""
    number = max(1, min(page, LAST_PAGE))
    match = matching(filters.q) if filters.q.strip() else Match(Q(), frequent=False)
    found = narrowed(visible(staff), filters, now=now).filter(match.condition)
    start = (number - 1) * SIZE
    ids = list(_ordered(found, filters.sort).values_list("pk", flat=True)[start : start + SIZE + 1])
    ends_here = len(ids) <= SIZE and (bool(ids) or number == 1)
    total = start + len(ids[:SIZE]) if ends_here or match.frequent else _count(found)
    by_id = {row.id: row for row in cards(Case.objects.filter(pk__in=ids[:SIZE]), now=now)}
    return Slice(
        rows=[by_id[pk] for pk in ids[:SIZE] if pk in by_id],
        number=number,
        has_next=len(ids) > SIZE and number < LAST_PAGE,
        total=min(total, COUNTED),
        more_than=total > COUNTED or (match.frequent and not ends_here),
    )


def narrowed(cases: QuerySet[Case], filters: Filters, *, now: datetime) -> QuerySet[Case]:
    """`cases` under these conditions, the words aside."""
    cases = cases.filter(_state(filters.state))
    if filters.step is not None:
        cases = cases.filter(at_step(filters.step))
    exact = {
        "kind": filters.kind,
        "owner_id": filters.owner_id,
        "department_id": filters.department_id,
        "severity": filters.severity,
        "emotion": filters.emotion,
        "service_item_id": filters.service_item_id,
        "touchpoint_id": filters.touchpoint_id,
    }
    cases = cases.filter(**{column: value for column, value in exact.items() if value is not None})
    if filters.nobody:
        cases = cases.filter(owner__isnull=True)
    if filters.member:
        cases = cases.filter(customer__is_member=True)
    if filters.reopened:
        cases = cases.filter(round__gt=1)
    if filters.no_touchpoint:
        cases = cases.filter(touchpoint__isnull=True)
    if filters.went is not None:
        cases = went(cases, filters.went)
    cases = cases.filter(came_in(filters.since, filters.until))
    if filters.ids is not None:
        cases = cases.filter(pk__in=filters.ids)
    if (lane := lanes.named(filters.lane)) is not None:
        cases = cases.filter(pk__in=lane.held())
    if filters.overdue:
        late = Clock.objects.filter(state=ClockState.RUNNING, due_at__lt=now).values("case_id")
        cases = cases.filter(pk__in=late)
    return cases


@dataclass(frozen=True, slots=True)
class Match:
    """Which cases answer a query, and whether there are so many that nobody wants them counted."""

    condition: Q
    frequent: bool


def matching(query: str) -> Match:
    """Cases found by number, subject, words, messages, the customer's name, initials or telephone.

    Rare words are looked up first, and their few cases fetched by id; frequent ones are left to the planner, which
    stops when the page is full.
    """
    tidy = numbers.tidy(query)
    if NUMBER.fullmatch(tidy):
        return Match(Q(number__startswith=tidy), frequent=False)
    condition, frequent = Q(pk__in=()), False
    for kind, column in SEARCHED.items():
        answers = search.ids(kind, query)
        few = [row["object_id"] for row in answers[: RARE + 1]]
        if len(few) > RARE:
            condition |= Q(Exists(answers.filter(object_id=OuterRef(column))))
            frequent = True
        elif few:
            condition |= Q(**{f"{column}__in": few})
    return Match(condition, frequent)


def at_step(step: moves.Step) -> Q:
    """Cases at which this step is to be done now, over the paths of all kinds."""
    condition = Q(pk__in=())
    for kind in Kind:
        stages = [
            stage for stage in Stage if _reachable(kind, stage) and moves.current_step(kind, stage) is step
        ]
        if stages:
            condition |= Q(kind=kind, stage__in=stages)
    return condition


def _reachable(kind: Kind, stage: Stage) -> bool:
    return stage in moves.PATHS[kind] or stage is Stage.CLOSED


def _state(state: str) -> Q:
    if state == "open":
        return Q(stage__in=OPEN)
    if state == "ended":
        return Q(stage__in=(Stage.CONFIRMED, Stage.CLOSED))
    if state == "archived":
        return Q(stage=Stage.ARCHIVED)
    return Q()


def _ordered(cases: QuerySet[Case], sort: str) -> QuerySet[Case]:
    if sort == "due":
        running = Q(clocks__state=ClockState.RUNNING)
        return cases.annotate(next_due=Min("clocks__due_at", filter=running)).order_by(
            F("next_due").asc(nulls_last=True), "-opened_at", "-pk"
        )
    if sort == "oldest":
        return cases.order_by("opened_at", "pk")
    return cases.order_by("-opened_at", "-pk")


def _count(cases: QuerySet[Case]) -> int:
    """Counted up to a thousand and no further: nobody reads on, and counting all would take longer than the list."""
    return cases.order_by()[: COUNTED + 1].count()
