"""What the facts of a case say on its pages: golden cases, few rows, none, the cause taken over."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from zhiyin.cases import actions as cases
from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import Stage
from zhiyin.cases.tests.road import Road
from zhiyin.customers.rules import Channel
from zhiyin.desk.tests.facts.steps import at, begun, golden, pasted
from zhiyin.people.models import Staff

pytestmark = pytest.mark.django_db


class TestWhatTheFactsSay:
    def test_vanilla_and_a_short_stay_are_named_together_with_the_observation_that_separates_them(
        self, lin: Client, case: Case
    ) -> None:
        page = golden(lin, case, "ice_cream", "发动不了")
        assert "8次里7次，其余9次里0次" in page
        assert "分不出是哪一个" in page
        assert "请再观察一次：口味是“香草”，同时停留达到6分钟（如11分钟）" in page
        assert "作为根因" not in page

    def test_five_observations_later_the_stay_is_the_cause_and_fills_the_form_of_the_cause(
        self, here: Road, case: Case, client_of: Callable[[Staff], Client]
    ) -> None:
        handler = client_of(here.handler)
        page = golden(handler, case, "ice_cream_followed_up", "发动不了")
        assert "停留不到6分钟时失败：10次里9次，其余12次里0次" in page
        found = re.search(r'href="([^"]+finding=\d+)#deed"', page)
        assert found is not None
        form = handler.get(found[1].replace("&amp;", "&"))
        assert "停留不到6分钟时失败" in form.content.decode()
        shown = form.context["form"]
        assert "停留不到6分钟" in shown["root_cause"].value()
        assert "22次" in shown["findings"].value()
        case.refresh_from_db()
        assert case.root_cause == ""  # nothing is kept before the person sends the form

    def test_what_was_found_before_stays_when_the_facts_are_taken_over(
        self, here: Road, client_of: Callable[[Staff], Client]
    ) -> None:
        case = here.to(Stage.REMEDIED)
        cases.confirm(
            case_id=case.pk,
            satisfied=False,
            words="又来了",
            channel=Channel.PHONE,
            by=here.colleague,
            now=here.tick(),
        )
        handler = client_of(here.handler)
        golden(handler, case, "ice_cream_followed_up", "发动不了")
        shown = handler.get(f"/cases/{case.number}/?do=investigate&finding=0").context["form"]
        assert shown["findings"].value().startswith("周末夜里排风机都停着\n")
        assert "10次里9次" in shown["findings"].value()

    def test_figures_stand_in_a_table_with_intervals_and_all_three_p_values(
        self, lin: Client, case: Case
    ) -> None:
        page = golden(lin, case, "ice_cream_followed_up", "发动不了")
        table = page[page.index("fact-figures") :]
        for heading in (
            "单看的p值",
            "计入本列搜索的p值",
            "计入看过的全部的p值",
            "差值（95%）",
            "倍数（95%）",
        ):
            assert heading in table
        assert "9/10" in table
        assert "0/12" in table

    def test_where_there_is_no_cause_none_is_named(self, lin: Client, case: Case) -> None:
        page = golden(lin, case, "no_cause", "结果")
        assert "已确立" not in page

    def test_the_lift_stops_on_rainy_evenings(self, lin: Client, case: Case) -> None:
        page = golden(lin, case, "lift", "结果")
        assert "9次里9次，其余39次里0次" in page

    def test_few_rows_say_what_can_be_suspected_and_how_many_it_takes(self, lin: Client, case: Case) -> None:
        begun(lin, case)
        pasted(
            lin,
            case,
            "下雨\t时间\t漏了\n是\t08:00\t是\n是\t09:00\t是\n否\t10:00\t否\n否\t11:00\t否\n",
            "漏了",
        )
        page = lin.get(at(case)).content.decode()
        assert "最可疑" in page
        assert re.search(r"大约要\d+行|约需\d+行|\d+行", page)

    def test_all_failed_says_what_is_missing(self, lin: Client, case: Case) -> None:
        begun(lin, case)
        pasted(lin, case, "下雨\t漏了\n是\t是\n否\t是\n", "漏了")
        assert "没有可以对照的" in lin.get(at(case)).content.decode()

    def test_cells_of_the_leading_condition_are_marked_where_it_holds(self, lin: Client, case: Case) -> None:
        golden(lin, case, "ice_cream_followed_up", "发动不了")
        page = lin.get(at(case), {"all": 1}).content.decode()
        grid = page[page.index("fgrid") : page.index("facts-analysis")]
        assert len(re.findall(r'<td class="hit\b', grid)) == 10

    def test_cells_of_a_condition_that_cannot_be_told_apart_are_marked_too(
        self, lin: Client, case: Case
    ) -> None:
        golden(lin, case, "ice_cream", "发动不了")
        page = lin.get(at(case), {"all": 1}).content.decode()
        grid = page[page.index("fgrid") : page.index("facts-analysis")]
        assert len(re.findall(r'<td class="hit\b', grid)) == 16
        assert "或：停留不到6分钟" in page

    def test_the_observation_that_would_tell_them_apart_is_asked_of_the_customer(
        self, lin: Client, case: Case
    ) -> None:
        page = golden(lin, case, "ice_cream", "发动不了")
        assert "finding=0&amp;twin=0" in page
        wish = "方便时，请照这样试一次并记下来：口味是“香草”且停留达到6分钟（如11分钟）。"
        columns = lin.get(at(case, "facts_columns"), {"finding": 0, "twin": 0}).content.decode()
        assert wish in columns
        assert wish not in lin.get(at(case, "facts_columns")).content.decode()
        for rubbish in ({"finding": "x", "twin": "9"}, {"twin": "-1"}):
            assert lin.get(at(case, "facts_columns"), rubbish).status_code == 200

    def test_the_page_of_the_case_says_what_to_observe_next(self, lin: Client, case: Case) -> None:
        golden(lin, case, "ice_cream", "发动不了")
        assert "请再观察一次：口味是“香草”" in lin.get(f"/cases/{case.number}/").content.decode()

    def test_the_page_of_the_case_shows_newest_rows_comparison_and_verdict(
        self, lin: Client, case: Case
    ) -> None:
        golden(lin, case, "ice_cream_followed_up", "发动不了")
        page = lin.get(f"/cases/{case.number}/").content.decode()
        assert "停留不到6分钟" in page
        assert "ctab" in page

    def test_an_english_reader_reads_english(self, here: Road, lin: Client, case: Case) -> None:
        golden(lin, case, "ice_cream_followed_up", "发动不了")
        Staff.objects.filter(pk=here.agent.pk).update(language="en")
        page = lin.get(at(case)).content.decode()
        assert "9 of 10, against 0 of 12" in page
