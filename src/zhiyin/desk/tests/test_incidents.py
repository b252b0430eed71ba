"""Mass incidents and what colleagues ask of each other, through the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhiyin.cases import actions
from zhiyin.cases.models import Case, Incident, IncidentMember, InternalRequest, SharedDeed
from zhiyin.cases.rules.incidents import SharedKind
from zhiyin.cases.rules.words import Stage
from zhiyin.cases.tests.burst import many, neighbour, shared, water
from zhiyin.cases.tests.road import Road
from zhiyin.catalogue.models import Touchpoint
from zhiyin.customers.rules import Channel
from zhiyin.people.models import Staff

MATTER = {
    "kind": "request", "description": "7栋停水了", "remedy_sought": "", "place": "7栋0801", "name": "新邻居",
    "contact": "13900006031",
}  # fmt: skip
Browser = Callable[[Staff | None], Client]


@pytest.fixture
def incident(road: Road) -> Incident:
    road.now = timezone.now()
    return water(road, [neighbour(road, number) for number in (1, 2)])


def test_a_reply_is_looked_at_first_and_sent_to_all_with_the_second_button(
    road: Road, incident: Incident, client_of: Browser
) -> None:
    browser = client_of(road.supervisor)
    where = f"/incidents/{incident.pk}/share/reply/"
    form = {"text": "{姓名}您好，{编号}正在抢修", "token": str(uuid4())}

    page = browser.post(where, form | {"do": "preview"}).content.decode()
    assert "邻居1您好，" in page
    assert not SharedDeed.objects.exists()
    wrong = browser.post(where, form | {"text": "您的{余额}", "do": "send"})
    assert wrong.status_code == 422
    assert "“{余额}”填不了" in wrong.content.decode()
    assert "您的{余额}" in wrong.content.decode()
    for _ in range(2):
        assert browser.post(where, form | {"do": "send"}).status_code == 302
    assert SharedDeed.objects.count() == 1


def test_the_draft_of_a_reply_is_kept_for_whoever_goes_on_with_it(
    road: Road, incident: Incident, client_of: Browser
) -> None:
    browser = client_of(road.supervisor)
    where = f"/incidents/{incident.pk}/share/reply/"
    browser.post(where, {"text": "先写到这里", "token": str(uuid4()), "do": "draft"})

    assert "先写到这里" in browser.get(where).content.decode()
    browser.post(where, {"text": "写完了", "token": str(uuid4()), "do": "send"})
    assert list(SharedDeed.objects.values_list("text", "state")) == [("写完了", "running")]


def test_the_page_and_the_list_to_choose_from_ask_the_same_of_the_database_for_many(
    road: Road, incident: Incident, client_of: Browser
) -> None:
    browser = client_of(road.supervisor)

    def count(address: str) -> int:
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        return len(asked)

    addresses = (f"/incidents/{incident.pk}/", f"/incidents/{incident.pk}/add/?all=1", "/incidents/")
    road.open()
    few = [count(address) for address in addresses]
    cases = many(road, 80)
    actions.attach(
        incident_id=incident.pk,
        case_ids=[case.pk for case in cases[:50]],
        by=road.supervisor,
        now=road.tick(),
    )
    assert all(after <= before + 1 for before, after in zip(few, map(count, addresses), strict=True))


def test_everything_that_looks_like_it_joins_with_one_press(
    road: Road, incident: Incident, client_of: Browser
) -> None:
    more = [neighbour(road, number) for number in (7, 8)]

    client_of(road.agent).post(f"/incidents/{incident.pk}/add/", {"everything": "1"})

    assert IncidentMember.objects.filter(case__in=more, incident=incident).count() == 2


def test_an_end_before_the_beginning_comes_back_with_a_sentence_and_what_was_typed(
    road: Road, client_of: Browser
) -> None:
    answer = client_of(road.agent).post(
        "/incidents/new/",
        {
            "title": "9栋停电",
            "what_happened": "跳闸",
            "since": "2026-11-20T10:00",
            "until": "2026-11-20T09:00",
        },
    )

    assert answer.status_code == 422
    assert "结束时间早于开始时间" in answer.content.decode()
    assert "9栋停电" in answer.content.decode()


def test_a_new_case_joins_the_incident_it_looks_like_in_one_step(
    road: Road, incident: Incident, client_of: Browser
) -> None:
    browser = client_of(road.agent)
    part = browser.get("/cases/new/incidents/", {"description": "7栋一直停水"}).content.decode()
    assert incident.title in part
    answer = browser.post(
        "/cases/new/",
        {
            "channel": Channel.PHONE,
            "name": "新住户",
            "phone": "13900112233",
            "kind": "request",
            "subject": "没水了",
            "description": "7栋一直停水",
            "emotion": "calm",
            "intensity": "1",
            "severity": "2",
            "incident_id": str(incident.pk),
            "client_token": str(uuid4()),
        },
    )

    assert answer.status_code == 302
    assert Case.objects.latest("pk").membership.incident == incident


def test_customers_read_the_notice_before_they_ask_and_in_their_matter(
    road: Road, incident: Incident, client_of: Browser
) -> None:
    client_of(road.supervisor).post(
        f"/incidents/{incident.pk}/notice/",
        {"notice": "7栋预计21时来水", "is_public": "on", "version": incident.version},
    )

    assert "7栋预计21时来水" in client_of(None).get("/portal/").content.decode()


def seen(case: Case) -> dict[str, int]:
    """What a page made now says it was made from."""
    case.refresh_from_db()
    return {"version": case.version}


def test_a_customer_who_says_it_is_this_joins_with_the_first_word_and_reads_what_we_know(
    road: Road, incident: Incident, client_of: Browser
) -> None:
    publish(road, incident)
    visitor = client_of(None)
    assert "是下面这件事吗" in visitor.get("/portal/").content.decode()
    page = visitor.post("/portal/", MATTER | {"about": str(incident.pk)}, follow=True).content.decode()

    joined = Case.objects.latest("pk")
    assert joined.membership.incident == incident
    assert joined.membership.joined_by is None
    assert "7栋预计21时来水" in page
    assert "就是这件事" not in page
    assert joined.number in client_of(road.supervisor).get(f"/incidents/{incident.pk}/").content.decode()


def test_who_did_not_say_so_is_asked_on_the_page_of_the_matter(
    road: Road, incident: Incident, client_of: Browser
) -> None:
    publish(road, incident)
    visitor = client_of(None)
    page = visitor.post("/portal/", MATTER, follow=True).content.decode()
    case = Case.objects.latest("pk")
    assert not IncidentMember.objects.filter(case=case).exists()
    assert "就是这件事" in page
    same = f"/portal/{case.number}/same/"
    assert client_of(None).post(same, {"incident": incident.pk}).status_code == 404
    for _ in range(2):
        visitor.post(same, {"incident": incident.pk})
    assert IncidentMember.objects.filter(case=case, incident=incident).count() == 1
    other = MATTER | {"description": "3栋电梯响", "place": "3栋"}
    assert "就是这件事" not in visitor.post("/portal/", other, follow=True).content.decode()


def test_a_customer_joins_nothing_hidden_and_no_danger_becomes_one_of_many(
    road: Road, incident: Incident, client_of: Browser
) -> None:
    visitor = client_of(None)
    visitor.post("/portal/", MATTER)
    case = Case.objects.latest("pk")
    for forged in (str(incident.pk), "", "x", "99999999999999999999"):
        visitor.post(f"/portal/{case.number}/same/", {"incident": forged})
    assert not IncidentMember.objects.filter(case=case).exists()
    publish(road, incident)
    danger = MATTER | {"about": str(incident.pk), "in_danger": "on", "description": "7栋停水，老人烫伤"}
    visitor.post("/portal/", danger)
    newest = Case.objects.latest("pk")
    assert newest.in_danger
    assert not IncidentMember.objects.filter(case=newest).exists()


def test_the_touchpoint_of_an_incident_is_carried_by_its_cases_that_name_none(
    road: Road, incident: Incident, client_of: Browser
) -> None:
    point, other = (Touchpoint.objects.create(name=name, position=9) for name in ("供水", "电梯"))
    own = neighbour(road, 9)
    Case.objects.filter(pk=own.pk).update(touchpoint=other)
    actions.attach(incident_id=incident.pk, case_ids=[own.pk], by=road.agent, now=road.tick())
    since = timezone.localtime(incident.since)
    form = {
        "title": incident.title, "what_happened": incident.what_happened, "since": f"{since:%Y-%m-%dT%H:%M}",
        "place": "7栋", "words": "停水", "touchpoint_id": point.pk, "version": incident.version,
    }  # fmt: skip

    assert client_of(road.agent).post(f"/incidents/{incident.pk}/edit/", form).status_code == 302

    carried = dict(IncidentMember.objects.values_list("case_id", "case__touchpoint"))
    assert carried.pop(own.pk) == other.pk
    assert set(carried.values()) == {point.pk}
    late = neighbour(road, 10)
    actions.attach(incident_id=incident.pk, case_ids=[late.pk], by=road.agent, now=road.tick())
    late.refresh_from_db()
    assert late.touchpoint == point
    assert "供水" in client_of(road.agent).get(f"/incidents/{incident.pk}/").content.decode()


def test_who_joined_after_the_reply_is_found_and_told_without_telling_the_others_again(
    road: Road, incident: Incident, client_of: Browser
) -> None:
    shared(road, incident, SharedKind.REPLY, "{姓名}您好，正在抢修")
    late = neighbour(road, 9)
    actions.attach(incident_id=incident.pk, case_ids=[late.pk], by=road.agent, now=road.tick())
    browser = client_of(road.supervisor)

    assert "1位客户" in browser.get(f"/incidents/{incident.pk}/").content.decode()
    where = f"/incidents/{incident.pk}/share/reply/"
    assert "正在抢修" in browser.get(f"{where}?newcomers=1").content.decode()
    form = {"text": "{姓名}您好，正在抢修", "newcomers": "on", "token": str(uuid4())}
    assert "发给1位客户" in browser.post(where, form | {"do": "preview"}).content.decode()
    browser.post(where, form | {"do": "send"})
    assert list(SharedDeed.objects.latest("pk").parts.values_list("case_id", flat=True)) == [late.pk]
    assert "1位客户" not in browser.get(f"/incidents/{incident.pk}/").content.decode()


def publish(road: Road, incident: Incident) -> None:
    actions.publish(
        incident_id=incident.pk, notice="7栋预计21时来水", is_public=True, by=road.supervisor, now=road.now
    )


def test_a_note_that_calls_somebody_who_cannot_see_it_comes_back_with_the_reason(
    road: Road, client_of: Browser, other_agent: Staff
) -> None:
    case = road.open()
    answer = client_of(road.agent).post(f"/cases/{case.number}/do/note/", {"text": "@吴桐 请看"} | seen(case))

    assert answer.status_code == 422
    assert "吴桐看不到这件个案" in answer.content.decode()
    assert "@吴桐 请看" in answer.content.decode()


def test_a_hand_over_begins_with_what_the_house_knows(road: Road, client_of: Browser) -> None:
    case = road.open()
    actions.promise(
        case_id=case.pk,
        text="周五前给准信",
        due_at=road.now + timedelta(days=2),
        by=road.agent,
        now=road.tick(),
    )
    page = client_of(road.agent).get(f"/cases/{case.number}/?do=hand_over").content.decode()
    assert "周五前给准信（" in page

    form = {"to_id": road.colleague.pk, "text": "已看过现场", "emotion": "anger"} | seen(case)
    assert client_of(road.agent).post(f"/cases/{case.number}/do/hand_over/", form).status_code == 302
    taker = client_of(road.colleague)
    assert "已看过现场" in taker.get(f"/cases/{case.number}/").content.decode()
    taker.post(f"/cases/{case.number}/do/handover_read/", {})
    assert 'id="handover"' not in taker.get(f"/cases/{case.number}/").content.decode()


def test_asked_answered_and_judged_from_page_to_page(road: Road, client_of: Browser) -> None:
    road.now = timezone.now()
    case = road.open()
    due = timezone.localtime(road.now + timedelta(hours=5))
    form = {"need": "请查泵房", "due_at": f"{due:%Y-%m-%dT%H:%M}", "department_id": road.house.engineering.pk}
    client_of(road.agent).post(f"/cases/{case.number}/do/ask/", form)
    request = InternalRequest.objects.get()
    handler = client_of(road.handler)

    assert "请查泵房" in handler.get("/").content.decode()
    page = handler.get(f"/requests/{request.pk}/").content.decode()
    assert case.subject not in page  # another department's matter: only what is needed
    assert handler.post(f"/requests/{request.pk}/answer/", {"text": ""}).status_code == 422
    handler.post(f"/requests/{request.pk}/answer/", {"text": "泵房正常"})
    asker = client_of(road.agent)
    assert "泵房正常" in asker.get(f"/requests/{request.pk}/").content.decode()
    missing = asker.post(f"/requests/{request.pk}/judge/", {"sufficient": "no"})
    assert missing.status_code == 422
    asker.post(f"/requests/{request.pk}/judge/", {"sufficient": "yes"})
    assert "工程部" in asker.get("/colleagues/?view=departments").content.decode()


def test_an_archive_says_who_is_still_asked_and_goes_on_with_a_tick(road: Road, client_of: Browser) -> None:
    road.now = timezone.now()
    case = road.to(Stage.CONFIRMED)
    actions.ask(
        case_id=case.pk,
        department_id=road.house.order.pk,
        need="请补记录",
        due_at=road.now + timedelta(days=1),
        by=road.agent,
        now=road.tick(),
    )
    browser = client_of(road.agent)

    assert "秩序部不用再答复" in browser.get(f"/cases/{case.number}/").content.decode()
    assert browser.post(f"/cases/{case.number}/do/archive/", seen(case)).status_code == 422
    ticked = {"without_answers": "on"} | seen(case)
    assert browser.post(f"/cases/{case.number}/do/archive/", ticked).status_code == 302
    case.refresh_from_db()
    assert case.stage == Stage.ARCHIVED


def test_who_was_overtaken_is_told_and_may_then_save_what_she_wrote(
    road: Road, incident: Incident, client_of: Browser
) -> None:
    where, browser = f"/incidents/{incident.pk}/edit/", client_of(road.agent)
    form = {
        "title": "7栋停水，泵坏了", "what_happened": incident.what_happened, "place": "7栋", "words": "停水",
        "since": f"{timezone.localtime(incident.since):%Y-%m-%dT%H:%M}", "version": incident.version,
    }  # fmt: skip
    Incident.objects.filter(pk=incident.pk).update(version=incident.version + 1)

    page = browser.post(where, form)

    assert page.status_code == 422
    assert "7栋停水，泵坏了" in page.content.decode()
    assert f'name="version" value="{incident.version + 1}"' in page.content.decode()
    assert browser.post(where, form | {"version": incident.version + 1}).status_code == 302
    incident.refresh_from_db()
    assert incident.title == "7栋停水，泵坏了"
