"""The catalogue, the guarantee and how it is kept, through the doors people use."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from zhiyin.cases import actions as cases
from zhiyin.cases import links
from zhiyin.cases.models import Case, CaseEvent
from zhiyin.cases.rules.words import EventKind, LinkPurpose
from zhiyin.cases.tests.road import Road
from zhiyin.catalogue import queries
from zhiyin.catalogue.models import Guarantee, ServiceItem, Touchpoint
from zhiyin.catalogue.tests.shelf import Shelf, text_of
from zhiyin.conversations.models import Message
from zhiyin.customers import actions as customers
from zhiyin.customers.rules import ContactKind, Nature
from zhiyin.guarantees.actions import reckoning
from zhiyin.guarantees.models import Breach
from zhiyin.people.models import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(road: Road) -> Road:
    road.now = timezone.now() - timedelta(hours=8)
    return road


@pytest.fixture
def missed(walk: Road, open_shelf: Shelf) -> Case:
    """A case for which the guarantee was not kept."""
    case = walk.open(service_item_id=open_shelf.item.pk)
    reckoning.claim(timezone.now())
    return case


class TestWriting:
    def test_a_service_is_written_changed_and_found(
        self, client_of, quality: Staff, open_shelf: Shelf
    ) -> None:
        browser = client_of(quality)
        given = {
            "name": "代收快递", "level": "extra", "standard": "最多十四天", "soft_side": "帮忙搬到门口",
            "measure": "resolve", "amount": "2", "unit": "60", "calendar_id": "", "is_active": "on",
            "touchpoint_id": open_shelf.touchpoint.pk, "department_id": "",
        }  # fmt: skip
        browser.post("/catalogue/new/", given)
        made = ServiceItem.objects.get(name="代收快递")
        assert (made.minutes, made.calendar, made.touchpoint) == (120, None, open_shelf.touchpoint)
        assert "2小时内办妥，全天候计" in text_of(browser.get(f"/catalogue/{made.pk}/"))
        found = text_of(browser.get(f"/catalogue/?level=extra&touchpoint={open_shelf.touchpoint.pk}"))
        assert "代收快递" in found
        assert "户内报修" not in found.replace("户内报修后", "")

    def test_what_is_missing_is_said_and_what_was_typed_stays(self, client_of, quality: Staff) -> None:
        page = client_of(quality).post(
            "/catalogue/new/", {"name": "代收快递", "level": "duty", "measure": "resolve", "unit": "60"}
        )
        assert page.status_code == 422
        assert "写明多久之内" in text_of(page)
        assert 'value="代收快递"' in page.content.decode()

    def test_two_people_at_once_and_the_second_is_told(
        self, client_of, quality: Staff, open_shelf: Shelf
    ) -> None:
        given = {"name": "户内报修", "level": "duty", "unit": "60", "version": "1", "is_active": "on"}
        where = f"/catalogue/{open_shelf.item.pk}/edit/"
        assert client_of(quality).post(where, given).status_code == 302
        second = client_of(quality).post(where, given | {"standard": "第二个人写的"})
        assert second.status_code == 409
        assert "第二个人写的" in second.content.decode()

    def test_the_history_of_a_procedure_shows_what_changed(
        self, client_of, quality: Staff, open_shelf: Shelf
    ) -> None:
        browser, where = client_of(quality), f"/catalogue/{open_shelf.item.pk}/procedure/"
        today = timezone.localdate()
        browser.post(where, {"steps": "约时间\n上门", "effective_on": today, "seen_number": 0})
        later = today + timedelta(days=5)
        browser.post(
            where,
            {
                "steps": "约时间\n上门\n第二天回访",
                "note": "漏水常复发",
                "effective_on": later,
                "seen_number": 1,
            },
        )
        page = browser.get(f"/catalogue/{open_shelf.item.pk}/").content.decode()
        assert "<ins>第二天回访</ins>" in page
        assert "漏水常复发" in page

    def test_a_touchpoint_is_registered_with_what_decides_there(self, client_of, quality: Staff) -> None:
        browser = client_of(quality)
        given = {
            "name": "单元大堂",
            "position": "2",
            "key_factors": "电梯停了提前知道\n地面干净",
            "is_active": "on",
        }
        browser.post("/settings/touchpoints/new/", given)
        assert "电梯停了提前知道" in text_of(browser.get("/settings/touchpoints/"))


class TestComposing:
    def test_from_a_service_to_the_portal(self, client_of, quality: Staff, open_shelf: Shelf) -> None:
        browser = client_of(quality)
        browser.post("/catalogue/guarantee/begin/")
        browser.post("/catalogue/guarantee/clauses/", {"item_id": open_shelf.item.pk})
        added = queries.draft().clauses.latest("pk")
        said = {
            "title": "报修一小时内有人上门", "heading": "急事", "measure": "resolve", "amount": "60", "unit": "1",
            "calendar_id": "", "remedy": "物业费减免30元", "remedy_amount": "30", "version": queries.draft().version,
        }  # fmt: skip
        assert browser.post(f"/catalogue/guarantee/clauses/{added.pk}/", said).status_code == 302
        assert "报修一小时内有人上门" in text_of(browser.get("/catalogue/guarantee/preview/"))
        tomorrow = timezone.localdate() + timedelta(days=1)
        browser.post(
            "/catalogue/guarantee/publish/", {"effective_on": tomorrow, "version": queries.draft().version}
        )
        visitor = Client()
        assert "报修一小时内有人上门" not in text_of(visitor.get("/portal/guarantee/"))
        coming = text_of(visitor.get("/portal/guarantee/2/"))
        assert "报修一小时内有人上门" in coming
        assert "做不到：物业费减免30元" in coming

    def test_a_draft_is_nobodys_business_outside(self, client_of, quality: Staff, open_shelf: Shelf) -> None:
        client_of(quality).post("/catalogue/guarantee/begin/")
        assert Client().get("/portal/guarantee/2/").status_code == 404
        assert "还没有发布" not in text_of(Client().get("/portal/guarantee/"))

    def test_what_is_still_missing_keeps_it_a_draft(
        self, client_of, quality: Staff, open_shelf: Shelf
    ) -> None:
        browser = client_of(quality)
        browser.post("/catalogue/guarantee/begin/")
        browser.post("/catalogue/guarantee/clauses/", {"item_id": open_shelf.item.pk})
        page = browser.post(
            "/catalogue/guarantee/publish/",
            {"effective_on": timezone.localdate(), "version": queries.draft().version},
        )
        assert page.status_code == 422
        assert "写明做不到时客户得到什么" in text_of(page)
        assert Guarantee.objects.filter(state="published").count() == 1

    def test_clauses_change_places(self, client_of, quality: Staff, open_shelf: Shelf) -> None:
        browser = client_of(quality)
        browser.post("/catalogue/guarantee/begin/")
        browser.post("/catalogue/guarantee/clauses/", {"item_id": open_shelf.item.pk})
        last = queries.draft().clauses.latest("pk")
        browser.post(f"/catalogue/guarantee/clauses/{last.pk}/move/", {"to": "up"})
        assert queries.draft().clauses.first().pk == last.pk

    def test_before_the_first_version_the_portal_says_so(self, house) -> None:
        page = Client().get("/portal/guarantee/")
        assert page.status_code == 200
        assert "还没有发布" in text_of(page)


class TestOnACase:
    def test_intake_names_the_service_and_the_touchpoint_follows(
        self, client_of, walk: Road, open_shelf: Shelf
    ) -> None:
        form = client_of(walk.agent).get("/cases/new/").content.decode()
        assert f'data-hint="{open_shelf.touchpoint.name}"' in form
        answer = client_of(walk.agent).post("/cases/new/", intake(walk) | {"service_item_id": "户内报修"})
        assert answer.status_code == 302
        case = Case.objects.latest("pk")
        assert (case.service_item, case.touchpoint) == (open_shelf.item, open_shelf.touchpoint)

    def test_a_service_nobody_knows_comes_back_as_it_was_typed(
        self, client_of, walk: Road, open_shelf: Shelf
    ) -> None:
        page = client_of(walk.agent).post("/cases/new/", intake(walk) | {"service_item_id": "修火箭"})
        assert page.status_code == 422
        assert "列表里没有这一项" in text_of(page)
        assert 'value="修火箭"' in page.content.decode()

    def test_it_can_be_put_elsewhere_later_and_the_list_finds_it(
        self, client_of, walk: Road, open_shelf: Shelf
    ) -> None:
        case, browser = walk.open(), client_of(walk.agent)
        given = {"service_item_id": "户内报修", "touchpoint_id": "", "version": case.version}
        browser.post(f"/cases/{case.number}/do/place/", given)
        assert CaseEvent.objects.filter(case=case, kind=EventKind.PLACED).count() == 1
        other = walk.open(subject="路灯不亮")
        listed = text_of(browser.get(f"/cases/?touchpoint={open_shelf.touchpoint.pk}"))
        assert case.number in listed
        assert other.number not in listed
        listed = text_of(browser.get(f"/cases/?service={open_shelf.item.pk}&until=2020-01-01"))
        assert case.number not in listed

    def test_a_breach_stands_on_its_page_with_the_way_to_make_it_good(
        self, client_of, walk: Road, missed: Case
    ) -> None:
        page = client_of(walk.agent).get(f"/cases/{missed.number}/").content.decode()
        breach = Breach.objects.get()
        assert "服务承诺没做到" in page
        assert f"/catalogue/breaches/{breach.pk}/" in page

    def test_told_and_made_good_by_the_agent(self, client_of, walk: Road, missed: Case) -> None:
        browser, breach = client_of(walk.agent), Breach.objects.get()
        offered = browser.get(f"/catalogue/breaches/{breach.pk}/").content.decode()
        assert 'value="物业费减免30元"' in offered
        told = {"text": "说好的没做到，对不起。", "how": "voice"}
        browser.post(f"/catalogue/breaches/{breach.pk}/tell/", told)
        again = browser.post(f"/catalogue/breaches/{breach.pk}/tell/", told)  # a second press
        assert again.status_code == 422
        browser.post(f"/catalogue/breaches/{breach.pk}/give/", {"given": "物业费减免30元", "cost": "30"})
        breach.refresh_from_db()
        assert (breach.told_by, breach.given, breach.cost) == (walk.agent, "物业费减免30元", 30)
        assert Message.objects.filter(text="说好的没做到，对不起。", staff=walk.agent).count() == 1
        again = browser.post(f"/catalogue/breaches/{breach.pk}/give/", {"given": "再给", "cost": "30"})
        assert again.status_code == 422
        assert "已经补偿过" in text_of(again)

    def test_an_amount_beyond_the_promise_and_the_limit_is_refused_in_words(
        self, client_of, walk: Road, missed: Case
    ) -> None:
        where = f"/catalogue/breaches/{Breach.objects.get().pk}/give/"
        page = client_of(walk.agent).post(where, {"given": "减免", "cost": "5000"})
        assert page.status_code == 422
        assert "登记费用" in text_of(page)
        assert Breach.objects.get().made_good_at is None

    def test_more_than_was_promised_is_given_as_goodwill_from_there(
        self, client_of, walk: Road, missed: Case
    ) -> None:
        browser, breach = client_of(walk.agent), Breach.objects.get()
        browser.post(f"/catalogue/breaches/{breach.pk}/give/", {"given": "物业费减免30元", "cost": "30"})
        page = browser.get(f"/catalogue/breaches/{breach.pk}/").content.decode()
        assert f"/cases/{missed.number}/?do=spend#deed" in page
        assert 'id="form-spend"' in browser.get(f"/cases/{missed.number}/?do=spend").content.decode()

    def test_a_bad_amount_comes_back_with_a_sentence(self, client_of, walk: Road, missed: Case) -> None:
        where = f"/catalogue/breaches/{Breach.objects.get().pk}/give/"
        page = client_of(walk.agent).post(where, {"given": "减免", "cost": "很多"})
        assert page.status_code == 422
        assert 'value="很多"' in page.content.decode()


def intake(walk: Road) -> dict[str, str]:
    return {
        "channel": "phone", "customer_id": str(walk.customer.pk), "kind": "request", "subject": "水龙头漏水",
        "description": "滴了一夜", "emotion": "calm", "intensity": "1", "severity": "2",
    }  # fmt: skip


class TestForTheCustomer:
    def enter(self, case: Case) -> Client:
        visitor = Client()
        key = links.issue(case=case, purpose=LinkPurpose.FOLLOW, now=timezone.now())
        visitor.post("/portal/k/", {"key": key})
        return visitor

    def test_she_reads_what_was_missed_and_what_she_gets(self, walk: Road, missed: Case) -> None:
        assert Breach.objects.get().seen_at is None
        page = text_of(self.enter(missed).get(f"/portal/{missed.number}/"))
        assert Breach.objects.get().seen_at is not None  # now she knows, and we know that she does
        assert "我们承诺过：“投诉两小时内办好”" in page
        assert "按承诺给您：物业费减免30元。不用您申请。" in page

    def test_nobody_elses_page_speaks_of_it(self, walk: Road, missed: Case) -> None:
        neighbour = customers.create_customer(
            name="许念",
            nature=Nature.PERSON,
            contacts=[(ContactKind.PHONE, "13900008888")],
            team_id=walk.house.team.pk,
            by=None,
            now=walk.now,
        )
        walk.now = timezone.now()
        other = walk.open(customer_id=neighbour.pk, now=timezone.now())
        visitor = self.enter(other)
        assert "没做到" not in text_of(visitor.get(f"/portal/{other.number}/"))
        assert visitor.get(f"/portal/{missed.number}/").status_code == 404
        assert Breach.objects.get().seen_at is None

    def test_once_given_she_reads_that(self, client_of, walk: Road, missed: Case) -> None:
        client_of(walk.agent).post(
            f"/catalogue/breaches/{Breach.objects.get().pk}/give/", {"given": "下月账单减30元", "cost": "30"}
        )
        page = text_of(self.enter(missed).get(f"/portal/{missed.number}/"))
        assert "已给您：下月账单减30元" in page
        assert "不用您申请" not in page

    def test_put_right_it_is_no_longer_said(self, walk: Road, missed: Case) -> None:
        cases.place(
            case_id=missed.pk, service_item_id=None, touchpoint_id=None, by=walk.agent, now=timezone.now()
        )
        reckoning.claim(timezone.now())
        assert "没做到" not in text_of(self.enter(missed).get(f"/portal/{missed.number}/"))


class TestInTheInbox:
    def test_a_message_and_a_conversation_are_put_to_a_touchpoint(
        self, client_of, walk: Road, open_shelf: Shelf
    ) -> None:
        case, browser = walk.open(channel="email"), client_of(walk.agent)
        where = f"/inbox/{case.conversation_id}/"
        parking = Touchpoint.objects.create(name="停车场", position=2)
        browser.post(f"{where}touchpoint/", {"touchpoint": open_shelf.touchpoint.pk})
        [message] = Message.objects.filter(conversation=case.conversation_id, author="customer")
        assert message.touchpoint == open_shelf.touchpoint
        browser.post(f"{where}touchpoint/", {"touchpoint": parking.pk, "message": message.pk})
        assert "停车场" in text_of(browser.get(where))
        assert Message.objects.filter(touchpoint=parking).count() == 1

    def test_the_case_opened_from_it_begins_with_its_touchpoint(
        self, client_of, walk: Road, open_shelf: Shelf
    ) -> None:
        case, browser = walk.open(channel="email"), client_of(walk.agent)
        browser.post(f"/inbox/{case.conversation_id}/touchpoint/", {"touchpoint": open_shelf.touchpoint.pk})
        form = browser.get(f"/cases/new/?conversation={case.conversation_id}").content.decode()
        assert f'value="{open_shelf.touchpoint.name}"' in form

    def test_a_message_of_another_conversation_is_not_touched(
        self, client_of, walk: Road, open_shelf: Shelf
    ) -> None:
        mine, other = walk.open(channel="email"), walk.open(channel="email")
        foreign = Message.objects.filter(conversation=other.conversation_id).earliest("pk")
        client_of(walk.agent).post(
            f"/inbox/{mine.conversation_id}/touchpoint/",
            {"touchpoint": open_shelf.touchpoint.pk, "message": foreign.pk},
        )
        assert not Message.objects.filter(touchpoint__isnull=False).exists()
