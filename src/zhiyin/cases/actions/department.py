"""The responsible department: offered, accepted or refused, a time agreed, the cause found."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhiyin.cases.actions import clocks, index, talking
from zhiyin.cases.actions.hold import advance, allow, hold, judged_unfounded, keep, record
from zhiyin.cases.models import Assignment, Case, Investigation
from zhiyin.cases.rules import decisions, moves
from zhiyin.cases.rules.words import AssignmentState, ClockKind, EventKind, Gap, Kind, Stage
from zhiyin.kit.errors import NotFound
from zhiyin.people import queries as people
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff
from zhiyin.people.rules import Role

WORKING = frozenset(
    {
        Stage.RECEIVED,
        Stage.JUDGED,
        Stage.ASSIGNED,
        Stage.INVESTIGATED,
        Stage.PROPOSED,
        Stage.APPROVED,
        Stage.CHOSEN,
    }
)


@transaction.atomic
def offer(
    *, case_id: int, department_id: int, text: str = "", by: Staff, now: datetime, version: int | None = None
) -> Case:
    """Pass the case to the department answerable for it; another one that still had it is thanked and relieved."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.OFFER)
    stage = Stage(case.stage)
    if stage not in WORKING or (stage is Stage.RECEIVED and moves.Step.JUDGE in moves.steps(Kind(case.kind))):
        raise (
            moves.NotYet(step=moves.Step.JUDGE)
            if stage is Stage.RECEIVED
            else moves.IllegalMove(old=stage, new=Stage.ASSIGNED)
        )
    if Stage.ASSIGNED not in moves.PATHS[Kind(case.kind)] or judged_unfounded(case):
        raise moves.IllegalMove(old=stage, new=Stage.ASSIGNED)
    department = people.department(department_id)
    for earlier in case.assignments.filter(state__in=(AssignmentState.OFFERED, AssignmentState.ACCEPTED)):
        earlier.state = AssignmentState.WITHDRAWN
        earlier.save(update_fields=["state"])
    Assignment.objects.create(
        case=case,
        round=case.round,
        department=department,
        message=text.strip(),
        offered_by=by,
        offered_at=now,
    )
    before = None
    if stage is Stage.ASSIGNED:
        before = advance(case, moves.stage_without_department(Kind(case.kind)), now=now)
    case.handovers += 1
    case.department, case.handler = department, None
    if case.owner_id is None:
        case.owner = by
    keep(case, "stage", "stage_since", "department", "handler", "handovers", "owner")
    record(case, EventKind.OFFERED, now=now, by=by, before=before, department=department, text=text.strip())
    return case


@transaction.atomic
def accept(*, case_id: int, by: Staff, now: datetime, version: int | None = None) -> Case:
    """The department takes it; who accepts is the handler."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.ANSWER_OFFER)
    assignment = _offered(case, by)
    assignment.state, assignment.answered_by, assignment.answered_at = AssignmentState.ACCEPTED, by, now
    assignment.save(update_fields=["state", "answered_by", "answered_at"])
    before = None
    if Stage(case.stage) in {Stage.RECEIVED, Stage.JUDGED}:
        before = advance(case, Stage.ASSIGNED, now=now)
    case.handler = by
    keep(case, "stage", "stage_since", "handler")
    record(
        case, EventKind.ACCEPTED, now=now, by=by, before=before, department=assignment.department, public=True
    )
    return case


@transaction.atomic
def refuse(*, case_id: int, reason: str, by: Staff, now: datetime, version: int | None = None) -> Case:
    """The department sends it back, with its reason; the case waits for another one."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.ANSWER_OFFER)
    assignment = _offered(case, by)
    assignment.reason = decisions.check_words("reason", reason)
    assignment.state, assignment.answered_by, assignment.answered_at = AssignmentState.REFUSED, by, now
    assignment.save(update_fields=["state", "answered_by", "answered_at", "reason"])
    department = case.department
    case.department, case.handler = None, None
    keep(case, "department", "handler")
    record(case, EventKind.REFUSED, now=now, by=by, department=department, text=assignment.reason)
    return case


@transaction.atomic
def agree_time(
    *, case_id: int, due_at: datetime, text: str, by: Staff, now: datetime, version: int | None = None
) -> Case:
    """By when the cause will be known, agreed with the customer: that is a promise."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.PROMISE)
    if due_at <= now:
        raise decisions.InThePast(field="due_at")
    promise = talking.make_promise(
        case, text=decisions.check_words("text", text), due_at=due_at, by=by, now=now
    )
    investigation, _ = Investigation.objects.get_or_create(case=case, round=case.round)
    investigation.promise = promise
    investigation.save(update_fields=["promise"])
    keep(case)
    clocks.settle(case, ClockKind.RESPOND, now=now)  # agreed with the customer, so the customer was answered
    record(case, EventKind.AGREED, now=now, by=by, text=promise.text)
    return case


@transaction.atomic
def investigate(
    *,
    case_id: int,
    findings: str,
    root_cause: str,
    gap: Gap | None,
    by: Staff,
    now: datetime,
    version: int | None = None,
) -> Case:
    """What was found, the cause behind it, and which of the five gaps it belongs to."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.INVESTIGATE)
    investigation, _ = Investigation.objects.get_or_create(case=case, round=case.round)
    investigation.findings = decisions.check_words("findings", findings)
    investigation.root_cause = decisions.check_words("root_cause", root_cause)
    investigation.gap, investigation.by, investigation.at = gap or "", by, now
    investigation.save(update_fields=["findings", "root_cause", "gap", "by", "at"])
    before = None
    if case.stage != Stage.INVESTIGATED:
        before = advance(case, Stage.INVESTIGATED, now=now)
    case.root_cause, case.gap = investigation.root_cause, investigation.gap
    keep(case, "stage", "stage_since", "root_cause", "gap")
    record(case, EventKind.INVESTIGATED, now=now, by=by, before=before, text=investigation.root_cause)
    index.renew(case)
    return case


def _offered(case: Case, by: Staff) -> Assignment:
    """The open offer, to this person's own department."""
    if Stage(case.stage) in moves.ENDED:
        raise moves.AlreadyEnded
    assignment = case.assignments.select_for_update().filter(state=AssignmentState.OFFERED).first()
    if assignment is None:
        raise decisions.NoDepartment
    if by.role == Role.HANDLER and by.department_id != assignment.department_id:
        raise NotFound
    return assignment
