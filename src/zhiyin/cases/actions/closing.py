"""The end of the way: confirmed, reopened, withdrawn, archived."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhiyin.cases import archive as archives
from zhiyin.cases import links, texts
from zhiyin.cases.actions import clocks, colleagues, index, membership, spending
from zhiyin.cases.actions.hold import advance, allow, hold, keep, record
from zhiyin.cases.models import Archive, Case, Confirmation
from zhiyin.cases.queries.deeds import handled_by
from zhiyin.cases.rules import decisions, moves
from zhiyin.cases.rules.words import AssignmentState, ClockKind, ClockState, EventKind, Kind, Outcome, Stage
from zhiyin.conversations import actions as conversations
from zhiyin.conversations.rules import MessageKind
from zhiyin.customers.rules import Channel
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff
from zhiyin.promises.rules import State as PromiseState

ROUND_CLOCKS = (ClockKind.RESPOND, ClockKind.RESOLVE)


@transaction.atomic
def confirm(
    *,
    case_id: int,
    satisfied: bool,
    channel: Channel,
    now: datetime,
    by: Staff | None = None,
    handling: int | None = None,
    words: str = "",
    link_id: int | None = None,
    version: int | None = None,
) -> Case:
    """The customer's word on it, by their own hand or in a call by somebody who did not work on the case.

    Satisfied: confirmed. Dissatisfied: reopened for another round.
    """
    case = hold(case_id, version=version)
    if by is not None:
        allow(case, by, Deed.CONFIRM)
        decisions.check_did_not_handle(caller=by.pk, handled_by=handled_by(case))
    if case.stage != Stage.REMEDIED:
        raise moves.NotYet(step=moves.Step.REMEDY) if case.stage not in moves.ENDED else moves.AlreadyEnded
    if not satisfied:
        words = decisions.check_words("words", words)
    if link_id is not None:
        links.spend(link_id=link_id, case=case, now=now)
    Confirmation.objects.create(
        case=case,
        round=case.round,
        satisfied=satisfied,
        handling=handling,
        words=words.strip(),
        channel=channel,
        by=by,
        at=now,
    )
    if not satisfied:
        return _reopen(case, text=words, by=by, now=now)
    before = (
        advance(case, Stage.CONFIRMED, now=now) if Stage.CONFIRMED in moves.PATHS[Kind(case.kind)] else None
    )
    case.outcome = Outcome.SATISFIED
    keep(case, "stage", "stage_since", "outcome")
    record(
        case,
        EventKind.CONFIRMED,
        now=now,
        by=by,
        by_customer=by is None,
        before=before,
        text=words.strip(),
        public=True,
    )
    return case


@transaction.atomic
def not_reached(*, case_id: int, text: str, by: Staff, now: datetime, version: int | None = None) -> Case:
    """The follow-up call found nobody; written down, and tried again."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.CONFIRM)
    decisions.check_did_not_handle(caller=by.pk, handled_by=handled_by(case))
    if case.stage != Stage.REMEDIED:
        raise moves.NotYet(step=moves.Step.REMEDY)
    Confirmation.objects.create(
        case=case, round=case.round, reached=False, words=text.strip(), channel=Channel.PHONE, by=by, at=now
    )
    keep(case)
    record(case, EventKind.NOTED, now=now, by=by, text=text.strip())
    return case


@transaction.atomic
def close_unreached(*, case_id: int, text: str, by: Staff, now: datetime, version: int | None = None) -> Case:
    """Done, and the customer could not be reached in three attempts: closed with that outcome, not as satisfied."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.CONFIRM)
    decisions.check_did_not_handle(caller=by.pk, handled_by=handled_by(case))
    check_no_open_promise(case)
    decisions.check_tried_enough(case.confirmations.filter(round=case.round, reached=False).count())
    before = advance(case, Stage.CONFIRMED, now=now)
    case.outcome = Outcome.UNREACHED
    keep(case, "stage", "stage_since", "outcome")
    record(case, EventKind.CLOSED, now=now, by=by, before=before, text=text.strip())
    return case


@transaction.atomic
def reopen(
    *,
    case_id: int,
    reason: str,
    now: datetime,
    by: Staff | None = None,
    link_id: int | None = None,
    version: int | None = None,
) -> Case:
    """Taken up again because the customer is not content with the result or the decision; another round begins."""
    case = hold(case_id, version=version)
    if by is not None:
        allow(case, by, Deed.REOPEN)
    if case.stage not in {Stage.REMEDIED, Stage.CONFIRMED, Stage.CLOSED} or case.outcome == Outcome.MERGED:
        raise moves.NotYet(step=moves.Step.REMEDY)
    words = decisions.check_words("reason", reason)
    if link_id is not None:
        links.spend(link_id=link_id, case=case, now=now)
    return _reopen(case, text=words, by=by, now=now)


@transaction.atomic
def withdraw(
    *, case_id: int, words: str, now: datetime, by: Staff | None = None, version: int | None = None
) -> Case:
    """The customer no longer wants it."""
    case = hold(case_id, version=version)
    if by is not None:
        allow(case, by, Deed.REPLY)
    before = end(case, Stage.CLOSED, Outcome.WITHDRAWN, now=now)
    keep(case, "stage", "stage_since", "outcome", "resolved_at")
    record(
        case,
        EventKind.CLOSED,
        now=now,
        by=by,
        by_customer=by is None,
        before=before,
        text=decisions.check_words("words", words),
        public=True,
    )
    return case


@transaction.atomic
def archive(
    *, case_id: int, by: Staff, now: datetime, without_answers: bool = False, version: int | None = None
) -> Case:
    """Complete and immutable from here on. Raises what is still missing: a promise open or not made good, an undecided
    escalation.

    Requests to colleagues that are still open are named; `without_answers` tells them that no answer is needed.
    """
    case = hold(case_id, version=version)
    allow(case, by, Deed.ARCHIVE)
    check_complete(case)
    colleagues.withdraw_open(case, agreed=without_answers, by=by, now=now)
    before = advance(case, Stage.ARCHIVED, now=now)
    case.archived_at = now
    spending.release(case, by=by, now=now)
    clocks.settle(case, *ClockKind, now=now, state=ClockState.STOPPED)
    keep(case, "stage", "stage_since", "archived_at")
    record(case, EventKind.ARCHIVED, now=now, by=by, before=before)
    document = archives.document(case)
    Archive.objects.create(
        case=case, document=document, sha256=archives.checksum(document), archived_at=now, by=by
    )
    return case


def end(case: Case, stage: Stage, outcome: Outcome, *, now: datetime) -> Stage:
    """Leave the way before its end: offers are withdrawn, clocks rest, and no promise may be left open."""
    check_no_open_promise(case)
    before = advance(case, stage, now=now)
    case.outcome, case.resolved_at = outcome, now
    for assignment in case.assignments.filter(state=AssignmentState.OFFERED):
        assignment.state = AssignmentState.WITHDRAWN
        assignment.save(update_fields=["state"])
    met = ClockState.MET if outcome is Outcome.EXPLAINED else ClockState.STOPPED
    clocks.settle(case, ClockKind.RESPOND, ClockKind.RESOLVE, now=now, state=met)
    clocks.settle(case, ClockKind.JUDGE, now=now, state=ClockState.STOPPED)
    return before


def finish_talk(case: Case, *, now: datetime) -> None:
    """Nothing is waited for any more, unless another open case is talked about there; history waits for nothing."""
    if case.conversation.is_history:
        return
    others = Case.objects.filter(conversation_id=case.conversation_id).exclude(pk=case.pk)
    if not others.exclude(stage__in=[Stage.CLOSED, Stage.ARCHIVED]).exists():
        conversations.finish(conversation_id=case.conversation_id, by=None, now=now)


def check_no_open_promise(case: Case) -> None:
    link = (
        case.case_promises.filter(promise__state=PromiseState.OPEN)
        .select_related("promise")
        .order_by("promise__due_at")
        .first()
    )
    if link is not None:
        raise decisions.OpenPromise(text=link.promise.text)


def check_complete(case: Case) -> None:
    check_no_open_promise(case)
    owed = case.case_promises.filter(promise__state=PromiseState.BROKEN, promise__made_good_at__isnull=True)
    if (link := owed.select_related("promise").order_by("promise__due_at").first()) is not None:
        raise decisions.BrokenPromise(text=link.promise.text)
    spending.check_no_open_expense(case)
    if case.escalations.filter(answered_at__isnull=True).exists():
        raise decisions.OpenEscalation
    if case.clocks.filter(kind=ClockKind.ACKNOWLEDGE, state=ClockState.RUNNING).exists():
        raise decisions.NotToldYet


def _reopen(case: Case, *, text: str, by: Staff | None, now: datetime) -> Case:
    had_department = case.assignments.filter(state=AssignmentState.ACCEPTED).exists()
    before = advance(case, moves.reopened_stage(Kind(case.kind), had_department=had_department), now=now)
    case.round += 1
    case.outcome, case.resolved_at = "", None
    keep(case, "stage", "stage_since", "round", "outcome", "resolved_at")
    record(
        case,
        EventKind.REOPENED,
        now=now,
        by=by,
        by_customer=by is None,
        before=before,
        text=text,
        public=True,
    )
    clocks.start(case, ROUND_CLOCKS, now=now)
    membership.set_apart(case, reason=text, by=by, now=now)
    conversations.reply(
        conversation_id=case.conversation_id,
        text=texts.reopened(case),
        by=None,
        now=now,
        kind=MessageKind.NOTICE,
    )
    index.renew(case)
    return case
