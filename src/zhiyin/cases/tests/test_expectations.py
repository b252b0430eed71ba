"""Expectation sheets: written anew each time, prompted for at the right moment, never a grade of anybody."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

import zhiyin
from zhiyin.cases import actions, queries
from zhiyin.cases.actions.expecting import SheetChanged
from zhiyin.cases.models import Expectation, ExpectationOption
from zhiyin.cases.rules import expectations
from zhiyin.cases.rules.decisions import OutOfReach, StillAhead
from zhiyin.cases.rules.expectations import Effect, Genuine, Option, Prompt, Who, Wish
from zhiyin.cases.rules.words import Kind, Stage
from zhiyin.customers.rules import Channel

GRADES = re.compile(r"score|grade|rating|rank|level|stars|credit|评分|打分|等级|得分|信用|难缠")


def write(road, case, **changes):
    wanted = {
        "stated": "修好，以后别再臭。",
        "genuine": Genuine.UNSURE,
        "genuine_reason": "说了三遍“没人当回事”",
        "practical_need": "周末夜里厨房没有异味",
        "wishes": [Wish.RESPECTED],
        "options": [
            Option(Who.ME, "今晚上门闻一次", Decimal(0), Effect.LITTLE),
            Option(Who.US, "整夜开机", Decimal(1260), Effect.ALL),
            Option(Who.RULE, "停机要逐户告知", Decimal(0), Effect.MUCH),
        ],
    }
    return actions.expect(case_id=case.pk, by=road.agent, now=road.tick(), **(wanted | changes))


@pytest.mark.django_db
class TestSheet:
    def test_a_change_is_a_new_edition_and_the_one_before_stays(self, road):
        case = road.open()
        write(road, case)
        write(road, case, stated="修好，并且有人回一声。", options=[])
        first, second = queries.sheets_of(case.pk)[::-1]
        assert (first.edition, first.stated) == (1, "修好，以后别再臭。")
        assert queries.sheet_of(case.pk) == second
        assert [one.who for one in first.options.all()] == [Who.ME, Who.US, Who.RULE]
        with pytest.raises(DatabaseError), transaction.atomic():
            Expectation.objects.update(stated="改写")
        with pytest.raises(DatabaseError), transaction.atomic():
            ExpectationOption.objects.all().delete()

    def test_whoever_saw_an_older_edition_is_told_so(self, road):
        case = road.open()
        write(road, case)
        with pytest.raises(SheetChanged):
            write(road, case, edition=0)
        assert write(road, case, edition=1).edition == 2

    def test_not_sure_needs_its_reason_and_a_figure_needs_its_deed(self, road):
        case = road.open()
        with pytest.raises(expectations.ReasonMissing):
            write(road, case, genuine_reason=" ")
        with pytest.raises(expectations.OptionUnnamed):
            write(road, case, options=[Option(Who.US, " ", Decimal(5), None)])
        with pytest.raises(expectations.NothingStated):
            write(road, case, stated="  ")

    def test_what_was_told_lies_behind_us_and_says_what(self, road):
        case = road.open()
        with pytest.raises(expectations.TimeMissing):
            write(road, case, uncertainty_told_at=road.now)
        with pytest.raises(StillAhead):
            write(road, case, uncertainty="配件可能要两周", uncertainty_told_at=road.now.replace(year=2030))

    def test_another_team_does_not_write_it(self, road, other_agent):
        case = road.open()
        with pytest.raises(OutOfReach):
            actions.expect(case_id=case.pk, stated="x", genuine=Genuine.YES, by=other_agent, now=road.tick())

    def test_the_archive_keeps_every_edition(self, road):
        case = road.to(Stage.CONFIRMED)
        write(road, case)
        write(road, case, stated="就按说好的办。")
        actions.archive(case_id=case.pk, by=road.agent, now=road.tick())
        case.refresh_from_db()
        kept = json.loads(case.archive.document)["enclosed"]["expectations"]
        assert [one["stated"] for one in kept] == ["修好，以后别再臭。", "就按说好的办。"]
        assert kept[0]["options"][1] == {"who": "us", "text": "整夜开机", "cost": "1260.00", "effect": "3"}


@pytest.mark.django_db
class TestRulesToChange:
    def test_they_come_from_current_sheets_of_cases_in_sight(
        self, road, other_agent, django_assert_num_queries
    ):
        first, second = road.open(), road.open()
        write(road, first)
        write(road, second, options=[Option(Who.RULE, "旧想法")])
        write(road, second, options=[Option(Who.RULE, "新想法")])
        with django_assert_num_queries(1):
            page = queries.rule_changes(road.agent)
            assert [row.text for row in page.rows] == ["新想法", "停机要逐户告知"]
            assert {row.expectation.case.number for row in page.rows} == {first.number, second.number}
        assert queries.rule_changes(other_agent).rows == []


class TestPrompts:
    @pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.JUDGED, Stage.INVESTIGATED, Stage.PROPOSED])
    def test_from_the_arrival_on_whether_it_was_heard_but_help_comes_first(self, stage):
        assert expectations.prompts(Kind.COMPLAINT, stage, heard=False, told=False) == (Prompt.HEARD,)
        assert expectations.prompts(Kind.COMPLAINT, stage, heard=True, told=True) == ()
        assert expectations.prompts(Kind.COMPLAINT, stage, heard=False, told=False, help_first=True) == ()

    def test_a_request_is_asked_about_before_the_work_is_done(self):
        assert expectations.prompts(Kind.REQUEST, Stage.RECEIVED, heard=False, told=False) == (Prompt.HEARD,)
        assert expectations.prompts(Kind.REQUEST, Stage.ASSIGNED, heard=True, told=False) == (
            Prompt.UNCERTAINTY,
        )

    def test_what_was_expected_is_held_against_what_was_done_before_the_call(self):
        assert expectations.prompts(Kind.COMPLAINT, Stage.REMEDIED, heard=True, told=True) == (Prompt.MET,)

    @pytest.mark.django_db
    def test_a_case_that_came_back_is_heard_again(self, road):
        case = road.to(Stage.REMEDIED)
        write(road, case)
        actions.confirm(
            case_id=case.pk,
            satisfied=False,
            channel=Channel.PHONE,
            words="又坏了",
            by=road.colleague,
            now=road.tick(),
        )
        case.refresh_from_db()
        assert queries.prompts(case, queries.sheet_of(case.pk)) == (Prompt.AGAIN,)
        write(road, case)
        assert queries.prompts(case, queries.sheet_of(case.pk)) == ()

    @pytest.mark.django_db
    def test_telling_one_doubt_does_not_count_for_another(self, road):
        case, told = road.to(Stage.APPROVED), road.tick()
        write(road, case, uncertainty="缺件可能要等一周", uncertainty_told_at=told)
        assert queries.prompts(case, queries.sheet_of(case.pk)) == ()
        write(road, case, uncertainty="可能要换整机", uncertainty_told_at=told)
        assert queries.prompts(case, queries.sheet_of(case.pk)) == (Prompt.UNCERTAINTY,)

    def test_before_the_choice_whether_the_uncertainty_was_told(self):
        for stage in (Stage.PROPOSED, Stage.APPROVED):
            assert expectations.prompts(Kind.COMPLAINT, stage, heard=True, told=False) == (
                Prompt.UNCERTAINTY,
            )

    def test_nothing_after_the_choice_or_for_praise(self):
        for stage in (Stage.CHOSEN, Stage.REMEDIED, Stage.ARCHIVED):
            assert expectations.prompts(Kind.COMPLAINT, stage, heard=False, told=False) == ()
        assert expectations.prompts(Kind.PRAISE, Stage.RECEIVED, heard=False, told=False) == ()


class TestNoGrades:
    def test_no_column_grades_the_customer(self):
        columns = [
            field.name for model in (Expectation, ExpectationOption) for field in model._meta.concrete_fields
        ]
        assert not [name for name in columns if GRADES.search(name)]

    def test_no_page_of_it_says_such_a_word(self):
        house = Path(zhiyin.__file__).parent
        pages = [*house.glob("desk/templates/desk/expectation/*.html"), house / "desk/forms/expectation.py"]
        assert len(pages) > 4
        words = "".join(path.read_text() for path in pages)
        assert GRADES.findall(words) == []
