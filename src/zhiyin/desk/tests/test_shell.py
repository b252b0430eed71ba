"""What stands around the pages: the navigation by role, the settings in groups; and how the page of a case is arranged."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from zhiyin.cases.rules.words import Stage
from zhiyin.facts import actions as facts
from zhiyin.facts.rules.starters import BY_KEY
from zhiyin.people import actions as people
from zhiyin.people.rules import Language, Theme

pytestmark = pytest.mark.django_db

WORK = ["今天", "收件台", "个案", "客户", "同事协作", "群体事件"]
SERVICE = ["服务目录", "服务承诺"]


def navigation(client) -> list[list[str]]:
    """The labels of each group, the first without a heading."""
    page = client.get("/").content.decode()
    nav = page[page.index('<nav class="zy-nav"') : page.index("</nav>")]
    return [re.findall(r'<span class="lbl">([^<]+)', part) for part in nav.split('<li class="group">')]


def order(page: str, *texts: str) -> list[int]:
    return [page.index(text) for text in texts]


@pytest.mark.parametrize(
    ("who", "places"),
    [
        ("agent", [WORK, [*SERVICE, "制度建议"]]),
        ("supervisor", [[*WORK, "公函"], [*SERVICE, "洞察", "制度建议"]]),
        ("handler", [["今天", "个案", "同事协作", "群体事件"], [*SERVICE, "制度建议"]]),
        ("researcher", [["今天"], SERVICE]),
        ("administrator", [["今天", "个案", "客户", "群体事件"], [*SERVICE, "洞察", "制度建议"]]),
    ],
)
def test_everybody_finds_the_days_work_first_then_what_the_service_is_made_of(
    who, places, request, client_of
):
    assert navigation(client_of(request.getfixturevalue(who))) == places


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("/catalogue/", "服务目录"),
        ("/catalogue/touchpoints/", "服务目录"),
        ("/catalogue/guarantee/", "服务承诺"),
        ("/catalogue/kept/", "服务承诺"),
        ("/rule-changes/", "制度建议"),
        ("/letters/", "公函"),
    ],
)
def test_the_place_one_is_at_is_marked(where, place, supervisor, client_of):
    page = client_of(supervisor).get(where).content.decode()
    marked = re.findall(r'<a class="item"[^>]*title="([^"]+)"[^>]*aria-current="page"', page)
    assert marked == [place]


def test_the_settings_stand_in_groups(administrator, client_of):
    page = client_of(administrator).get("/settings/me/").content.decode()
    groups = re.findall(r'<span class="g">([^<]+)</span>', page[: page.index("<details")])
    assert groups == ["同事与分工", "时间", "服务", "机构"]
    assert order(
        page, "我的偏好", "同事与分工", "工作日历", "法定期限", "服务接触时点", "登录方式"
    ) == sorted(order(page, "我的偏好", "同事与分工", "工作日历", "法定期限", "服务接触时点", "登录方式"))


class TestACase:
    def test_who_waits_for_a_colleague_is_offered_what_can_be_done_meanwhile(self, road, client_of):
        road.now = timezone.now() - timedelta(days=30)
        case = road.to(Stage.CHOSEN)
        waiting = client_of(road.agent).get(f"/cases/{case.number}/").content.decode()
        step = waiting[waiting.index('id="now"') : waiting.index('id="s-what"')]
        assert "马建国正在办" in step
        assert order(step, "时限已经过了，先告诉客户办到哪了。", "回复客户", "问一声进展")
        doing = client_of(road.handler).get(f"/cases/{case.number}/").content.decode()
        assert "问一声进展" not in doing

    def test_the_customer_stands_first_beside_it_and_what_happened_last(self, road, client_of):
        case = road.to(Stage.ASSIGNED)
        page = client_of(road.agent).get(f"/cases/{case.number}/").content.decode()
        places = order(
            page,
            'id="now"',
            "客户的原话",
            '<aside class="zy-side"',
            "<h2>客户</h2>",
            "<h2>时限</h2>",
            "三项指标",
            'id="timeline"',
        )
        assert places == sorted(places)

    def test_the_conversation_is_no_link_for_who_may_not_read_it(self, road, client_of):
        case = road.to(Stage.ASSIGNED)
        inside = f"/inbox/{case.conversation_id}/"
        assert inside in client_of(road.agent).get(f"/cases/{case.number}/").content.decode()
        assert inside not in client_of(road.handler).get(f"/cases/{case.number}/").content.decode()

    def test_facts_are_offered_until_the_cause_is_known_and_then_from_the_menu(self, road, client_of):
        case = road.to(Stage.ASSIGNED)
        client = client_of(road.agent)
        assert "开始记" in client.get(f"/cases/{case.number}/").content.decode()
        road.investigate(case)
        page = client.get(f"/cases/{case.number}/").content.decode()
        assert "开始记" not in page
        assert f'<a href="/cases/{case.number}/facts/">事实记录</a>' in page

    def test_every_deed_of_the_menu_stands_in_one_group(self, road, client_of):
        case = road.to(Stage.PROPOSED)
        page = client_of(road.supervisor).get(f"/cases/{case.number}/").content.decode()
        menu = page[page.index('class="case-menu"') : page.index("<main")]
        deeds = re.findall(r'href="\?do=(\w+)#deed"', menu)
        assert len(deeds) == len(set(deeds))
        assert {"promise", "hand_over", "correct", "merge"} <= set(deeds)
        groups = re.findall(r'role="group" aria-label="([^"]+)"', menu)
        assert groups == ["和客户的", "内部的", "个案资料", "别的个案"]

    def test_observations_of_a_customer_one_after_another_are_one_line(self, road, client_of):
        case = road.to(Stage.ASSIGNED)
        table = facts.begin(case_id=case.pk, starter=BY_KEY["network"], by=road.agent, now=road.tick())
        facts.ask(case_id=case.pk, by=road.agent, now=road.tick())
        outcome = table.columns.get(is_outcome=True)
        for _ in range(3):
            facts.observe_as_customer(case_id=case.pk, texts={outcome.pk: "yes"}, now=road.tick())
        page = client_of(road.agent).get(f"/cases/{case.number}/").content.decode()
        went = page[page.index('id="timeline"') :]
        assert "事实记录，共3次" in re.sub(r"\s+", "", re.sub("<[^>]+>", "", went))


@pytest.mark.parametrize(("who", "linked"), [("agent", True), ("quality", False)])
def test_a_conversation_on_the_page_of_a_customer_is_a_link_for_its_readers_alone(
    who, linked, road, request, client_of
):
    case = road.open()
    page = client_of(request.getfixturevalue(who)).get(f"/customers/{case.customer_id}/").content.decode()
    assert case.subject in page
    assert (f'href="/inbox/{case.conversation_id}/' in page) is linked


def test_an_english_page_sets_english_marks_between_words(road, client_of):
    case = road.to(Stage.PROPOSED)
    people.set_preferences(
        staff=road.agent, language=Language.EN, theme=Theme.AUTO, shortcuts=True, now=road.now
    )
    page = client_of(road.agent).get(f"/cases/{case.number}/?do=hand_over").content.decode()
    form = page[page.index('id="form-hand_over"') : page.index("</form>", page.index('id="form-hand_over"'))]
    assert "; " in form
    assert not re.search("[；、：（）]", form)
