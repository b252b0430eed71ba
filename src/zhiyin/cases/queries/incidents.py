"""Reading mass incidents: who sees them, lists, the page, what fits, what customers are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zhiyin.cases.models import Case, Incident, IncidentEvent, IncidentMember, SharedDeed, SharedPart
from zhiyin.cases.queries.cards import Card, cards
from zhiyin.cases.queries.fitting import fitting, free
from zhiyin.cases.queries.listing import COUNTED, LAST_PAGE, SIZE, Slice
from zhiyin.cases.queries.sight import incidents_visible, visible
from zhiyin.cases.rules import incidents, moves
from zhiyin.cases.rules.incidents import LEFT_ALONE, IncidentState, PartState, SharedKind, SharedState
from zhiyin.cases.rules.words import Kind, Outcome, Stage
from zhiyin.conversations.rules import DeliveryState
from zhiyin.kit.errors import NotFound
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff

EVENTS = 100
REFUSALS = 100
TASKS = 100


def agreeing(incident: Incident, kind: SharedKind) -> QuerySet[IncidentMember]:
    """The members something shared is for: like the others and not at their end.

    Asked whether it is settled: those for whom it was carried out and who were not asked through the incident yet.
    """
    rows = IncidentMember.objects.filter(incident=incident, differs=False)
    if kind is SharedKind.ASK:
        return rows.filter(case__stage=Stage.REMEDIED, asked_at__isnull=True)
    return rows.exclude(case__stage__in=LEFT_ALONE).exclude(case__outcome=Outcome.MERGED)


def untold(rows: QuerySet[IncidentMember]) -> QuerySet[IncidentMember]:
    """Those of them who have had no reply to all yet: they joined after the last one."""
    had = SharedPart.objects.filter(
        case=OuterRef("case"), deed__incident=OuterRef("incident"), deed__kind=SharedKind.REPLY
    )
    return rows.exclude(Exists(had.exclude(state=PartState.REFUSED)))


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident in a list."""

    incident: Incident
    members: int
    differing: int
    open: int
    tasks: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A shared deed with what became of its parts; deliveries only where something was written."""

    deed: SharedDeed
    total: int
    waiting: int
    done: int
    tasks: int
    told: int
    refused: int
    delivered: int
    failed: int
    on_the_way: int

    @property
    def settled(self) -> int:
        return self.total - self.waiting

    @property
    def share(self) -> int:
        return round(100 * self.settled / self.total) if self.total else 100


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many members stand before a step; `apart` of them differ."""

    step: moves.Step | None
    count: int
    apart: int
    share: int


@dataclass(frozen=True, slots=True)
class IncidentPage:
    incident: Incident
    members: int
    differing: int
    steps: list[StepCount]
    sent: list[Sent]
    draft: SharedDeed | None
    tasks: list[SharedPart]
    refusals: list[SharedPart]
    events: list[IncidentEvent]
    fitting: int
    untold: int
    can: dict[SharedKind, int] = field(default_factory=dict)

    @property
    def busy(self) -> bool:
        return any(one.deed.state == SharedState.RUNNING for one in self.sent)


@dataclass(frozen=True, slots=True)
class Member:
    """A member case in the list of its incident."""

    card: Card
    differs: bool
    reason: str
    asked: bool


def incident(staff: Staff, pk: int) -> Incident:
    """Raises NotFound unless `staff` may see it."""
    found = (
        incidents_visible(staff)
        .select_related("department", "touchpoint", "owner", "opened_by")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def incident_listing(staff: Staff, *, state: str = "", page: int = 1) -> Slice[IncidentRow]:
    """One page of incidents with their counts, the newest first; three queries whatever they hold."""
    rows = incidents_visible(staff)
    if state in set(IncidentState):
        rows = rows.filter(state=state)
    number = max(1, min(page, LAST_PAGE))
    start = (number - 1) * SIZE
    ended = Q(members__case__stage__in=LEFT_ALONE)
    counted = rows.select_related("department", "owner").annotate(
        member_count=Count("members"),
        apart_count=Count("members", filter=Q(members__differs=True)),
        open_count=Count("members", filter=~ended & Q(members__isnull=False)),
    )
    found = list(counted.order_by("-since", "-pk")[start : start + SIZE + 1])
    asked = SharedPart.objects.filter(deed__incident__in=[row.pk for row in found])
    tasks = dict(_open_tasks(asked).values_list("deed__incident").annotate(n=Count("pk")).order_by())
    shown = [
        IncidentRow(row, row.member_count, row.apart_count, row.open_count, tasks.get(row.pk, 0))
        for row in found[:SIZE]
    ]
    total = start + len(shown) if len(found) <= SIZE else min(rows.count(), COUNTED)
    return Slice(rows=shown, number=number, has_next=len(found) > SIZE, total=total, more_than=False)


def incident_page(staff: Staff, pk: int) -> IncidentPage:
    """Everything its page shows besides the list of members, in a constant number of queries."""
    found = incident(staff, pk)
    sent = _sent(found)
    stands = _standing(found)
    members = sum(count for _, count, _ in stands)
    apart = sum(differing for *_, differing in stands)
    seen = visible(staff).values("pk")
    parts = SharedPart.objects.filter(deed__incident=found, case__in=seen).select_related(
        "deed", "case__customer"
    )
    return IncidentPage(
        incident=found,
        members=members,
        differing=apart,
        steps=[
            StepCount(step, count, differing, round(100 * count / members) if members else 0)
            for step, count, differing in stands
        ],
        sent=sent,
        draft=found.shared.filter(state=SharedState.DRAFT).select_related("by").first(),
        tasks=list(_open_tasks(parts).order_by("pk")[:TASKS]),
        refusals=list(parts.filter(state=PartState.REFUSED).order_by("-deed_id", "pk")[:REFUSALS]),
        events=_events(found, staff),
        fitting=free(staff, found).filter(fitting(found)).order_by()[:COUNTED].count()
        if found.state == IncidentState.OPEN
        else 0,
        untold=untold(agreeing(found, SharedKind.REPLY)).count() if any(_replied(sent)) else 0,
        can=_can(found),
    )


def _events(found: Incident, staff: Staff) -> list[IncidentEvent]:
    """The timeline. What is written of one customer's case is for those who see that case; the others read that it was."""
    seen = Exists(visible(staff).filter(pk=OuterRef("case_id")))
    rows = found.events.select_related("staff", "case", "shared").annotate(is_seen=seen)
    events: list[IncidentEvent] = list(rows.order_by("-at", "-pk")[:EVENTS])
    for row in events:
        if row.case_id is not None and not row.is_seen:  # type: ignore[attr-defined]  # annotated above
            row.case, row.text = None, ""
    return events


def _replied(sent: list[Sent]) -> Iterator[Sent]:
    return (one for one in sent if one.deed.kind == SharedKind.REPLY)


def _open_tasks(parts: QuerySet[SharedPart]) -> QuerySet[SharedPart]:
    """Whom somebody still has to speak to. Whose case has ended knows; the question whether it is settled is done
    once the case has gone on.
    """
    answered = Q(deed__kind=SharedKind.ASK) & ~Q(case__stage=Stage.REMEDIED)
    waiting = parts.filter(state=PartState.TASK).exclude(case__stage__in=LEFT_ALONE)
    return waiting.exclude(answered)


def to_tell(staff: Staff, *, most: int = 20) -> list[SharedPart]:
    """Whom this person tells in person what the others were written: customers of her cases and of nobody's."""
    if not access.may(staff, Deed.REPLY):
        return []
    hers = visible(staff).filter(Q(owner_id=staff.pk) | Q(owner__isnull=True, team_id=staff.team_id))
    parts = SharedPart.objects.filter(case__in=hers).select_related("deed__incident", "case__customer")
    return list(_open_tasks(parts).order_by("pk")[:most])


def _can(found: Incident) -> dict[SharedKind, int]:
    """For how many members each shared deed would be done now: counts by kind and stage, weighed in Python."""
    rows = (
        agreeing(found, SharedKind.REPLY)
        .annotate(unassigned=Q(case__department__isnull=True))
        .values_list("case__kind", "case__stage", "unassigned")
        .annotate(n=Count("pk"))
        .order_by()
    )
    counts = dict.fromkeys(SharedKind, 0)
    for kind, stage, unassigned, n in rows:
        counts[SharedKind.REPLY] += n
        step = moves.current_step(Kind(kind), Stage(stage))
        for shared, wanted in incidents.STEPS.items():
            if step is not wanted or shared is SharedKind.ASK:
                continue
            if wanted is moves.Step.ASSIGN and unassigned is not (shared is SharedKind.OFFER):
                continue
            if shared is SharedKind.REMEDY and Kind(kind) in moves.ANSWERED_KINDS:
                continue
            counts[shared] += n
    counts[SharedKind.ASK] = agreeing(found, SharedKind.ASK).count()
    return counts


def _standing(found: Incident) -> list[tuple[moves.Step | None, int, int]]:
    """How many members stand before each step, in the order of the loop."""
    rows = (
        IncidentMember.objects.filter(incident=found)
        .values_list("case__kind", "case__stage")
        .annotate(n=Count("pk"), apart=Count("pk", filter=Q(differs=True)))
        .order_by()
    )
    sums: dict[moves.Step | None, tuple[int, int]] = {}
    for kind, stage, n, apart in rows:
        step = moves.current_step(Kind(kind), Stage(stage))
        before = sums.get(step, (0, 0))
        sums[step] = (before[0] + n, before[1] + apart)
    order = [*moves.Step, None]
    return [(step, *sums[step]) for step in order if step in sums]


def _sent(found: Incident) -> list[Sent]:
    """Every shared deed with its counts, newest first; one query."""
    part = "parts__state"
    way = "parts__message__delivery__state"
    counted = (
        found.shared.exclude(state=SharedState.DRAFT)
        .select_related("by")
        .annotate(
            total=Count("parts"),
            waiting=Count("parts", filter=Q(**{part: PartState.WAITING})),
            finished=Count("parts", filter=Q(**{part: PartState.DONE})),
            tasks=Count("parts", filter=Q(**{part: PartState.TASK})),
            told=Count("parts", filter=Q(**{part: PartState.TOLD})),
            refused=Count("parts", filter=Q(**{part: PartState.REFUSED})),
            delivered=Count("parts", filter=Q(**{way: DeliveryState.SENT})),
            failed=Count("parts", filter=Q(**{way: DeliveryState.FAILED})),
            on_the_way=Count("parts", filter=Q(**{way: DeliveryState.QUEUED})),
        )
        .order_by("-at", "-pk")
    )
    return [
        Sent(
            deed=row,
            total=row.total,
            waiting=row.waiting,
            done=row.finished,
            tasks=row.tasks,
            told=row.told,
            refused=row.refused,
            delivered=row.delivered,
            failed=row.failed,
            on_the_way=row.on_the_way,
        )
        for row in counted
    ]


def members(
    staff: Staff, found: Incident, *, now: datetime, apart: bool = False, page: int = 1
) -> Slice[Member]:
    """One page of the member cases `staff` may see; those that differ first."""
    rows = IncidentMember.objects.filter(incident=found, case__in=visible(staff))
    if apart:
        rows = rows.filter(differs=True)
    number = max(1, min(page, LAST_PAGE))
    start = (number - 1) * SIZE
    chosen = list(rows.order_by("-differs", "pk")[start : start + SIZE + 1])
    by_id = {
        row.id: row
        for row in cards(Case.objects.filter(pk__in=[one.case_id for one in chosen[:SIZE]]), now=now)
    }
    shown = [
        Member(by_id[one.case_id], one.differs, one.reason, one.asked_at is not None)
        for one in chosen[:SIZE]
        if one.case_id in by_id
    ]
    total = start + len(shown) if len(chosen) <= SIZE else rows.count()
    return Slice(rows=shown, number=number, has_next=len(chosen) > SIZE, total=total, more_than=False)


def samples(found: Incident, kind: SharedKind, *, most: int = 3, newcomers: bool = False) -> list[Case]:
    """A few customers to show what a shared text becomes: the longest name, the shortest, one between."""
    members = agreeing(found, kind)
    members = untold(members) if newcomers else members
    rows = Case.objects.filter(pk__in=members.values("case_id")).select_related("customer", "conversation")
    chosen = list(rows.order_by("pk")[:200])
    chosen.sort(key=lambda case: (len(case.customer.name), case.pk))
    if len(chosen) <= most:
        return chosen
    return [chosen[0], chosen[len(chosen) // 2], chosen[-1]]
