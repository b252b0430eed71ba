"""The customer chooses, within what was approved: by link, in the portal, or by voice; and it is carried out."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from zhiyin.cases import links, texts
from zhiyin.cases.actions import clocks, index, spending
from zhiyin.cases.actions.hold import advance, allow, hold, keep, record
from zhiyin.cases.models import Case, Choosing, Proposal, Remedy
from zhiyin.cases.rules import decisions, moves
from zhiyin.cases.rules.words import (
    AssignmentState,
    ClockKind,
    EventKind,
    Kind,
    LinkPurpose,
    ProposalState,
    Stage,
)
from zhiyin.conversations import actions as conversations
from zhiyin.conversations.rules import MessageKind
from zhiyin.customers.rules import Channel
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


@transaction.atomic
def choose(
    *,
    case_id: int,
    proposal_id: int,
    channel: Channel,
    now: datetime,
    by: Staff | None = None,
    words: str = "",
    link_id: int | None = None,
    version: int | None = None,
) -> Case:
    """The customer's pick. `by` is who wrote it down for a customer on the telephone; a link acts once."""
    case = hold(case_id, version=version)
    if by is not None:
        allow(case, by, Deed.RECORD_CHOICE)
    proposal = _open_choice(case).filter(pk=proposal_id).first()
    if proposal is None:
        raise decisions.NotOnOffer
    _use(link_id, case, now)
    proposal.state = ProposalState.CHOSEN
    proposal.save(update_fields=["state"])
    Choosing.objects.create(
        case=case,
        round=case.round,
        proposal=proposal,
        words=words.strip(),
        channel=channel,
        recorded_by=by,
        at=now,
    )
    before = advance(case, Stage.CHOSEN, now=now)
    keep(case, "stage", "stage_since")
    clocks.resume(case, ClockKind.RESOLVE, waiting_for=clocks.CHOICE, now=now)
    record(
        case,
        EventKind.CHOSEN,
        now=now,
        by=by,
        by_customer=by is None,
        before=before,
        text=proposal.title,
        public=True,
    )
    return case


@transaction.atomic
def none_fits(
    *,
    case_id: int,
    words: str,
    channel: Channel,
    now: datetime,
    by: Staff | None = None,
    link_id: int | None = None,
    version: int | None = None,
) -> Case:
    """None of them fits: the customer says why, and we think again."""
    case = hold(case_id, version=version)
    if by is not None:
        allow(case, by, Deed.RECORD_CHOICE)
    offered = list(_open_choice(case))
    if not offered:
        raise decisions.NotOnOffer
    why = decisions.check_words("words", words)
    _use(link_id, case, now)
    links.withdraw(case=case, purpose=LinkPurpose.CHOOSE, now=now)
    for proposal in offered:
        proposal.state = ProposalState.REFUSED
        proposal.save(update_fields=["state"])
    Choosing.objects.create(case=case, round=case.round, words=why, channel=channel, recorded_by=by, at=now)
    before = advance(case, Stage.INVESTIGATED, now=now)
    keep(case, "stage", "stage_since")
    clocks.resume(case, ClockKind.RESOLVE, waiting_for=clocks.CHOICE, now=now)
    record(
        case,
        EventKind.NONE_FITS,
        now=now,
        by=by,
        by_customer=by is None,
        before=before,
        text=why,
        public=True,
    )
    return case


@transaction.atomic
def remedy(
    *,
    case_id: int,
    text: str,
    by: Staff,
    now: datetime,
    prevention: str = "",
    cost: Decimal = Decimal(0),
    kind_id: int | None = None,
    version: int | None = None,
) -> Case:
    """Carried out: what was done, what keeps it from happening again, what it cost. The customer is asked.

    It costs no more than was approved: what comes on top is asked for first (`spend`). Raises OverApproved, BudgetSpent.
    """
    case = hold(case_id, version=version)
    allow(case, by, Deed.REMEDY)
    _check_accepted(case)
    moves.check_move(Kind(case.kind), Stage(case.stage), Stage.REMEDIED)
    worth = decisions.check_amount("cost", cost)
    kind = spending.check_remedy(case, cost=worth, kind_id=kind_id, by=by, now=now)
    done = Remedy.objects.create(
        case=case,
        round=case.round,
        text=decisions.check_words("text", text),
        prevention=prevention.strip(),
        cost=worth,
        by=by,
        at=now,
    )
    spending.book_remedy(case, done, kind, by=by, now=now)
    _remedied(case, done.text, cost=done.cost, by=by, now=now)
    conversations.reply(
        conversation_id=case.conversation_id,
        text=texts.remedied(case, done.text),
        by=None,
        now=now,
        kind=MessageKind.NOTICE,
    )
    return case


@transaction.atomic
def answer(*, case_id: int, text: str, by: Staff, now: datetime, version: int | None = None) -> Case:
    """An enquiry, suggestion or praise is answered in one's own words; praise also reaches the one it names."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.REPLY)
    if Kind(case.kind) not in moves.ANSWERED_KINDS:
        raise moves.IllegalMove(old=Stage(case.stage), new=Stage.REMEDIED)
    moves.check_move(Kind(case.kind), Stage(case.stage), Stage.REMEDIED)
    words = decisions.check_words("text", text)
    Remedy.objects.create(case=case, round=case.round, text=words, by=by, at=now)
    if case.owner_id is None:
        case.owner = by
    _remedied(case, words, cost=Decimal(0), by=by, now=now)
    clocks.settle(case, ClockKind.JUDGE, now=now)
    conversations.reply(conversation_id=case.conversation_id, text=words, by=by, now=now)
    return case


def _remedied(case: Case, text: str, *, cost: Decimal, by: Staff, now: datetime) -> None:
    before = advance(case, Stage.REMEDIED, now=now)
    case.resolved_at = now
    case.cost += cost
    case.outcome = moves.outcome_of_answer(Kind(case.kind)) or ""
    keep(case, "stage", "stage_since", "resolved_at", "cost", "outcome", "owner")
    clocks.settle(case, ClockKind.RESOLVE, ClockKind.RESPOND, now=now)
    record(case, EventKind.REMEDIED, now=now, by=by, before=before, text=text, public=True)
    index.renew(case)


def _check_accepted(case: Case) -> None:
    """A department that was asked has to have said yes before it reports the work done."""
    if case.assignments.filter(state=AssignmentState.OFFERED).exists():
        raise moves.NotYet(step=moves.Step.ASSIGN)


def _open_choice(case: Case) -> QuerySet[Proposal]:
    if case.stage != Stage.APPROVED:
        return Proposal.objects.none()
    return case.proposals.select_for_update().filter(round=case.round, state=ProposalState.APPROVED)


def _use(link_id: int | None, case: Case, now: datetime) -> None:
    if link_id is not None:
        links.spend(link_id=link_id, case=case, now=now)
