"""How the guarantee is kept and how the service does where customers meet it, as the manager reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhiyin.cases import actions as cases
from zhiyin.cases.rules.words import Kind, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.catalogue import actions as catalogue
from zhiyin.catalogue.models import Touchpoint
from zhiyin.catalogue.tests.shelf import Shelf, text_of
from zhiyin.guarantees.actions import reckoning
from zhiyin.guarantees.models import Breach
from zhiyin.people.models import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(road: Road) -> Road:
    road.now = timezone.now() - timedelta(hours=8)
    return road


class TestResults:
    def settle(self, walk: Road, shelf: Shelf, *, kept: int, broken: int) -> None:
        for number in range(kept + broken):
            case = walk.open(kind=Kind.ENQUIRY, service_item_id=shelf.item.pk)
            walk.now += timedelta(minutes=5 if number < kept else 15)
            cases.answer(case_id=case.pk, text="答复", by=walk.agent, now=walk.now)
        reckoning.claim(timezone.now())

    def test_the_share_kept_stands_with_counts_and_interval(
        self, client_of, walk: Road, supervisor: Staff, open_shelf: Shelf
    ) -> None:
        self.settle(walk, open_shelf, kept=6, broken=2)
        answer = client_of(supervisor).get("/catalogue/kept/")
        page = text_of(answer)
        assert "75%" in page
        assert "8次中6次" in page
        assert "区间41%到93%" in answer.content.decode()  # Wilson's interval of 6 in 8
        assert "2次没做到" in page

    def test_of_a_few_no_share_is_shown(
        self, client_of, walk: Road, supervisor: Staff, open_shelf: Shelf
    ) -> None:
        self.settle(walk, open_shelf, kept=3, broken=1)
        page = text_of(client_of(supervisor).get("/catalogue/kept/"))
        assert "太少 4次中3次" in page
        assert "最近90天做到的比例" not in text_of(Client().get("/portal/guarantee/"))

    def test_the_portal_shows_the_same_truth(self, walk: Road, open_shelf: Shelf) -> None:
        self.settle(walk, open_shelf, kept=6, broken=2)
        page = text_of(Client().get("/portal/guarantee/"))
        assert "75%" in page
        assert "共8次" in page

    def test_other_departments_and_other_times_are_left_out(
        self, client_of, walk: Road, supervisor: Staff, open_shelf: Shelf
    ) -> None:
        self.settle(walk, open_shelf, kept=6, broken=2)
        browser = client_of(supervisor)
        assert "8次中6次" in text_of(browser.get(f"/catalogue/kept/?department={walk.house.engineering.pk}"))
        assert "8次中6次" not in text_of(browser.get(f"/catalogue/kept/?department={walk.house.order.pk}"))
        assert "8次中6次" not in text_of(browser.get("/catalogue/kept/?period=quarter"))

    def test_an_agent_does_not_see_how_the_house_is_doing(self, client_of, walk: Road) -> None:
        assert client_of(walk.agent).get("/catalogue/kept/").status_code == 403
        assert client_of(walk.agent).get("/catalogue/touchpoints/").status_code == 403

    def test_by_touchpoint_with_cells_too_small_left_out(
        self, client_of, walk: Road, supervisor: Staff, open_shelf: Shelf
    ) -> None:
        for number in range(6):
            stage = Stage.CONFIRMED if number < 4 else Stage.REMEDIED
            case = walk.to(
                stage, service_item_id=open_shelf.item.pk, emotion="anger" if number < 3 else "calm"
            )
            if number >= 4:
                cases.confirm(
                    case_id=case.pk, satisfied=number == 4, words="还在漏", channel="phone", by=walk.colleague,
                    now=walk.tick(),
                )  # fmt: skip
        quiet = Touchpoint.objects.create(name="停车场", position=9)
        walk.open(touchpoint_id=quiet.pk)
        answer = client_of(supervisor).get("/catalogue/touchpoints/")
        page = text_of(answer)
        assert "83%" in page  # five of six content with the first result
        assert "50%" in page  # three of six came angry
        assert "17%" in page  # one of six taken up again
        assert "停车场 太少 不足5" in page
        assert f"touchpoint={open_shelf.touchpoint.pk}&amp;since=" in answer.content.decode()

    def test_every_count_by_touchpoint_leads_to_as_many_cases(
        self, client_of, walk: Road, supervisor: Staff, open_shelf: Shelf
    ) -> None:
        for number in range(6):
            case = walk.to(
                Stage.REMEDIED,
                service_item_id=open_shelf.item.pk if number < 5 else None,
                emotion="anger" if number < 3 else "calm",
            )
            cases.confirm(
                case_id=case.pk, satisfied=number > 1, words="还在漏", channel="phone", by=walk.colleague, now=walk.tick()
            )  # fmt: skip
        browser = client_of(supervisor)
        answer = browser.get("/catalogue/touchpoints/")
        [(row, ways), (bare, none)] = answer.context["rows"]
        expected = {
            "all": 5,
            "upset": 3,
            "asked": 5,
            "content": 3,
            "discontent": 2,
            "resolved": 5,
            "reopened": 2,
        }
        for way, n in expected.items():
            found = browser.get(ways[way]).context["page"]
            assert (way, found.total) == (way, n)
        assert (row.cases, row.upset.count, row.satisfied.missed, row.reopened.count) == (5, 3, 2, 2)
        assert (bare.id, browser.get(none["all"]).context["page"].total) == (None, 1)
        assert ways["discontent"].replace("&", "&amp;") in answer.content.decode()

    def test_a_promise_leads_to_the_times_it_was_not_kept(
        self, client_of, walk: Road, supervisor: Staff, open_shelf: Shelf
    ) -> None:
        self.settle(walk, open_shelf, kept=6, broken=2)
        browser = client_of(supervisor)
        [(row, _span, url)] = browser.get("/catalogue/kept/").context["rows"]
        found = browser.get("/catalogue/kept/" + url.partition("#")[0])
        assert (row.broken, len(found.context["page"])) == (2, 2)
        other = browser.get("/catalogue/kept/?clause=999999")
        assert len(other.context["page"]) == 0

    @pytest.mark.parametrize(
        "where", ["/catalogue/", "/catalogue/kept/", "/catalogue/touchpoints/", "/cases/"]
    )
    def test_many_rows_take_no_more_queries_than_few(
        self, client_of, walk: Road, supervisor: Staff, open_shelf: Shelf, where: str
    ) -> None:
        browser = client_of(supervisor)
        self.settle(walk, open_shelf, kept=1, broken=1)
        few = queries_of(browser, where)
        for number in range(4):
            point = catalogue.save_touchpoint(name=f"接触点{number}", by=open_shelf.by, now=walk.now)
            catalogue.save_item(
                name=f"服务{number}", level=open_shelf.item.level, touchpoint_id=point.pk,
                department_id=walk.house.order.pk, by=open_shelf.by, now=walk.now,
            )  # fmt: skip
        self.settle(walk, open_shelf, kept=3, broken=5)
        assert queries_of(browser, where) == few

    def test_the_page_of_a_case_takes_the_same_queries_with_a_breach(
        self, client_of, walk: Road, open_shelf: Shelf
    ) -> None:
        browser, case = client_of(walk.agent), walk.open(service_item_id=open_shelf.item.pk)
        few = queries_of(browser, f"/cases/{case.number}/")
        reckoning.claim(timezone.now())
        assert Breach.objects.count() == 1
        assert queries_of(browser, f"/cases/{case.number}/") == few


def queries_of(browser: Client, where: str) -> int:
    browser.get(where)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(where).status_code == 200
    return len(seen)
