"""A complaint goes round the loop, and what the loop refuses on the way."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from zhiyin.cases import actions
from zhiyin.cases.models import Archive, Case
from zhiyin.cases.rules import decisions, moves
from zhiyin.cases.rules.words import (
    ClockKind,
    ClockState,
    Kind,
    Outcome,
    Stage,
)
from zhiyin.cases.tests.road import Road
from zhiyin.conversations.models import Message
from zhiyin.customers.rules import Channel
from zhiyin.kit.errors import Forbidden, NotFound
from zhiyin.people.models import Staff


def test_a_complaint_goes_from_receipt_to_archive(road: Road) -> None:
    case = road.to(Stage.ARCHIVED)
    assert case.outcome == Outcome.SATISFIED
    assert case.cost == Decimal("1260.00")
    stages = list(
        case.events.exclude(stage_after="").order_by("at", "pk").values_list("stage_after", flat=True)
    )
    assert stages == [stage.value for stage in moves.PATHS[Kind.COMPLAINT][1:]]


def test_every_case_has_a_number_of_its_own_without_gaps(road: Road) -> None:
    assert [road.open().number for _ in range(3)] == ["2611-0001", "2611-0002", "2611-0003"]


def test_a_form_sent_twice_opens_one_case(road: Road) -> None:
    token = uuid4()
    assert road.open(client_token=token).pk == road.open(client_token=token).pk
    assert Case.objects.count() == 1


@pytest.mark.parametrize("kind", [Kind.ENQUIRY, Kind.SUGGESTION, Kind.PRAISE])
def test_other_kinds_take_a_shorter_way_to_the_archive(road: Road, kind: Kind) -> None:
    case = road.open(kind=kind)
    if kind is Kind.SUGGESTION:
        road.judge(case)
    actions.answer(case_id=case.pk, text="谢谢您，已经转达。", by=road.agent, now=road.tick())
    archived = actions.archive(case_id=case.pk, by=road.agent, now=road.tick())
    assert (archived.stage, archived.outcome) == (Stage.ARCHIVED, Outcome.ANSWERED)


def test_a_request_goes_to_the_department_without_judgement(road: Road) -> None:
    case = road.open(kind=Kind.REQUEST)
    for step in (road.assign, road.remedy, road.confirm, road.archive):
        step(case)
    case.refresh_from_db()
    assert case.stage == Stage.ARCHIVED


def test_a_complaint_is_not_passed_on_before_it_is_judged(road: Road) -> None:
    case = road.open()
    with pytest.raises(moves.NotYet):
        actions.offer(
            case_id=case.pk, department_id=road.house.engineering.pk, by=road.agent, now=road.tick()
        )


def test_a_judgement_without_reasons_is_not_taken(road: Road) -> None:
    case = road.open()
    with pytest.raises(decisions.WordsMissing) as missing:
        actions.judge(
            case_id=case.pk,
            ground_sufficient=True,
            ground_reason="有据",
            demand_reasonable=True,
            demand_reason="  ",
            by=road.agent,
            now=road.tick(),
        )
    assert missing.value.field == "demand_reason"
    case.refresh_from_db()
    assert case.stage == Stage.RECEIVED


def test_an_unfounded_complaint_is_explained_kindly_recorded_and_archived(road: Road) -> None:
    case = road.open()
    actions.judge(
        case_id=case.pk,
        ground_sufficient=False,
        ground_reason="是楼上邻居家的装修",
        demand_reasonable=True,
        demand_reason="想安静是应该的",
        by=road.agent,
        now=road.tick(),
    )
    actions.explain(
        case_id=case.pk, text="是楼上邻居在装修，我们已经提醒他们午休停工。", by=road.agent, now=road.tick()
    )
    archived = actions.archive(case_id=case.pk, by=road.agent, now=road.tick())
    assert archived.outcome == Outcome.EXPLAINED
    assert Message.objects.filter(text__contains="午休停工", staff=road.agent).exists()


def test_a_founded_complaint_cannot_be_explained_away(road: Road) -> None:
    case = road.to(Stage.JUDGED)
    with pytest.raises(moves.NotYet):
        actions.explain(case_id=case.pk, text="不是我们的事", by=road.agent, now=road.tick())


def test_a_department_may_refuse_with_a_reason_and_another_takes_it(road: Road, other_handler: Staff) -> None:
    case = road.to(Stage.JUDGED)
    actions.offer(case_id=case.pk, department_id=road.house.order.pk, by=road.agent, now=road.tick())
    with pytest.raises(decisions.WordsMissing):
        actions.refuse(case_id=case.pk, reason="", by=other_handler, now=road.tick())
    actions.refuse(case_id=case.pk, reason="排风归工程部管", by=other_handler, now=road.tick())
    road.assign(case)
    case.refresh_from_db()
    assert (case.department, case.handler, case.handovers) == (road.house.engineering, road.handler, 2)


def test_a_handler_does_not_answer_for_another_department(road: Road, other_handler: Staff) -> None:
    case = road.to(Stage.JUDGED)
    actions.offer(case_id=case.pk, department_id=road.house.engineering.pk, by=road.agent, now=road.tick())
    with pytest.raises((Forbidden, NotFound)):
        actions.accept(case_id=case.pk, by=other_handler, now=road.tick())


def test_the_time_agreed_with_the_customer_is_a_promise_and_holds_the_case_open(road: Road) -> None:
    case = road.to(Stage.ASSIGNED)
    actions.agree_time(
        case_id=case.pk,
        due_at=road.now + timedelta(days=40),
        text="月底前查清给您回话",
        by=road.agent,
        now=road.tick(),
    )
    for step in (road.investigate, road.submit, road.approve, road.choose, road.remedy, road.confirm):
        step(case)
    with pytest.raises(decisions.OpenPromise):
        road.archive(case)
    promise = case.case_promises.get().promise
    actions.keep_promise(case_id=case.pk, promise_id=promise.pk, by=road.agent, now=road.tick())
    road.archive(case)
    assert Archive.objects.filter(case=case).exists()


def test_nobody_approves_what_she_proposed_herself(road: Road) -> None:
    case = road.to(Stage.INVESTIGATED)
    own = road.propose(case, by=road.supervisor)
    actions.submit(case_id=case.pk, by=road.handler, now=road.tick())
    with pytest.raises(decisions.OwnProposal):
        actions.approve(case_id=case.pk, proposal_ids=[own], by=road.supervisor, now=road.tick())
    with pytest.raises(IntegrityError), transaction.atomic():
        case.proposals.filter(pk=own).update(decided_by=road.supervisor)


def test_an_amount_above_the_limit_waits_for_a_higher_one(road: Road, house: object) -> None:
    from zhiyin.people.rules import Role
    from zhiyin.people.tests.fixtures import make

    manager = make("gao", "高岚", Role.SUPERVISOR, team_id=road.house.team.pk, approval_limit=Decimal(20000))
    case = road.to(Stage.INVESTIGATED)
    dear, cheap = road.propose(case, cost="8000"), road.propose(case, cost="300")
    actions.submit(case_id=case.pk, by=road.handler, now=road.tick())
    with pytest.raises(decisions.OverLimit):
        actions.approve(case_id=case.pk, proposal_ids=[dear], by=road.supervisor, now=road.tick())
    waiting = actions.approve(case_id=case.pk, proposal_ids=[cheap], by=road.supervisor, now=road.tick())
    assert waiting.stage == Stage.PROPOSED
    decided = actions.approve(case_id=case.pk, proposal_ids=[dear], by=manager, now=road.tick())
    assert decided.stage == Stage.APPROVED


def test_refused_proposals_go_back_with_the_reason(road: Road) -> None:
    case = road.to(Stage.PROPOSED)
    back = actions.send_back(case_id=case.pk, reason="成本没有拆开", by=road.supervisor, now=road.tick())
    assert back.stage == Stage.INVESTIGATED
    assert set(case.proposals.values_list("state", "reason")) == {("refused", "成本没有拆开")}


def test_the_customer_chooses_only_among_what_was_approved(road: Road) -> None:
    case = road.to(Stage.INVESTIGATED)
    refused, offered = road.propose(case, "赔三个月物业费", "4000"), road.propose(case)
    actions.submit(case_id=case.pk, by=road.handler, now=road.tick())
    actions.approve(
        case_id=case.pk,
        proposal_ids=[offered],
        refused_ids=[refused],
        reason="与损失不相当",
        by=road.supervisor,
        now=road.tick(),
    )
    with pytest.raises(decisions.NotOnOffer):
        actions.choose(case_id=case.pk, proposal_id=refused, channel=Channel.PORTAL, now=road.tick())
    assert (
        actions.choose(case_id=case.pk, proposal_id=offered, channel=Channel.PORTAL, now=road.tick()).stage
        == Stage.CHOSEN
    )


def test_when_none_fits_the_department_thinks_again_and_the_clock_goes_on(road: Road) -> None:
    case = road.to(Stage.APPROVED)
    clock = case.clocks.get(kind=ClockKind.RESOLVE)
    assert (clock.state, clock.due_at) == (ClockState.PAUSED, None)
    left = clock.remaining
    road.tick(60 * 24 * 30)
    actions.none_fits(case_id=case.pk, words="想要当天修好", channel=Channel.PORTAL, now=road.now)
    clock.refresh_from_db()
    assert (clock.state, clock.remaining) == (ClockState.RUNNING, left)
    case.refresh_from_db()
    assert case.stage == Stage.INVESTIGATED
    for step in (road.submit, road.approve, road.choose_latest):
        step(case)


def test_a_dissatisfied_customer_reopens_the_case_and_the_first_round_stays_on_record(road: Road) -> None:
    case = road.to(Stage.REMEDIED)
    first = case.resolved_at
    actions.confirm(
        case_id=case.pk, satisfied=False, words="昨晚又有味道", channel=Channel.PORTAL, now=road.tick()
    )
    case.refresh_from_db()
    assert (case.stage, case.round, case.outcome, case.resolved_at) == (Stage.ASSIGNED, 2, "", None)
    assert case.clocks.get(kind=ClockKind.RESOLVE, round=1).settled_at == first
    assert case.clocks.get(kind=ClockKind.RESOLVE, round=2).state == ClockState.RUNNING
    for step in (
        road.investigate,
        road.submit,
        road.approve,
        road.choose_latest,
        road.remedy,
        road.confirm,
        road.archive,
    ):
        step(case)
    case.refresh_from_db()
    assert case.stage == Stage.ARCHIVED
    assert case.cost == Decimal("1640.00")


def test_the_follow_up_call_is_made_by_somebody_who_did_not_handle_the_case(road: Road) -> None:
    case = road.to(Stage.REMEDIED)
    with pytest.raises(decisions.HandledIt):
        actions.confirm(
            case_id=case.pk, satisfied=True, channel=Channel.PHONE, by=road.agent, now=road.tick()
        )
    road.confirm(case)


def test_a_case_closes_without_the_customers_word_only_after_three_attempts(road: Road) -> None:
    case = road.to(Stage.REMEDIED)
    for _ in range(3):
        with pytest.raises(decisions.StillTrying):
            actions.close_unreached(case_id=case.pk, text="没人接", by=road.colleague, now=road.tick())
        actions.not_reached(case_id=case.pk, text="没人接", by=road.colleague, now=road.tick())
    closed = actions.close_unreached(case_id=case.pk, text="三次没人接", by=road.colleague, now=road.tick())
    assert closed.outcome == Outcome.UNREACHED


def test_the_second_of_two_people_is_told_who_was_faster(road: Road) -> None:
    case = road.to(Stage.JUDGED)
    seen = case.version
    actions.offer(
        case_id=case.pk, department_id=road.house.engineering.pk, by=road.agent, now=road.tick(), version=seen
    )
    with pytest.raises(moves.Stale) as told:
        actions.offer(
            case_id=case.pk,
            department_id=road.house.order.pk,
            by=road.supervisor,
            now=road.tick(),
            version=seen,
        )
    assert told.value.data["name"] == road.agent.name


def test_an_agent_of_another_team_cannot_work_on_the_case(road: Road, other_agent: Staff) -> None:
    case = road.to(Stage.JUDGED)
    with pytest.raises(Forbidden):
        actions.offer(
            case_id=case.pk, department_id=road.house.engineering.pk, by=other_agent, now=road.tick()
        )
    with pytest.raises(Forbidden):
        actions.note(case_id=case.pk, text="看看", by=other_agent, now=road.tick())
