"""Consents, belongings and promises."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from zhiyin.customers import queries
from zhiyin.customers.models import Consent, ObjectRelation
from zhiyin.customers.rules import ContactKind, Purpose
from zhiyin.desk.tests.customers.reading import address, words
from zhiyin.people.tests.fixtures import NOW
from zhiyin.promises import actions as promises
from zhiyin.promises.models import Promise
from zhiyin.promises.rules import State

pytestmark = pytest.mark.django_db
PHONE, EMAIL = ContactKind.PHONE, ContactKind.EMAIL


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
