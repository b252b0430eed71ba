"""How often one visitor may try, and that nobody uses up somebody else's tries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.utils import timezone

from zhiyin.portal import throttle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_tried(db: None) -> None:
    cache.clear()


def tries(browser: Client, count: int, **said: str) -> list[int]:
    form = {"number": "2611-0001", "contact": "13900004471"}
    return [browser.post("/portal/follow/", form, **said).status_code for _ in range(count)]


def test_one_number_is_tried_ten_times_an_hour() -> None:
    assert tries(Client(), 11) == [422] * 10 + [429]


def test_behind_a_proxy_each_visitor_has_her_own_tries(settings: object) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # type: ignore[attr-defined]
    tries(Client(), 11, HTTP_X_FORWARDED_FOR="203.0.113.7")
    assert tries(Client(), 1, HTTP_X_FORWARDED_FOR="203.0.113.8") == [422]


def test_an_hour_is_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    request = RequestFactory().get("/")
    start = timezone.now().replace(minute=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: start)
    for _ in range(throttle.LIMITS["follow"]):
        throttle.count(request, "follow", "2611-0001")
    monkeypatch.setattr("django.utils.timezone.now", lambda: start + timedelta(minutes=50))
    with pytest.raises(throttle.TooOften):
        throttle.count(request, "follow", "2611-0001")


def test_a_matter_that_was_not_taken_counts_as_a_try(house: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(throttle.LIMITS, "raise", 1)
    form = {
        "kind": "complaint", "name": "邓可欣", "contact": "13900006027", "description": "x",
    }  # fmt: skip
    first, second = (
        Client().post("/portal/", form | {"files": SimpleUploadedFile("a.exe", b"\x7fELF" + b"\x00" * 64)})
        for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (422, 422)
    assert "试了很多次" not in first.content.decode()
    assert "试了很多次" in second.content.decode()


def test_one_household_of_ipv6_is_one_visitor_whichever_address_it_takes() -> None:
    for last in range(throttle.LIMITS["follow"]):
        tries(Client(), 1, REMOTE_ADDR=f"2001:db8:1:2::{last:x}")
    assert tries(Client(), 1, REMOTE_ADDR="2001:db8:1:2::ffff") == [429]
    assert tries(Client(), 1, REMOTE_ADDR="2001:db8:1:3::1") == [422]
