"""`zhiyin measure nps | csat | ces | reliability | indicators`: from a researcher's sheet to figures."""

import numpy as np
import pytest

from zhiyin.cli.tests.measuring import EXAMPLES, measure, near
from zhiyin.libs.measure import loyalty, waves
from zhiyin.libs.measure.design import Design

__all__ = ["measure"]
ANSWERS = [10, 9, 9, 8, 7, 10, 3, 6, 9, 10]
NPS = "编号,推荐意愿,组,权重\n" + "\n".join(
    f"{i},{a},{'甲乙'[i % 2]},{1 + i % 3}" for i, a in enumerate(ANSWERS)
)


def figures(found, at=0):
    return found["pulses"][at]["figures"]


def test_the_score_of_a_sheet_is_the_score_of_its_answers(measure):
    found = measure.json("nps", measure.sheet(NPS.replace(",权重", ",份量")))
    wanted = loyalty.nps(ANSWERS)
    assert found["measure"] == "nps"
    assert [figures(found)["score"][key] for key in ("value", "low", "high")] == [
        near(end) for end in (wanted.score.value, wanted.score.low, wanted.score.high)
    ]
    assert "sample" not in figures(found)


def test_a_column_of_weights_counts_without_being_named(measure):
    found = measure.json("nps", measure.sheet(NPS))
    wanted = loyalty.nps(ANSWERS, design=Design(np.array([1 + i % 3 for i in range(10)])))
    assert figures(found)["score"]["value"] == near(wanted.score.value)


def test_a_group_is_a_part_of_the_design_and_is_compared_with_the_other(measure):
    found = measure.json("nps", measure.sheet(NPS.replace(",权重", ",份量")), "--group", "组")
    assert [each["group"] for each in found["pulses"]] == ["甲", "乙"]
    wanted = loyalty.change(loyalty.nps(ANSWERS[::2]), loyalty.nps(ANSWERS[1::2]))
    assert found["comparisons"][0]["difference"]["value"] == near(wanted.difference.value)
    assert found["comparisons"][0]["p"] == near(wanted.p)


def test_groups_make_one_figure_by_their_shares_of_the_customers(measure):
    sheet = measure.sheet(NPS.replace(",权重", ",份量"))
    found = measure.json("nps", sheet, "--group", "组", "--shares", "甲=70%，乙=30%")
    wanted = loyalty.combined([loyalty.nps(ANSWERS[::2]), loyalty.nps(ANSWERS[1::2])], [0.7, 0.3])
    assert found["combined"]["value"] == near(wanted.value)
    assert "丙" in measure.refusal("nps", sheet, "--group", "组", "--shares", "甲=0.7,丙=0.3")
    assert "--group" in measure.refusal("nps", sheet, "--shares", "甲=1")


def test_counts_by_wave_are_tested_from_one_wave_to_the_next(measure):
    sheet = measure.sheet("期次,推荐者,中立者,贬损者\n2026Q2,151,84,65\n2026Q1,132,88,80")
    found = measure.json("nps", sheet)
    assert [each["wave"] for each in found["pulses"]] == ["2026Q1", "2026Q2"]
    wanted = loyalty.change(loyalty.nps_of_counts(132, 88, 80), loyalty.nps_of_counts(151, 84, 65))
    assert found["changes"][0]["difference"]["low"] == near(wanted.difference.low)


def test_people_who_answered_in_both_waves_are_not_counted_as_strangers(measure):
    first, second = [9, 6, 10, 8, 3, 9], [10, 7, 10, 9, 4, 9]
    rows = [f"{i},1,{a}" for i, a in enumerate(first)] + [f"{i},2,{a}" for i, a in enumerate(second)]
    found = measure.json("nps", measure.sheet("受访者,期,推荐\n" + "\n".join(rows)))
    points = [[(a >= 9) * 100.0 - (a <= 6) * 100 for a in each] for each in (first, second)]
    wanted = waves.overlapping(*points, range(6), range(6))[0]
    assert found["changes"][0]["test"] == "overlapping"
    assert found["changes"][0]["difference"]["se"] == near(wanted.difference.se)


def test_a_long_sheet_says_the_same_as_a_wide_one(measure):
    wide = measure.sheet("受访者,满意度：通话,满意度：结果\n1,5,3\n2,4,2\n3,2,4\n4,5,\n")
    rows = [
        "1,通话满意,5",
        "1,结果满意,3",
        "2,通话满意,4",
        "2,结果满意,2",
        "3,通话满意,2",
        "3,结果满意,4",
        "4,通话满意,5",
    ]
    long = measure.sheet("受访者,题目,回答\n" + "\n".join(rows), name="long.csv")
    one, other = measure.json("csat", wide), measure.json("csat", long)
    assert [each["figures"] for each in one["pulses"]] == [each["figures"] for each in other["pulses"]]
    assert one["pulses"][1]["missing"] == other["pulses"][1]["missing"] == 1


def test_satisfaction_in_words_is_the_same_as_in_numbers(measure):
    words = measure.sheet("满意度\n非常满意\n满意\n一般\n不满意\n非常不满意")
    numbers = measure.sheet("满意度\n5\n4\n3\n2\n1", name="numbers.csv")
    assert measure.json("csat", words) == measure.json("csat", numbers)
    assert figures(measure.json("csat", words))["satisfied"]["value"] == near(0.4)


def test_effort_needs_its_version_and_takes_it_from_the_heading(measure):
    plain = measure.sheet("费力度\n1\n5\n4")
    assert "--version" in measure.refusal("ces", plain)
    assert measure.json("ces", plain, "--version", "1")["measure"] == "ces1"
    named = measure.sheet("CES 2.0\n7\n5\n4".replace(" ", "_"), name="named.csv")
    assert measure.json("ces", named)["measure"] == "ces2"
    assert "CES2" in measure.refusal("ces", named, "--version", "1")
    assert "3" in measure.refusal("ces", plain, "--version", "3")


def test_alpha_reverses_what_is_worded_the_other_way_and_names_what_runs_against_the_rest(measure):
    sheet = EXAMPLES / "reliability-relationship.csv"
    turned = measure.json("reliability", sheet, "--scale", "1-5", "--reverse", "随时想换一家")
    plain = measure.json("reliability", sheet, "--scale", "1-5")
    assert (turned["kind"], turned["suspects"], plain["suspects"]) == ("raw", [], ["随时想换一家"])
    assert turned["alpha"]["value"] > plain["alpha"]["value"]
    assert "随时想换一家" in measure.table("reliability", sheet, "--scale", "1-5").splitlines()[-1]


def test_every_indicator_names_what_it_counts_and_when(measure):
    window = ("--from", "2026-01-01", "--to", "2026年6月30日", "--return-within", "90")
    found = measure.json("indicators", EXAMPLES / "indicators-customers.csv", *window)["indicators"]
    assert {each["code"] for each in found} == {
        "reputation", "return_rate", "asked_by_name", "share_of_amount", "complaint_rate", "complainers",
        "retention", "churn", "recommendation",
    }  # fmt: skip
    assert {(each["from"], each["to"]) for each in found} == {("2026-01-01", "2026-06-30")}
    assert all(each["numerator_of"] and each["denominator_of"] for each in found)
    by_group = measure.json("indicators", EXAMPLES / "indicators-customers.csv", *window, "--group", "客群")
    assert {each["group"] for each in by_group["indicators"]} == {"企业", "家庭"}


def test_a_return_counts_only_within_the_days_allowed_and_seen_that_long(measure):
    sheet = measure.sheet(
        "首次购买,再次购买\n2026-01-01,2026-01-20\n2026-01-05,2026-04-30\n2026-02-01,\n2026-06-20,2026-06-25\n"
        "2025-12-01,2026-01-02\n2026-01-10,2026-08-01"
    )
    window = ("--from", "2026-01-01", "--to", "2026-06-30")
    found = measure.json("indicators", sheet, *window, "--return-within", "90")["indicators"][0]
    assert (found["numerator"], found["denominator"], found["left_out"]) == (1, 4, 2)
    assert "--return-within" in measure.refusal("indicators", sheet, *window)


def test_counted_indicators_have_their_own_windows(measure):
    found = measure.json("indicators", EXAMPLES / "indicators-counts.csv")["indicators"]
    assert [each["code"] for each in found][:2] == ["reputation", "reputation"]
    assert found[0]["to"] == "2026-03-31"
    assert found[5]["estimate"]["method"] == "gamma"


@pytest.mark.parametrize(
    ("command", "sheet", "reason"),
    [
        (["nps"], "推荐\n9\n11", "Row 3, column 推荐: 11 is not on the scale from 0 to 10"),
        (["nps"], "推荐\n9\n8.5", "Row 3, column 推荐: 8.5 is not a whole number"),
        (["nps"], "推荐\n9\n好", "Row 3, column 推荐: “好” is not a number"),
        (["nps"], "推荐\n4\n5\n3", "five-point"),
        (["nps"], "推荐\n不适用\nNA", "at least 1"),
        (["nps"], "分数线\n9", "There is no question “nps”"),
        (["nps", "--question", "甲"], "乙\n9", "There is no question “甲”"),
        (["nps", "--group", "甲"], "推荐\n9", "甲"),
        (["nps", "--method", "exact"], "推荐\n9\n1", "exact"),
        (["nps", "--level", "95"], "推荐\n9\n1", "--level"),
        (["nps"], "期次,推荐者,中立者,贬损者\n1,3,,2\n2,0,1,2", "Row 2, column 中立者"),
        (["nps"], "期次,推荐者,中立者,贬损者\n1,3,2.5,2", "Row 2, column 中立者: 2.5"),
        (["csat"], "满意度\n5\n6", "Row 3, column 满意度: 6 is not on the scale from 1 to 5"),
        (["csat"], "满意度\n满意\n还行", "Row 3, column 满意度: “还行” is none of"),
        (["csat"], "受访者,题目,回答\n1,满意,5\n1,满意,4", "Row 3 answers what row 2"),
        (["ces", "--version", "1"], "费力度\n1\n7", "Row 3, column 费力度: 7"),
        (["reliability"], "甲,乙\n1,11\n2,3", "Row 2, column 乙: 11"),
        (["reliability", "--reverse", "丙"], "甲,乙\n1,2\n2,3", "丙"),
        (["reliability"], "甲\n1\n2", "2 items"),
        (["indicators"], "听说过我们,评价好\n是,是", "--from"),
        (["indicators", "--from", "2026", "--to", "2026-01-31"], "指名\n是", "--from cannot be 2026"),
        (["indicators", "--from", "2026-02-01", "--to", "2026-01-31"], "指名\n是", "2026-01-31"),
        (["indicators"], "听说过我们\n是", "听说过我们"),
        (
            ["indicators", "--from", "2026-01-01", "--to", "2026-01-31"],
            "指名\n是\n也许",
            "Row 3, column 指名: “也许”",
        ),
        (["indicators", "--from", "2026-01-01", "--to", "2026-01-31"], "甲\n是", "指名"),
        (
            ["indicators", "--from", "2026-01-01", "--to", "2026-01-31", "--return-within", "9"],
            "首次购买,再次购买\n2026-01-05,2026-01-02",
            "Row 2: the day 2026-01-02 in column 再次购买",
        ),
        (
            ["indicators", "--from", "2026-01-01", "--to", "2026-01-31", "--return-within", "9"],
            "首次购买,再次购买\n2026-13-05,",
            "Row 2, column 首次购买: “2026-13-05” is not a day",
        ),
        (
            ["indicators", "--from", "2026-01-01", "--to", "2026-01-31"],
            "在我们处消费,同类总消费\n5,9\n9,5",
            "Row 3: 9 in column 在我们处消费 is more than the 5",
        ),
        (["indicators", "--column", "gone=甲"], "指名\n是", "--column"),
        (["indicators", "--column", "named=甲"], "指名\n是", "甲"),
        (
            ["indicators"],
            "指标,分子,分母,开始,结束\n美誉度,5,4,2026-01-01,2026-01-31",
            "Row 2: 5 in column 分子",
        ),
        (
            ["indicators"],
            "指标,分子,分母,开始,结束\n名气,5,9,2026-01-01,2026-01-31",
            "Row 2, column 指标: “名气”",
        ),
        (["indicators"], "指标,分子,分母,开始,结束\n美誉度,,9,2026-01-01,2026-01-31", "Row 2, column 分子"),
        (["indicators"], "指标,分子,分母,开始,结束\n美誉度,0,0,2026-01-01,2026-01-31", "Row 2, column 分母"),
    ],
)
def test_what_cannot_be_used_is_said_with_row_and_column(measure, command, sheet, reason):
    assert reason in measure.refusal(command[0], measure.sheet(sheet), *command[1:])


def test_parquet_says_the_same_as_text(measure):
    from pyarrow import csv, parquet

    more = ("--from", "2026-01-01", "--to", "2026-06-30", "--return-within", "90")
    for command, name, options in (("nps", "nps-quarters", ()), ("indicators", "indicators-customers", more)):
        path = measure.folder / f"{name}.parquet"
        parquet.write_table(csv.read_csv(EXAMPLES / f"{name}.csv"), path)
        assert measure.json(command, path, *options) == measure.json(
            command, EXAMPLES / f"{name}.csv", *options
        )


def test_a_reader_of_chinese_reads_chinese(measure):
    sheet = EXAMPLES / "nps-quarters.csv"
    said = measure.chinese().table("nps", sheet, "--group", "门店")
    assert all(word in said for word in ("净推荐值", "推荐者", "组间比较", "城东店"))
