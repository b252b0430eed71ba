"""Today, list, board, search, intake, inbox and time limits through their doors."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from zhiyin.cases import actions
from zhiyin.cases import queries as cases
from zhiyin.cases.models import Case, ClockRule
from zhiyin.cases.queries import DueKind, Filters, Place
from zhiyin.cases.rules.words import Emotion, Kind, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.conversations import actions as conversations
from zhiyin.customers.models import Customer
from zhiyin.customers.rules import Channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(road: Road) -> Road:
    road.now = timezone.now() - timedelta(hours=8)
    return road


def queries_of(client, where: str) -> int:
    client.get(where)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(where).status_code == 200
    return len(seen)


class TestBudgets:
    @pytest.mark.parametrize(
        "where",
        [
            "/",
            "/?whose=team",
            "/cases/",
            "/cases/?q=反味",
            "/cases/board/",
            "/inbox/?view=all",
            "/search/?q=反味",
        ],
    )
    def test_thirty_rows_take_no_more_queries_than_one(self, walk: Road, client_of, where: str) -> None:
        client = client_of(walk.agent)
        walk.to(Stage.APPROVED)
        actions.promise(
            case_id=walk.made[0].pk,
            text="回电",
            due_at=timezone.now() + timedelta(hours=2),
            by=walk.agent,
            now=timezone.now(),
        )
        one = queries_of(client, where)
        for number in range(29):
            case = walk.open(subject=f"反味第{number}次")
            actions.promise(
                case_id=case.pk,
                text="回电",
                due_at=timezone.now() + timedelta(hours=2),
                by=walk.agent,
                now=timezone.now(),
            )
        assert queries_of(client, where) == one


class TestToday:
    def test_danger_comes_first_with_its_reason(self, walk: Road, client_of) -> None:
        walk.open(subject="停车费多扣")
        walk.open(subject="老人绊倒", in_danger=True)
        page = client_of(walk.agent).get("/")
        assert page.context["next"]["due"].text == "老人绊倒"
        assert "先帮人，后判断" in page.content.decode()

    def test_the_department_sees_what_it_is_asked(self, walk: Road, client_of) -> None:
        case = walk.to(Stage.JUDGED)
        actions.offer(
            case_id=case.pk, department_id=walk.house.engineering.pk, by=walk.agent, now=walk.tick()
        )
        kinds = [one.kind for one in cases.due(walk.handler, timezone.now())]
        assert kinds == [DueKind.OFFER]
        assert case.number in client_of(walk.handler).get("/").content.decode()

    def test_the_supervisor_sees_what_waits_for_approval(self, walk: Road, client_of) -> None:
        case = walk.to(Stage.PROPOSED)
        found = cases.due(walk.supervisor, timezone.now())
        assert (DueKind.APPROVAL, case.number) in [(one.kind, one.card.number) for one in found if one.card]
        assert client_of(walk.supervisor).get("/").status_code == 200

    def test_the_call_is_for_whoever_did_not_work_on_it(self, walk: Road) -> None:
        walk.to(Stage.REMEDIED)
        now = timezone.now()
        assert DueKind.CALL in {one.kind for one in cases.due(walk.colleague, now)}
        assert DueKind.CALL not in {one.kind for one in cases.due(walk.agent, now)}

    def test_a_broken_promise_stays_until_it_is_made_good(self, walk: Road) -> None:
        case = walk.open()
        made = actions.promise(
            case_id=case.pk, text="回电", due_at=walk.now + timedelta(minutes=30), by=walk.agent, now=walk.now
        )
        from zhiyin.promises.models import Promise
        from zhiyin.promises.rules import State

        Promise.objects.filter(pk=made.pk).update(state=State.BROKEN, settled_at=timezone.now())
        assert DueKind.PROMISE in {one.kind for one in cases.due(walk.agent, timezone.now())}
        actions.keep_promise(case_id=case.pk, promise_id=made.pk, by=walk.agent, now=timezone.now())
        assert DueKind.PROMISE not in {one.kind for one in cases.due(walk.agent, timezone.now())}

    @pytest.mark.parametrize("who", ["quality", "researcher", "administrator", "handler"])
    def test_everybody_has_a_calm_page(self, request, client_of, house, who: str) -> None:
        assert client_of(request.getfixturevalue(who)).get("/").status_code == 200


class TestList:
    def test_filters_find_what_they_say(self, walk: Road) -> None:
        calm = walk.open(subject="电梯停了")
        angry = walk.open(subject="门禁坏了", emotion=Emotion.ANGER, intensity=3, kind=Kind.REQUEST)
        now = timezone.now()

        def found(**filters) -> set[str]:
            return {row.number for row in cases.listing(walk.agent, Filters(**filters), now=now).rows}

        assert found(emotion=Emotion.ANGER) == {angry.number}
        assert found(kind=Kind.COMPLAINT) == {calm.number}
        assert found(q="电梯") == {calm.number}
        assert found(q="電梯") == {calm.number}
        assert found(q=angry.number) == {angry.number}
        assert found(q="4471") == {calm.number, angry.number}
        assert found(q="swx") == {calm.number, angry.number}
        assert found(owner_id=walk.colleague.pk) == set()
        assert found(state="archived") == set()

    def test_messages_are_searched_too(self, walk: Road) -> None:
        case = walk.open()
        conversations.receive(conversation_id=case.conversation_id, text="墙皮都掉了", now=walk.tick())
        rows = cases.listing(walk.agent, Filters(q="墙皮"), now=timezone.now()).rows
        assert [row.number for row in rows] == [case.number]

    def test_another_team_finds_nothing(self, walk: Road, other_agent) -> None:
        case = walk.open()
        assert cases.listing(other_agent, Filters(q=case.number), now=timezone.now()).rows == []

    @pytest.mark.parametrize(
        "query",
        [
            "?page=0",
            "?page=-1",
            "?page=x",
            "?page=99999",
            "?kind=none",
            "?owner=abc&department=x",
            "?q=%00",
            "?q=%25%27%22",
            "?sort=due",
            "?state=zzz",
        ],
    )
    def test_no_address_breaks_it(self, walk: Road, client_of, query: str) -> None:
        walk.open()
        for where in ("/cases/", "/cases/board/", "/inbox/", "/search/", "/"):
            assert client_of(walk.agent).get(where + query).status_code == 200


class TestBoard:
    def test_a_card_hangs_where_its_next_step_is(self, walk: Road) -> None:
        walk.open(by=None, channel=Channel.PORTAL)
        walk.open()
        walk.to(Stage.ASSIGNED)
        walk.to(Stage.PROPOSED)
        walk.to(Stage.APPROVED)
        walk.to(Stage.CHOSEN)
        walk.to(Stage.REMEDIED)
        board = cases.board(walk.agent, Filters(), now=timezone.now())
        assert {column.place: column.total for column in board.columns} == dict.fromkeys(Place, 1)

    def test_taking_a_case_is_done_at_once(self, walk: Road, client_of) -> None:
        case = walk.open(by=None, channel=Channel.PORTAL)
        seen = {"to": "judge", "version": case.version}
        response = client_of(walk.agent).post(reverse("desk:case_move", args=[case.number]), seen)
        assert response["Location"] == "/cases/board/"
        case.refresh_from_db()
        assert case.owner == walk.agent

    def test_a_step_that_needs_words_opens_its_form(self, walk: Road, client_of) -> None:
        case = walk.open()
        response = client_of(walk.agent).post(
            reverse("desk:case_move", args=[case.number]), {"to": "department"}
        )
        assert response["Location"] == f"/cases/{case.number}/?do=judge#deed"
        case.refresh_from_db()
        assert case.stage == Stage.RECEIVED

    @pytest.mark.parametrize("to", ["remedy", "nowhere", ""])
    def test_what_is_not_yet_possible_says_why_and_changes_nothing(
        self, walk: Road, client_of, to: str
    ) -> None:
        case = walk.open()
        response = client_of(walk.agent).post(
            reverse("desk:case_move", args=[case.number]), {"to": to}, headers={"HX-Request": "true"}
        )
        assert response.status_code == 422
        assert "data-message" in response.content.decode()
        case.refresh_from_db()
        assert case.stage == Stage.RECEIVED


class TestIntake:
    FORM: ClassVar = {
        "channel": "phone", "name": "方卫东", "phone": "137 0003 1112", "kind": "complaint", "subject": "充电桩跳闸",
        "description": "一插就跳闸", "emotion": "anxiety", "intensity": "2", "severity": "2",
    }  # fmt: skip

    def test_customer_and_case_are_written_down_at_once_and_only_once(self, walk: Road, client_of) -> None:
        token = str(uuid.uuid4())
        for _ in range(2):
            response = client_of(walk.agent).post("/cases/new/", self.FORM | {"client_token": token})
            assert response.status_code == 302
        case = Case.objects.get()
        assert (case.customer.name, case.owner, case.channel) == ("方卫东", walk.agent, "phone")
        assert Customer.objects.filter(name="方卫东").count() == 1

    def test_danger_keeps_the_help_given(self, walk: Road, client_of) -> None:
        client_of(walk.agent).post(
            "/cases/new/", self.FORM | {"in_danger": "on", "help_given": "秩序部08:20到场"}
        )
        case = Case.objects.get()
        assert case.in_danger
        assert case.helped_at is not None

    @pytest.mark.parametrize(
        ("change", "field"),
        [({"phone": ""}, "phone"), ({"phone": "12345"}, "phone"), ({"name": ""}, "name"),
         ({"subject": " "}, "subject"),
         ({"email": "x"}, "email"), ({"customer_id": "999"}, "name"), ({"kind": "x"}, "kind"),
         ({"severity": ""}, "severity")],
    )  # fmt: skip
    def test_what_is_missing_is_said_beside_it_and_nothing_is_lost(
        self, walk: Road, client_of, change, field: str
    ) -> None:
        response = client_of(walk.agent).post("/cases/new/", self.FORM | change)
        assert response.status_code == 422
        assert response.context["form"].errors[field]
        assert "一插就跳闸" in response.content.decode()
        assert not Case.objects.exists()

    def test_customers_are_found_while_typing(self, walk: Road, client_of) -> None:
        found = client_of(walk.agent).get("/cases/new/customers/?phone=4471")
        assert "苏文秀" in found.content.decode()
        picked = client_of(walk.agent).get(f"/cases/new/customers/{walk.customer.pk}/")
        assert f'value="{walk.customer.pk}"' in picked.content.decode()

    def test_a_conversation_becomes_a_case(self, walk: Road, client_of) -> None:
        thread = conversations.start(
            customer_id=walk.customer.pk,
            channel=Channel.EMAIL,
            subject="停车费",
            team_id=walk.house.team.pk,
            now=walk.now,
        )
        conversations.receive(conversation_id=thread.pk, text="多扣了两个月", now=walk.now)
        client = client_of(walk.agent)
        form = client.get(f"/cases/new/?conversation={thread.pk}").context["form"]
        assert form["description"].value() == "多扣了两个月"
        response = client.post("/cases/new/", self.FORM | {"conversation": thread.pk, "channel": "email"})
        assert response.status_code == 302
        assert Case.objects.get().conversation_id == thread.pk

    def test_a_handler_does_not_take_things_down(self, walk: Road, client_of) -> None:
        assert client_of(walk.handler).get("/cases/new/").status_code == 403


class TestInbox:
    @pytest.fixture
    def thread(self, walk: Road):
        row = conversations.start(
            customer_id=walk.customer.pk,
            channel=Channel.EMAIL,
            subject="停车费",
            team_id=walk.house.team.pk,
            now=walk.now,
        )
        conversations.receive(conversation_id=row.pk, text="多扣了两个月", now=walk.now)
        return row

    def test_a_reply_and_a_note_go_where_they_belong(self, walk: Road, client_of, thread) -> None:
        client, where = client_of(walk.agent), f"/inbox/{thread.pk}/write/"
        assert client.post(where, {"kind": "reply", "text": "马上核对"}).status_code == 302
        assert client.post(where, {"kind": "note", "text": "财务在查"}).status_code == 302
        kinds = list(thread.messages.order_by("position").values_list("kind", "text"))
        assert kinds[1:] == [("message", "马上核对"), ("note", "财务在查")]

    def test_a_reply_settles_the_clock_of_its_case(self, walk: Road, client_of) -> None:
        case = walk.open()
        client_of(walk.agent).post(
            f"/inbox/{case.conversation_id}/write/", {"kind": "reply", "text": "马上到"}
        )
        assert case.clocks.get(kind="respond").state == "met"

    def test_an_empty_reply_comes_back_with_a_sentence(self, walk: Road, client_of, thread) -> None:
        response = client_of(walk.agent).post(f"/inbox/{thread.pk}/write/", {"kind": "reply", "text": " "})
        assert response.status_code == 422
        assert thread.messages.count() == 1

    def test_done_later_and_back(self, walk: Road, client_of, thread) -> None:
        client = client_of(walk.agent)
        client.post(f"/inbox/{thread.pk}/done/")
        thread.refresh_from_db()
        assert thread.state == "done"
        client.post(f"/inbox/{thread.pk}/reopen/")
        client.post(
            f"/inbox/{thread.pk}/later/",
            {"until": f"{timezone.localtime() + timedelta(hours=1):%Y-%m-%dT%H:%M}"},
        )
        thread.refresh_from_db()
        assert (thread.state, thread.snoozed_until is not None) == ("open", True)

    def test_it_can_be_given_to_a_colleague(self, walk: Road, client_of, thread) -> None:
        client_of(walk.agent).post(f"/inbox/{thread.pk}/assign/", {"to_id": walk.colleague.pk})
        thread.refresh_from_db()
        assert thread.assignee == walk.colleague

    @pytest.mark.parametrize("deed", ["assign", "later", "done", "write"])
    def test_another_team_finds_nothing_and_garbage_breaks_nothing(
        self, walk: Road, other_agent, client_of, thread, deed
    ) -> None:
        where = f"/inbox/{thread.pk}/{deed}/"
        assert client_of(other_agent).post(where, {"kind": "reply", "text": "x"}).status_code == 404
        assert client_of(walk.agent).post(where, {"to_id": "x", "until": "x", "kind": "x"}).status_code in {
            302,
            422,
        }


class TestClocks:
    FORM: ClassVar = {
        "clock": "judge",
        "amount": "6",
        "unit": "60",
        "warn_share": "75",
        "effective_from": "2027-01-01",
    }

    def test_a_rule_is_kept_with_its_source(self, administrator, client_of) -> None:
        response = client_of(administrator).post(
            "/settings/clocks/", self.FORM | {"source": "GB/T 19012", "to_confirm": "on"}
        )
        assert response.status_code == 302
        rule = ClockRule.objects.get(source="GB/T 19012")
        assert (rule.minutes, rule.to_confirm) == (360, True)
        assert "待法务确认" in client_of(administrator).get("/settings/clocks/").content.decode()
        client_of(administrator).post("/settings/clocks/", self.FORM | {"rule_id": rule.pk, "amount": "5"})
        rule.refresh_from_db()
        assert rule.minutes == 300

    @pytest.mark.parametrize(
        "change",
        [
            {"amount": "0"},
            {"amount": "x"},
            {"amount": "9" * 30},
            {"warn_share": "100"},
            {"effective_from": "x"},
            {"effective_to": "2026-01-01"},
            {"clock": ""},
        ],
    )
    def test_what_does_not_fit_is_said_in_words(self, administrator, client_of, change) -> None:
        response = client_of(administrator).post("/settings/clocks/", self.FORM | change)
        assert response.status_code == 422
        assert response.context["form"].errors

    def test_two_rules_do_not_begin_on_one_day(self, administrator, client_of) -> None:
        client = client_of(administrator)
        assert client.post("/settings/clocks/", self.FORM).status_code == 302
        assert client.post("/settings/clocks/", self.FORM).status_code == 422

    def test_only_an_administrator_comes_in(self, agent, supervisor, client_of) -> None:
        for staff in (agent, supervisor):
            assert client_of(staff).get("/settings/clocks/").status_code == 403
