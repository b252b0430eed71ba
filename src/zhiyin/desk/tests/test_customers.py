"""Customers through the doors: who comes in, what she sees, and what happens to what she types."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from zhiyin.customers import actions, queries
from zhiyin.customers.models import Consent, ContactPoint, ContactReveal, Customer, ObjectRelation
from zhiyin.customers.rules import ContactKind, Purpose, Relation, Rest
from zhiyin.people.models import Staff
from zhiyin.people.tests.fixtures import NOW
from zhiyin.promises import actions as promises
from zhiyin.promises.models import Promise
from zhiyin.promises.rules import State

pytestmark = pytest.mark.django_db
PHONE, EMAIL = ContactKind.PHONE, ContactKind.EMAIL


@pytest.fixture
def customer(agent) -> Customer:
    row = actions.create_customer(
        name="苏文秀",
        salutation="苏女士",
        contacts=[(PHONE, "13912344471"), (EMAIL, "su@example.com")],
        team_id=agent.team_id,
        owner_id=agent.pk,
        is_member=True,
        by=agent,
        now=NOW,
    )
    actions.relate_object(
        customer_id=row.pk, code="3-2-1902", name="3栋2单元1902", relation=Relation.OWNER, by=agent, now=NOW
    )
    return row


def words(response) -> str:
    """What can be read on a page, without markup."""
    text = re.sub(r"<(script|style|template)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def form_of(response) -> dict[str, str]:
    """The fields of the page's form as a browser would send them back."""
    editing = response.context["editing"]
    data: dict[str, str] = {}
    for form in [
        editing.form,
        editing.contacts.management_form,
        *editing.contacts,
        editing.rest.management_form,
        *editing.rest,
    ]:
        for name in form.fields:
            value = form[name].value()
            if value is not None and value is not False and value != "":
                data[form[name].html_name] = "on" if value is True else str(value)
    return data


def address(customer: Customer, rest: str = "") -> str:
    return f"/customers/{customer.pk}/{rest}"


PAGES = ["", "edit/", "consents/", "objects/", "promise/"]
READING = ["", "consents/", "objects/"]


class TestDoors:
    @pytest.mark.parametrize("page", ["/customers/", "/customers/new/"])
    def test_nobody_is_asked_to_sign_in(self, client: Client, page: str) -> None:
        response = client.get(page)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")

    @pytest.mark.parametrize("page", PAGES)
    def test_nobody_learns_nothing_about_a_customer(self, client: Client, customer, page: str) -> None:
        assert client.get(address(customer, page)).status_code == 302

    @pytest.mark.parametrize("page", PAGES)
    def test_the_own_team_comes_in(
        self, client_of, customer, agent, colleague, supervisor, page: str
    ) -> None:
        for staff in (agent, colleague, supervisor):
            assert client_of(staff).get(address(customer, page)).status_code == 200

    @pytest.mark.parametrize("page", PAGES)
    def test_another_team_hears_that_there_is_nothing(
        self, client_of, customer, other_agent, page: str
    ) -> None:
        response = client_of(other_agent).get(address(customer, page))
        assert response.status_code == 404
        assert "苏文秀" not in response.content.decode()
        assert client_of(other_agent).get("/customers/999999/" + page).status_code == 404

    @pytest.mark.parametrize("page", READING)
    def test_handler_and_researcher_see_no_customer(
        self, client_of, customer, handler, researcher, page: str
    ) -> None:
        for staff in (handler, researcher):
            assert client_of(staff).get(address(customer, page)).status_code == 404
            assert client_of(staff).get("/customers/").status_code == 403

    @pytest.mark.parametrize("page", READING)
    def test_quality_and_administrator_read_but_write_nothing(
        self, client_of, customer, quality, administrator, page: str
    ) -> None:
        for staff in (quality, administrator):
            browser = client_of(staff)
            assert browser.get(address(customer, page)).status_code == 200
            assert browser.get(address(customer, "edit/")).status_code == 403
            assert (
                browser.post(
                    address(customer, "consents/"), {"purpose": "survey", "text_version": "1"}
                ).status_code
                == 403
            )
            assert (
                browser.post(address(customer, "consents/withdraw/"), {"purpose": "survey"}).status_code
                == 403
            )
        assert not Consent.objects.exists()

    def test_a_get_changes_nothing(self, client_of, customer, agent) -> None:
        point = ContactPoint.objects.filter(customer=customer).first()
        for page in (f"contacts/{point.pk}/reveal/", f"contacts/{point.pk}/confirm/", "consents/withdraw/"):
            assert client_of(agent).get(address(customer, page)).status_code == 405
        assert not ContactReveal.objects.exists()

    def test_deeds_stop_at_the_team_too(self, client_of, customer, other_agent) -> None:
        point = ContactPoint.objects.filter(customer=customer).first()
        relation = ObjectRelation.objects.get()
        browser = client_of(other_agent)
        for page in (
            f"contacts/{point.pk}/reveal/",
            f"contacts/{point.pk}/confirm/",
            "consents/",
            "consents/withdraw/",
            "objects/",
            f"objects/{relation.pk}/end/",
            f"objects/{relation.pk}/again/",
            "promise/",
            "edit/",
        ):
            assert browser.post(address(customer, page), {"purpose": "survey"}).status_code == 404
        assert not ContactReveal.objects.exists()


class TestList:
    def test_it_teaches_when_it_is_empty(self, client_of, agent) -> None:
        assert "登记第一位" in words(client_of(agent).get("/customers/"))

    @pytest.mark.parametrize(
        "text", ["苏文秀", "swx", "4471", "139 1234 4471", "1902", "蘇文秀", "su@example"]
    )
    def test_she_is_found_as_agents_look_for_people(self, client_of, agent, customer, text: str) -> None:
        actions.create_customer(name="何静", team_id=agent.team_id, by=agent, now=NOW)
        said = words(client_of(agent).get("/customers/", {"q": text}))
        assert "苏文秀" in said
        assert "何静" not in said

    def test_numbers_stay_masked(self, client_of, agent, customer) -> None:
        page = client_of(agent).get("/customers/").content.decode()
        assert "139****4471" in page
        assert "13912344471" not in page
        assert "1234 4471" not in page

    def test_it_is_narrowed_by_member_side_and_mine(
        self, client_of, agent, colleague, customer, house
    ) -> None:
        actions.create_customer(
            name="周工",
            side="internal",
            department_id=house.engineering.pk,
            team_id=agent.team_id,
            by=agent,
            now=NOW,
        )

        def names(staff: Staff, **asked: str) -> list[str]:
            response = client_of(staff).get("/customers/", asked)
            return [row.customer.name for row in response.context["rows"]]

        assert names(agent) == ["苏文秀", "周工"]
        assert (
            names(agent, member="yes")
            == names(agent, mine="on")
            == names(agent, side="external")
            == ["苏文秀"]
        )
        assert names(agent, member="no") == names(agent, side="internal") == ["周工"]
        assert names(colleague, mine="on") == []
        assert names(agent, side="nonsense", member="?") == ["苏文秀", "周工"]

    def test_nothing_found_says_what_else_to_try(self, client_of, agent, customer) -> None:
        said = words(client_of(agent).get("/customers/", {"q": "查无此人"}))
        assert "后四位" in said
        assert "看全部" in said

    @pytest.mark.parametrize(
        "text", ["\0", "'", "%", "\\", "😀", "a" * 3000, "\u202e", "'; DROP TABLE x", "(((", "&|!"]
    )
    def test_any_search_gets_an_answer(self, client_of, agent, customer, text: str) -> None:
        assert client_of(agent).get("/customers/", {"q": text}).status_code == 200

    @pytest.mark.parametrize("page", ["0", "-1", "x", "999"])
    def test_any_page_number_gets_an_answer(self, client_of, agent, customer, page: str) -> None:
        assert client_of(agent).get("/customers/", {"page": page}).status_code == 200

    def test_more_rows_cost_no_more_queries(self, client_of, agent, django_assert_max_num_queries) -> None:
        def add(number: int) -> None:
            row = actions.create_customer(
                name=f"客户{number}",
                contacts=[(PHONE, f"139{number:08}"), (EMAIL, f"c{number}@example.com")],
                team_id=agent.team_id,
                owner_id=agent.pk,
                by=agent,
                now=NOW,
            )
            actions.relate_object(
                customer_id=row.pk, code=f"A-{number}", relation=Relation.OWNER, by=agent, now=NOW
            )

        add(0)
        few = counted(client_of(agent), "/customers/")
        for number in range(1, 12):
            add(number)
        assert counted(client_of(agent), "/customers/") == few


def counted(browser: Client, page: str) -> int:
    """How many queries a page costs, once warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser.get(page)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(page).status_code == 200
    return len(seen)


class TestPage:
    def test_it_says_who_she_is_before_anybody_speaks(self, client_of, agent, customer) -> None:
        actions.give_consent(
            customer_id=customer.pk, purpose=Purpose.SURVEY, text_version="2026-1", by=agent, now=NOW
        )
        promises.make(
            customer_id=customer.pk,
            text="电话问她选哪个",
            due_at=timezone.now() + timedelta(hours=3),
            by=agent,
            now=timezone.now(),
        )
        said = words(client_of(agent).get(address(customer)))
        for expected in ("苏文秀", "业主", "会员", "3栋2单元1902", "林晓芸", "139****4471", "s***@example.com",
                         "满意度调查", "电话问她选哪个"):  # fmt: skip
            assert expected in said
        assert "13912344471" not in said
        assert "su@example.com" not in said

    def test_an_internal_customer_shows_the_department(self, client_of, agent, house) -> None:
        row = actions.create_customer(
            name="周工",
            side="internal",
            department_id=house.engineering.pk,
            team_id=agent.team_id,
            by=agent,
            now=NOW,
        )
        assert "工程部" in words(client_of(agent).get(address(row)))

    def test_in_rest_hours_it_says_so_and_asks_before_calling(self, client_of, agent, customer) -> None:
        local = timezone.localtime()
        start = local.hour * 60 + local.minute
        actions.set_rest_periods(
            customer_id=customer.pk, periods=[Rest(start, (start + 90) % 1440)], by=agent, now=NOW
        )
        response = client_of(agent).get(address(customer))
        assert "休息" in words(response)
        assert "data-ask=" in response.content.decode()
        actions.set_rest_periods(
            customer_id=customer.pk,
            periods=[Rest((start + 120) % 1440, (start + 240) % 1440)],
            by=agent,
            now=NOW,
        )
        assert "现在在休息" not in words(client_of(agent).get(address(customer)))

    def test_families_find_each_other_by_the_number_they_share(
        self, client_of, agent, other_agent, customer
    ) -> None:
        actions.create_customer(
            name="周建国", contacts=[(PHONE, "13912344471")], team_id=agent.team_id, by=agent, now=NOW
        )
        actions.create_customer(
            name="别组的人",
            contacts=[(PHONE, "13912344471")],
            team_id=other_agent.team_id,
            by=other_agent,
            now=NOW,
        )
        said = words(client_of(agent).get(address(customer)))
        assert "周建国" in said
        assert "别组的人" not in said

    def test_a_full_life_costs_as_many_queries_as_a_short_one(self, client_of, agent, customer) -> None:
        few = counted(client_of(agent), address(customer))
        for number in range(6):
            actions.add_contact(
                customer_id=customer.pk, kind=PHONE, value=f"1380013800{number}", by=agent, now=NOW
            )
            actions.relate_object(
                customer_id=customer.pk, code=f"B-{number}", relation=Relation.USER, by=agent, now=NOW
            )
            actions.give_consent(
                customer_id=customer.pk, purpose=Purpose.SURVEY, text_version=f"{number}", by=agent, now=NOW
            )
            promises.make(
                customer_id=customer.pk,
                text=f"第{number}件",
                due_at=NOW + timedelta(hours=1),
                by=agent,
                now=NOW,
            )
        assert counted(client_of(agent), address(customer)) == few

    @pytest.mark.parametrize("only", ["talks", "cases", "promises", "nonsense", ""])
    def test_the_timeline_is_narrowed(self, client_of, agent, customer, only: str) -> None:
        promises.make(
            customer_id=customer.pk, text="回电话", due_at=NOW + timedelta(hours=1), by=agent, now=NOW
        )
        response = client_of(agent).get(address(customer), {"only": only})
        events = response.context["events"]
        assert len(events) == (0 if only in {"talks", "cases"} else 1)


class TestReveal:
    def test_looking_in_full_shows_the_number_and_is_written_down(self, client_of, agent, customer) -> None:
        point = ContactPoint.objects.get(customer=customer, kind=PHONE)
        response = client_of(agent).post(address(customer, f"contacts/{point.pk}/reveal/"))
        page = response.content.decode()
        assert "139 1234 4471" in page
        assert "tel:+8613912344471" in page
        assert "<html" in page
        assert "s***@example.com" in page
        reveal = ContactReveal.objects.get()
        assert (reveal.staff, reveal.customer, reveal.contact_point) == (agent, customer, point)

    def test_with_scripts_only_the_one_row_comes(self, client_of, agent, customer) -> None:
        point = ContactPoint.objects.get(customer=customer, kind=EMAIL)
        response = client_of(agent).post(
            address(customer, f"contacts/{point.pk}/reveal/"), headers={"HX-Request": "true"}
        )
        page = response.content.decode()
        assert "mailto:su@example.com" in page
        assert "<html" not in page
        assert page.strip().startswith(f'<div class="row-f wrap" id="contact-{point.pk}"')

    def test_the_dial_button_becomes_a_number_to_dial(self, client_of, agent, customer) -> None:
        point = ContactPoint.objects.get(customer=customer, kind=PHONE)
        response = client_of(agent).post(
            address(customer, f"contacts/{point.pk}/reveal/"), {"dial": "1"}, headers={"HX-Request": "true"}
        )
        assert 'href="tel:+8613912344471"' in response.content.decode()
        assert ContactReveal.objects.count() == 1

    def test_those_who_only_read_do_not_look_in_full(self, client_of, quality, customer) -> None:
        point = ContactPoint.objects.get(customer=customer, kind=PHONE)
        assert client_of(quality).post(address(customer, f"contacts/{point.pk}/reveal/")).status_code == 403
        assert "reveal" not in client_of(quality).get(address(customer)).content.decode()

    def test_the_contact_of_another_customer_is_not_here(self, client_of, agent, customer) -> None:
        other = actions.create_customer(
            name="何静", contacts=[(PHONE, "13800138000")], team_id=agent.team_id, by=agent, now=NOW
        )
        point = ContactPoint.objects.get(customer=other)
        assert client_of(agent).post(address(customer, f"contacts/{point.pk}/reveal/")).status_code == 404


class TestWriting:
    def start(self, browser: Client) -> dict[str, str]:
        return form_of(browser.get("/customers/new/"))

    def test_a_new_customer_is_written_down_in_one_go(self, client_of, agent) -> None:
        browser = client_of(agent)
        data = self.start(browser) | {
            "name": " 苏文秀 ", "c-0-kind": "phone", "c-0-value": "0086 139-1234-4471", "c-0-label": "本人",
            "c-1-kind": "phone", "c-1-value": "020-85551234转801",
            "r-0-start": "21:30", "r-0-end": "08:30", "is_member": "on", "note": "讲道理\n先想后说",
        }  # fmt: skip
        response = browser.post("/customers/new/", data)
        customer = Customer.objects.get()
        assert response.status_code == 302
        assert response["Location"] == address(customer)
        assert (customer.name, customer.team, customer.is_member) == ("苏文秀", agent.team, True)
        assert set(customer.contact_points.values_list("value", flat=True)) == {
            "+8613912344471",
            "+862085551234;ext=801",
        }
        assert queries.rest_periods(customer.pk) == [Rest(21 * 60 + 30, 8 * 60 + 30)]
        assert "苏文秀" in words(browser.get(response["Location"]))

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"name": ""}, "先写名字"),
            ({"name": "\0 \u202e"}, "先写名字"),
            ({"name": "苏" * 121}, "最多120个字"),
            ({"c-0-value": "1391234447"}, "少一位：手机号是11位，现在是10位"),
            ({"c-0-value": "139123444712"}, "多一位：手机号是11位，现在是12位"),
            ({"c-0-value": "85551234"}, "座机前面写上区号"),
            ({"c-0-kind": "email", "c-0-value": "su@"}, "name@example.com"),
            ({"c-0-kind": "pager", "c-0-value": "1"}, "重新选"),
            ({"c-0-value": "13912344471", "c-1-kind": "phone", "c-1-value": "+86 13912344471"}, "写了两次"),
            ({"r-0-start": "21:30"}, "两个时间都要"),
            ({"r-0-start": "21:30", "r-0-end": "21:30"}, "21:30开始"),
            ({"r-0-start": "99:99", "r-0-end": "08:00"}, "写成21:30"),
            ({"side": "internal"}, "属于一个部门"),
            ({"side": ""}, "选一个"),
            ({"nature": "robot"}, "重新选"),
            ({"since": "2026-13-40"}, "2026-11-18"),
            ({"owner": "999999"}, "重新选"),
        ],
    )
    def test_what_does_not_fit_gets_a_sentence_and_nothing_typed_is_lost(
        self, client_of, agent, typed: dict[str, str], sentence: str
    ) -> None:
        browser = client_of(agent)
        data = self.start(browser) | {"name": "苏文秀", "note": "这些话还在"} | {"c-0-kind": "phone"} | typed
        response = browser.post("/customers/new/", data)
        assert response.status_code == 422
        assert sentence in words(response)
        assert "这些话还在" in response.content.decode()
        assert not Customer.objects.exists()

    @pytest.mark.parametrize("name", ["👩‍👩‍👧 一家", "محمد علي", "张" * 120, "<b>粗</b>", "O'Brien & Söhne"])
    def test_any_name_is_taken_and_shown_as_text(self, client_of, agent, name: str) -> None:
        browser = client_of(agent)
        response = browser.post("/customers/new/", self.start(browser) | {"name": name})
        page = browser.get(response["Location"])
        assert page.context["customer"].name == name
        assert "<b>粗</b>" not in page.content.decode()

    def test_asking_for_more_rows_judges_nothing_and_keeps_everything(self, client_of, agent) -> None:
        browser = client_of(agent)
        data = self.start(browser) | {
            "note": "还在",
            "c-0-kind": "phone",
            "c-0-value": "139",
            "more": "contacts",
        }
        response = browser.post("/customers/new/", data)
        page = response.content.decode()
        assert response.status_code == 200
        assert "还在" in page
        assert 'value="139"' in page
        assert "aria-invalid" not in page
        assert int(form_of(response)["c-TOTAL_FORMS"]) > int(data["c-TOTAL_FORMS"])

    def test_a_damaged_form_is_no_accident(self, client_of, agent) -> None:
        assert client_of(agent).post("/customers/new/", {"name": "某人"}).status_code == 422

    def test_somebody_who_seems_to_be_here_already_is_shown_first(self, client_of, agent, customer) -> None:
        browser = client_of(agent)
        data = self.start(browser) | {"name": "蘇文秀", "c-0-kind": "phone", "c-0-value": "139 1234 4471"}
        response = browser.post("/customers/new/", data)
        assert response.status_code == 422
        assert address(customer) in response.content.decode()
        assert Customer.objects.count() == 1
        assert browser.post("/customers/new/", data | {"anyway": "1"}).status_code == 302
        assert Customer.objects.count() == 2

    def test_an_agent_cannot_hand_customers_to_another_team(
        self, client_of, agent, other_agent, supervisor, house
    ) -> None:
        browser = client_of(agent)
        browser.post(
            "/customers/new/", self.start(browser) | {"name": "甲", "team": str(house.other_team.pk)}
        )
        assert Customer.objects.get(name="甲").team == agent.team
        boss = client_of(supervisor)
        boss.post("/customers/new/", self.start(boss) | {"name": "乙", "team": str(house.other_team.pk)})
        assert Customer.objects.get(name="乙").team == house.other_team


class TestCorrecting:
    def test_existing_contacts_stay_masked_and_can_be_removed(self, client_of, agent, customer) -> None:
        browser = client_of(agent)
        page = browser.get(address(customer, "edit/"))
        assert "139****4471" in page.content.decode()
        assert "13912344471" not in page.content.decode()
        data = form_of(page) | {"c-0-remove": "on", "c-2-kind": "wechat", "c-2-value": "suwenxiu"}
        assert browser.post(address(customer, "edit/"), data).status_code == 302
        kinds = set(ContactPoint.objects.filter(customer=customer).values_list("kind", "value"))
        assert kinds == {("email", "su@example.com"), ("wechat", "suwenxiu")}

    def test_the_second_editor_is_told_what_the_first_wrote_and_loses_nothing(
        self, client_of, agent, colleague, customer
    ) -> None:
        first, second = client_of(agent), client_of(colleague)
        page = address(customer, "edit/")
        ours, theirs = form_of(first.get(page)), form_of(second.get(page))
        first.post(page, ours | {"note": "先想后说"})
        typed = theirs | {
            "note": "讲道理",
            "salutation": "苏老师",
            "c-2-kind": "phone",
            "c-2-value": "13800138000",
        }
        response = second.post(page, typed)
        assert response.status_code == 409
        said = words(response)
        assert "先想后说" in said
        assert "刚改过" in said
        assert "讲道理" in response.content.decode()
        assert 'value="13800138000"' in response.content.decode()
        customer.refresh_from_db()
        assert customer.note == "先想后说"
        assert second.post(page, form_of(response)).status_code == 302
        customer.refresh_from_db()
        assert (customer.note, customer.salutation) == ("讲道理", "苏老师")
        assert customer.contact_points.filter(value="+8613800138000").exists()

    def test_a_form_without_its_version_is_taken_for_an_old_one(self, client_of, agent, customer) -> None:
        data = form_of(client_of(agent).get(address(customer, "edit/")))
        del data["version"]
        assert client_of(agent).post(address(customer, "edit/"), data).status_code == 409

    def test_the_contact_of_somebody_else_is_not_touched_by_a_forged_form(
        self, client_of, agent, customer
    ) -> None:
        other = actions.create_customer(
            name="何静", contacts=[(PHONE, "13800138000")], team_id=agent.team_id, by=agent, now=NOW
        )
        point = ContactPoint.objects.get(customer=other)
        data = form_of(client_of(agent).get(address(customer, "edit/"))) | {
            "c-0-id": str(point.pk),
            "c-0-remove": "on",
        }
        client_of(agent).post(address(customer, "edit/"), data)
        assert ContactPoint.objects.filter(pk=point.pk).exists()


class TestConsents:
    def test_they_are_given_withdrawn_and_taken_back_with_dates(self, client_of, agent, customer) -> None:
        browser = client_of(agent)
        page = address(customer, "consents/")
        assert browser.post(page, {"purpose": "survey", "text_version": "2026-1"}).status_code == 302
        browser.post(page + "withdraw/", {"purpose": "survey"})
        row = Consent.objects.get()
        shown = browser.get(page)
        undo = f"{page}{row.pk}/again/"
        assert row.withdrawn_at
        assert undo in shown.content.decode()
        browser.post(undo)
        assert queries.has_consent(customer.pk, Purpose.SURVEY)
        assert Consent.objects.count() == 2  # history stays
        assert "2026-1" in words(browser.get(page))

    @pytest.mark.parametrize(
        "typed", [{"purpose": "survey"}, {"purpose": "spying", "text_version": "1"}, {"text_version": "1"}]
    )
    def test_half_a_consent_is_none(self, client_of, agent, customer, typed: dict[str, str]) -> None:
        assert client_of(agent).post(address(customer, "consents/"), typed).status_code == 422
        assert not Consent.objects.exists()

    def test_what_was_never_given_is_not_withdrawn(self, client_of, agent, customer) -> None:
        for purpose in ("survey", "nonsense"):
            assert (
                client_of(agent)
                .post(address(customer, "consents/withdraw/"), {"purpose": purpose})
                .status_code
                == 404
            )


class TestBelongings:
    def test_a_room_is_added_ended_and_taken_back(self, client_of, agent, customer) -> None:
        browser = client_of(agent)
        page = address(customer, "objects/")
        data = {"relation": "user", "kind": "parking", "code": "b2-214", "since": "2020-05-01"}
        assert browser.post(page, data).status_code == 302
        row = ObjectRelation.objects.get(object__code="B2-214")
        browser.post(f"{page}{row.pk}/end/", {"until": "2026-11-01"})
        row.refresh_from_db()
        assert str(row.until) == "2026-11-01"

        def current() -> list[str]:
            return [now.object.code for now in browser.get(address(customer)).context["current"]]

        assert current() == ["3-2-1902"]
        browser.post(f"{page}{row.pk}/again/")
        assert sorted(current()) == ["3-2-1902", "B2-214"]

    def test_a_number_is_needed(self, client_of, agent, customer) -> None:
        response = client_of(agent).post(
            address(customer, "objects/"), {"relation": "user", "kind": "room", "code": " "}
        )
        assert response.status_code == 422
        assert "房号" in words(response)


class TestPromises:
    def due(self, **ahead: int) -> str:
        return timezone.localtime(timezone.now() + timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M")

    def test_a_promise_is_written_down_and_kept(self, client_of, agent, customer) -> None:
        browser = client_of(agent)
        data = {"text": "电话问她选哪个", "due_at": self.due(days=2), "owner": str(agent.pk)}
        assert browser.post(address(customer, "promise/"), data).status_code == 302
        promise = Promise.objects.get()
        assert browser.post(f"/promises/{promise.pk}/keep/").status_code == 302
        promise.refresh_from_db()
        assert promise.state == State.KEPT
        assert browser.post(f"/promises/{promise.pk}/keep/").status_code == 422

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"due_at": "2020-01-01T10:00"}, "已经过了"),
            ({"due_at": ""}, "还空着"),
            ({"due_at": "明天"}, "2026-11-18"),
            ({"text": ""}, "答应了什么"),
            ({"text": "好" * 301}, "最多300个字"),
            ({"owner": "999999"}, "重新选"),
        ],
    )
    def test_half_a_promise_gets_a_sentence(self, client_of, agent, customer, typed, sentence: str) -> None:
        data = {"text": "电话问她选哪个", "due_at": self.due(days=2), "owner": str(agent.pk)} | typed
        response = client_of(agent).post(address(customer, "promise/"), data)
        assert response.status_code == 422
        assert sentence in words(response)
        assert not Promise.objects.exists()

    def test_a_later_time_needs_the_customers_word(self, client_of, agent, customer) -> None:
        now = timezone.now()
        promise = promises.make(
            customer_id=customer.pk, text="回电", due_at=now + timedelta(days=1), by=agent, now=now
        )
        browser = client_of(agent)
        page = f"/promises/{promise.pk}/renew/"
        assert "回电" in words(browser.get(page))
        assert browser.post(page, {"due_at": self.due(days=3), "note": ""}).status_code == 422
        assert browser.post(page, {"due_at": self.due(days=3), "note": "她说周五也行"}).status_code == 302
        assert Promise.objects.filter(replaces=promise, state=State.OPEN).exists()

    def test_letting_go_needs_the_customers_word(self, client_of, agent, customer) -> None:
        now = timezone.now()
        promise = promises.make(
            customer_id=customer.pk, text="回电", due_at=now + timedelta(days=1), by=agent, now=now
        )
        page = f"/promises/{promise.pk}/release/"
        assert client_of(agent).post(page, {"note": ""}).status_code == 422
        assert client_of(agent).post(page, {"note": "她说不用了"}).status_code == 302

    def test_a_handler_settles_her_own_and_does_not_land_on_a_page_she_cannot_see(
        self, client_of, agent, handler, other_agent, customer
    ) -> None:
        now = timezone.now()
        promise = promises.make(
            customer_id=customer.pk,
            text="上门",
            due_at=now + timedelta(days=1),
            owner_id=handler.pk,
            by=agent,
            now=now,
        )
        assert client_of(other_agent).post(f"/promises/{promise.pk}/keep/").status_code == 404
        response = client_of(handler).post(f"/promises/{promise.pk}/keep/", {"next": "//evil.example"})
        assert (response.status_code, response["Location"]) == (302, "/")

    def test_what_comes_too_late_is_made_good_and_says_so(self, client_of, agent, customer) -> None:
        promise = promises.make(
            customer_id=customer.pk, text="回电", due_at=NOW + timedelta(hours=1), by=agent, now=NOW
        )
        Promise.objects.filter(pk=promise.pk).update(due_at=NOW + timedelta(hours=1))
        late: datetime = timezone.now()
        if late <= promise.due_at:
            promises.keep(promise_id=promise.pk, by=agent, now=promise.due_at + timedelta(hours=1))
        else:
            client_of(agent).post(f"/promises/{promise.pk}/keep/")
        promise.refresh_from_db()
        assert promise.state == State.BROKEN
        assert promise.made_good_at
        assert "补上" in words(client_of(agent).get(address(customer)))
