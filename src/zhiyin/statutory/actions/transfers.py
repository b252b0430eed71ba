"""What an authority passed on: entered once, accepted or not, extended, answered, closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from zhiyin.cases import actions as cases
from zhiyin.cases.actions.hold import allow, hold, record
from zhiyin.cases.models import Case, Escalation
from zhiyin.cases.rules.words import EscalationKind, EventKind
from zhiyin.kit.errors import NotFound
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff
from zhiyin.statutory import queries, texts
from zhiyin.statutory.actions import duties
from zhiyin.statutory.models import Extension, Letter, StatutoryDuty, Transfer
from zhiyin.statutory.rules import deadlines, decisions
from zhiyin.statutory.rules.words import OPEN, Body, Duty, DutyState, LetterState, Region, TransferStage

NUMBER_LONGEST, OFFICE_LONGEST, CITY_LONGEST = 80, 80, 40
FARTHEST = timedelta(days=730)


@transaction.atomic
def receive(
    *,
    case_id: int,
    body: Body,
    external_number: str,
    demand: str,
    received_at: datetime,
    by: Staff,
    now: datetime,
    office: str = "",
    stated_due_on: date | None = None,
    place: tuple[Region | None, str] | None = None,
    escalation_id: int | None = None,
) -> Transfer:
    """A transfer for a case: in the outside escalation there is already (`escalation_id`), else in one of its own.

    Its times count by the rules in force where the authority is, as a rule where we are, on the day it reached us; a
    deadline on the slip goes before the rule.
    Raises NumberMissing, AlreadyHere, WordsMissing, StillAhead, BeforeReceipt, TooFar, NotEscalatedOutside.
    """
    case = hold(case_id)
    allow(case, by, Deed.ESCALATE)
    number = external_number.strip()[:NUMBER_LONGEST]
    if not number:
        raise decisions.NumberMissing(field="external_number")
    if received_at > now:
        raise decisions.StillAhead(field="received_at")
    _check_stated(stated_due_on, received_at)
    words = decisions.check_words("demand", demand)
    _check_new(body, number)
    transfer = Transfer.objects.create(
        case=case,
        escalation=_escalation(case, escalation_id, number, words, by=by, now=now),
        body=body,
        office=office.strip()[:OFFICE_LONGEST],
        **_place(place),
        demand=words,
        received_at=received_at,
        stated_due_on=stated_due_on,
        by=by,
        at=now,
    )
    record(case, EventKind.TRANSFERRED, now=now, by=by, text=texts.named(transfer))
    duties.start(transfer, now=now)
    return transfer


@transaction.atomic
def amend(
    *, transfer_id: int, external_number: str, demand: str, by: Staff, now: datetime, office: str = ""
) -> Transfer:
    """What was entered wrongly is put right; what stood there before stays on the timeline. Issued letters stay.

    Raises NumberMissing, AlreadyHere, WordsMissing, NotNow.
    """
    transfer, case = grip(transfer_id, by)
    decisions.check_stage(TransferStage(transfer.stage), *OPEN, TransferStage.REPLIED)
    before = texts.named(transfer)
    number = external_number.strip()[:NUMBER_LONGEST]
    if not number:
        raise decisions.NumberMissing(field="external_number")
    transfer.demand = decisions.check_words("demand", demand)
    transfer.office = office.strip()[:OFFICE_LONGEST]
    if number != transfer.escalation.external_number:
        _check_new(Body(transfer.body), number)
        transfer.escalation = cases.number_escalation(
            case_id=case.pk, escalation_id=transfer.escalation_id, external_number=number, by=by, now=now
        )
    transfer.save(update_fields=["demand", "office"])
    record(case, EventKind.CORRECTED, now=now, by=by, text=f"{before} → {texts.named(transfer)}")
    return transfer


@transaction.atomic
def accept(*, transfer_id: int, by: Staff, now: datetime) -> Transfer:
    """It is ours, and the authority knows; or, refused before, the authority insists that it is."""
    transfer, case = grip(transfer_id, by)
    decisions.check_stage(TransferStage(transfer.stage), TransferStage.RECEIVED, TransferStage.REFUSED)
    transfer.stage, transfer.answered_at = TransferStage.ACCEPTED, now
    transfer.save(update_fields=["stage", "answered_at"])
    duties.settle(transfer, Duty.ACCEPT, now=now)
    duties.start_accepted(transfer, now=now)
    record(case, EventKind.TRANSFER_ACCEPTED, now=now, by=by, text=texts.named(transfer))
    return transfer


@transaction.atomic
def refuse(*, transfer_id: int, ground: str, by: Staff, now: datetime) -> Transfer:
    """It is not ours; the authority is told why. The answer is still owed, on paper or on its platform."""
    transfer, case = grip(transfer_id, by)
    decisions.check_stage(TransferStage(transfer.stage), TransferStage.RECEIVED)
    transfer.ground = decisions.check_words("ground", ground)
    transfer.stage, transfer.answered_at = TransferStage.REFUSED, now
    transfer.save(update_fields=["stage", "answered_at", "ground"])
    duties.settle(transfer, Duty.ACCEPT, now=now)
    record(case, EventKind.TRANSFER_REFUSED, now=now, by=by, text=transfer.ground)
    return transfer


@transaction.atomic
def extend(
    *, transfer_id: int, until: date, ground: str, granted_on: date, by: Staff, now: datetime
) -> Extension:
    """The authority granted more time. What ran out before stays written down as run out.

    Raises NotLater, StillAhead, TooFar, WordsMissing, NoDeadline.
    """
    transfer, case = grip(transfer_id, by)
    decisions.check_stage(TransferStage(transfer.stage))
    duty = _running(transfer, Duty.RETURN)
    if duty is None:
        raise decisions.NoDeadline
    if granted_on > timezone.localdate(now):
        raise decisions.StillAhead(field="granted_on")
    if until <= deadlines.last_day(duty.due_at, settings.TIME_ZONE):
        raise decisions.NotLater(field="until")
    if until > timezone.localdate(now) + FARTHEST:
        raise decisions.TooFar(field="until")
    extension = Extension.objects.create(
        duty=duty,
        ground=decisions.check_words("ground", ground),
        granted_on=granted_on,
        until=until,
        before_at=duty.due_at,
        by=by,
        at=now,
    )
    duties.mark_over(duty, case, now=now)
    duties.put_off(duty, until, now=now)
    record(case, EventKind.TRANSFER_EXTENDED, now=now, by=by, text=texts.extended(extension))
    return extension


@transaction.atomic
def reply(*, transfer_id: int, by: Staff, now: datetime, text: str = "") -> Transfer:
    """The authority has been answered: by an issued letter, or, on a supervisor's word, in the way `text` says.

    Raises LetterFirst, NotNow.
    """
    transfer, case = grip(transfer_id, by)
    decisions.check_stage(TransferStage(transfer.stage))
    letter = _issued_since(transfer)
    if letter is None and (not text.strip() or not access.may(by, Deed.ANSWER_ESCALATION)):
        raise decisions.LetterFirst
    answer = "\n".join(part for part in (letter.number if letter else "", text.strip()) if part)
    transfer.stage, transfer.replied_at = TransferStage.REPLIED, now
    transfer.save(update_fields=["stage", "replied_at"])
    duties.settle(transfer, Duty.ACCEPT, Duty.RETURN, now=now)
    cases.settle_outside(case_id=case.pk, escalation_id=transfer.escalation_id, answer=answer, by=by, now=now)
    record(case, EventKind.TRANSFER_REPLIED, now=now, by=by, text=answer)
    return transfer


@transaction.atomic
def withdraw(*, transfer_id: int, result: str, by: Staff, now: datetime) -> Transfer:
    """The authority took it back before it was answered, as somebody else's or because the customer withdrew it."""
    transfer, case = grip(transfer_id, by)
    decisions.check_stage(TransferStage(transfer.stage))
    transfer.result = decisions.check_words("result", result)
    transfer.stage, transfer.closed_at = TransferStage.CLOSED, now
    transfer.save(update_fields=["stage", "closed_at", "result"])
    duties.settle(transfer, *Duty, now=now, state=DutyState.STOPPED)
    transfer.letters.exclude(state=LetterState.ISSUED).delete()
    cases.settle_outside(
        case_id=case.pk, escalation_id=transfer.escalation_id, answer=transfer.result, by=by, now=now
    )
    record(case, EventKind.TRANSFER_CLOSED, now=now, by=by, text=transfer.result)
    return transfer


@transaction.atomic
def send_again(*, transfer_id: int, ground: str, until: date, by: Staff, now: datetime) -> Transfer:
    """The authority was not content with the answer and sent it back to be handled anew, with a new last day.

    The answer before stays with the case; another letter may be issued. Raises WordsMissing, AlreadyPast, TooFar.
    """
    transfer, case = grip(transfer_id, by)
    decisions.check_stage(TransferStage(transfer.stage), TransferStage.REPLIED)
    words = decisions.check_words("ground", ground)
    today = timezone.localdate(now)
    if until < today:
        raise decisions.AlreadyPast(field="until")
    if until > today + FARTHEST:
        raise decisions.TooFar(field="until")
    transfer.stage = TransferStage.ACCEPTED
    transfer.save(update_fields=["stage"])
    duty, before = duties.again(transfer, until, now=now)
    Extension.objects.create(
        duty=duty, ground=words, granted_on=today, until=until, before_at=before, by=by, at=now
    )
    cases.ask_again_outside(case_id=case.pk, escalation_id=transfer.escalation_id, by=by, now=now)
    record(case, EventKind.TRANSFERRED, now=now, by=by, text=f"{texts.named(transfer)}\n{words}")
    return transfer


@transaction.atomic
def close(*, transfer_id: int, result: str, by: Staff, now: datetime) -> Transfer:
    """The authority has closed it, or sent it back: what it said. Possible after the case is archived, too."""
    transfer, case = grip(transfer_id, by, archived_too=True)
    decisions.check_stage(TransferStage(transfer.stage), TransferStage.REPLIED)
    transfer.result = decisions.check_words("result", result)
    transfer.stage, transfer.closed_at = TransferStage.CLOSED, now
    transfer.save(update_fields=["stage", "closed_at", "result"])
    duties.settle(transfer, *Duty, now=now, state=DutyState.STOPPED)
    record(case, EventKind.TRANSFER_CLOSED, now=now, by=by, text=transfer.result)
    return transfer


def grip(
    transfer_id: int, by: Staff, *, deed: Deed = Deed.ESCALATE, archived_too: bool = False
) -> tuple[Transfer, Case]:
    """The transfer and its case under their locks, the case first as everywhere. Raises NotFound, Forbidden."""
    case_id = Transfer.objects.filter(pk=transfer_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound
    case = hold(case_id, archived_too=archived_too)
    allow(case, by, deed)
    locked = Transfer.objects.select_for_update(of=("self",)).select_related("escalation")
    transfer = locked.get(pk=transfer_id)
    transfer.case = case  # the row in hand, not another reading of it
    return transfer, case


def _issued_since(transfer: Transfer) -> Letter | None:
    """The newest letter that no answer has used yet: after an answer that did not suffice, a newer one."""
    issued = transfer.letters.filter(state=LetterState.ISSUED)
    if transfer.replied_at is not None:
        issued = issued.filter(issued_at__gt=transfer.replied_at)
    return issued.order_by("-issued_at", "-pk").first()


def _running(transfer: Transfer, duty: Duty) -> StatutoryDuty | None:
    running = transfer.duties.select_for_update().filter(duty=duty, state=DutyState.RUNNING)
    return running.first()


def _place(place: tuple[Region | None, str] | None) -> dict[str, str]:
    """Where the authority is, by region and city: where we are, unless somebody says otherwise."""
    if place is not None:
        return {"region": place[0] or "", "city": place[1].strip()[:CITY_LONGEST] if place[0] else ""}
    ours = queries.profile()
    return {"region": ours.region, "city": ours.city}


def _check_stated(stated: date | None, received_at: datetime) -> None:
    if stated is None:
        return
    if stated < timezone.localdate(received_at):
        raise decisions.BeforeReceipt(field="stated_due_on")
    if stated > timezone.localdate(received_at) + FARTHEST:
        raise decisions.TooFar(field="stated_due_on")


def _check_new(body: Body, number: str) -> None:
    """An authority's number is entered once; whoever enters it at the same moment waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"statutory.transfer:{body}:{number}"]
        )
    there = Transfer.objects.filter(body=body, escalation__external_number=number)
    known = there.values_list("case__number", flat=True).first()
    if known is not None:
        raise decisions.AlreadyHere(field="external_number", number=known)


def _escalation(
    case: Case, escalation_id: int | None, number: str, demand: str, *, by: Staff, now: datetime
) -> Escalation:
    if escalation_id is None:
        return cases.escalate(
            case_id=case.pk,
            kind=EscalationKind.REGULATOR,
            reason=demand,
            external_number=number,
            by=by,
            now=now,
        )
    outside = Escalation.objects.filter(pk=escalation_id, case=case, kind=EscalationKind.REGULATOR).first()
    if outside is None or Transfer.objects.filter(escalation=outside).exists():
        raise decisions.NotEscalatedOutside(field="escalation_id")
    return cases.number_escalation(
        case_id=case.pk, escalation_id=outside.pk, external_number=number, by=by, now=now
    )
