"""What customers can do without an account, and what nobody else can."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from zhiyin.cases import links
from zhiyin.cases.models import Case, CustomerLink
from zhiyin.cases.rules.words import Kind, LinkPurpose, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.conversations.models import Message
from zhiyin.conversations.rules import MessageKind

RAISED = {
    "kind": "complaint",
    "description": "3栋1单元的电梯又停了，这个月第三次了。老人下不了楼。",
    "remedy_sought": "查清原因",
    "place": "3栋1单元",
    "name": "邓可欣",
    "contact": "13900006027",
}


@pytest.fixture
def visitor(house: object) -> Client:
    return Client()


@pytest.fixture
def here(road: Road) -> Road:
    """A road whose clock is today's, since the portal reads the real one."""
    road.now = timezone.now() - timedelta(days=2)
    return road


def raised(visitor: Client, **changes: Any) -> Case:
    answer = visitor.post("/portal/", RAISED | changes)
    assert answer.status_code == 302, answer.content.decode()
    return Case.objects.latest("pk")


def enter(visitor: Client, key: str) -> Any:
    return visitor.post("/portal/k/", {"key": key}, follow=True)


def test_a_customer_raises_a_matter_with_a_photo_and_sees_its_number_at_once(visitor: Client) -> None:
    photo = SimpleUploadedFile("电梯.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64, content_type="image/png")
    case = raised(visitor, files=[photo])
    page = visitor.get(f"/portal/{case.number}/")
    assert case.number in page.content.decode()
    assert "电梯.png" in page.content.decode()
    assert (case.kind, case.customer.name, case.subject) == (
        Kind.COMPLAINT,
        "邓可欣",
        "3栋1单元的电梯又停了，这个月第三次了",
    )
    assert (
        Message.objects.filter(conversation=case.conversation, kind=MessageKind.ACKNOWLEDGEMENT).count() == 1
    )


def test_a_form_sent_twice_raises_one_matter(visitor: Client) -> None:
    token = re.search(r'name="token" value="([^"]+)"', visitor.get("/portal/").content.decode())
    assert token is not None
    assert raised(visitor, token=token[1]).pk == raised(visitor, token=token[1]).pk
    assert Case.objects.count() == 1


@pytest.mark.parametrize("field", ["description", "name", "contact"])
def test_what_is_missing_is_said_and_what_was_typed_stays(visitor: Client, field: str) -> None:
    page = visitor.post("/portal/", RAISED | {field: ""})
    assert page.status_code == 422
    text = page.content.decode()
    assert f'id="id_{field}-e"' in text or f"id_{field}" in text
    assert all(value in text for name, value in RAISED.items() if name not in {field, "kind"})
    assert not Case.objects.exists()


def test_a_telephone_number_that_is_one_digit_short_is_met_with_a_sentence(visitor: Client) -> None:
    page = visitor.post("/portal/", RAISED | {"contact": "1390000602"})
    assert page.status_code == 422
    assert not Case.objects.exists()


def test_a_machine_gets_no_acknowledgement(visitor: Client) -> None:
    case = raised(visitor, website="http://spam.example")
    assert not Message.objects.filter(
        conversation=case.conversation, kind=MessageKind.ACKNOWLEDGEMENT
    ).exists()


def test_another_visitor_does_not_see_the_matter_nor_whether_it_exists(visitor: Client) -> None:
    case = raised(visitor)
    stranger = Client()
    there, nowhere = stranger.get(f"/portal/{case.number}/"), stranger.get("/portal/2611-9999/")
    assert (there.status_code, nowhere.status_code) == (404, 404)

    def told(page: Any) -> str:
        return re.sub(
            r'(csrf-token" content|csrfmiddlewaretoken" value)="[^"]+"|2611-\d{4}', "", page.content.decode()
        )

    assert told(there) == told(nowhere)


def test_number_and_contact_together_open_the_page_and_any_other_pair_gets_the_same_answer(
    visitor: Client,
) -> None:
    case = raised(visitor)
    family = Client()
    wrong = [
        family.post("/portal/follow/", {"number": number, "contact": contact})
        for number, contact in ((case.number, "13900009999"), ("2611-7777", RAISED["contact"]))
    ]
    assert [page.status_code for page in wrong] == [422, 422]
    right = family.post(
        "/portal/follow/", {"number": case.number.replace("-", "－"), "contact": "139 0000 6027"}
    )
    assert right.headers["Location"] == f"/portal/{case.number}/"


def test_guessing_ends_for_the_guesser_and_the_customer_still_gets_in(visitor: Client) -> None:
    case = raised(visitor)
    for _ in range(12):
        last = visitor.post("/portal/follow/", {"number": case.number, "contact": "13900001111"})
    assert last.status_code == 429
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    answer = elsewhere.post("/portal/follow/", {"number": case.number, "contact": RAISED["contact"]})
    assert answer.status_code == 302


def test_opening_a_link_changes_nothing_until_it_is_handed_in(here: Road) -> None:
    case = here.to(Stage.APPROVED)
    key = links.issue(case=case, purpose=LinkPurpose.CHOOSE, now=timezone.now())
    preview = Client().get(f"/portal/k/{key}")
    assert preview.status_code == 200
    assert "Set-Cookie" not in preview.headers or "sessionid" not in preview.cookies
    link = CustomerLink.objects.get(digest=links.digest(key))
    assert (link.opened_at, link.used_at) == (None, None)


def test_a_customer_chooses_by_link_once_and_no_key_stays_in_the_address(here: Road) -> None:
    case = here.to(Stage.APPROVED)
    key = links.issue(case=case, purpose=LinkPurpose.CHOOSE, now=timezone.now())
    visitor = Client()
    page = enter(visitor, key)
    assert page.redirect_chain[-1][0] == f"/portal/{case.number}/choose/"
    assert key not in page.content.decode()
    offers = case.proposals.order_by("pk")
    assert "1260" not in page.content.decode()
    visitor.post(f"/portal/{case.number}/choose/", {"proposal": offers[1].pk, "words": "周四下午在家"})
    case.refresh_from_db()
    assert case.stage == Stage.CHOSEN
    assert case.choosings.get().proposal == offers[1]
    again = enter(Client(), key)
    assert again.redirect_chain[-1][0] == f"/portal/{case.number}/"
    visitor.post(f"/portal/{case.number}/choose/", {"proposal": offers[0].pk})
    assert case.choosings.count() == 1


def test_a_link_for_following_does_not_choose(here: Road) -> None:
    case = here.to(Stage.APPROVED)
    visitor = Client()
    enter(visitor, links.issue(case=case, purpose=LinkPurpose.FOLLOW, now=timezone.now()))
    visitor.post(f"/portal/{case.number}/choose/", {"proposal": case.proposals.earliest("pk").pk})
    case.refresh_from_db()
    assert case.stage == Stage.APPROVED


def test_one_customers_link_opens_nothing_of_another(here: Road) -> None:
    mine, other = here.to(Stage.APPROVED), here.to(Stage.APPROVED)
    visitor = Client()
    enter(visitor, links.issue(case=mine, purpose=LinkPurpose.CHOOSE, now=timezone.now()))
    for page in ("", "choose/", "confirm/", "none-fits/", "object/"):
        assert visitor.get(f"/portal/{other.number}/{page}").status_code == 404
    visitor.post(f"/portal/{mine.number}/choose/", {"proposal": other.proposals.earliest("pk").pk})
    other.refresh_from_db()
    mine.refresh_from_db()
    assert (mine.stage, other.stage) == (Stage.APPROVED, Stage.APPROVED)


def test_when_none_fits_the_customer_says_so(here: Road) -> None:
    case = here.to(Stage.APPROVED)
    visitor = Client()
    enter(visitor, links.issue(case=case, purpose=LinkPurpose.CHOOSE, now=timezone.now()))
    assert visitor.post(f"/portal/{case.number}/none-fits/", {"words": " "}).status_code == 422
    visitor.post(f"/portal/{case.number}/none-fits/", {"words": "我想当天修好"})
    case.refresh_from_db()
    assert case.stage == Stage.INVESTIGATED


@pytest.mark.parametrize(
    ("satisfied", "words", "stage"), [("1", "", Stage.CONFIRMED), ("0", "昨晚又停了", Stage.ASSIGNED)]
)
def test_the_customer_has_the_last_word(here: Road, satisfied: str, words: str, stage: Stage) -> None:
    case = here.to(Stage.REMEDIED)
    visitor = Client()
    enter(visitor, links.issue(case=case, purpose=LinkPurpose.CONFIRM, now=timezone.now()))
    visitor.post(f"/portal/{case.number}/confirm/", {"satisfied": satisfied, "words": words, "handling": "8"})
    case.refresh_from_db()
    assert case.stage == stage


def test_not_yet_wants_a_sentence(here: Road) -> None:
    case = here.to(Stage.REMEDIED)
    visitor = Client()
    enter(visitor, links.issue(case=case, purpose=LinkPurpose.CONFIRM, now=timezone.now()))
    assert visitor.post(f"/portal/{case.number}/confirm/", {"satisfied": "0"}).status_code == 422
    case.refresh_from_db()
    assert case.stage == Stage.REMEDIED


def test_the_page_takes_the_same_number_of_queries_however_much_was_said(
    here: Road, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    case = here.to(Stage.APPROVED)
    visitor = Client()
    enter(visitor, links.issue(case=case, purpose=LinkPurpose.FOLLOW, now=timezone.now()))
    for text in map(str, range(30)):
        visitor.post(f"/portal/{case.number}/add/", {"text": text})
    with django_assert_max_num_queries(16):
        visitor.get(f"/portal/{case.number}/")
