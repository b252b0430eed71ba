"""What happens to what staff type."""

from __future__ import annotations

import pytest
from django.test import Client

from zhiyin.customers import actions, queries
from zhiyin.customers.models import ContactPoint, Customer
from zhiyin.customers.rules import ContactKind, Rest
from zhiyin.desk.tests.customers.reading import address, form_of, words
from zhiyin.people.tests.fixtures import NOW

pytestmark = pytest.mark.django_db
PHONE, EMAIL = ContactKind.PHONE, ContactKind.EMAIL


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
