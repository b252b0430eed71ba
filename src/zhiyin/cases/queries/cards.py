"""One case as lists, the board and the day show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet

from zhiyin.cases.models import Assignment, Case, CasePromise, Clock, Judgement, Proposal
from zhiyin.cases.rules import moves
from zhiyin.cases.rules.words import (
    AssignmentState,
    ClockKind,
    ClockState,
    Emotion,
    Kind,
    Outcome,
    ProposalState,
    Severity,
    Stage,
)
from zhiyin.customers.rules import Side
from zhiyin.promises.rules import State as PromiseState

RELATED = ("customer", "service_object", "owner", "department", "handler")


@dataclass(frozen=True, slots=True)
class Dial:
    """A clock as it stands now. `left` is clock time until it is due, negative when over; `kept_left` is the working
    time a stopped clock still has; `took` the working time a kept one needed; `share` what is left of it, 0 to 100.
    """

    kind: ClockKind
    state: ClockState
    due_at: datetime | None
    left: timedelta | None
    kept_left: timedelta | None
    took: timedelta | None
    budget: timedelta
    share: int
    soon: bool
    over: bool
    waiting_for: str
    provisional: bool
    round: int


@dataclass(frozen=True, slots=True)
class Vow:
    """A promise tied to the case."""

    id: int
    text: str
    due_at: datetime
    state: PromiseState
    owner_id: int


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown of a case in a row. `waits_for` says what comes first: offered, approval, explanation, nothing."""

    id: int
    number: str
    subject: str
    kind: Kind
    stage: Stage
    step: moves.Step | None
    stage_since: datetime
    opened_at: datetime
    round: int
    version: int
    outcome: Outcome | None
    customer_id: int
    customer: str
    is_member: bool
    is_internal: bool
    place: str
    owner_id: int | None
    owner: str
    department_id: int | None
    department: str
    handler: str
    severity: Severity
    emotion: Emotion
    intensity: int
    help_first: bool
    clock: Dial | None
    vow: Vow | None
    waits_for: str
    waiting_cost: str

    @property
    def is_open(self) -> bool:
        return self.stage not in moves.ENDED


def dial(clock: Clock, *, now: datetime, took: timedelta | None = None) -> Dial:
    """Read a clock at `now`; `took` is the working time a kept one needed, where the caller has reckoned it."""
    state = ClockState(clock.state)
    left = clock.due_at - now if clock.due_at and state is ClockState.RUNNING else None
    whole = (clock.due_at - clock.reckoned_from) if clock.due_at else None
    at_start = clock.remaining / clock.budget if clock.budget else 0.0
    share = round(100 * at_start * (left / whole)) if left and whole else 0
    return Dial(
        kind=ClockKind(clock.kind),
        state=state,
        due_at=clock.due_at,
        left=left,
        kept_left=clock.remaining if state is ClockState.PAUSED else None,
        took=took,
        budget=clock.budget,
        share=max(0, min(100, share)),
        soon=bool(clock.warn_at and clock.warn_at <= now),
        over=clock.breached_at is not None or (left is not None and left < timedelta()),
        waiting_for=clock.waiting_for,
        provisional=clock.is_provisional,
        round=clock.round,
    )


def nearest(clocks: Iterable[Clock], *, now: datetime) -> Dial | None:
    """The running clock that is due first; else one that is stopped; else none."""
    alive = [clock for clock in clocks if clock.state == ClockState.RUNNING and clock.due_at]
    if alive:
        return dial(min(alive, key=lambda clock: (clock.due_at or now, clock.pk)), now=now)
    stopped = [clock for clock in clocks if clock.state == ClockState.PAUSED]
    return dial(stopped[0], now=now) if stopped else None


def with_all(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Everything a card needs, in six queries however many rows there are."""
    alive = Clock.objects.filter(state__in=(ClockState.RUNNING, ClockState.PAUSED)).order_by("due_at", "pk")
    vows = (
        CasePromise.objects.filter(promise__state=PromiseState.OPEN)
        .select_related("promise")
        .order_by("promise__due_at", "pk")
    )
    judged = Judgement.objects.order_by("at", "pk")
    offered = Assignment.objects.filter(state=AssignmentState.OFFERED).order_by("pk")
    waiting = Proposal.objects.filter(state=ProposalState.PROPOSED).order_by("-cost", "pk")
    return cases.select_related(*RELATED).prefetch_related(
        Prefetch("clocks", alive, to_attr="alive_clocks"),
        Prefetch("case_promises", vows, to_attr="open_vows"),
        Prefetch("assignments", offered, to_attr="offered_now"),
        Prefetch("judgements", judged, to_attr="judged_so_far"),
        Prefetch("proposals", waiting, to_attr="waiting_now"),
    )


def card(case: Case, *, now: datetime) -> Card:
    """A case read with `with_all` as a card."""
    kind, stage = Kind(case.kind), Stage(case.stage)
    waits_for, cost = _waits(case, stage)
    return Card(
        id=case.pk,
        number=case.number,
        subject=case.subject,
        kind=kind,
        stage=stage,
        step=moves.current_step(kind, stage),
        stage_since=case.stage_since,
        opened_at=case.opened_at,
        round=case.round,
        version=case.version,
        outcome=Outcome(case.outcome) if case.outcome else None,
        customer_id=case.customer_id,
        customer=case.customer.name,
        is_member=case.customer.is_member,
        is_internal=case.customer.side == Side.INTERNAL,
        place=case.service_object.name if case.service_object else "",
        owner_id=case.owner_id,
        owner=case.owner.name if case.owner else "",
        department_id=case.department_id,
        department=case.department.name if case.department else "",
        handler=case.handler.name if case.handler else "",
        severity=Severity(case.severity),
        emotion=Emotion(case.emotion),
        intensity=case.intensity,
        help_first=case.in_danger and case.helped_at is None and stage not in moves.ENDED,
        clock=nearest(getattr(case, "alive_clocks", ()), now=now),
        vow=_vow(getattr(case, "open_vows", ())),
        waits_for=waits_for,
        waiting_cost=cost,
    )


def cards(cases: QuerySet[Case], *, now: datetime) -> list[Card]:
    return list(_each(with_all(cases), now))


def _each(cases: Iterable[Case], now: datetime) -> Iterator[Card]:
    for case in cases:
        yield card(case, now=now)


def _vow(links: Sequence[CasePromise]) -> Vow | None:
    if not links:
        return None
    return vow(links[0])


def vow(link: CasePromise) -> Vow:
    promise = link.promise
    return Vow(
        id=promise.pk,
        text=promise.text,
        due_at=promise.due_at,
        state=PromiseState(promise.state),
        owner_id=promise.owner_id,
    )


def _waits(case: Case, stage: Stage) -> tuple[str, str]:
    judged = [one for one in getattr(case, "judged_so_far", ()) if one.round == case.round]
    if stage is Stage.JUDGED and judged and not judged[-1].ground_sufficient:
        return "explanation", ""
    if getattr(case, "offered_now", ()):
        return "offered", ""
    waiting: Sequence[Proposal] = getattr(case, "waiting_now", ())
    if stage is Stage.PROPOSED and waiting:
        return "approval", f"{sum(proposal.cost for proposal in waiting if proposal.round == case.round)}"
    return "", ""
