"""The list and the page: what is found, shown, and kept masked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from zhiyin.customers import actions
from zhiyin.customers.models import ContactPoint, ContactReveal
from zhiyin.customers.rules import ContactKind, Purpose, Relation, Rest
from zhiyin.desk.tests.customers.reading import address, counted, words
from zhiyin.people.models import Staff
from zhiyin.people.tests.fixtures import NOW
from zhiyin.promises import actions as promises

pytestmark = pytest.mark.django_db
PHONE, EMAIL = ContactKind.PHONE, ContactKind.EMAIL


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

    def test_whoever_calls_back_may_look_and_whoever_only_administers_may_not(
        self, client_of, quality, administrator, customer
    ) -> None:
        point = ContactPoint.objects.get(customer=customer, kind=PHONE)
        page = address(customer, f"contacts/{point.pk}/reveal/")
        assert client_of(administrator).post(page).status_code == 403
        assert "reveal" not in client_of(administrator).get(address(customer)).content.decode()
        assert not ContactReveal.objects.exists()
        assert client_of(quality).post(page).status_code == 200
        assert ContactReveal.objects.get().staff == quality

    def test_the_contact_of_another_customer_is_not_here(self, client_of, agent, customer) -> None:
        other = actions.create_customer(
            name="何静", contacts=[(PHONE, "13800138000")], team_id=agent.team_id, by=agent, now=NOW
        )
        point = ContactPoint.objects.get(customer=other)
        assert client_of(agent).post(address(customer, f"contacts/{point.pk}/reveal/")).status_code == 404
