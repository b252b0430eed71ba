"""Ways round the rules of the loop that somebody has tried."""

from __future__ import annotations

from datetime import timedelta

import pytest

from zhiyin.cases import actions, links, texts
from zhiyin.cases.models import Case, CustomerLink
from zhiyin.cases.rules import decisions, moves
from zhiyin.cases.rules.words import Kind, LinkPurpose, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.conversations import markers
from zhiyin.customers.rules import Channel
from zhiyin.kit.errors import DomainError, Forbidden
from zhiyin.people.models import Staff
from zhiyin.promises import actions as promises
from zhiyin.promises.rules import State


def test_a_subject_with_brackets_brings_nobody_a_key(road: Road) -> None:
    victim = road.open()
    case = road.open(subject=f"[[[follow:{victim.pk}]]")
    markers.fill(texts.reopened(case))
    assert not CustomerLink.objects.filter(case=victim).exists()


def test_a_promise_put_off_with_consent_still_keeps_the_case_open(road: Road) -> None:
    case = road.to(Stage.CONFIRMED)
    made = actions.promise(
        case_id=case.pk,
        text="周五前回电",
        due_at=road.now + timedelta(days=1),
        by=road.agent,
        now=road.tick(),
    )
    promises.renew(
        promise_id=made.pk,
        due_at=road.now + timedelta(days=3),
        note="电话里同意",
        by=road.agent,
        now=road.tick(),
    )
    with pytest.raises(decisions.OpenPromise):
        road.archive(case)


def test_a_case_with_an_open_promise_is_not_closed_for_want_of_an_answer(road: Road) -> None:
    case = road.to(Stage.REMEDIED)
    actions.promise(
        case_id=case.pk,
        text="周五前回电",
        due_at=road.now + timedelta(days=1),
        by=road.agent,
        now=road.tick(),
    )
    for _ in range(3):
        actions.not_reached(case_id=case.pk, text="没接", by=road.colleague, now=road.tick())
    with pytest.raises(decisions.OpenPromise):
        actions.close_unreached(case_id=case.pk, text="三次没接", by=road.colleague, now=road.tick())


def test_whoever_did_it_neither_tries_to_call_nor_closes_it(road: Road) -> None:
    case = road.to(Stage.REMEDIED)
    with pytest.raises(decisions.HandledIt):
        actions.not_reached(case_id=case.pk, text="没接", by=road.agent, now=road.tick())
    for _ in range(3):
        actions.not_reached(case_id=case.pk, text="没接", by=road.colleague, now=road.tick())
    with pytest.raises(decisions.HandledIt):
        actions.close_unreached(case_id=case.pk, text="三次没接", by=road.agent, now=road.tick())


def test_giving_a_case_away_does_not_make_one_a_stranger_to_it(road: Road) -> None:
    case = road.to(Stage.REMEDIED)
    actions.take(case_id=case.pk, by=road.colleague, now=road.tick())
    with pytest.raises(decisions.HandledIt):
        actions.confirm(
            case_id=case.pk, satisfied=True, channel=Channel.PHONE, by=road.agent, now=road.tick()
        )


def test_a_department_that_refused_works_on_it_no_more(road: Road, other_handler: Staff) -> None:
    case = road.to(Stage.JUDGED)
    actions.offer(case_id=case.pk, department_id=road.house.order.pk, by=road.agent, now=road.tick())
    actions.refuse(case_id=case.pk, reason="不归我们", by=other_handler, now=road.tick())
    road.assign(case)
    with pytest.raises(Forbidden):
        actions.investigate(
            case_id=case.pk, findings="看过", root_cause="不知", gap=None, by=other_handler, now=road.tick()
        )
    with pytest.raises(Forbidden):
        actions.promise(
            case_id=case.pk,
            text="明天来",
            due_at=road.now + timedelta(days=1),
            by=other_handler,
            now=road.tick(),
        )


def test_the_same_answer_twice_is_told_in_words(road: Road) -> None:
    case = road.open(kind=Kind.ENQUIRY)
    actions.answer(case_id=case.pk, text="周一到周五。", by=road.agent, now=road.tick())
    with pytest.raises(DomainError):
        actions.answer(case_id=case.pk, text="周一到周五。", by=road.agent, now=road.tick())


def test_the_same_remedy_twice_is_told_in_words(road: Road) -> None:
    case = road.to(Stage.REMEDIED)
    with pytest.raises(DomainError):
        road.remedy(case)


def test_what_was_approved_goes_to_the_customer_when_the_rest_is_taken_back(road: Road) -> None:
    case = road.to(Stage.INVESTIGATED)
    cheap, dear = road.propose(case, "换阀", "380"), road.propose(case, "重做烟道", "60000")
    actions.submit(case_id=case.pk, by=road.handler, now=road.tick())
    actions.approve(case_id=case.pk, proposal_ids=[cheap], by=road.supervisor, now=road.tick())
    actions.withdraw_proposal(case_id=case.pk, proposal_id=dear, by=road.handler, now=road.tick())
    case.refresh_from_db()
    assert case.stage == Stage.APPROVED


def test_nobody_accepts_what_has_ended(road: Road) -> None:
    into, case = road.open(), road.to(Stage.JUDGED)
    actions.offer(case_id=case.pk, department_id=road.house.engineering.pk, by=road.agent, now=road.tick())
    actions.merge(case_id=case.pk, into_id=into.pk, by=road.supervisor, now=road.tick())
    with pytest.raises(moves.AlreadyEnded):
        actions.accept(case_id=case.pk, by=road.handler, now=road.tick())
    with pytest.raises(moves.AlreadyEnded):
        actions.refuse(case_id=case.pk, reason="不归我们", by=road.handler, now=road.tick())


def test_a_form_sent_twice_for_another_customer_opens_nobody_elses_case(road: Road) -> None:
    """A token is no key: it must not hand out a case of somebody else."""
    from uuid import uuid4

    from zhiyin.customers import actions as customers
    from zhiyin.customers.rules import ContactKind, Nature

    token = uuid4()
    case = road.open(client_token=token)
    other = customers.create_customer(
        name="许念", nature=Nature.PERSON, contacts=[(ContactKind.PHONE, "13900008888")],
        team_id=road.house.team.pk, by=None, now=road.now,
    )  # fmt: skip
    with pytest.raises(DomainError):
        road.open(client_token=token, customer_id=other.pk)
    assert Case.objects.get().pk == case.pk


def test_an_old_rounds_key_does_not_act(road: Road) -> None:
    case = road.to(Stage.REMEDIED)
    key = links.issue(case=case, purpose=LinkPurpose.CONFIRM, now=road.now)
    grant = links.exchange(key=key, now=road.now)
    actions.reopen(case_id=case.pk, reason="又反味了", by=road.agent, now=road.tick())
    case.refresh_from_db()
    road.investigate(case)
    road.submit(case)
    road.approve(case)
    road.choose_latest(case)
    road.remedy(case)
    with pytest.raises(links.LinkSpent):
        actions.confirm(
            case_id=case.pk, satisfied=True, channel=Channel.PORTAL, link_id=grant.link_id, now=road.tick()
        )


def test_a_broken_promise_stays_told_with_the_case(road: Road) -> None:
    case = road.to(Stage.CONFIRMED)
    made = actions.promise(
        case_id=case.pk,
        text="周五前回电",
        due_at=road.now + timedelta(hours=1),
        by=road.agent,
        now=road.tick(),
    )
    road.tick(120)
    actions.keep_promise(case_id=case.pk, promise_id=made.pk, by=road.agent, now=road.tick())
    made.refresh_from_db()
    assert made.state == State.BROKEN
    road.archive(case)


def test_a_complaint_judged_unfounded_is_passed_to_no_department(road: Road) -> None:
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
    with pytest.raises(moves.IllegalMove):
        actions.offer(
            case_id=case.pk, department_id=road.house.engineering.pk, by=road.agent, now=road.tick()
        )
