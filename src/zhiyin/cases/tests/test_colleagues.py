"""Colleagues call each other by name, hand over with what matters, and ask each other as they would a customer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhiyin.cases import actions
from zhiyin.cases import queries as cases
from zhiyin.cases.actions import colleagues
from zhiyin.cases.models import CaseEvent, HandoverNote, InternalRequest, Mention
from zhiyin.cases.queries.sight import visible, watchers
from zhiyin.cases.rules import colleagues as rules
from zhiyin.cases.rules.colleagues import Person, RequestState
from zhiyin.cases.rules.words import Emotion, EventKind, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.kit.errors import Forbidden, NotFound
from zhiyin.people.models import Staff
from zhiyin.people.rules import Role
from zhiyin.people.tests.fixtures import NOW, make


def asked(road: Road, *, shares: bool = False, **whom: int) -> InternalRequest:
    case = road.made[-1] if road.made else road.open()
    return actions.ask(
        case_id=case.pk,
        need="请查排风机周末是否停机，附一张照片",
        due_at=road.now + timedelta(hours=4),
        shares_notes=shares,
        by=road.agent,
        now=road.tick(),
        **whom,
    )


def note(road: Road, text: str) -> None:
    actions.note(case_id=road.made[-1].pk, text=text, by=road.agent, now=road.tick())


# --- mentions


def test_a_colleague_called_in_a_note_finds_it_among_her_mentions_until_she_has_read_it(road: Road) -> None:
    road.open()
    note(road, "@赵敏 明天你当班，麻烦回访前看一下。")

    (called,) = cases.from_colleagues(road.colleague).mentions
    assert called.by == road.agent
    assert cases.from_colleagues(road.supervisor).mentions == []
    actions.read_mentions(mention_ids=[called.pk], by=road.supervisor, now=road.tick())
    assert cases.waiting_count(road.colleague) == 1  # nobody reads for somebody else
    actions.read_mentions(mention_ids=[called.pk], by=road.colleague, now=road.tick())
    assert cases.waiting_count(road.colleague) == 0
    rows, more = cases.mentions(road.colleague)
    assert ([row.pk for row in rows], more) == ([called.pk], False)


def test_who_cannot_see_the_case_is_not_called_and_the_author_is_told(road: Road, other_agent: Staff) -> None:
    road.open()
    with pytest.raises(rules.NotInSight, match="吴桐"):
        note(road, "@吴桐 你们那边见过吗？")
    assert not Mention.objects.exists()
    assert not CaseEvent.objects.filter(kind=EventKind.NOTED).exists()

    asked(road, shares=True, to_id=other_agent.pk)
    note(road, "@吴桐 你们那边见过吗？")
    assert len(cases.from_colleagues(other_agent).mentions) == 1


def test_an_address_calls_nobody_and_two_of_one_name_are_told_apart(road: Road) -> None:
    twin = make("zhao2", "赵敏", Role.AGENT, team_id=road.house.team.pk)
    road.open()
    note(road, "客户邮箱 su@赵敏.example 已核对")
    assert not Mention.objects.exists()
    with pytest.raises(rules.SameName):
        note(road, "@赵敏 请看")
    note(road, "@赵敏(zhao2) 请看")
    assert Mention.objects.get().staff == twin
    assert [one.handle for one in cases.to_call(road.agent, road.made[-1], "zm")] == [
        "赵敏(zhao)",
        "赵敏(zhao2)",
    ]


@pytest.mark.parametrize(
    ("typed", "found"), [("赵", ["赵敏"]), ("zm", ["赵敏"]), ("zhaomin", ["赵敏"]), ("wu", [])]
)
def test_the_list_behind_the_at_knows_names_initials_and_spelling_of_those_who_see_the_case(
    road: Road, other_agent: Staff, typed: str, found: list[str]
) -> None:
    assert [one.name for one in cases.to_call(road.agent, road.open(), typed)] == found


def test_the_longest_name_is_meant() -> None:
    people = [Person(1, "林晓", "lin1"), Person(2, "林晓芸", "lin2")]

    assert rules.mentioned("@林晓芸看，@林晓 也看，＠林晓芸", people) == [2, 1]
    assert rules.mentioned("@没有这个人", people) == []


def test_who_sees_a_case_is_the_same_from_both_sides(
    road: Road,
    other_agent: Staff,
    other_handler: Staff,
    quality: Staff,
    researcher: Staff,
    administrator: Staff,
) -> None:
    everybody = [road.agent, road.colleague, road.supervisor, road.handler]
    everybody += [other_agent, other_handler, quality, researcher, administrator]
    for case in (road.open(), road.to(Stage.INVESTIGATED)):
        seeing = {person.pk for person in everybody if visible(person).filter(pk=case.pk).exists()}
        assert set(watchers(case).values_list("pk", flat=True)) == seeing


# --- hand-over


def test_a_hand_over_says_what_was_done_and_stays_on_top_until_it_is_read(road: Road) -> None:
    case = road.open()
    actions.hand_over(
        case_id=case.pk,
        to_id=road.colleague.pk,
        text="已看过现场",
        promised="周五前给准信",
        next_step="等工程部回话",
        emotion=Emotion.ANGER,
        feeling="说话请慢一点",
        by=road.agent,
        now=road.tick(),
    )

    page = cases.page(road.colleague, case.number, now=road.now)
    assert page.handover is not None
    assert (page.handover.done, page.handover.emotion) == ("已看过现场", Emotion.ANGER)
    assert cases.page(road.agent, case.number, now=road.now).handover is None
    with pytest.raises(NotFound):
        actions.acknowledge_handover(case_id=case.pk, by=road.agent, now=road.tick())
    actions.acknowledge_handover(case_id=case.pk, by=road.colleague, now=road.tick())
    assert cases.page(road.colleague, case.number, now=road.now).handover is None
    assert HandoverNote.objects.get().acknowledged_at == road.now


# --- requests


def test_asked_taken_up_answered_and_found_enough(road: Road) -> None:
    request = asked(road, department_id=road.house.engineering.pk)

    assert [one.request for one in cases.from_colleagues(road.handler).requests] == [request]
    actions.take_request(request_id=request.pk, by=road.handler, now=road.tick())
    actions.answer_request(request_id=request.pk, text="周末停机，见附照", by=road.handler, now=road.tick())
    assert not cases.from_colleagues(road.handler).requests
    assert [one.request.pk for one in cases.from_colleagues(road.agent).answers] == [request.pk]
    actions.judge_answer(request_id=request.pk, sufficient=True, by=road.agent, now=road.tick())
    request.refresh_from_db()
    assert request.state == RequestState.SUFFICIENT
    (record,) = cases.records(since=NOW - timedelta(days=1))
    assert (record.name, record.asked, record.in_time, record.late, record.sufficient_at_once) == (
        "工程部", 1, 1, 0, 1,
    )  # fmt: skip


def test_an_answer_that_is_not_enough_goes_back_with_what_is_missing(road: Road) -> None:
    request = asked(road, to_id=road.handler.pk)
    actions.answer_request(request_id=request.pk, text="停的", by=road.handler, now=road.tick())
    with pytest.raises(rules.RequestMoved):
        actions.answer_request(request_id=request.pk, text="再说", by=road.handler, now=road.tick())
    actions.judge_answer(
        request_id=request.pk, sufficient=False, words="还缺照片", by=road.agent, now=road.tick()
    )

    assert [one.request.pk for one in cases.from_colleagues(road.handler).requests] == [request.pk]
    actions.answer_request(request_id=request.pk, text="照片在这里", by=road.handler, now=road.tick())
    actions.judge_answer(request_id=request.pk, sufficient=True, by=road.agent, now=road.tick())
    page = cases.request_page(road.agent, request.pk)
    assert [answer.sufficient for answer in page.answers] == [False, True]


def test_the_time_is_watched_reminded_once_and_missed_once(road: Road) -> None:
    request = asked(road, department_id=road.house.engineering.pk)
    late = request.due_at + timedelta(minutes=1)

    assert colleagues.claim_reminders(request.remind_at - timedelta(minutes=1)) == 0
    assert colleagues.claim_reminders(request.remind_at) == 1
    assert colleagues.claim_reminders(request.remind_at) == 0
    assert colleagues.claim_breaches(late) == 1
    assert colleagues.claim_breaches(late) == 0
    assert CaseEvent.objects.filter(kind=EventKind.REQUEST_OVER).count() == 1
    actions.answer_request(request_id=request.pk, text="迟了", by=road.handler, now=late)
    (record,) = cases.records(since=NOW - timedelta(days=1))
    assert (record.in_time, record.late) == (0, 1)


def test_a_stranger_sees_nothing_of_a_request_and_who_is_asked_sees_only_what_was_shared(
    road: Road, other_agent: Staff, other_handler: Staff, researcher: Staff
) -> None:
    case = road.open()
    note(road, "客户母亲在医院，语气放缓")
    closed = asked(road, to_id=other_agent.pk)
    for stranger in (other_handler, researcher):
        with pytest.raises(NotFound):
            cases.request_page(stranger, closed.pk)
        with pytest.raises((NotFound, Forbidden)):
            actions.answer_request(request_id=closed.pk, text="好", by=stranger, now=road.tick())
    page = cases.request_page(other_agent, closed.pk)
    assert (page.notes, page.shows_subject, page.asked.sees_case) == ([], False, False)

    shared = asked(road, shares=True, to_id=other_agent.pk)
    assert [one.text for one in cases.request_page(other_agent, shared.pk).notes] == [
        "客户母亲在医院，语气放缓"
    ]
    with pytest.raises(NotFound):
        cases.page(other_agent, case.number, now=road.now)
    actions.withdraw_request(request_id=shared.pk, by=road.agent, now=road.tick())
    assert cases.request_page(other_agent, shared.pk).notes == []


def test_only_the_one_asked_answers_and_only_the_asker_judges(road: Road, other_handler: Staff) -> None:
    request = asked(road, department_id=road.house.engineering.pk)

    with pytest.raises(NotFound):
        actions.answer_request(request_id=request.pk, text="好", by=other_handler, now=road.tick())
    with pytest.raises(NotFound):
        actions.decline_request(request_id=request.pk, reason="不", by=road.colleague, now=road.tick())
    actions.answer_request(request_id=request.pk, text="好", by=road.handler, now=road.tick())
    with pytest.raises(NotFound):
        actions.judge_answer(request_id=request.pk, sufficient=True, by=road.handler, now=road.tick())


@pytest.mark.parametrize("whom", [{}, {"to_id": 0, "department_id": 1}])
def test_either_a_colleague_or_a_department(road: Road, whom: dict[str, int]) -> None:
    with pytest.raises(rules.NobodyAsked):
        asked(road, **whom)


def test_not_oneself_and_not_who_does_not_answer(road: Road, researcher: Staff) -> None:
    with pytest.raises(rules.Oneself):
        asked(road, to_id=road.agent.pk)
    with pytest.raises(rules.CannotAnswer):
        asked(road, to_id=researcher.pk)


def test_a_case_with_open_requests_says_so_before_it_is_archived_and_lets_them_go(road: Road) -> None:
    case = road.to(Stage.CONFIRMED)
    request = asked(road, department_id=road.house.engineering.pk)

    with pytest.raises(rules.RequestsOpen):
        actions.archive(case_id=case.pk, by=road.agent, now=road.tick())
    actions.archive(case_id=case.pk, without_answers=True, by=road.agent, now=road.tick())
    case.refresh_from_db()
    request.refresh_from_db()
    assert case.stage == Stage.ARCHIVED
    assert request.state == RequestState.WITHDRAWN
    assert "请查排风机周末是否停机" in case.archive.document


def test_what_waits_among_colleagues_is_read_with_as_many_questions_however_much_it_is(road: Road) -> None:
    def read() -> int:
        with CaptureQueriesContext(connection) as found:
            cases.from_colleagues(road.handler)
            cases.requests(road.handler)
            cases.mentions(road.handler)
            cases.records(since=NOW - timedelta(days=1))
        return len(found)

    road.to(Stage.INVESTIGATED)
    asked(road, department_id=road.house.engineering.pk)
    note(road, "@马建国 请看")
    few = read()
    for _ in range(6):
        road.to(Stage.INVESTIGATED)
        asked(road, department_id=road.house.engineering.pk)
        note(road, "@马建国 请看")
    assert read() == few
