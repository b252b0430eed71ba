"""Judgement: is the ground sufficient, is the demand reasonable, each with its reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhiyin.cases.actions import clocks, closing
from zhiyin.cases.actions.hold import advance, allow, hold, judged_unfounded, keep, record
from zhiyin.cases.models import Case, Judgement
from zhiyin.cases.rules import decisions, moves
from zhiyin.cases.rules.words import ClockKind, EventKind, Kind, Outcome, Stage
from zhiyin.conversations import actions as conversations
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


@transaction.atomic
def judge(
    *,
    case_id: int,
    ground_sufficient: bool,
    ground_reason: str,
    demand_reasonable: bool,
    demand_reason: str,
    by: Staff,
    now: datetime,
    version: int | None = None,
) -> Case:
    """Record both answers. A case judged not founded stays at "judged" until it has been explained kindly."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.JUDGE)
    before = advance(case, Stage.JUDGED, now=now) if case.stage != Stage.JUDGED else None
    judgement = Judgement.objects.create(
        case=case,
        round=case.round,
        ground_sufficient=ground_sufficient,
        ground_reason=decisions.check_words("ground_reason", ground_reason),
        demand_reasonable=demand_reasonable,
        demand_reason=decisions.check_words("demand_reason", demand_reason),
        by=by,
        at=now,
    )
    _take_charge(case, by)
    keep(case, "stage", "stage_since", "owner")
    clocks.settle(case, ClockKind.JUDGE, now=now)
    record(case, EventKind.JUDGED, now=now, by=by, before=before, text=judgement.ground_reason)
    return case


@transaction.atomic
def explain(*, case_id: int, text: str, by: Staff, now: datetime, version: int | None = None) -> Case:
    """Not founded: tell the customer kindly why, and close. The explanation is kept (ISO 10002:2018, 7.7)."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.JUDGE)
    if Kind(case.kind) in moves.JUDGED_KINDS and not judged_unfounded(case):
        raise moves.NotYet(step=moves.Step.JUDGE)
    words = decisions.check_words("text", text)
    before = closing.end(case, Stage.CLOSED, Outcome.EXPLAINED, now=now)
    _take_charge(case, by)
    keep(case, "stage", "stage_since", "outcome", "resolved_at", "owner")
    record(case, EventKind.EXPLAINED, now=now, by=by, before=before, text=words, public=True)
    conversations.reply(conversation_id=case.conversation_id, text=words, by=by, now=now)
    return case


def _take_charge(case: Case, by: Staff) -> None:
    if case.owner_id is None:
        case.owner = by
