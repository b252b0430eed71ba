"""Who writes to a facts table and who reads it: like cases, strangers, the archive; and what it costs."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhiyin.cases import actions as cases
from zhiyin.cases import archive
from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import Stage
from zhiyin.cases.tests.road import Road
from zhiyin.desk.tests.facts.steps import GOLDEN, at, begun, golden, named, pasted
from zhiyin.facts import actions
from zhiyin.facts.models import Observation
from zhiyin.facts.rules import words
from zhiyin.facts.rules.starters import BY_KEY
from zhiyin.people.models import Staff

pytestmark = pytest.mark.django_db


class TestLikeCases:
    def test_a_like_case_with_a_table_of_its_own_is_gathered_and_each_row_keeps_its_case(
        self, here: Road, lin: Client, case: Case
    ) -> None:
        other = here.to(Stage.ASSIGNED, subject="车停一会儿就发动不了")
        golden(lin, case, "ice_cream", "发动不了")
        golden(lin, other, "ice_cream_followed_up", "发动不了")
        assert "车停一会儿就发动不了" in lin.get(at(case, "facts_gather")).content.decode()
        answer = lin.post(at(case, "facts_gather"), {"number": other.number})
        assert answer.status_code == 302
        page = lin.get(at(case), {"all": 1})
        sheet = page.context["sheet"]
        assert (len(sheet.rows), {row.case_id for row in sheet.rows}) == (39, {case.pk, other.pk})
        assert len(sheet.conditions) == 6  # 地点 of the starter beside the five of the golden case
        assert "39次里" not in page.content.decode()
        assert lin.post(at(other, "facts_leave")).status_code == 302
        assert len(lin.get(at(case)).context["sheet"].rows) == 17
        apart = lin.get(at(other)).context["sheet"]
        assert len(apart.rows) == 22
        assert "停留不到6分钟时失败：10次里9次" in lin.get(at(other)).content.decode()

    def test_rows_of_another_case_are_changed_at_that_case_only(
        self, here: Road, lin: Client, case: Case
    ) -> None:
        other = here.to(Stage.ASSIGNED)
        table = begun(lin, case)
        lin.post(at(case, "facts_gather"), {"number": other.number})
        lin.post(at(other, "facts_add"), {named(table, "出了问题"): "yes"})
        row = Observation.objects.get()
        assert row.case_id == other.pk
        assert lin.post(at(case, "facts_row_remove", row=row.pk)).status_code == 404

    def test_rows_of_cases_outside_ones_sight_are_neither_shown_nor_counted(
        self, here: Road, lin: Client, case: Case, client_of: Callable[[Staff], Client]
    ) -> None:
        unseen = here.open(subject="别的部门没问到")
        table = begun(lin, case)
        lin.post(at(case, "facts_gather"), {"number": unseen.number})
        place = named(table, "地点")
        lin.post(at(unseen, "facts_add"), {named(table, "出了问题"): "yes", place: "秘密地点"})
        page = client_of(here.handler).get(at(case))
        assert "秘密地点" not in page.content.decode()
        assert "别的部门没问到" not in page.content.decode()
        assert page.context["sheet"].hidden == 1

    def test_a_case_without_a_table_may_use_the_one_of_a_like_case(
        self, here: Road, lin: Client, case: Case
    ) -> None:
        other = here.to(Stage.ASSIGNED)
        begun(lin, case)
        page = lin.get(at(other)).content.decode()
        assert f'action="{at(case, "facts_gather")}"' in page
        lin.post(at(case, "facts_gather"), {"number": other.number})
        assert lin.get(at(other)).context["sheet"].table == lin.get(at(case)).context["sheet"].table

    def test_what_is_gathered_already_is_not_gathered_the_other_way_round(
        self, here: Road, lin: Client, case: Case
    ) -> None:
        other = here.to(Stage.ASSIGNED)
        begun(lin, case)
        begun(lin, other)
        assert lin.post(at(case, "facts_gather"), {"number": other.number}).status_code == 302
        assert lin.post(at(other, "facts_gather"), {"number": case.number}).status_code == 422

    def test_the_same_case_twice_is_not_gathered(self, here: Road, lin: Client, case: Case) -> None:
        begun(lin, case)
        assert lin.post(at(case, "facts_gather"), {"number": case.number}).status_code == 422
        assert lin.post(at(case, "facts_gather"), {"number": "2611-9999"}).status_code == 422


class TestMergedCases:
    """One customer raised it twice: her facts are one matter, and part again when the merge is undone."""

    def twice(self, here: Road) -> tuple[Case, Case]:
        first = here.open(subject="车发动不了")
        return first, here.open(subject="车又发动不了", customer_id=first.customer_id)

    def merge(self, here: Road, case: Case, into: Case) -> None:
        cases.merge(case_id=case.pk, into_id=into.pk, by=here.supervisor, now=here.tick())

    def test_their_tables_become_one_and_two_again(self, here: Road, lin: Client) -> None:
        first, second = self.twice(here)
        golden(lin, first, "ice_cream", "发动不了")
        golden(lin, second, "ice_cream_followed_up", "发动不了")
        self.merge(here, second, first)
        assert len(lin.get(at(first), {"all": 1}).context["sheet"].rows) == 39
        cases.unmerge(case_id=second.pk, by=here.supervisor, now=here.tick())
        assert [len(lin.get(at(one)).context["sheet"].rows) for one in (first, second)] == [17, 22]

    def test_the_case_that_goes_on_without_a_table_gets_the_one_of_the_duplicate(
        self, here: Road, lin: Client
    ) -> None:
        first, second = self.twice(here)
        golden(lin, second, "ice_cream", "发动不了")
        self.merge(here, second, first)
        assert len(lin.get(at(first)).context["sheet"].rows) == 17
        cases.unmerge(case_id=second.pk, by=here.supervisor, now=here.tick())
        assert len(lin.get(at(second)).context["sheet"].rows) == 17
        assert "sheet" in lin.get(at(first)).context
        assert lin.get(at(first)).context["sheet"] is None

    def test_cases_gathered_before_stay_gathered_and_cases_without_facts_merge_as_before(
        self, here: Road, lin: Client
    ) -> None:
        first, second = self.twice(here)
        table = begun(lin, first)
        lin.post(at(first, "facts_gather"), {"number": second.number})
        self.merge(here, second, first)
        cases.unmerge(case_id=second.pk, by=here.supervisor, now=here.tick())
        assert {lin.get(at(one)).context["sheet"].table for one in (first, second)} == {table}
        third, fourth = self.twice(here)
        self.merge(here, fourth, third)
        fourth.refresh_from_db()
        assert fourth.duplicate_of == third


class TestWho:
    def test_the_handler_of_the_case_enters_and_strangers_find_nothing(
        self,
        here: Road,
        case: Case,
        lin: Client,
        other_agent: Staff,
        other_handler: Staff,
        quality: Staff,
        client_of: Callable[[Staff], Client],
    ) -> None:
        table = begun(lin, case)
        row = {named(table, "出了问题"): "yes"}
        assert client_of(here.handler).post(at(case, "facts_add"), row).status_code == 302
        for stranger in (other_agent, other_handler):
            assert client_of(stranger).get(at(case)).status_code == 404
            assert client_of(stranger).post(at(case, "facts_add"), row).status_code == 404
        reader = client_of(quality)
        assert reader.get(at(case)).status_code == 200
        assert reader.post(at(case, "facts_add"), row).status_code == 403
        assert Observation.objects.count() == 1

    def test_the_handler_asks_the_customer_too_and_no_other_department_does(
        self,
        here: Road,
        case: Case,
        lin: Client,
        other_handler: Staff,
        client_of: Callable[[Staff], Client],
        settings: Any,
    ) -> None:
        """By telephone nothing can be sent: the address is the customers', with a picture for her phone, shown once."""
        settings.PUBLIC_URL = "https://service.example.cn"
        begun(lin, case)
        ma = client_of(here.handler)
        assert at(case, "facts_ask") in ma.get(at(case)).content.decode()
        assert client_of(other_handler).post(at(case, "facts_ask")).status_code == 404
        assert ma.post(at(case, "facts_ask")).status_code == 302
        page = ma.get(at(case))
        assert "https://service.example.cn/portal/k/" in page.content.decode()
        assert "data:image/svg+xml;base64," in page.content.decode()
        assert "/portal/k/" not in ma.get(at(case)).content.decode()

    def test_an_archived_case_keeps_its_facts_as_they_are(self, here: Road, client_of: Any) -> None:
        case, lin = here.to(Stage.CONFIRMED), client_of(here.agent)
        table = begun(lin, case)
        lin.post(at(case, "facts_add"), {named(table, "出了问题"): "yes"})
        here.archive(case)
        answer = lin.post(at(case, "facts_add"), {named(table, "出了问题"): "no"})
        assert answer.status_code == 422
        assert Observation.objects.count() == 1


def test_the_archive_of_a_case_holds_its_facts_as_data_and_as_a_table(
    here: Road, client_of: Any, tmp_path: Path
) -> None:
    case, lin = here.to(Stage.CONFIRMED), client_of(here.agent)
    golden(lin, case, "ice_cream", "发动不了")
    here.archive(case)
    packed = archive.package(number=case.number, to=tmp_path)
    with zipfile.ZipFile(packed) as bundle:
        document = json.loads(bundle.read("case.json"))
        assert bundle.read("case.pdf").startswith(b"%PDF")
    facts = document["enclosed"]["facts"]
    assert len(facts["observations"]) == 17
    assert sum(row["failed"] for row in facts["observations"]) == 7
    assert "停留" in {column["name"] for column in facts["columns"]}


def test_as_many_queries_for_many_rows_as_for_few(lin: Client, case: Case, here: Road) -> None:
    golden(lin, case, "ice_cream", "发动不了")

    def cost(address: str) -> int:
        lin.get(address)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert lin.get(address).status_code == 200
        return len(seen)

    places = [at(case), f"{at(case)}?all=1", f"/cases/{case.number}/", at(case, "facts_export")]
    few = [cost(place) for place in places]
    rows = (GOLDEN / "ice_cream_followed_up.csv").read_text("utf-8-sig")
    for _ in range(3):
        pasted(lin, case, rows, "发动不了")
    assert [cost(place) for place in places] == few


def test_actions_lock_out_what_forms_hide(here: Road, case: Case) -> None:
    """A second table for the same case is refused by rule, and by the database should the rule be forgotten."""
    actions.begin(case_id=case.pk, starter=BY_KEY["own"], by=here.agent, now=here.tick())
    with pytest.raises(words.HasTable):
        actions.begin(case_id=case.pk, starter=BY_KEY["own"], by=here.agent, now=here.tick())


class TestAllTables:
    def test_they_stand_on_one_page_with_what_they_say_and_only_within_ones_sight(
        self,
        here: Road,
        lin: Client,
        case: Case,
        other_handler: Staff,
        client_of: Callable[[Staff], Client],
    ) -> None:
        assert "还没有事实表" in lin.get("/facts/").content.decode()
        golden(lin, case, "ice_cream", "发动不了")
        page = lin.get("/facts/").content.decode()
        assert "分不出是哪一个：口味是“香草”时失败，还是停留不到6分钟时失败" in page
        assert "请再观察一次：口味是“香草”" in page
        assert at(case) in page
        assert at(case) in client_of(here.handler).get("/facts/").content.decode()
        assert at(case) not in client_of(other_handler).get("/facts/").content.decode()

    def test_as_many_queries_for_many_tables_as_for_one(self, here: Road, lin: Client, case: Case) -> None:
        golden(lin, case, "ice_cream", "发动不了")

        def read() -> int:
            with CaptureQueriesContext(connection) as found:
                assert lin.get("/facts/").status_code == 200
            return len(found)

        few = read()
        for _ in range(3):
            golden(lin, here.open(), "ice_cream", "发动不了")
        assert read() == few

    def test_a_large_table_is_opened_to_be_analysed(self, lin: Client, case: Case) -> None:
        table = begun(lin, case)
        rows = [
            Observation(table=table, case=case, failed=False, entered_at=case.opened_at) for _ in range(61)
        ]
        Observation.objects.bulk_create(rows)
        page = lin.get("/facts/")
        assert page.context["rows"][0][1] is None
        assert "看分析" in page.content.decode()
