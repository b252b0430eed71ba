"""Everything the page of one case shows, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch

from zhiyin.cases.models import (
    Archive,
    Assignment,
    Case,
    CaseEvent,
    CaseFile,
    CasePromise,
    Choosing,
    Clock,
    Confirmation,
    CustomerLink,
    Escalation,
    Expense,
    HandoverNote,
    IncidentMember,
    InternalRequest,
    Investigation,
    Judgement,
    Proposal,
    RelatedCase,
    Remedy,
)
from zhiyin.cases.queries.cards import Card, Dial, card, dial
from zhiyin.cases.queries.colleagues import Asked, new_handover, of_case, told
from zhiyin.cases.queries.deeds import Facts, Possible, facts_of, possible
from zhiyin.cases.queries.fitting import Suggested, suggested_for
from zhiyin.cases.queries.found import Similar, similar
from zhiyin.cases.queries.money import Account, account
from zhiyin.cases.queries.sight import visible
from zhiyin.cases.rules import moves, numbers
from zhiyin.cases.rules.words import (
    AssignmentState,
    ClockKind,
    ClockState,
    Kind,
    Outcome,
    ProposalState,
    Stage,
)
from zhiyin.conversations.models import Attachment, Message
from zhiyin.customers.models import ContactPoint
from zhiyin.kit.errors import NotFound
from zhiyin.libs import worktime
from zhiyin.people import access, calendars
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff
from zhiyin.promises.rules import State as PromiseState

EVENTS = 200
MESSAGES = 100


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step of the loop. `state`: done, now, todo or skip; `at` when it was reached."""

    step: moves.Step
    state: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case with all that belongs to it. Rows are as stored; the page puts them in words."""

    case: Case
    card: Card
    facts: Facts
    deeds: list[Possible]
    steps: list[StepResult]
    clocks: list[Dial]
    vows: list[CasePromise]
    proposals: list[Proposal]
    judgement: Judgement | None
    assignment: Assignment | None
    assignments: list[Assignment]
    investigation: Investigation | None
    choosing: Choosing | None
    remedy: Remedy | None
    confirmations: list[Confirmation]
    escalations: list[Escalation]
    expenses: list[Expense]
    account: Account
    links: list[CustomerLink]
    files: list[CaseFile | Attachment]
    related: list[Case]
    duplicates: list[Case]
    similar: list[Similar]
    events: list[CaseEvent]
    messages: list[Message]
    contacts: list[ContactPoint]
    archive: Archive | None
    membership: IncidentMember | None
    incidents: list[Suggested]
    requests: list[Asked]
    handover: HandoverNote | None

    @property
    def main(self) -> Possible | None:
        return next((one for one in self.deeds if one.main), None)

    @property
    def seen(self) -> int:
        """The newest line of the timeline when this page was made."""
        return max((event.pk for event in self.events), default=0)


@dataclass(frozen=True, slots=True)
class News:
    """What changed on a case since a page was made."""

    version: int
    events: list[CaseEvent]


def page(staff: Staff, number: str, *, now: datetime) -> CasePage:
    """The whole page of a case. Raises NotFound unless `staff` may see it."""
    case = _read(staff, number)
    clocks = list(case.clocks.all())
    promises = list(case.case_promises.all())
    facts = facts_of(case)
    case.judged_so_far = list(reversed(case.judgements.all()))  # type: ignore[attr-defined]  # what a card reads
    case.alive_clocks = [clock for clock in clocks if clock.state in {ClockState.RUNNING, ClockState.PAUSED}]  # type: ignore[attr-defined]
    case.open_vows = [link for link in promises if link.promise.state == PromiseState.OPEN]  # type: ignore[attr-defined]
    events = list(
        case.events.select_related("staff", "department", "other_case").order_by("-at", "-pk")[:EVENTS]
    )
    messages, this_round = _messages(case), case.round
    return CasePage(
        case=case,
        card=card(case, now=now),
        facts=facts,
        deeds=possible(facts, staff),
        steps=_steps(case, events),
        clocks=[dial(clock, now=now, took=_worked(clock)) for clock in _latest_of_each(clocks)],
        vows=promises,
        proposals=[p for p in case.proposals.all() if p.state != ProposalState.WITHDRAWN],
        judgement=next(iter(case.judgements.all()), None),
        assignment=next(
            (
                a
                for a in case.assignments.all()
                if a.state in {AssignmentState.OFFERED, AssignmentState.ACCEPTED}
            ),
            None,
        ),
        assignments=list(case.assignments.all()),
        investigation=next(iter(case.investigations.all()), None),
        choosing=next((c for c in case.choosings.all() if c.round == this_round), None),
        remedy=next(iter(case.remedies.all()), None),
        confirmations=list(case.confirmations.all()),
        escalations=list(case.escalations.all()),
        expenses=list(case.expenses.all()),
        account=account(case.expenses.all()),
        links=list(case.links.all()),
        # Photos come with the customer's words, and a handler has no inbox to find them in.
        files=[*case.files.all(), *(one for message in messages for one in message.attachments.all())],
        related=_related(case, staff),
        duplicates=[other for other in case.duplicates.all() if other.outcome == Outcome.MERGED],
        similar=similar(case, staff, now=now),
        events=events,
        messages=messages,
        contacts=list(case.customer.contact_points.all()),
        archive=Archive.objects.filter(case=case).defer("document").first()
        if case.stage == Stage.ARCHIVED
        else None,
        membership=getattr(case, "membership", None),
        incidents=_incidents(case, facts, staff),
        requests=of_case(case, staff),
        handover=new_handover(case, staff),
    )


def news(staff: Staff, number: str, *, since: int) -> News:
    """What others did to a case since event `since`. Raises NotFound unless `staff` may see it."""
    case = visible(staff).filter(number=numbers.tidy(number)).only("pk", "version").first()
    if case is None:
        raise NotFound
    events = (
        case.events.filter(pk__gt=since)
        .exclude(staff=staff)
        .select_related("staff", "department", "case__customer")
    )
    return News(version=case.version, events=list(events.order_by("-pk")[:5]))


def _incidents(case: Case, facts: Facts, staff: Staff) -> list[Suggested]:
    """Incidents it may belong to, where it can still be put to one."""
    if facts.in_incident or facts.ended or not access.may(staff, Deed.ATTACH_INCIDENT):
        return []
    return suggested_for(case, staff)


def _read(staff: Staff, number: str) -> Case:
    """The case and, by one query each, the rows that hang on it."""
    case = (
        visible(staff)
        .filter(number=numbers.tidy(number))
        .select_related(
            "customer",
            "service_object",
            "service_item",
            "touchpoint",
            "conversation",
            "owner",
            "department",
            "handler",
            "team",
            "opened_by",
            "duplicate_of",
            "follows",
            "membership__incident",
        )
        .prefetch_related(
            Prefetch("clocks", Clock.objects.order_by("round", "pk")),
            Prefetch(
                "case_promises",
                CasePromise.objects.select_related("promise__owner").order_by("-promise__due_at", "pk"),
            ),
            Prefetch(
                "proposals",
                Proposal.objects.select_related("proposed_by", "decided_by").order_by("-round", "pk"),
            ),
            Prefetch("judgements", Judgement.objects.select_related("by").order_by("-at", "-pk")),
            Prefetch(
                "assignments",
                Assignment.objects.select_related("department", "answered_by", "offered_by").order_by(
                    "-offered_at", "-pk"
                ),
            ),
            Prefetch(
                "investigations", Investigation.objects.select_related("promise", "by").order_by("-round")
            ),
            Prefetch(
                "choosings", Choosing.objects.select_related("proposal", "recorded_by").order_by("-at", "-pk")
            ),
            Prefetch("remedies", Remedy.objects.select_related("by").order_by("-at", "-pk")),
            Prefetch("confirmations", Confirmation.objects.select_related("by").order_by("-at", "-pk")),
            Prefetch(
                "escalations",
                Escalation.objects.select_related("to", "by", "answered_by").order_by("-at", "-pk"),
            ),
            Prefetch(
                "expenses",
                Expense.objects.select_related("kind", "asked_by", "decided_by").order_by("asked_at", "pk"),
            ),
            Prefetch(
                "links", CustomerLink.objects.filter(revoked_at__isnull=True).order_by("-created_at", "-pk")
            ),
            Prefetch("requests", told(InternalRequest.objects.prefetch_related("answers"), open_first=True)),
            Prefetch("files", CaseFile.objects.select_related("file").order_by("pk")),
            Prefetch("duplicates", Case.objects.select_related("customer").order_by("opened_at", "pk")),
            Prefetch("customer__contact_points", ContactPoint.objects.order_by("-is_primary", "pk")),
        )
        .first()
    )
    if case is None:
        raise NotFound
    return case


def _worked(clock: Clock) -> timedelta | None:
    """Working time from the start of a kept clock to its end, without the time it stood still."""
    if clock.state != ClockState.MET or clock.settled_at is None:
        return None
    before = clock.budget - clock.remaining
    return before + worktime.between(calendars.load(clock.calendar_id), clock.reckoned_from, clock.settled_at)


def _latest_of_each(clocks: list[Clock]) -> list[Clock]:
    latest = {clock.kind: clock for clock in clocks}
    return [latest[kind] for kind in ClockKind if kind in latest]


def _steps(case: Case, events: list[CaseEvent]) -> list[StepResult]:
    """The steps of this kind's path: done, now, to do, or skipped where the case ended early."""
    kind, stage = Kind(case.kind), Stage(case.stage)
    path = moves.PATHS[kind]
    now = moves.current_step(kind, stage)
    reached = {event.stage_after: event.at for event in reversed(events) if event.stage_after}
    reached[Stage.RECEIVED] = case.opened_at
    ended_early = stage is Stage.CLOSED or (stage is Stage.ARCHIVED and Stage.CLOSED in reached)
    results = []
    for place, milestone in enumerate(path):
        step = moves.REACHED_BY[milestone]
        if step is now:
            state = "now"
        elif ended_early:
            state = "done" if milestone in reached else "skip"
        else:
            state = "done" if stage is Stage.ARCHIVED or place <= path.index(stage) else "todo"
        results.append(
            StepResult(step=step, state=state, at=reached.get(milestone) if state == "done" else None)
        )
    return results


def _related(case: Case, staff: Staff) -> list[Case]:
    pairs = RelatedCase.objects.filter(first=case) | RelatedCase.objects.filter(second=case)
    ids = {pk for pair in pairs.values_list("first_id", "second_id") for pk in pair} - {case.pk}
    if not ids:
        return []
    return list(
        visible(staff)
        .filter(pk__in=ids)
        .select_related("customer", "service_object")
        .order_by("-opened_at", "-pk")
    )


def _messages(case: Case) -> list[Message]:
    newest = (
        Message.objects.filter(conversation_id=case.conversation_id)
        .select_related("staff", "delivery")
        .prefetch_related("attachments__file")
        .order_by("-position")[:MESSAGES]
    )
    return list(reversed(newest))
