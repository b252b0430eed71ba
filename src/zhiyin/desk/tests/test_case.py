"""The case page through its doors: the whole way round by its own forms, two people at once, and awkward input."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from zhiyin.cases import actions
from zhiyin.cases.models import Case
from zhiyin.cases.queries import Do
from zhiyin.cases.rules.words import Outcome, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.desk.views.deeds import BY_NAME
from zhiyin.people.tests.fixtures import sign_in

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000" "1f15c4890000000d49444154789c6360000000000500"
    "01a5f645400000000049454e44ae426082"
)  # fmt: skip


@pytest.fixture
def walk(road: Road) -> Road:
    road.now = timezone.now() - timedelta(hours=8)
    return road


def page(case: Case) -> str:
    return reverse("desk:case", args=[case.number])


def press(client: Client, case: Case, do: str, **fields):
    """Send the form of one deed as the browser would: with the version the page was made from."""
    case.refresh_from_db()
    data = {"version": case.version, **fields}
    return client.post(reverse("desk:case_do", args=[case.number, do]), data)


def done(client: Client, case: Case, do: str, **fields) -> None:
    response = press(client, case, do, **fields)
    assert response.status_code == 302, (
        response.context["form"].errors if response.context else response.content
    )
    assert response["Location"] == page(case)
    case.refresh_from_db()


class TestTheWholeWay:
    def test_a_complaint_goes_round_by_the_forms_of_its_page(self, walk: Road, client_of) -> None:
        agent, handler, boss, colleague = (
            client_of(who) for who in (walk.agent, walk.handler, walk.supervisor, walk.colleague)
        )
        case = walk.open(told=False)
        done(agent, case, Do.TELL)
        done(
            agent, case, Do.JUDGE,
            ground_sufficient="yes", ground_reason="服务标准写明", demand_reasonable="yes", demand_reason="在情理之中",
        )  # fmt: skip
        done(agent, case, Do.OFFER, department_id=walk.house.engineering.pk, text="看看屋顶")
        done(handler, case, Do.ACCEPT)
        due = timezone.localtime(timezone.now() + timedelta(days=1))
        done(agent, case, Do.AGREE_TIME, text="查清原因并告诉您", due_at=f"{due:%Y-%m-%dT%H:%M}")
        done(handler, case, Do.INVESTIGATE, findings="周末停机", root_cause="节能停机", gap="standards")
        for title, cost in (("整夜开机", "１，２６０"), ("只换止逆阀", "380")):
            done(
                handler, case, Do.PROPOSE,
                title=title, description="一行一件", duration="3天内", cost=cost, feasibility="备件齐",
            )  # fmt: skip
        done(handler, case, Do.SUBMIT)
        first, second = case.proposals.order_by("pk")
        done(
            boss,
            case,
            Do.APPROVE,
            **{f"p{first.pk}": "approve", f"p{second.pk}": "refuse"},
            reason="第二个治标不治本",
        )
        done(agent, case, Do.CHOOSE, proposal_id=first.pk, channel="phone", words="就这个")
        done(handler, case, Do.REMEDY, text="换好了", prevention="改了排班", cost="1,260.00")
        done(colleague, case, Do.NOT_REACHED, text="没人接")
        done(colleague, case, Do.CONFIRM, satisfied="yes", handling="9", words="好了", channel="phone")
        promise = case.case_promises.get().promise
        blocked = press(agent, case, Do.ARCHIVE)
        assert blocked.status_code == 422
        assert "查清原因并告诉您" in blocked.content.decode()
        done(agent, case, "keep_promise", promise_id=promise.pk)
        done(agent, case, Do.ARCHIVE)
        assert (case.stage, case.outcome) == (Stage.ARCHIVED, Outcome.SATISFIED)
        assert "SHA-256" in agent.get(page(case)).content.decode()

    def test_dissatisfied_goes_on_in_another_round(self, walk: Road, client_of) -> None:
        case = walk.to(Stage.REMEDIED)
        done(client_of(walk.colleague), case, Do.CONFIRM, satisfied="no", words="下雨又渗了", channel="phone")
        assert (case.round, case.stage) == (2, Stage.ASSIGNED)
        assert "第2轮" in client_of(walk.agent).get(page(case)).content.decode()

    def test_not_founded_is_explained_and_closed(self, walk: Road, client_of) -> None:
        agent, case = client_of(walk.agent), walk.open()
        done(
            agent, case, Do.JUDGE,
            ground_sufficient="no", ground_reason="邻里之间", demand_reasonable="yes", demand_reason="希望安静",
        )  # fmt: skip
        assert agent.get(page(case)).context["main"].do is Do.EXPLAIN
        done(agent, case, Do.EXPLAIN, text="我们理解您休息不好。")
        assert case.outcome == Outcome.EXPLAINED

    def test_a_note_keeps_its_papers_and_only_those_who_see_the_case_open_them(
        self, walk: Road, other_agent, client_of
    ) -> None:
        case = walk.open()
        done(
            client_of(walk.agent), case, Do.NOTE, text="现场照片", files=[SimpleUploadedFile("台阶.png", PNG)]
        )
        where = reverse("file", args=[case.files.get().file_id])
        assert client_of(walk.colleague).get(where).status_code == 200
        assert client_of(other_agent).get(where).status_code == 404


class TestTwoAtOnce:
    def test_the_second_sees_the_change_and_loses_nothing(self, walk: Road, client_of) -> None:
        case = walk.open()
        first, second = client_of(walk.agent), client_of(walk.colleague)
        opened = second.get(page(case))
        old = {"version": opened.context["case"].version, "seen": opened.context["page"].seen}
        judged = {"ground_sufficient": "yes", "demand_reasonable": "yes", "demand_reason": "合理"}
        done(first, case, Do.JUDGE, **judged, ground_reason="先到的理由")
        late = second.post(
            reverse("desk:case_do", args=[case.number, Do.JUDGE]),
            old | judged | {"ground_reason": "我写了很久的理由"},
        )
        text = late.content.decode()
        assert late.status_code == 409
        assert walk.agent.name in text
        assert "我写了很久的理由" in text
        case.refresh_from_db()
        again = late.context["form"]["version"].value()
        assert int(again) == case.version

    def test_the_page_hears_of_changes_by_others_only(self, walk: Road, client_of) -> None:
        case = walk.open()
        mine, theirs = client_of(walk.agent), client_of(walk.colleague)
        seen = mine.get(page(case)).context["page"].seen
        news = reverse("desk:case_news", args=[case.number]) + f"?version={case.version}&seen={seen}"
        assert mine.get(news).status_code == 204
        done(theirs, case, Do.HELP, text="派人去了")
        told = mine.get(news)
        assert walk.colleague.name in told.content.decode()
        assert theirs.get(news).status_code == 204

    def test_a_promise_can_be_settled_whatever_else_changed(self, walk: Road, client_of) -> None:
        case = walk.to(Stage.JUDGED)
        made = actions.promise(
            case_id=case.pk,
            text="回电",
            due_at=timezone.now() + timedelta(hours=3),
            by=walk.agent,
            now=timezone.now(),
        )
        response = client_of(walk.agent).post(
            reverse("desk:case_do", args=[case.number, "keep_promise"]), {"promise_id": made.pk, "version": 1}
        )
        assert response.status_code == 302


class TestDoors:
    @pytest.mark.parametrize("who", ["other_agent", "other_handler", "researcher"])
    def test_a_stranger_learns_nothing(self, walk: Road, request, client_of, who: str) -> None:
        case = walk.open()
        answer = client_of(request.getfixturevalue(who)).get(page(case))
        assert answer.status_code in {403, 404}
        assert case.subject not in answer.content.decode()

    def test_nobody_is_asked_to_sign_in(self, walk: Road, client: Client) -> None:
        case = walk.open()
        for where in (
            page(case),
            "/",
            "/cases/",
            "/cases/board/",
            "/inbox/",
            "/search/?q=电梯",
            "/cases/new/",
        ):
            assert client.get(where).status_code == 302

    def test_a_handler_sees_what_her_department_was_asked_about(self, walk: Road, client_of) -> None:
        case = walk.to(Stage.JUDGED)
        handler = client_of(walk.handler)
        assert handler.get(page(case)).status_code == 404
        actions.offer(
            case_id=case.pk, department_id=walk.house.engineering.pk, by=walk.agent, now=walk.tick()
        )
        answer = handler.get(page(case))
        assert answer.context["main"].do is Do.ACCEPT
        assert press(handler, case, Do.JUDGE).status_code == 403

    def test_quality_reads_but_does_not_judge(self, walk: Road, quality, client_of) -> None:
        case = walk.open()
        assert client_of(quality).get(page(case)).status_code == 200
        assert press(client_of(quality), case, Do.JUDGE).status_code == 403

    def test_whoever_worked_on_it_does_not_make_the_call(self, walk: Road, client_of) -> None:
        case = walk.to(Stage.REMEDIED)
        answer = client_of(walk.agent).get(page(case))
        assert answer.context["main"].why is not None
        assert (
            press(client_of(walk.agent), case, Do.CONFIRM, satisfied="yes", channel="phone").status_code
            == 403
        )


class TestAwkwardInput:
    GARBAGE = (
        {},
        {"version": "x", "seen": "-1", "text": "\x00", "cost": "nan", "due_at": "9999-99-99T99:99"},
    )

    @pytest.mark.parametrize("name", sorted(BY_NAME))
    @pytest.mark.parametrize("data", GARBAGE)
    def test_nothing_typed_breaks_the_page(
        self, walk: Road, client_of, name: str, data: dict[str, str]
    ) -> None:
        case = walk.to(Stage.PROPOSED)
        for field in (
            "proposal_id",
            "promise_id",
            "department_id",
            "to_id",
            "escalation_id",
            "other_id",
            "kind",
            "channel",
            "number",
        ):
            data = data | ({field: "99999999999999999999"} if data else {})
        for staff in (walk.supervisor, walk.handler, walk.agent):
            response = client_of(staff).post(reverse("desk:case_do", args=[case.number, name]), data)
            assert response.status_code in {302, 403, 404, 409, 422}, name

    @pytest.mark.parametrize(
        "due", ["0001-01-01T00:00", "9999-12-31T23:59", "2001-01-01T10:00", "明天", "2026-02-30T10:00"]
    )
    def test_a_time_that_does_not_fit_is_said_in_words(self, walk: Road, client_of, due: str) -> None:
        case = walk.to(Stage.ASSIGNED)
        response = press(client_of(walk.agent), case, Do.AGREE_TIME, text="查清", due_at=due)
        assert response.status_code == 422
        assert response.context["form"].errors["due_at"]

    @pytest.mark.parametrize("cost", ["", "贵", "-1", "1e9", "NaN", "Infinity", "99999999999", "1.234"])
    def test_an_amount_that_does_not_fit_is_said_in_words(self, walk: Road, client_of, cost: str) -> None:
        case = walk.to(Stage.INVESTIGATED)
        response = press(
            client_of(walk.handler), case, Do.PROPOSE,
            title="整夜开机", description="一", duration="3天", feasibility="行", cost=cost,
        )  # fmt: skip
        assert response.status_code == 422
        assert response.context["form"].errors["cost"]

    def test_an_unknown_deed_and_an_unknown_case_are_not_found(self, walk: Road, client_of) -> None:
        case, agent = walk.open(), client_of(walk.agent)
        assert press(agent, case, "delete").status_code == 404
        for number in ("2611-9999", "x", "２６１１-９９９９", "a" * 200):
            assert agent.get(f"/cases/{number}/").status_code == 404

    def test_a_number_is_understood_as_people_type_it(self, walk: Road, client_of) -> None:
        case = walk.open()
        full = case.number.translate({48 + digit: chr(0xFF10 + digit) for digit in range(10)})
        assert client_of(walk.agent).get(f"/cases/{full}/").status_code == 200

    def test_a_case_cannot_be_linked_with_one_nobody_may_see(self, walk: Road, client_of) -> None:
        case = walk.open()
        response = press(client_of(walk.agent), case, Do.RELATE, number="2611-9999")
        assert response.status_code == 422
        assert response.context["form"].errors["number"]

    def test_markup_in_what_people_write_stays_text(self, walk: Road, client_of) -> None:
        case = walk.open(subject="<b>反味</b>", description="<script>alert(1)</script>")
        text = client_of(walk.agent).get(page(case)).content.decode()
        assert "<script>alert(1)" not in text
        assert "&lt;script&gt;" in text

    def test_a_reply_sent_twice_is_one_message(self, walk: Road, client_of) -> None:
        case, agent = walk.open(), client_of(walk.agent)
        token = uuid.uuid4()
        for _ in range(2):
            press(agent, case, Do.REPLY, text="我们马上到", client_token=token)
        assert case.conversation.messages.filter(text="我们马上到").count() == 1


class TestBudget:
    def test_a_long_story_takes_no_more_queries_than_a_short_one(
        self, walk: Road, client_of, django_assert_num_queries
    ) -> None:
        case = walk.to(Stage.REMEDIED)
        agent = client_of(walk.agent)
        agent.get(page(case))
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as short:
            agent.get(page(case))
        for number in range(30):
            actions.note(case_id=case.pk, text=f"第{number}条", by=walk.agent, now=walk.tick(1))
            actions.reply(case_id=case.pk, text=f"第{number}封", by=walk.agent, now=walk.tick(1))
        with CaptureQueriesContext(connection) as long:
            agent.get(page(case))
        assert len(long) == len(short)
        assert len(short) <= 46


def test_a_package_is_handed_out_to_who_has_just_shown_who_she_is(road, client_of):
    case = road.to(Stage.ARCHIVED)
    address = f"/cases/{case.number}/package/"
    browser = client_of(road.supervisor)
    sign_in(browser, road.supervisor, ago=16 * 60)
    page = f"http://testserver/cases/{case.number}/"
    assert browser.get(address, headers={"referer": page}).headers["Location"] == "/accounts/confirm/"
    sign_in(browser, road.supervisor)
    going = browser.get("/accounts/confirm/").content.decode()
    assert f'<form method="get" action="{address}" data-auto>' in going
    assert f'href="/cases/{case.number}/"' in going
