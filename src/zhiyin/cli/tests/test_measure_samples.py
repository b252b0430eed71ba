"""`zhiyin measure sample | rake | waves`: before the field, after it, and from one wave to the next."""

import csv
import json

import numpy as np
import pytest

from zhiyin.cli.tests.measuring import EXAMPLES, measure, near
from zhiyin.libs.measure import nonresponse, raking, sampling, waves

__all__ = ["measure"]
TARGETS = ("--target=性别：男=0.48，女=0.52", "--target", "年龄", "青年=30%，中年=50%，老年=20%")


def test_sizes_need_no_sheet(measure):
    found = measure.json("sample", "--margin", "0.05", "--population", "2000", "--response-rate", "0.3")
    assert (found["size"]["n"], found["size"]["invitations"]) == (323, 1077)
    assert found["n"] is None


def test_the_table_of_krejcie_and_morgan_rounds_to_the_nearest(measure):
    # Krejcie & Morgan (1970), table 1: N = 100 → 80, N = 1000 → 278, N = 100000 → 384.
    for population, size in ((100, 80), (1000, 278), (100000, 384)):
        found = measure.json("sample", "--margin", "0.05", "--population", population, "--nearest")
        assert abs(found["size"]["n"] - size) <= (population == 100000) * 1


def test_means_changes_and_margins_are_planned_too(measure):
    found = measure.json("sample", "--margin", "0.3", "--sd", "1.8", "--change", "0.80,0.85", "--n", "400")
    assert found["size_for_mean"]["n"] == sampling.size_for_mean(0.3, 1.8).n
    assert found["size_for_change"]["n"] == sampling.size_for_change(0.80, 0.85).n
    assert found["margin"]["value"] == near(sampling.margin_of_proportion(0.5, 400).value)


def test_a_sheet_shows_what_its_weights_cost_and_what_its_columns_are_known_to(measure):
    sheet = measure.sheet("满意度,推荐过,权重\n8,1,1\n9,0,2\n7,1,1\n6,1,4")
    found = measure.json("sample", sheet)
    kish = sampling.kish([1, 2, 1, 4])
    assert found["kish"]["deff"] == near(kish.deff)
    assert found["margin"]["effective_n"] == near(kish.effective_n)
    assert [(each["column"], each["kind"]) for each in found["columns"]] == [
        ("满意度", "mean"),
        ("推荐过", "share"),
    ]


def test_people_who_chose_themselves_get_no_margin_without_a_warning(measure):
    found = measure.json("sample", measure.sheet("满意度\n8\n9\n7"), "--opt-in")
    assert "nobody was" in found["margin"]["label"]
    assert "nobody was" in found["columns"][0]["label"]


def test_those_who_did_not_answer_are_compared_in_what_is_known(measure):
    sheet = EXAMPLES / "sample-invited.csv"
    found = measure.json(
        "sample", sheet, "--responded", "是否回复", "--question", "总体满意度", "--margin", "0.3"
    )
    with sheet.open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    answered = [row["是否回复"] == "是" for row in rows]
    known = {"规模": [row["规模"] for row in rows], "地区": [row["地区"] for row in rows]}
    known["合作年数"] = [float(row["合作年数"]) for row in rows]
    wanted = nonresponse.compare(known, answered, numbers=["合作年数"])
    assert [each["field"] for each in found["nonresponse"]] == ["规模", "地区", "合作年数"]
    assert [each["p"] for each in found["nonresponse"]] == [near(each.p) for each in wanted]
    assert found["response"]["value"] == near(sum(answered) / len(answered))
    assert found["columns"][0]["estimate"]["n"] == found["n"] == sum(answered)
    assert found["columns"][0]["needed"]["n"] > 1


def test_what_a_sheet_adds_has_the_keys_the_help_names(measure):
    from zhiyin.cli.tests.test_measure_help import promised

    sheet = EXAMPLES / "sample-invited.csv"
    found = measure.json("sample", sheet, "--responded", "是否回复", "--question", "总体满意度", "--n", "50")
    keys = promised("sample")
    for key in ("margin", "response"):
        assert set(found[key]) == set(keys[key])
    for key in ("columns", "nonresponse"):
        assert set(found[key][0]) == set(keys[key])


def test_how_invitations_ended_gives_the_rates_of_aapor(measure):
    sheet = measure.sheet("结果\n完成\n完成\n拒绝\n未接通\n部分完成")
    found = measure.json("sample", sheet, "--disposition", "结果")
    assert found["rates"]["rr1"]["value"] == near(0.4)
    assert "RR1" in measure.table("sample", sheet, "--disposition", "结果")


def test_weights_meet_the_margins_and_go_into_a_sheet_that_measurements_understand(measure):
    found = measure.json("rake", EXAMPLES / "rake-answers.csv", *TARGETS, "--out", "weights.csv")
    assert found["converged"]
    assert all(each["after"] == pytest.approx(each["target"]) for each in found["margins"])
    with (measure.folder / "weights.csv").open(encoding="utf-8-sig") as opened:
        rows = list(csv.DictReader(opened))
    wanted = raking.rake(
        {field: [row[field] for row in rows] for field in ("性别", "年龄")},
        {"性别": {"男": 0.48, "女": 0.52}, "年龄": {"青年": 0.3, "中年": 0.5, "老年": 0.2}},
    )
    np.testing.assert_allclose([float(row["weight"]) for row in rows], wanted.weights, rtol=1e-8)
    np.testing.assert_allclose(found["weights"], wanted.weights)
    again = measure.json("sample", "weights.csv", "--question", "满意度")
    assert again["kish"]["deff"] == pytest.approx(found["kish"]["deff"])


def test_margins_may_come_from_a_second_sheet_and_weights_as_json(measure):
    sheet = EXAMPLES / "rake-answers.csv"
    margins = ("--targets", EXAMPLES / "rake-margins.csv")
    assert (
        measure.json("rake", sheet, *margins)["weights"] == measure.json("rake", sheet, *TARGETS)["weights"]
    )
    measure.table("rake", sheet, *margins, "--out", "weights.json")
    written = json.loads((measure.folder / "weights.json").read_text(encoding="utf-8"))
    assert (written[0]["row"], len(written)) == (2, 200)


def test_options_may_come_before_the_sheet(measure):
    found = measure.json("rake", *TARGETS, EXAMPLES / "rake-answers.csv")
    assert found["converged"]


def test_trimmed_weights_say_which_margin_is_not_met(measure):
    said = measure.table("rake", EXAMPLES / "rake-answers.csv", *TARGETS, "--trim", "0.9,1.1")
    assert "not all met" in said


def test_a_file_of_weights_is_never_overwritten_unasked(measure):
    sheet = EXAMPLES / "rake-answers.csv"
    (measure.folder / "kept.csv").write_text("kept")
    assert "--replace" in measure.refusal("rake", sheet, *TARGETS, "--out", "kept.csv")
    assert (measure.folder / "kept.csv").read_text() == "kept"
    measure.table("rake", sheet, *TARGETS, "--out", "kept.csv", "--replace")
    assert (measure.folder / "kept.csv").read_text(encoding="utf-8-sig").startswith("编号")


def test_a_panel_is_known_by_its_respondents_and_more_than_two_waves_have_a_trend(measure):
    found = measure.json("waves", EXAMPLES / "waves-panel.csv")
    assert found["waves"] == ["2024", "2025", "2026"]
    assert {each["test"] for each in found["changes"]} == {"overlapping"}
    assert [(each["first"], each["last"]) for each in found["changes"][::3]] == [
        ("2024", "2025"),
        ("2025", "2026"),
    ]
    assert found["trends"][0]["waves"] == 3
    assert all(each["p_holm"] >= each["p"] for each in found["changes"])


@pytest.mark.parametrize("people", ["independent", "paired", "overlapping"])
def test_two_waves_are_compared_in_the_design_asked_for(measure, people):
    found = measure.json(
        "waves",
        EXAMPLES / "waves-panel.csv",
        "--from",
        "2024",
        "--to",
        "2025",
        "--people",
        people,
        "--question",
        "价格",
    )
    with (EXAMPLES / "waves-panel.csv").open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    before, after = (
        {row["受访者"]: float(row["价格"]) for row in rows if row["期次"] == wave}
        for wave in ("2024", "2025")
    )
    both = [person for person in before if person in after]
    wanted = {
        "independent": lambda: waves.independent(list(before.values()), list(after.values())),
        "paired": lambda: waves.paired([before[p] for p in both], [after[p] for p in both]),
        "overlapping": lambda: waves.overlapping(
            list(before.values()), list(after.values()), list(before), list(after)
        ),
    }[people]()[0]
    assert found["changes"][0]["difference"]["se"] == near(wanted.difference.se)
    assert found["changes"][0]["p"] == near(wanted.p)


def test_a_long_sheet_of_waves_says_the_same_as_a_wide_one(measure):
    wide = measure.sheet("受访者,期,甲,乙\n1,1,5,6\n2,1,7,8\n1,2,6,6\n2,2,9,7")
    rows = ["1,1,甲,5", "1,1,乙,6", "2,1,甲,7", "2,1,乙,8", "1,2,甲,6", "1,2,乙,6", "2,2,甲,9", "2,2,乙,7"]
    long = measure.sheet("受访者,期,题目,回答\n" + "\n".join(rows), name="long.csv")
    assert measure.json("waves", wide) == measure.json("waves", long)


@pytest.mark.parametrize(
    ("command", "sheet", "reason"),
    [
        (["sample", "--question", "甲"], "乙\n1\n2", "There is no question “甲”"),
        (["sample"], "乙\n好\n坏", "There is no question"),
        (["sample"], "乙\n3\n4\n坏", "Row 4, column 乙: “坏” is not a number"),
        (["sample"], "乙,权重\n3,1\n4,0", "Row 3, column 权重: 0 is not above zero"),
        (["sample", "--weight", "重"], "乙\n3", "There is no column for “重”"),
        (["sample", "--population", "2"], "乙\n3\n4\n5", "smaller"),
        (["sample", "--responded", "回"], "乙,回\n3,是\n4,也许", "Row 3, column 回: “也许”"),
        (["sample", "--responded", "回"], "乙,回\n3,是\n4,是", "at least 1"),
        (["sample", "--disposition", "果"], "果\n完成\n睡了", "Row 3, column 果: “睡了”"),
        (["rake", "--target", "性别:男=1"], "性别\n男\n女", "Row 3, column 性别: “女” is none of 男"),
        (["rake", "--target", "性别:男=0.5,女=0.5"], "性别\n男\n", "nobody there answered"),
        (["rake", "--target", "性别:男=0.5,女=0.5"], "年龄\n1", "There is no column for “性别”"),
        (["rake", "--target", "性别"], "性别\n男", "--target cannot be 性别"),
        (["rake", "--target", "性别:男"], "性别\n男", "--target cannot be 男"),
        (["rake"], "性别\n男", "--target"),
        (["rake", "--target", "性别:男=1", "--trim", "3"], "性别\n男", "--trim"),
        (["rake", "--target", "性别:男=1", "--out", "w.txt"], "性别\n男", "--out"),
        (["rake", "--target", "性别:男=1", "--out", "no/w.csv"], "性别\n男", "no/w.csv"),
        (["waves"], "乙\n3", "There is no column for “wave”"),
        (["waves"], "期,乙\n1,3\n1,4", "needs at least 2"),
        (["waves", "--from", "3"], "期,乙\n1,3\n1,4\n2,5\n2,6", "3 is not among 1, 2"),
        (["waves", "--scale", "1-5"], "期,乙\n1,3\n1,4\n2,5\n2,6", "Row 5, column 乙: 6"),
        (["waves", "--people", "twins"], "期,乙\n1,3\n2,4", "--people cannot be twins"),
        (["waves", "--people", "paired"], "期,乙\n1,3\n2,4", "respondent"),
        (["waves", "--people", "paired"], "编号,期,乙\n1,1,3\n1,1,4\n1,2,5", "once"),
    ],
)
def test_what_cannot_be_used_is_said_with_row_and_column(measure, command, sheet, reason):
    assert reason in measure.refusal(command[0], measure.sheet(sheet), *command[1:])
    assert sorted(path.name for path in measure.folder.iterdir()) == ["answers.csv"]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ([], "--margin"),
        (["--margin", "-1"], "margin cannot be -1"),
        (["--margin", "0.05", "--weight", "权重"], "a file with answers"),
        (["--change", "0.8"], "--change cannot be 0.8"),
        (["--margin", "0.05", "--response-rate", "0"], "--response-rate"),
        (["--n", "50", "--population", "20"], "20"),
        (["--margin", "0.05", "--population", "many"], "--population"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(measure, options, reason):
    if "20" in options:
        assert measure.run("sample", *options).exit_code == 2
        return
    assert reason in measure.refusal("sample", *options)


def test_a_reader_of_chinese_reads_chinese(measure):
    said = measure.chinese().table("sample", EXAMPLES / "sample-invited.csv", "--responded", "是否回复")
    assert all(word in said for word in ("回复者与未回复者对照", "标准化差异", "份答卷"))
    assert "各期按不同的人处理" in measure.table(
        "waves", EXAMPLES / "waves-panel.csv", "--people", "independent"
    )
