"""One water cut, many customers: one parent, one reply to all, and those who differ are seen to one by one."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from zhiyin.cases import actions, jobs
from zhiyin.cases import queries as cases
from zhiyin.cases.actions import shared as shared_actions
from zhiyin.cases.models import Case, CaseEvent, Clock, Incident, IncidentMember, SharedDeed, SharedPart
from zhiyin.cases.rules import incidents
from zhiyin.cases.rules.incidents import IncidentState, PartState, SharedKind, SharedState
from zhiyin.cases.rules.words import ClockKind, ClockState, EventKind, Kind, Stage
from zhiyin.cases.tests.burst import many, neighbour, shared, water
from zhiyin.cases.tests.road import Road
from zhiyin.conversations.models import Delivery, Message
from zhiyin.conversations.rules import Author, MessageKind
from zhiyin.customers.rules import Channel
from zhiyin.kit import search
from zhiyin.kit.errors import NotFound
from zhiyin.people.tests.fixtures import NOW

REPLY = "{姓名}您好，您的{编号}：水泵房主管正在抢修，预计21时恢复供水。"


@pytest.fixture
def burst(road: Road) -> list[Case]:
    return [neighbour(road, number) for number in range(1, 5)]


@pytest.fixture
def incident(road: Road, burst: list[Case]) -> Incident:
    return water(road, burst)


def said_to(case: Case) -> list[str]:
    rows = Message.objects.filter(conversation=case.conversation_id, author=Author.STAFF)
    return list(rows.order_by("position").values_list("text", flat=True))


def test_one_reply_reaches_every_customer_in_the_own_thread_with_the_own_name_and_number(
    road: Road, burst: list[Case], incident: Incident
) -> None:
    deed = shared(road, incident, SharedKind.REPLY, REPLY)

    assert deed.state == SharedState.DONE
    for number, case in enumerate(burst, 1):
        assert said_to(case) == [
            f"邻居{number}您好，您的{case.number}：水泵房主管正在抢修，预计21时恢复供水。"
        ]
        message = Message.objects.get(conversation=case.conversation_id, author=Author.STAFF)
        assert message.staff == road.supervisor
        assert message.position == message.conversation.message_count
        assert message.delivery.address == f"n{number}@example.com"
        assert message.external_id == message.delivery.envelope_id
        assert message.conversation.waiting_since is None
        assert case.conversation_id in set(
            search.ids("conversation", "预计21时恢复").values_list("object_id", flat=True)
        )
        assert Clock.objects.get(case=case, kind=ClockKind.RESPOND).state == ClockState.MET


def test_a_late_first_answer_stays_late_although_it_was_given_to_all(
    road: Road, burst: list[Case], incident: Incident
) -> None:
    due = Clock.objects.filter(case=burst[0], kind=ClockKind.RESPOND)
    due.update(due_at=NOW - timedelta(minutes=5), warn_at=NOW - timedelta(minutes=20))

    shared(road, incident, SharedKind.REPLY, REPLY)

    assert due.get().breached_at is not None
    assert CaseEvent.objects.filter(case=burst[0], kind=EventKind.CLOCK_OVER).exists()
    assert Clock.objects.get(case=burst[1], kind=ClockKind.RESPOND).breached_at is None


def test_who_differs_is_left_out_and_followed_up_alone(
    road: Road, burst: list[Case], incident: Incident
) -> None:
    actions.differ(case_id=burst[0].pk, reason="家里有透析病人，要送水上门", by=road.agent, now=road.tick())

    shared(road, incident, SharedKind.REPLY, REPLY)

    assert said_to(burst[0]) == []
    assert said_to(burst[1])
    assert CaseEvent.objects.filter(case=burst[0], kind=EventKind.APART).exists()
    actions.agree(case_id=burst[0].pk, by=road.agent, now=road.tick())
    shared(road, incident, SharedKind.REPLY, "水来了。")
    assert said_to(burst[0]) == ["水来了。"]


def test_a_customer_on_the_telephone_becomes_a_task_until_somebody_has_told(
    road: Road, burst: list[Case], incident: Incident
) -> None:
    by_phone = neighbour(road, 50, channel=Channel.PHONE)
    actions.attach(incident_id=incident.pk, case_ids=[by_phone.pk], by=road.agent, now=road.tick())

    shared(road, incident, SharedKind.REPLY, REPLY)

    assert said_to(by_phone) == []
    (task,) = cases.incident_page(road.supervisor, incident.pk).tasks
    assert task.case == by_phone
    assert [part.case for part in cases.to_tell(road.agent)] == [by_phone]
    assert cases.to_tell(road.handler) == []
    actions.told(part_id=task.pk, text="", by=road.agent, now=road.tick())
    assert said_to(by_phone) == [f"邻居50您好，您的{by_phone.number}：水泵房主管正在抢修，预计21时恢复供水。"]
    assert not cases.incident_page(road.supervisor, incident.pk).tasks
    with pytest.raises(NotFound):
        actions.told(part_id=task.pk, text="", by=road.agent, now=road.tick())


def test_a_form_sent_twice_replies_once(road: Road, burst: list[Case], incident: Incident) -> None:
    token = uuid4()
    deeds = {
        actions.share(
            incident_id=incident.pk,
            kind=SharedKind.REPLY,
            text=REPLY,
            token=token,
            by=road.supervisor,
            now=road.tick(),
        ).pk
        for _ in range(2)
    }

    assert len(deeds) == 1
    jobs.carry_out(deed_id=deeds.pop())
    assert len(said_to(burst[0])) == 1


def test_something_to_fill_in_that_we_do_not_know_is_said_before_anything_is_sent(
    road: Road, incident: Incident
) -> None:
    with pytest.raises(incidents.UnknownPlace, match="余额"):
        actions.share(
            incident_id=incident.pk,
            kind=SharedKind.REPLY,
            text="您的{余额}",
            token=uuid4(),
            by=road.supervisor,
            now=road.tick(),
        )
    assert not SharedDeed.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_reply_whose_worker_is_killed_between_two_batches_goes_on_and_reaches_everybody_once(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_actions, "BATCH", 7)
    burst = many(road, 40)
    incident = water(road, burst)
    deed = actions.share(
        incident_id=incident.pk,
        kind=SharedKind.REPLY,
        text=REPLY,
        token=uuid4(),
        by=road.supervisor,
        now=road.tick(),
    )
    shared_actions.carry_on(deed_id=deed.pk, now=road.tick())  # the first batch is down for good
    with transaction.atomic():  # the second is killed before it is down: nothing of it may stay
        shared_actions.carry_on(deed_id=deed.pk, now=road.tick())
        transaction.set_rollback(True)

    assert SharedPart.objects.filter(deed=deed, state=PartState.DONE).count() == 7
    assert Message.objects.filter(author=Author.STAFF).count() == 7

    workers = [threading.Thread(target=_carry_out, args=(deed.pk,)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert SharedPart.objects.filter(deed=deed, state=PartState.DONE).count() == 40
    told = Message.objects.filter(author=Author.STAFF).values_list("conversation_id", flat=True)
    assert sorted(told) == sorted(case.conversation_id for case in burst)
    assert Delivery.objects.filter(message__author=Author.STAFF).count() == 40
    deed.refresh_from_db()
    assert deed.state == SharedState.DONE
    jobs.carry_out(deed_id=deed.pk)
    assert Message.objects.filter(author=Author.STAFF).count() == 40


def _carry_out(deed_id: int) -> None:
    try:
        jobs.carry_out(deed_id=deed_id)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_reply_to_all_and_one_case_set_apart_at_the_same_moment_do_not_stand_in_each_others_way(
    road: Road,
) -> None:
    burst = [neighbour(road, number) for number in (1, 2)]
    incident = water(road, burst)
    held = threading.Event()

    def set_one_apart() -> None:
        try:
            with transaction.atomic():
                Case.objects.select_for_update().get(pk=burst[0].pk)  # as the action holds it
                held.set()
                _until_somebody_waits()
                actions.differ(case_id=burst[0].pk, reason="家里有透析病人", by=road.agent, now=road.now)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as hands:
        apart = hands.submit(set_one_apart)
        held.wait(30)
        deed = actions.share(
            incident_id=incident.pk,
            kind=SharedKind.REPLY,
            text=REPLY,
            token=uuid4(),
            by=road.supervisor,
            now=road.now,
        )
        apart.result(30)
    jobs.carry_out(deed_id=deed.pk)

    assert deed.parts.get(case=burst[0]).state == PartState.REFUSED
    assert deed.parts.get(case=burst[1]).state == PartState.DONE


def _until_somebody_waits() -> None:
    waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    pause = threading.Event()
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone():
                return
        pause.wait(0.05)
    raise AssertionError("nobody waits")


def test_five_hundred_are_answered_in_a_few_seconds_with_as_many_statements_as_batches(road: Road) -> None:
    burst = many(road, 500)
    incident = water(road, burst)
    begun = time.monotonic()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        deed = shared(road, incident, SharedKind.REPLY, REPLY)
    took = time.monotonic() - begun

    assert SharedPart.objects.filter(deed=deed, state=PartState.DONE).count() == 500
    assert Message.objects.filter(author=Author.STAFF).count() == 500
    assert len(asked) < 40 * 6, len(asked)
    assert took < 30, took  # about two seconds on a quiet machine; a slow one is given time


def test_one_judgement_is_for_those_that_stand_there_and_the_others_say_why_not(
    road: Road, burst: list[Case], incident: Incident
) -> None:
    complaint = neighbour(road, 60, kind=Kind.COMPLAINT)
    judged = neighbour(road, 61, kind=Kind.COMPLAINT)
    road.judge(judged)
    actions.attach(
        incident_id=incident.pk, case_ids=[complaint.pk, judged.pk], by=road.agent, now=road.tick()
    )

    deed = shared(
        road,
        incident,
        SharedKind.JUDGE,
        "主管爆裂属实",
        ground_sufficient=True,
        demand_reasonable=True,
        demand_reason="恢复供水是应该的",
    )

    complaint.refresh_from_db()
    assert complaint.stage == Stage.JUDGED
    parts = {part.case_id: part for part in deed.parts.all()}
    assert parts[complaint.pk].state == PartState.DONE
    assert parts[judged.pk].state == PartState.REFUSED
    assert "责任部门" in parts[judged.pk].reason
    assert judged.judgements.count() == 1
    assert parts[burst[0].pk].state == PartState.REFUSED
    burst[0].refresh_from_db()
    assert burst[0].stage == Stage.RECEIVED


def test_passed_on_accepted_and_remedied_together_every_customer_is_asked_once(
    road: Road, burst: list[Case], incident: Incident
) -> None:
    shared(road, incident, SharedKind.OFFER, "随主管抢修", department_id=road.house.engineering.pk)
    shared(road, incident, SharedKind.ACCEPT, "")
    deed = shared(road, incident, SharedKind.REMEDY, "主管已换，20时50分恢复供水", cost="0")

    assert set(Case.objects.filter(pk__in=[case.pk for case in burst]).values_list("stage", flat=True)) == {
        Stage.REMEDIED
    }
    assert deed.parts.filter(state=PartState.DONE).count() == len(burst)
    actions.move_incident(
        incident_id=incident.pk,
        to=IncidentState.SOLVED,
        text="换管试压合格",
        by=road.supervisor,
        now=road.tick(),
    )
    with pytest.raises(incidents.NobodyLeft):  # the remedy asked them already
        shared(road, incident, SharedKind.ASK, "水已恢复")
    for case in burst:
        asked = Message.objects.filter(conversation=case.conversation_id, kind=MessageKind.NOTICE)
        assert asked.filter(text__contains=f"[[confirm:{case.pk}]]").count() == 1


def test_who_was_remedied_alone_is_asked_with_the_others_and_who_is_not_content_drops_out(
    road: Road, burst: list[Case], incident: Incident
) -> None:
    for case in burst[:2]:
        actions.offer(
            case_id=case.pk, department_id=road.house.engineering.pk, by=road.agent, now=road.tick()
        )
        actions.accept(case_id=case.pk, by=road.handler, now=road.tick())
        actions.remedy(case_id=case.pk, text="来水了", by=road.handler, now=road.tick())

    deed = shared(road, incident, SharedKind.ASK, "主管已换好")

    assert set(deed.parts.values_list("case_id", flat=True)) == {burst[0].pk, burst[1].pk}
    actions.confirm(
        case_id=burst[0].pk, satisfied=False, words="水是黄的", channel=Channel.PORTAL, now=road.tick()
    )
    member = IncidentMember.objects.get(case=burst[0])
    assert member.differs
    assert member.reason == "水是黄的"
    actions.confirm(case_id=burst[1].pk, satisfied=True, channel=Channel.PORTAL, now=road.tick())
    assert not IncidentMember.objects.get(case=burst[1]).differs


def test_the_page_of_an_incident_asks_as_much_with_five_hundred_members_as_with_four(
    road: Road, incident: Incident
) -> None:
    def read() -> int:
        with CaptureQueriesContext(connection) as asked:
            cases.incident_page(road.supervisor, incident.pk)
            cases.members(road.supervisor, incident, now=road.now)
            cases.incident_listing(road.supervisor)
            cases.candidates(road.supervisor, incident, cases.Filters(), now=road.now)
        return len(asked)

    shared(road, incident, SharedKind.REPLY, REPLY)
    few = read()
    joined = actions.attach(
        incident_id=incident.pk,
        case_ids=[case.pk for case in many(road, 500)],
        by=road.supervisor,
        now=road.tick(),
    )
    shared(road, incident, SharedKind.REPLY, REPLY)

    assert joined == 500
    assert read() <= few + 1
