"""Cases beside other cases, and above the house: linked, merged with undo, escalated."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhiyin.cases.actions import clocks, closing
from zhiyin.cases.actions.hold import allow, hold, keep, record
from zhiyin.cases.models import Case, Escalation, Merge, RelatedCase
from zhiyin.cases.rules import decisions, moves
from zhiyin.cases.rules.words import ClockKind, EscalationKind, EventKind, Outcome, Stage
from zhiyin.conversations import actions as conversations
from zhiyin.kit.errors import NotFound
from zhiyin.people import access
from zhiyin.people import queries as people
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff

INSIDE = frozenset({EscalationKind.SUPERVISOR, EscalationKind.MANAGEMENT})


@transaction.atomic
def escalate(
    *,
    case_id: int,
    kind: EscalationKind,
    reason: str,
    by: Staff,
    now: datetime,
    to_id: int | None = None,
    external_number: str = "",
    version: int | None = None,
) -> Escalation:
    """Take it up, inside the house or because somebody outside asks; possible at any stage before the archive."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.ESCALATE)
    to = None
    if to_id is not None:
        to = people.staff(to_id)
        access.require(to, Deed.ANSWER_ESCALATION)
    escalation = Escalation.objects.create(
        case=case,
        kind=kind,
        reason=decisions.check_words("reason", reason),
        to=to,
        external_number=external_number.strip()[:80],
        by=by,
        at=now,
    )
    keep(case)
    record(case, EventKind.ESCALATED, now=now, by=by, text=escalation.reason)
    return escalation


@transaction.atomic
def answer_escalation(
    *, case_id: int, escalation_id: int, answer: str, by: Staff, now: datetime, version: int | None = None
) -> Case:
    """What was decided, and why; where no procedure covers it, the declared principles do."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.ANSWER_ESCALATION)
    escalation = (
        case.escalations.select_for_update().filter(pk=escalation_id, answered_at__isnull=True).first()
    )
    if escalation is None:
        raise NotFound
    escalation.answer, escalation.answered_by, escalation.answered_at = (
        decisions.check_words("answer", answer),
        by,
        now,
    )
    escalation.save(update_fields=["answer", "answered_by", "answered_at"])
    keep(case)
    record(case, EventKind.ESCALATED, now=now, by=by, text=escalation.answer)
    return case


@transaction.atomic
def number_escalation(
    *, case_id: int, escalation_id: int, external_number: str, by: Staff, now: datetime
) -> Escalation:
    """The number somebody outside gave the matter has become known."""
    case = hold(case_id)
    allow(case, by, Deed.ESCALATE)
    escalation = case.escalations.select_for_update().filter(pk=escalation_id).first()
    if escalation is None:
        raise NotFound
    escalation.external_number = external_number.strip()[:80]
    escalation.save(update_fields=["external_number"])
    return escalation


@transaction.atomic
def settle_outside(*, case_id: int, escalation_id: int, answer: str, by: Staff, now: datetime) -> Case:
    """Somebody outside who asked has been answered; who may decide what was said is for the room above to ask."""
    case = hold(case_id)
    allow(case, by, Deed.ESCALATE)
    open_one = case.escalations.select_for_update().filter(pk=escalation_id, answered_at__isnull=True).first()
    if open_one is not None:
        open_one.answer, open_one.answered_by, open_one.answered_at = (
            decisions.check_words("answer", answer),
            by,
            now,
        )
        open_one.save(update_fields=["answer", "answered_by", "answered_at"])
        keep(case)
    return case


@transaction.atomic
def ask_again_outside(*, case_id: int, escalation_id: int, by: Staff, now: datetime) -> Case:
    """The answer did not suffice: the escalation is open again, and what was answered stays on the timeline."""
    case = hold(case_id)
    allow(case, by, Deed.ESCALATE)
    case.escalations.filter(pk=escalation_id).update(answered_at=None, answered_by=None)
    keep(case)
    return case


@transaction.atomic
def relate(
    *, case_id: int, other_id: int, by: Staff, now: datetime, reason: str = "", version: int | None = None
) -> Case:
    """Say that two cases belong together; each goes its own way."""
    case, other = _both(case_id, other_id, version)
    allow(case, by, Deed.NOTE)
    allow(other, by, Deed.NOTE)
    first, second = sorted((case, other), key=lambda one: one.pk)
    _, fresh = RelatedCase.objects.get_or_create(
        first=first, second=second, defaults={"reason": reason.strip()[:120], "by": by, "at": now}
    )
    if fresh:
        record(case, EventKind.LINKED, now=now, by=by, other=other, text=reason.strip())
        record(other, EventKind.LINKED, now=now, by=by, other=case, text=reason.strip())
    return case


@transaction.atomic
def unrelate(*, case_id: int, other_id: int, by: Staff, now: datetime, version: int | None = None) -> Case:
    case, other = _both(case_id, other_id, version)
    allow(case, by, Deed.NOTE)
    RelatedCase.objects.filter(first_id=min(case.pk, other.pk), second_id=max(case.pk, other.pk)).delete()
    return case


@transaction.atomic
def merge(*, case_id: int, into_id: int, by: Staff, now: datetime, version: int | None = None) -> Case:
    """The same matter raised twice by one customer: this case ends in the other. Clocks only stop, so it can be undone."""
    case, into = _both(case_id, into_id, version)
    allow(case, by, Deed.MERGE)
    allow(into, by, Deed.MERGE)
    if case.customer_id != into.customer_id:
        raise decisions.AnotherCustomer
    if Stage(case.stage) in moves.ENDED or Stage(into.stage) in moves.ENDED or case.stage == Stage.REMEDIED:
        raise moves.AlreadyEnded
    closing.check_no_open_promise(case)
    Merge.objects.create(
        duplicate=case, into=into, stage_before=case.stage, outcome_before=case.outcome, by=by, at=now
    )
    clocks.pause(case, *ClockKind, waiting_for=clocks.MERGE, now=now)
    before = Stage(case.stage)
    case.stage, case.stage_since, case.outcome, case.duplicate_of = Stage.CLOSED, now, Outcome.MERGED, into
    keep(case, "stage", "stage_since", "outcome", "duplicate_of")
    keep(into)
    closing.finish_talk(case, now=now)
    record(case, EventKind.MERGED, now=now, by=by, before=before, other=into)
    record(into, EventKind.MERGED, now=now, by=by, other=case)
    return into


@transaction.atomic
def unmerge(*, case_id: int, by: Staff, now: datetime, version: int | None = None) -> Case:
    """Undo a merge: the case stands where it stood and its clocks go on."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.MERGE)
    merged = Merge.objects.select_for_update().filter(duplicate=case, undone_at__isnull=True).first()
    if merged is None:
        raise NotFound
    merged.undone_at, merged.undone_by = now, by
    merged.save(update_fields=["undone_at", "undone_by"])
    before = Stage(case.stage)
    into = case.duplicate_of
    case.stage, case.stage_since, case.outcome, case.duplicate_of = (
        merged.stage_before,
        now,
        merged.outcome_before,
        None,
    )
    keep(case, "stage", "stage_since", "outcome", "duplicate_of")
    clocks.resume(case, *ClockKind, waiting_for=clocks.MERGE, now=now)
    if not case.conversation.is_history:
        conversations.reopen(conversation_id=case.conversation_id, by=None, now=now)
    record(case, EventKind.UNMERGED, now=now, by=by, before=before, other=into)
    return case


def _both(case_id: int, other_id: int, version: int | None) -> tuple[Case, Case]:
    """Both rows locked, the lower id first, so that two people cannot lock each other out."""
    if case_id == other_id:
        raise decisions.ItselfAgain
    if case_id < other_id:
        case = hold(case_id, version=version)
        return case, hold(other_id)
    other = hold(other_id)
    return hold(case_id, version=version), other
