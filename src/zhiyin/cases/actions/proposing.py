"""Proposals, each with its cost; the supervisor sees every one and approves a set, within a limit, never her own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from zhiyin.cases import texts
from zhiyin.cases.actions import clocks, spending
from zhiyin.cases.actions.hold import advance, allow, hold, keep, record
from zhiyin.cases.models import Case, Proposal
from zhiyin.cases.rules import decisions
from zhiyin.cases.rules.words import ClockKind, EventKind, ProposalState, Stage
from zhiyin.conversations import actions as conversations
from zhiyin.conversations.rules import MessageKind
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


@transaction.atomic
def propose(
    *,
    case_id: int,
    title: str,
    description: str,
    duration: str,
    feasibility: str,
    cost: Decimal,
    by: Staff,
    now: datetime,
    effort: str = "",
    is_recommended: bool = False,
    version: int | None = None,
) -> Proposal:
    """One way to put it right. Several may stand beside each other; one may be recommended."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.PROPOSE)
    if case.stage not in {Stage.INVESTIGATED, Stage.PROPOSED}:
        raise decisions.NotOnOffer
    if is_recommended:
        for other in current(case).filter(is_recommended=True):
            other.is_recommended = False
            other.save(update_fields=["is_recommended"])
    proposal = Proposal.objects.create(
        case=case,
        round=case.round,
        title=decisions.check_words("title", title)[:80],
        description=decisions.check_words("description", description),
        duration=decisions.check_words("duration", duration)[:60],
        effort=effort.strip()[:80],
        feasibility=decisions.check_words("feasibility", feasibility),
        cost=decisions.check_amount("cost", cost),
        is_recommended=is_recommended,
        proposed_by=by,
        proposed_at=now,
    )
    keep(case)
    record(case, EventKind.PROPOSED, now=now, by=by, text=proposal.title)
    return proposal


@transaction.atomic
def withdraw_proposal(
    *, case_id: int, proposal_id: int, by: Staff, now: datetime, version: int | None = None
) -> Case:
    """Take back a proposal nobody has decided on yet."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.PROPOSE)
    proposal = current(case).filter(pk=proposal_id).first()
    if proposal is None:
        raise decisions.NotOnOffer
    proposal.state = ProposalState.WITHDRAWN
    proposal.save(update_fields=["state"])
    before = None
    if case.stage == Stage.PROPOSED and not current(case).exists():
        if on_offer(case):  # the rest had been approved already: the customer chooses from it
            record(case, EventKind.WITHDRAWN, now=now, by=by, text=proposal.title)
            return _all_decided(case, by=None, now=now, reason="")
        before = advance(case, Stage.INVESTIGATED, now=now)
    keep(case, "stage", "stage_since")
    record(case, EventKind.WITHDRAWN, now=now, by=by, before=before, text=proposal.title)
    return case


@transaction.atomic
def submit(*, case_id: int, by: Staff, now: datetime, version: int | None = None) -> Case:
    """Hand the proposals to the supervisor, all of them."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.PROPOSE)
    if not current(case).exists():
        raise decisions.NoProposal
    before = advance(case, Stage.PROPOSED, now=now)
    keep(case, "stage", "stage_since")
    record(case, EventKind.SUBMITTED, now=now, by=by, before=before)
    return case


@transaction.atomic
def approve(
    *,
    case_id: int,
    proposal_ids: Collection[int],
    refused_ids: Collection[int] = (),
    reason: str = "",
    by: Staff,
    now: datetime,
    version: int | None = None,
) -> Case:
    """Approve these, refuse those; what is left undecided waits for somebody with a higher limit.

    When every proposal is decided and at least one approved, the customer is asked to choose and the clock for
    resolving stops. What no budget can bear is approved with a reason. Raises OwnProposal, OverLimit, OverBudget,
    NothingApproved, NotOnOffer.
    """
    case = hold(case_id, version=version)
    allow(case, by, Deed.APPROVE)
    if case.stage != Stage.PROPOSED:
        raise decisions.NotOnOffer
    waiting = {proposal.pk: proposal for proposal in current(case).select_for_update()}
    if not set(proposal_ids) | set(refused_ids) <= waiting.keys() or set(proposal_ids) & set(refused_ids):
        raise decisions.NotOnOffer
    if not proposal_ids and not refused_ids:
        raise decisions.NothingApproved
    for pk in proposal_ids:
        proposal = waiting[pk]
        decisions.check_may_approve(
            title=proposal.title,
            cost=proposal.cost,
            limit=by.approval_limit,
            proposed_by=proposal.proposed_by_id,
            approver=by.pk,
        )
        spending.check_budget(case, proposal.cost, reason=reason, now=now)
        _decide(proposal, ProposalState.APPROVED, by=by, now=now, reason=reason)
    for pk in refused_ids:
        _refuse(waiting[pk], by=by, now=now, reason=decisions.check_words("reason", reason))
    if not current(case).exists():
        return _all_decided(case, by=by, now=now, reason=reason)
    keep(case)
    record(case, EventKind.APPROVED, now=now, by=by, text=reason.strip())
    return case


@transaction.atomic
def send_back(*, case_id: int, reason: str, by: Staff, now: datetime, version: int | None = None) -> Case:
    """Refuse them all, with the reason; the department proposes anew."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.APPROVE)
    if case.stage != Stage.PROPOSED:
        raise decisions.NotOnOffer
    words = decisions.check_words("reason", reason)
    for proposal in case.proposals.filter(
        round=case.round, state__in=(ProposalState.PROPOSED, ProposalState.APPROVED)
    ):
        _refuse(proposal, by=by, now=now, reason=words)
    return _back_to_proposing(case, EventKind.SENT_BACK, text=words, by=by, now=now)


def on_offer(case: Case) -> list[Proposal]:
    """What the customer may choose from."""
    return list(
        case.proposals.filter(round=case.round, state=ProposalState.APPROVED).order_by(
            "-is_recommended", "pk"
        )
    )


def current(case: Case) -> QuerySet[Proposal]:
    """Proposals of this round that nobody has decided on."""
    return case.proposals.filter(round=case.round, state=ProposalState.PROPOSED).order_by("pk")


def _all_decided(case: Case, *, by: Staff | None, now: datetime, reason: str) -> Case:
    offered = on_offer(case)
    if not offered:
        return _back_to_proposing(case, EventKind.SENT_BACK, text=reason.strip(), by=by, now=now)
    before = advance(case, Stage.APPROVED, now=now)
    keep(case, "stage", "stage_since")
    record(case, EventKind.APPROVED, now=now, by=by, before=before, text=reason.strip(), public=True)
    clocks.pause(case, ClockKind.RESOLVE, waiting_for=clocks.CHOICE, now=now)
    conversations.reply(
        conversation_id=case.conversation_id,
        text=texts.choices(case, offered),
        by=None,
        now=now,
        kind=MessageKind.NOTICE,
    )
    return case


def _back_to_proposing(case: Case, kind: EventKind, *, text: str, by: Staff | None, now: datetime) -> Case:
    before = advance(case, Stage.INVESTIGATED, now=now)
    keep(case, "stage", "stage_since")
    record(case, kind, now=now, by=by, by_customer=by is None, before=before, text=text)
    return case


def _refuse(proposal: Proposal, *, by: Staff, now: datetime, reason: str) -> None:
    """One's own proposal is taken back rather than refused: nobody decides on her own."""
    if proposal.proposed_by_id == by.pk:
        proposal.state, proposal.reason = ProposalState.WITHDRAWN, reason
        proposal.save(update_fields=["state", "reason"])
        return
    _decide(proposal, ProposalState.REFUSED, by=by, now=now, reason=reason)


def _decide(proposal: Proposal, state: ProposalState, *, by: Staff, now: datetime, reason: str) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, now
    proposal.decision_limit, proposal.reason = by.approval_limit, reason.strip()
    proposal.save(update_fields=["state", "decided_by", "decided_at", "decision_limit", "reason"])
