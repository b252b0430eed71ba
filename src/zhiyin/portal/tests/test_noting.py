"""The customer notes down each time by a link on her phone: hers alone, as often as it happens, until it is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhiyin.cases import links
from zhiyin.cases.models import Case, CaseEvent, CustomerLink
from zhiyin.cases.rules.words import EventKind, LinkPurpose, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.conversations import markers
from zhiyin.conversations.models import Message
from zhiyin.customers.rules import Channel
from zhiyin.facts import actions
from zhiyin.facts.models import Column, Observation
from zhiyin.facts.rules.starters import BY_KEY
from zhiyin.people.models import Staff

pytestmark = pytest.mark.django_db
SAY = {"Dropped": "断了", "Microwave running": "微波炉在用", "Connected by": "连接方式"}


@pytest.fixture
def here(road: Road) -> Road:
    road.now = timezone.now() - timedelta(hours=8)
    return road


@pytest.fixture
def case(here: Road) -> Case:
    made = here.to(Stage.ASSIGNED, subject="吃饭时总断网")
    actions.begin(
        case_id=made.pk,
        starter=BY_KEY["network"],
        say=lambda text: SAY.get(text, text),
        by=here.agent,
        now=here.tick(),
    )
    return made


@pytest.fixture
def phone(case: Case) -> Client:
    """Her phone, with the link opened."""
    return opened(case)


def opened(case: Case, purpose: LinkPurpose = LinkPurpose.FACTS) -> Client:
    visitor = Client()
    key = links.issue(case=case, purpose=purpose, now=timezone.now())
    visitor.post("/portal/k/", {"key": key})
    return visitor


def place(case: Case) -> str:
    return f"/portal/{case.number}/facts/"


def field(name: str) -> str:
    return f"c{Column.objects.get(name=name).pk}"


def noted(phone: Client, case: Case, **more: str) -> Any:
    return phone.post(place(case), {field("断了"): "yes", field("微波炉在用"): "yes", **more}, follow=True)


def test_staff_send_the_link_and_opening_it_changes_nothing(
    here: Road, case: Case, client_of: Callable[[Staff], Client]
) -> None:
    sent = client_of(here.agent).post(f"/cases/{case.number}/facts/ask/", follow=True).content.decode()
    key = sent.split("/portal/k/")[1].split("<")[0]  # nothing leaves by telephone: it is passed on by hand
    assert len(key) >= 43  # 256 bits
    visitor = Client()
    assert visitor.get(f"/portal/k/{key}").status_code == 200
    assert CustomerLink.objects.get(purpose=LinkPurpose.FACTS).opened_at is None
    answer = visitor.post("/portal/k/", {"key": key})
    assert answer["Location"] == place(case)
    assert visitor.get(place(case)).status_code == 200


def test_a_letter_carries_the_link_where_it_can_be_sent(here: Road, client_of: Any, settings: Any) -> None:
    settings.EMAIL_CONFIGURED = True
    case = here.to(Stage.ASSIGNED, channel=Channel.EMAIL, subject="吃饭时总断网")
    actions.begin(case_id=case.pk, starter=BY_KEY["network"], by=here.agent, now=here.tick())
    client_of(here.agent).post(f"/cases/{case.number}/facts/ask/")
    text = Message.objects.get(conversation=case.conversation, text__contains="每次半分钟").text
    assert "/portal/k/" not in text
    assert "/portal/k/" in markers.fill(text)


def test_she_notes_down_several_times_with_the_same_link_and_sees_her_own_rows(
    case: Case, phone: Client
) -> None:
    form = phone.get(place(case)).content.decode()
    assert f'value="{timezone.localtime():%Y-%m-%dT%H}' in form  # now, to the hour
    first = noted(phone, case)
    assert "谢谢" in first.content.decode()
    second = noted(phone, case, **{field("连接方式"): "5G"}).content.decode()
    assert "您记了2次" in second
    assert "5G" in second
    assert list(Observation.objects.values_list("failed", "entered_by")) == [(True, None), (True, None)]
    assert CaseEvent.objects.filter(case=case, kind=EventKind.FACTS, by_customer=True).count() == 2


def test_only_whether_it_failed_must_be_answered(case: Case, phone: Client) -> None:
    empty = phone.post(place(case), {field("微波炉在用"): "no"})
    assert empty.status_code == 422
    assert "先在两个里点一个" in empty.content.decode()
    assert phone.post(place(case), {field("断了"): "no"}).status_code == 302


def test_what_she_typed_stays_when_a_cell_cannot_be_read(case: Case, phone: Client) -> None:
    number = f"c{Column.objects.get(kind='number').pk}"
    answer = phone.post(place(case), {field("断了"): "yes", number: "好多台"})
    assert answer.status_code == 422
    assert 'value="好多台"' in answer.content.decode()
    assert not Observation.objects.exists()


def test_a_form_sent_twice_is_one_time(case: Case, phone: Client) -> None:
    token = str(phone.get(place(case)).context["form"]["token"].value())
    for _ in range(2):
        noted(phone, case, token=token)
    assert Observation.objects.count() == 1


def test_she_takes_the_last_back_and_may_let_it_stand_after_all(case: Case, phone: Client) -> None:
    noted(phone, case)
    noted(phone, case)
    first, last = Observation.objects.order_by("pk")
    assert phone.post(f"{place(case)}back/", {"row": first.pk}).status_code == 404
    page = phone.post(f"{place(case)}back/", {"row": last.pk}, follow=True).content.decode()
    assert "您记了1次" in page
    assert f"again={last.pk}" in page
    phone.post(f"{place(case)}back/?again={last.pk}")
    assert Observation.objects.filter(removed_at__isnull=True).count() == 2


def test_rows_entered_by_staff_are_neither_shown_to_her_nor_taken_back(
    here: Road, case: Case, phone: Client
) -> None:
    outcome = Column.objects.get(is_outcome=True).pk
    room = Column.objects.filter(kind="place").get().pk
    row = actions.observe(
        case_id=case.pk, texts={outcome: "yes", room: "弱电间"}, by=here.agent, now=here.tick()
    )
    assert "弱电间" not in phone.get(place(case)).content.decode()
    assert phone.post(f"{place(case)}back/", {"row": row.pk}).status_code == 404


def test_what_is_not_asked_of_her_is_not_taken_from_her(here: Road, case: Case, phone: Client) -> None:
    column = Column.objects.get(name="微波炉在用")
    actions.change_column(
        case_id=case.pk,
        column_id=column.pk,
        name=column.name,
        kind=column.kind,
        asked=False,
        by=here.agent,
        now=here.tick(),
    )
    assert f'name="c{column.pk}"' not in phone.get(place(case)).content.decode()
    noted(phone, case)
    assert str(column.pk) not in Observation.objects.get().cells


def test_once_closed_she_is_thanked_and_nothing_more_is_taken(
    here: Road, case: Case, phone: Client, client_of: Any
) -> None:
    noted(phone, case)
    client_of(here.agent).post(f"/cases/{case.number}/facts/stop/")
    closed = phone.get(place(case)).content.decode()
    assert "谢谢您帮我们记录" in closed
    noted(phone, case)
    assert Observation.objects.count() == 1


@pytest.mark.parametrize("purpose", [LinkPurpose.FOLLOW, LinkPurpose.CHOOSE])
def test_a_link_for_something_else_does_not_open_the_form(case: Case, purpose: LinkPurpose) -> None:
    opened(case)
    assert opened(case, purpose).get(place(case)).status_code == 404


def test_a_link_to_another_matter_and_no_link_at_all_find_nothing(here: Road, case: Case) -> None:
    other = here.to(Stage.ASSIGNED)
    assert opened(other).get(place(case)).status_code == 404
    assert Client().get(place(case)).status_code == 404
    assert Client().post(place(case), {field("断了"): "yes"}).status_code == 404
    assert not Observation.objects.exists()


def test_a_key_for_noting_down_takes_nothing_from_a_key_for_choosing(here: Road) -> None:
    case = here.to(Stage.APPROVED)
    visitor = opened(case, LinkPurpose.CHOOSE)
    key = links.issue(case=case, purpose=LinkPurpose.FACTS, now=timezone.now())
    visitor.post("/portal/k/", {"key": key})
    assert visitor.get(f"/portal/{case.number}/choose/").status_code == 200


def test_an_expired_link_takes_nothing(case: Case, phone: Client) -> None:
    CustomerLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    noted(phone, case)
    assert not Observation.objects.exists()


def test_as_many_queries_for_many_rows_as_for_few(case: Case, phone: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            phone.get(place(case))
        return len(seen)

    noted(phone, case)
    cost()
    few = cost()
    for _ in range(5):
        noted(phone, case)
    assert cost() == few


def test_a_table_named_after_somebody_elses_case_is_not_named_to_her(here: Road, case: Case) -> None:
    other = here.to(Stage.ASSIGNED, subject="我家晚上也断网")
    actions.gather(case_id=case.pk, other_id=other.pk, by=here.agent, now=here.tick())
    said = opened(other).get(f"/portal/{other.number}/facts/").content.decode()
    assert "我家晚上也断网" in said
    assert "吃饭时总断网" not in said
