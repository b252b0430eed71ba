"""Who comes in at which door."""

from __future__ import annotations

import pytest
from django.test import Client

from zhiyin.customers.models import Consent, ContactPoint, ContactReveal, ObjectRelation
from zhiyin.customers.rules import ContactKind
from zhiyin.desk.tests.customers.reading import address

pytestmark = pytest.mark.django_db
PHONE, EMAIL = ContactKind.PHONE, ContactKind.EMAIL


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
