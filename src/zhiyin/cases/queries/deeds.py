"""What a person can do to a case now: the main thing first, and what stands in the way of the rest in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import prefetch_related_objects

from zhiyin.cases.models import Case, Judgement
from zhiyin.cases.queries.doing import NEEDS, Do
from zhiyin.cases.rules import decisions, money, moves
from zhiyin.cases.rules.colleagues import PENDING
from zhiyin.cases.rules.money import ExpenseState
from zhiyin.cases.rules.moves import Step
from zhiyin.cases.rules.words import (
    AssignmentState,
    ClockKind,
    ClockState,
    Kind,
    Outcome,
    ProposalState,
    Stage,
)
from zhiyin.kit.errors import DomainError
from zhiyin.people import access
from zhiyin.people.models import Staff
from zhiyin.people.rules import Role
from zhiyin.promises.models import Promise
from zhiyin.promises.rules import State as PromiseState


@dataclass(frozen=True, slots=True)
class Possible:
    """Something a person may do now. `main` is the one thing of this moment; `why` what stands in the way, if anything."""

    do: Do
    main: bool = False
    why: DomainError | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the decision rests on, gathered once by the page."""

    kind: Kind
    stage: Stage
    round: int
    has_owner: bool
    owner_id: int | None
    handler_id: int | None
    department_id: int | None
    help_first: bool
    told: bool
    unfounded: bool
    offered_to: int | None
    time_agreed: bool
    waiting: int
    approved: int
    unreached: int
    open_promise: str
    broken_promise: str
    open_escalation: bool
    merged: bool
    asked: tuple[tuple[int, Decimal], ...]
    in_incident: bool
    open_requests: int
    handled_by: frozenset[int]

    @property
    def step(self) -> Step | None:
        return moves.current_step(self.kind, self.stage)

    @property
    def ended(self) -> bool:
        return self.stage in moves.ENDED


def deeds(case: Case, staff: Staff) -> list[Possible]:
    """What `staff` can do to `case` now, the main thing first."""
    return possible(gather(case), staff)


def possible(facts: Facts, staff: Staff) -> list[Possible]:
    """The same from facts in hand."""
    found = [
        Possible(do, why=blocked(do, facts, staff))
        for do in Do
        if access.may(staff, NEEDS[do]) and _within(facts, staff) and OPEN[do](facts, staff)
    ]
    main = main_of(facts, staff)
    ordered = [Possible(main, main=True, why=one.why) for one in found if one.do is main]
    return ordered + [one for one in found if one.do is not main]


def main_of(facts: Facts, staff: Staff) -> Do | None:
    """The one thing that carries this case on, if it is this person's to do."""
    for do in _candidates(facts, staff):
        if access.may(staff, NEEDS[do]) and _within(facts, staff) and OPEN[do](facts, staff):
            return do
    return None


def _candidates(facts: Facts, staff: Staff) -> list[Do]:
    first = [Do.HELP] if facts.help_first else []
    if not facts.has_owner:
        first.append(Do.TAKE)
    if not facts.told and not facts.ended:
        first.append(Do.TELL)
    if facts.open_escalation:
        first.append(Do.ANSWER_ESCALATION)
    if facts.asked:
        first.append(Do.DECIDE_EXPENSE)
    return first + _of_step(facts, staff)


def _of_step(facts: Facts, staff: Staff) -> list[Do]:
    theirs = (
        facts.handler_id is not None and staff.role != Role.HANDLER
    )  # a department has it: we wait for it
    match facts.step:
        case Step.JUDGE:
            return [Do.JUDGE]
        case Step.ASSIGN:
            return [Do.EXPLAIN] if facts.unfounded else [Do.ACCEPT] if facts.offered_to else [Do.OFFER]
        case Step.INVESTIGATE:
            agree = [Do.AGREE_TIME] if not facts.time_agreed and staff.role != Role.HANDLER else []
            return agree if theirs else [*agree, Do.INVESTIGATE]
        case Step.PROPOSE:
            return [] if theirs else [Do.SUBMIT if facts.waiting else Do.PROPOSE]
        case Step.APPROVE:
            return [Do.APPROVE]
        case Step.CHOOSE:
            return [Do.CHOOSE]
        case Step.REMEDY:
            return [Do.ANSWER] if facts.kind in moves.ANSWERED_KINDS else [] if theirs else [Do.REMEDY]
        case Step.CONFIRM:
            if facts.kind in moves.ANSWERED_KINDS and staff.pk in facts.handled_by:
                return [Do.ARCHIVE]  # an answer that satisfied at once needs no call
            return [
                Do.CLOSE_UNREACHED if facts.unreached >= decisions.ATTEMPTS_BEFORE_UNREACHED else Do.CONFIRM
            ]
        case Step.ARCHIVE:
            return [Do.ARCHIVE]
        case _:
            return []


ENDING = frozenset({Do.ARCHIVE, Do.EXPLAIN, Do.WITHDRAW, Do.MERGE, Do.CLOSE_UNREACHED})


def blocked(do: Do, facts: Facts, staff: Staff) -> DomainError | None:
    """What stands in the way of a deed that belongs to this moment; said beside the button."""
    if do in {Do.CONFIRM, Do.NOT_REACHED, Do.CLOSE_UNREACHED} and staff.pk in facts.handled_by:
        return decisions.HandledIt()
    if do in ENDING and facts.open_promise:
        return decisions.OpenPromise(text=facts.open_promise)
    if do is Do.ARCHIVE and facts.broken_promise:
        return decisions.BrokenPromise(text=facts.broken_promise)
    if do is Do.ARCHIVE and facts.open_escalation:
        return decisions.OpenEscalation()
    if do is Do.ARCHIVE and facts.asked:
        return money.ExpenseWaiting(amount=money.said(facts.asked[0][1]))
    if do is Do.ARCHIVE and not facts.told:
        return decisions.NotToldYet()
    return None


def _archivable(facts: Facts) -> bool:
    return Stage.ARCHIVED in moves.MOVES[facts.kind].get(facts.stage, frozenset())


def _within(facts: Facts, staff: Staff) -> bool:
    """A department that has given the case back reads on, but does nothing to it any more."""
    return staff.role != Role.HANDLER or staff.department_id == facts.department_id


def _live(facts: Facts, staff: Staff) -> bool:
    return facts.stage is not Stage.ARCHIVED


def _at(*steps: Step) -> Callable[[Facts, Staff], bool]:
    return lambda facts, staff: facts.step in steps


def _own_offer(facts: Facts, staff: Staff) -> bool:
    return not facts.ended and facts.offered_to is not None and staff.department_id == facts.offered_to


def _may_offer(facts: Facts, staff: Staff) -> bool:
    if Stage.ASSIGNED not in moves.PATHS[facts.kind] or facts.ended or facts.unfounded:
        return False
    return facts.stage is not Stage.REMEDIED and facts.step is not Step.JUDGE


def _remediable(facts: Facts, staff: Staff) -> bool:
    return facts.step is Step.REMEDY and facts.kind not in moves.ANSWERED_KINDS and facts.offered_to is None


OPEN: dict[Do, Callable[[Facts, Staff], bool]] = {
    Do.TAKE: lambda facts, staff: not facts.ended and facts.owner_id != staff.pk,
    Do.HELP: lambda facts, staff: not facts.ended,
    Do.TELL: lambda facts, staff: not facts.told and facts.stage is not Stage.ARCHIVED,
    Do.JUDGE: lambda facts, staff: (
        facts.step is Step.JUDGE or (facts.stage is Stage.JUDGED and facts.offered_to is None)
    ),
    Do.EXPLAIN: lambda facts, staff: facts.unfounded and not facts.ended,
    Do.OFFER: _may_offer,
    Do.ACCEPT: _own_offer,
    Do.REFUSE: _own_offer,
    Do.AGREE_TIME: lambda facts, staff: facts.step is Step.INVESTIGATE,
    Do.INVESTIGATE: _at(Step.INVESTIGATE),
    Do.PROPOSE: _at(Step.PROPOSE, Step.APPROVE),
    Do.SUBMIT: lambda facts, staff: facts.step is Step.PROPOSE and facts.waiting > 0,
    Do.APPROVE: _at(Step.APPROVE),
    Do.SEND_BACK: _at(Step.APPROVE),
    Do.CHOOSE: lambda facts, staff: facts.step is Step.CHOOSE and facts.approved > 0,
    Do.NONE_FITS: lambda facts, staff: facts.step is Step.CHOOSE and facts.approved > 0,
    Do.REMEDY: _remediable,
    Do.ANSWER: lambda facts, staff: facts.step is Step.REMEDY and facts.kind in moves.ANSWERED_KINDS,
    Do.CONFIRM: _at(Step.CONFIRM),
    Do.NOT_REACHED: _at(Step.CONFIRM),
    Do.CLOSE_UNREACHED: lambda facts, staff: (
        facts.step is Step.CONFIRM and facts.unreached >= decisions.ATTEMPTS_BEFORE_UNREACHED
    ),
    Do.ARCHIVE: lambda facts, staff: _archivable(facts),
    Do.REOPEN: lambda facts, staff: (
        not facts.merged and facts.stage in {Stage.REMEDIED, Stage.CONFIRMED, Stage.CLOSED}
    ),
    Do.REPLY: _live,
    Do.NOTE: _live,
    Do.PROMISE: lambda facts, staff: not facts.ended,
    Do.ESCALATE: _live,
    Do.ANSWER_ESCALATION: lambda facts, staff: facts.open_escalation,
    Do.HAND_OVER: lambda facts, staff: not facts.ended,
    Do.SPEND: lambda facts, staff: facts.stage is not Stage.ARCHIVED and not facts.merged,
    Do.DECIDE_EXPENSE: lambda facts, staff: any(
        asker != staff.pk and amount <= staff.approval_limit for asker, amount in facts.asked
    ),
    Do.CORRECT: lambda facts, staff: not facts.ended,
    Do.PLACE: _live,
    Do.SEND_LINK: _live,
    Do.RELATE: _live,
    Do.MERGE: lambda facts, staff: not facts.ended and facts.stage is not Stage.REMEDIED,
    Do.UNMERGE: lambda facts, staff: facts.merged and facts.stage is not Stage.ARCHIVED,
    Do.INCIDENT: lambda facts, staff: not facts.in_incident and facts.stage is not Stage.ARCHIVED,
    Do.ASK: _live,
    Do.WITHDRAW: lambda facts, staff: not facts.ended and facts.stage is not Stage.REMEDIED,
    Do.PACKAGE: lambda facts, staff: facts.stage is Stage.ARCHIVED,
}


READ = (
    "judgements", "assignments", "proposals", "remedies", "investigations", "confirmations", "escalations", "clocks",
    "expenses", "case_promises__promise", "requests", "membership",
)  # fmt: skip


GRANTED = frozenset({ExpenseState.APPROVED, ExpenseState.SPENT, ExpenseState.USED})


def gather(case: Case) -> Facts:
    """Read the facts of one case from the database."""
    prefetch_related_objects([case], *READ)
    return facts_of(case)


def facts_of(case: Case) -> Facts:
    """The facts of a case whose rows (`READ`) have been fetched."""
    this_round = case.round
    judgement = max(case.judgements.all(), key=lambda j: (j.at, j.pk), default=None)
    offered = next((a for a in case.assignments.all() if a.state == AssignmentState.OFFERED), None)
    ours = [p for p in case.proposals.all() if p.round == this_round]
    waiting = [p for p in ours if p.state == ProposalState.PROPOSED]
    promised = [link.promise for link in case.case_promises.all()]
    vows = [vow for vow in promised if vow.state == PromiseState.OPEN]
    broken = [vow for vow in promised if vow.state == PromiseState.BROKEN and vow.made_good_at is None]
    return Facts(
        kind=Kind(case.kind),
        stage=Stage(case.stage),
        round=this_round,
        has_owner=case.owner_id is not None,
        owner_id=case.owner_id,
        handler_id=case.handler_id,
        department_id=case.department_id,
        help_first=case.in_danger and case.helped_at is None and case.stage not in moves.ENDED,
        told=not any(
            c.kind == ClockKind.ACKNOWLEDGE and c.state == ClockState.RUNNING for c in case.clocks.all()
        ),
        unfounded=_unfounded(case, judgement),
        offered_to=offered.department_id if offered else None,
        time_agreed=any(i.round == this_round and i.promise_id for i in case.investigations.all()),
        waiting=len(waiting),
        approved=sum(p.state == ProposalState.APPROVED for p in ours),
        unreached=sum(c.round == this_round and not c.reached for c in case.confirmations.all()),
        open_promise=_nearest(vows),
        broken_promise=_nearest(broken),
        open_escalation=any(e.answered_at is None for e in case.escalations.all()),
        merged=case.outcome == Outcome.MERGED,
        asked=tuple(
            (e.asked_by_id, e.amount) for e in case.expenses.all() if e.state == ExpenseState.WAITING
        ),
        in_incident=getattr(case, "membership", None) is not None,
        open_requests=sum(one.state in PENDING for one in case.requests.all()),
        handled_by=handled_by(case),
    )


def _nearest(vows: list[Promise]) -> str:
    return min(vows, key=lambda vow: vow.due_at).text if vows else ""


def _unfounded(case: Case, judgement: Judgement | None) -> bool:
    if judgement is None or judgement.round != case.round or case.stage != Stage.JUDGED:
        return False
    return not judgement.ground_sufficient


def handled_by(case: Case) -> frozenset[int]:
    """Everybody through whose hands the case went, in any round, and who therefore does not make the follow-up call.

    In charge, for the department, judging, passing on, finding the cause, proposing, approving what it was to be or
    to cost, carrying out. Having given the case away since makes nobody a stranger to it.
    """
    worked = {case.owner_id, case.handler_id, *(remedy.by_id for remedy in case.remedies.all())}
    for proposal in case.proposals.all():
        worked.add(proposal.proposed_by_id)
        if proposal.state in {ProposalState.APPROVED, ProposalState.CHOSEN}:
            worked.add(proposal.decided_by_id)
    worked |= {one.decided_by_id for one in case.expenses.all() if one.state in GRANTED}
    worked |= {judgement.by_id for judgement in case.judgements.all()}
    worked |= {investigation.by_id for investigation in case.investigations.all()}
    for assignment in case.assignments.all():
        worked.add(assignment.offered_by_id)
        if assignment.state != AssignmentState.REFUSED:
            worked.add(assignment.answered_by_id)
    return frozenset(pk for pk in worked if pk is not None)
