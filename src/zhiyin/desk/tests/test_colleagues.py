"""Requests among colleagues through the desk: nobody who asked is left waiting for what will not come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from zhiyin.cases import actions
from zhiyin.cases import queries as cases
from zhiyin.cases.actions import colleagues
from zhiyin.cases.models import InternalRequest
from zhiyin.cases.rules.colleagues import RequestState
from zhiyin.cases.rules.words import Stage
from zhiyin.cases.tests.road import Road
from zhiyin.people.models import Staff

pytestmark = pytest.mark.django_db
WANTED = "请查排风机周末是否停机"


@pytest.fixture
def asked(road: Road) -> InternalRequest:
    road.now = timezone.now() - timedelta(hours=5)
    case = road.open()
    return actions.ask(
        case_id=case.pk,
        need=WANTED,
        due_at=road.now + timedelta(hours=3),
        department_id=road.house.engineering.pk,
        by=road.agent,
        now=road.tick(),
    )


def do(client: Client, request: InternalRequest, deed: str, **words: str) -> int:
    return client.post(reverse("desk:request_do", args=[request.pk, deed]), words).status_code


def test_a_declined_request_stands_with_its_reason_on_the_day_of_whoever_asked_until_she_has_noted_it(
    road: Road, asked: InternalRequest, client_of: Callable[[Staff], Client]
) -> None:
    lin = client_of(road.agent)
    assert do(client_of(road.handler), asked, "decline", reason="排风机归物业，请问秩序部") == 302
    assert "已婉拒" in (today := lin.get("/").content.decode())
    assert WANTED in today
    page = lin.get(reverse("desk:request", args=[asked.pk])).content.decode()
    assert "排风机归物业，请问秩序部" in page
    assert "另请别人" in page
    assert cases.waiting_count(road.agent) == 1
    again = lin.get(f"/cases/{asked.case.number}/", {"do": "ask", "again": asked.pk}).context["form"]
    assert again["need"].value() == WANTED

    assert do(client_of(road.colleague), asked, "noted") == 404
    assert cases.waiting_count(road.agent) == 1
    assert do(lin, asked, "noted") == 302
    assert WANTED not in lin.get("/").content.decode()
    assert cases.waiting_count(road.agent) == 0


def test_a_late_answer_is_on_the_day_of_whoever_asked_too(
    road: Road, asked: InternalRequest, client_of: Callable[[Staff], Client]
) -> None:
    lin = client_of(road.agent)
    assert WANTED not in lin.get("/").content.decode()
    colleagues.claim_breaches(timezone.now())
    assert WANTED in lin.get("/").content.decode()
    do(client_of(road.handler), asked, "answer", text="周末停机")
    assert [row.request.state for row in cases.from_colleagues(road.agent).news] == []


def test_who_took_it_up_learns_that_no_answer_is_needed_any_more_even_from_the_archive(
    road: Road, client_of: Callable[[Staff], Client]
) -> None:
    road.now = timezone.now() - timedelta(hours=5)
    case = road.to(Stage.CONFIRMED)
    asked = actions.ask(
        case_id=case.pk,
        need=WANTED,
        due_at=road.now + timedelta(days=3),
        to_id=road.handler.pk,
        by=road.agent,
        now=road.tick(),
    )
    ma = client_of(road.handler)
    assert do(ma, asked, "take") == 302
    actions.archive(case_id=case.pk, without_answers=True, by=road.agent, now=road.tick())
    assert [row.request for row in cases.from_colleagues(road.handler).news] == [asked]
    assert do(ma, asked, "noted") == 302
    assert cases.from_colleagues(road.handler).total == 0
    asked.refresh_from_db()
    assert asked.state == RequestState.WITHDRAWN


def test_the_page_among_colleagues_opens_where_something_waits_and_counts_it(
    road: Road, asked: InternalRequest, client_of: Callable[[Staff], Client]
) -> None:
    lin, ma = client_of(road.agent), client_of(road.handler)
    assert ma.get(reverse("desk:colleagues")).context["view"] == "to_me"
    do(ma, asked, "answer", text="周末停机")
    page = lin.get(reverse("desk:colleagues"))
    assert page.context["view"] == "from_me"
    assert '我请求的<span class="n">1</span>' in page.content.decode()
    assert lin.get(reverse("desk:colleagues"), {"view": "to_me"}).context["view"] == "to_me"


def test_the_answer_is_read_on_the_case(
    road: Road, asked: InternalRequest, client_of: Callable[[Staff], Client]
) -> None:
    do(client_of(road.handler), asked, "answer", text="周末停机，周一检修完")
    page = client_of(road.agent).get(reverse("desk:case", args=[asked.case.number]))
    beside = (
        page.content.decode().partition(reverse("desk:request", args=[asked.pk]))[2].partition("</li>")[0]
    )
    assert "周末停机，周一检修完" in beside


def test_a_mention_in_a_case_that_left_ones_sight_does_not_stay_in_the_count(
    road: Road, other_agent: Staff
) -> None:
    road.now = timezone.now() - timedelta(hours=5)
    case = road.open()
    actions.note(case_id=case.pk, text="@赵敏 请看", by=road.agent, now=road.tick())
    assert cases.waiting_count(road.colleague) == 1
    case.team = other_agent.team
    case.save(update_fields=["team"])
    assert (cases.waiting_count(road.colleague), cases.waiting(road.colleague)["mentions"]) == (0, 0)
