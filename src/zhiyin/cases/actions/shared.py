"""One thing done once for all members of an incident: begun in one transaction, carried out in small ones.

Every member has a row (`SharedPart`) from the beginning. Each row and its effect are written in one transaction, so
whoever carries the deed out may be killed at any point: the next one goes on with the rows that still wait, and
nothing happens twice. A reply is written for a hundred customers at a time, under a token made of the deed and the
case; every other deed goes through the same guarded action as by hand, one case after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import translation
from procrastinate.exceptions import AlreadyEnqueued

from zhiyin.cases import texts
from zhiyin.cases.actions import choosing, clocks, department, judging, talking
from zhiyin.cases.actions.incidents import hold_incident
from zhiyin.cases.actions.membership import note
from zhiyin.cases.models import Case, Incident, IncidentMember, SharedDeed, SharedPart
from zhiyin.cases.queries.incidents import agreeing, untold
from zhiyin.cases.rules import decisions, incidents
from zhiyin.cases.rules.incidents import IncidentLine, IncidentState, PartState, SharedKind, SharedState
from zhiyin.cases.rules.words import Gap, Kind, Stage
from zhiyin.conversations import actions as conversations
from zhiyin.conversations import queries as threads
from zhiyin.conversations.actions import Letter
from zhiyin.conversations.rules import MessageKind
from zhiyin.kit import jobs
from zhiyin.kit.errors import DomainError, NotFound
from zhiyin.kit.language import describe
from zhiyin.people import access
from zhiyin.people import queries as people
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff

JOB = "cases.shared_deed"
BATCH = 100
NEWCOMERS = "newcomers"  # a reply only for those who joined after the last one
TOKENS = UUID("6b1c3f0e-5b0f-4b55-9a52-0d3f5f1a9c11")  # the space of the letters' constant ids
WRITTEN = frozenset({SharedKind.REPLY, SharedKind.ASK})
NEEDS: Mapping[SharedKind, Deed] = MappingProxyType(
    {
        SharedKind.REPLY: Deed.LEAD_INCIDENT,
        SharedKind.ASK: Deed.LEAD_INCIDENT,
        SharedKind.JUDGE: Deed.LEAD_INCIDENT,
        SharedKind.OFFER: Deed.LEAD_INCIDENT,
        SharedKind.ACCEPT: Deed.ANSWER_OFFER,
        SharedKind.INVESTIGATE: Deed.INVESTIGATE,
        SharedKind.REMEDY: Deed.REMEDY,
    }
)


def may_share(staff: Staff, kind: SharedKind, incident: Incident) -> bool:
    """Whoever leads incidents, and for its own steps the department that answers for this one."""
    if not access.may(staff, NEEDS[kind]):
        return False
    own = staff.department_id is not None and staff.department_id == incident.department_id
    return access.may(staff, Deed.LEAD_INCIDENT) or own


@transaction.atomic
def share(
    *,
    incident_id: int,
    kind: SharedKind,
    token: UUID,
    by: Staff,
    now: datetime,
    text: str = "",
    details: Mapping[str, Any] | None = None,
) -> SharedDeed:
    """Begin it for every member like the others; the job carries it out. The same `token` again: the same deed."""
    incident = hold_incident(incident_id, by)
    known = SharedDeed.objects.filter(token=token, incident=incident).exclude(state=SharedState.DRAFT).first()
    if known is not None:
        return known
    if not may_share(by, kind, incident):
        access.require(by, Deed.LEAD_INCIDENT)
    if incident.state == IncidentState.CLOSED:
        raise incidents.IncidentOver
    words = _checked(kind, text)
    SharedDeed.objects.filter(incident=incident, state=SharedState.DRAFT, kind=kind).delete()
    deed = SharedDeed.objects.create(
        incident=incident, kind=kind, text=words, details=dict(details or {}), token=token, by=by, at=now
    )
    rows = agreeing(incident, kind)
    if kind is SharedKind.REPLY and deed.details.get(NEWCOMERS):
        rows = untold(rows)
    members = list(rows.values_list("case_id", flat=True).order_by("case_id"))
    if not members:
        raise incidents.NobodyLeft
    SharedPart.objects.bulk_create([SharedPart(deed=deed, case_id=pk) for pk in members])
    note(incident, IncidentLine.SHARED, now=now, by=by, shared=deed, count=len(members), text=words)
    go_on(deed_id=deed.pk)
    return deed


@transaction.atomic
def keep_draft(*, incident_id: int, text: str, token: UUID, by: Staff, now: datetime) -> SharedDeed:
    """The reply as far as it is written; one draft an incident, everybody who leads it goes on with it."""
    incident = hold_incident(incident_id, by)
    access.require(by, Deed.LEAD_INCIDENT)
    words = _checked(SharedKind.REPLY, text)
    draft = SharedDeed.objects.filter(incident=incident, state=SharedState.DRAFT).first()
    if draft is None:
        return SharedDeed.objects.create(
            incident=incident,
            kind=SharedKind.REPLY,
            state=SharedState.DRAFT,
            text=words,
            token=token,
            by=by,
            at=now,
        )
    draft.text, draft.by, draft.at = words, by, now
    draft.save(update_fields=["text", "by", "at"])
    return draft


def go_on(*, deed_id: int) -> None:
    """Have the job carry on with what still waits; once, however often it is asked."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        jobs.defer(JOB, once=f"{JOB}-{deed_id}", lock=f"{JOB}-{deed_id}", deed_id=deed_id)


def carry_on(*, deed_id: int, now: datetime) -> int:
    """Deal with the next members that wait; how many. 0: all is done, and the deed says so."""
    deed = (
        SharedDeed.objects.select_related("incident", "by__team", "by__department").filter(pk=deed_id).first()
    )
    if deed is None or deed.state != SharedState.RUNNING:
        return 0
    with translation.override(people.organisation().language):
        done = _letters(deed, now=now) if deed.kind in WRITTEN else _one(deed, now=now)
    if not done:
        _finish(deed, now=now)
    return done


@transaction.atomic
def told(*, part_id: int, text: str, by: Staff, now: datetime) -> SharedPart:
    """Somebody has told this customer by voice or letter; what was said stands in the conversation."""
    part = (
        SharedPart.objects.select_for_update(of=("self",))
        .select_related("deed", "case")
        .filter(pk=part_id, state=PartState.TASK)
        .first()
    )
    if part is None:
        raise NotFound
    message = talking.reply(
        case_id=part.case_id,
        text=text.strip() or _words_for(part.deed, part.case),
        by=by,
        now=now,
        client_token=token_of(part.deed_id, part.case_id),
    )
    _settle([part], PartState.TOLD, now=now, by=by, messages={part.case_id: message.pk})
    return part


def token_of(deed_id: int, case_id: int) -> UUID:
    """The letter's constant id: the same for the same deed and case whoever tries, and how often."""
    return uuid5(TOKENS, f"{deed_id}:{case_id}")


@transaction.atomic
def _letters(deed: SharedDeed, *, now: datetime) -> int:
    parts = list(
        SharedPart.objects.select_for_update()
        .filter(deed=deed, state=PartState.WAITING)
        .order_by("pk")[:BATCH]
    )
    if not parts:
        return 0
    cases = {
        case.pk: case
        for case in Case.objects.select_for_update(of=("self",))
        .select_related("customer", "conversation")
        .filter(pk__in=[part.case_id for part in parts])
        .order_by("pk")
    }
    kind = SharedKind(deed.kind)
    fit = set(agreeing(deed.incident, kind).filter(case_id__in=cases).values_list("case_id", flat=True))
    _settle(
        [part for part in parts if part.case_id not in fit],
        PartState.REFUSED,
        now=now,
        reason=describe(incidents.LeftOut()),
    )
    mine = [part for part in parts if part.case_id in fit]
    reached = threads.reached([cases[part.case_id].conversation for part in mine])
    written = [part for part in mine if cases[part.case_id].conversation_id in reached]
    _write(deed, [cases[part.case_id] for part in written], now=now, parts=written)
    _settle(
        [part for part in mine if cases[part.case_id].conversation_id not in reached], PartState.TASK, now=now
    )
    if kind is SharedKind.ASK:
        IncidentMember.objects.filter(case_id__in=fit).update(asked_at=now)
    return len(parts)


def _write(deed: SharedDeed, cases: Sequence[Case], *, now: datetime, parts: Sequence[SharedPart]) -> None:
    letters = [
        Letter(case.conversation_id, _words_for(deed, case), token_of(deed.pk, case.pk)) for case in cases
    ]
    ids = conversations.reply_many(
        letters=letters,
        by=deed.by,
        now=now,
        kind=MessageKind.MESSAGE if deed.kind == SharedKind.REPLY else MessageKind.NOTICE,
    )
    messages = {case.pk: ids[token_of(deed.pk, case.pk)] for case in cases}
    _settle(parts, PartState.DONE, now=now, messages=messages)
    if deed.kind == SharedKind.REPLY:
        clocks.answered_many(cases, now=now)


def _words_for(deed: SharedDeed, case: Case) -> str:
    if deed.kind == SharedKind.ASK:
        return texts.settled(case, deed.text)
    return incidents.fill(deed.text, name=case.customer.name, number=case.number)


def _one(deed: SharedDeed, *, now: datetime) -> int:
    """The next member by the guarded action; what it refuses is written down with its reason."""
    with transaction.atomic():
        part = (
            SharedPart.objects.select_for_update(of=("self",))
            .select_related("case")
            .filter(deed=deed, state=PartState.WAITING)
            .order_by("pk")
            .first()
        )
        if part is None:
            return 0
        try:
            with transaction.atomic():
                _check(deed, part.case)
                ACTIONS[SharedKind(deed.kind)](deed, part.case_id, now)
        except DomainError as error:
            _settle([part], PartState.REFUSED, now=now, reason=describe(error)[:300])
        else:
            _settle([part], PartState.DONE, now=now)
    return 1


def _check(deed: SharedDeed, case: Case) -> None:
    kind = SharedKind(deed.kind)
    if not agreeing(deed.incident, kind).filter(case_id=case.pk).exists():
        raise incidents.LeftOut
    incidents.check_step(kind, Kind(case.kind), Stage(case.stage))


def _settle(
    parts: Iterable[SharedPart],
    state: PartState,
    *,
    now: datetime,
    reason: str = "",
    by: Staff | None = None,
    messages: Mapping[int, int] | None = None,
) -> None:
    rows = list(parts)
    for part in rows:
        part.state, part.reason, part.settled_at, part.settled_by = state, reason, now, by
        part.message_id = (messages or {}).get(part.case_id)
    SharedPart.objects.bulk_update(rows, ["state", "reason", "settled_at", "settled_by", "message"])


@transaction.atomic
def _finish(deed: SharedDeed, *, now: datetime) -> None:
    held = SharedDeed.objects.select_for_update().get(pk=deed.pk)
    waits = SharedPart.objects.filter(deed=held, state=PartState.WAITING).exists()
    if held.state == SharedState.RUNNING and not waits:
        held.state, held.done_at = SharedState.DONE, now
        held.save(update_fields=["state", "done_at"])


def _checked(kind: SharedKind, text: str) -> str:
    if kind is SharedKind.ACCEPT:
        return text.strip()
    words = decisions.check_words("text", text)
    if kind is SharedKind.REPLY:
        incidents.check_places(words)
    return words


def _judge(deed: SharedDeed, case_id: int, now: datetime) -> None:
    judging.judge(
        case_id=case_id,
        ground_sufficient=bool(deed.details["ground_sufficient"]),
        ground_reason=deed.text,
        demand_reasonable=bool(deed.details["demand_reasonable"]),
        demand_reason=str(deed.details["demand_reason"]),
        by=deed.by,
        now=now,
    )


def _offer(deed: SharedDeed, case_id: int, now: datetime) -> None:
    if Case.objects.filter(pk=case_id, department__isnull=False).exists():
        raise incidents.AskedAlready
    department.offer(
        case_id=case_id, department_id=int(deed.details["department_id"]), text=deed.text, by=deed.by, now=now
    )


def _accept(deed: SharedDeed, case_id: int, now: datetime) -> None:
    department.accept(case_id=case_id, by=deed.by, now=now)


def _investigate(deed: SharedDeed, case_id: int, now: datetime) -> None:
    department.investigate(
        case_id=case_id,
        findings=str(deed.details["findings"]),
        root_cause=deed.text,
        gap=Gap(str(deed.details["gap"])),
        by=deed.by,
        now=now,
    )


def _remedy(deed: SharedDeed, case_id: int, now: datetime) -> None:
    """The action itself asks the customer whether it is settled."""
    choosing.remedy(
        case_id=case_id,
        text=deed.text,
        prevention=str(deed.details.get("prevention", "")),
        cost=Decimal(str(deed.details.get("cost", "0"))),
        by=deed.by,
        now=now,
    )
    IncidentMember.objects.filter(case_id=case_id, case__stage=Stage.REMEDIED).update(asked_at=now)


ACTIONS: Mapping[SharedKind, Callable[[SharedDeed, int, datetime], None]] = MappingProxyType(
    {
        SharedKind.JUDGE: _judge,
        SharedKind.OFFER: _offer,
        SharedKind.ACCEPT: _accept,
        SharedKind.INVESTIGATE: _investigate,
        SharedKind.REMEDY: _remedy,
    }
)

__all__ = ["JOB", "carry_on", "go_on", "keep_draft", "may_share", "share", "token_of", "told"]
