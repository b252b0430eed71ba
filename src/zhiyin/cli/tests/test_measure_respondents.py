"""A respondent who answers twice: refused, or counted in one way throughout and said so."""

import pytest

from zhiyin.cli.tests.measuring import EXAMPLES, measure

__all__ = ["measure"]
PANEL = "受访者,期次,价格\n" + "\n".join(
    f"{i},{year},{5 + (i * 7 + year) % 5}" for year in (2024, 2025, 2026) for i in range(12)
)
TWICE = PANEL + "\n0,2024,9"


@pytest.mark.parametrize("people", ["auto", "paired", "overlapping"])
def test_a_row_there_twice_does_not_turn_a_panel_into_strangers(measure, people):
    said = measure.refusal("waves", measure.sheet(TWICE), "--people", people)
    assert "Row 38: respondent 0 already answered in wave 2024 (row 2)" in said
    assert "--people independent" in said


def test_who_asks_for_strangers_gets_them_and_is_told_of_the_rows_there_twice(measure):
    said = measure.table("waves", measure.sheet(TWICE), "--people", "independent")
    assert "several rows in a wave; each row counts as another person" in said
    once = measure.table("waves", measure.sheet(PANEL), "--people", "independent")
    assert "several rows" not in once


def test_comparison_and_trend_take_people_for_the_same_thing(measure):
    panel = measure.sheet(PANEL)
    apart = measure.json("waves", panel, "--people", "independent")
    strangers = measure.json("waves", measure.sheet(PANEL.replace("受访者", "序"), name="no.csv"))
    strangers["trends"] = [each for each in strangers["trends"] if each["name"] == "价格"]
    assert apart["trends"] == [
        {**each, "p_holm": apart["trends"][0]["p_holm"]} for each in strangers["trends"]
    ]
    together = measure.json("waves", panel)
    assert together["trends"][0]["slope"]["se"] != apart["trends"][0]["slope"]["se"]
    assert "The trend has everybody's answers" in measure.table("waves", panel, "--people", "paired")


def test_every_step_is_tested_alike_even_where_nobody_came_back(measure):
    rows = [f"{i},1,{i % 4 + 3}\n{i},2,{i % 3 + 5}\n{i + 50},3,{i % 5 + 2}" for i in range(9)]
    found = measure.json("waves", measure.sheet("受访者,期,甲\n" + "\n".join(rows)))
    assert [each["test"] for each in found["changes"]] == ["overlapping", "overlapping"]
    assert [each["overlap"] for each in found["changes"]] == [9, 0]


def test_a_row_that_names_nobody_does_not_turn_a_panel_into_strangers(measure):
    said = measure.refusal("waves", measure.sheet(PANEL + "\n,2026,7"))
    assert "Row 38, column 受访者" in said
    assert "independent" in measure.table(
        "waves", measure.sheet(PANEL + "\n,2026,7"), "--people", "independent", "--json"
    )


def test_strata_keep_the_waves_apart_and_that_is_said(measure):
    lines = PANEL.splitlines()
    rows = [f"{line},{'层' if at == 0 else '东西'[at % 2]}" for at, line in enumerate(lines)]
    said = measure.table("waves", measure.sheet("\n".join(rows)))
    assert "People who answered in several waves count as different ones" in said


RATED = "编号,重要度：甲,表现：甲,重要度：乙,表现：乙,总体\n" + "\n".join(
    f"{i},{6 + i % 4},{4 + i % 5},{5 + i % 3},{3 + i % 6},{5 + i % 4}" for i in range(1, 13)
)


@pytest.mark.parametrize(
    "command",
    [
        ["index"],
        ["drivers"],
        ["drivers", "--method", "stated"],
        ["gaps"],
        ["pfi"],
        ["servqual", "--servperf", "--dimensions", "整体=2", "--scale", "1-10"],
        ["fivegaps"],
        ["reliability"],
        ["nps", "--question", "总体"],
        ["sample"],
    ],
)
def test_a_respondent_is_one_row_of_a_wide_sheet_too(measure, command):
    sheet = measure.sheet(RATED + "\n3,9,9,9,9,7")
    said = measure.refusal(command[0], sheet, *command[1:])
    assert "Row 14: respondent 3 already answered in row 4" in said


def test_whoever_is_a_cluster_may_answer_more_than_once(measure):
    sheet = measure.sheet(RATED + "\n3,9,9,9,9,7")
    assert measure.json("index", sheet, "--cluster", "编号")["n"] == 13


def test_zones_kano_and_paths_refuse_a_repeated_respondent(measure):
    for name, command in (
        ("zones", "tolerance"),
        ("kano-hotel", "kano"),
        ("paths-ecsi", "paths"),
    ):
        lines = (EXAMPLES / f"{name}.csv").read_text(encoding="utf-8-sig").strip().splitlines()
        sheet = measure.sheet("\n".join([*lines, lines[1]]))
        assert f"Row {len(lines) + 1}: respondent" in measure.refusal(command, sheet)


def test_a_supplier_is_rated_once_by_each_respondent(measure):
    lines = (EXAMPLES / "market.csv").read_text(encoding="utf-8-sig").strip().splitlines()
    sheet = measure.sheet("\n".join([*lines, lines[1]]))
    assert "already answered in row 2" in measure.refusal("league", sheet)


def test_an_nps_of_waves_does_not_take_a_panel_for_strangers(measure):
    rows = [f"{i},{wave},{(i * 3 + wave) % 11}" for wave in (1, 2) for i in range(9)]
    sheet = measure.sheet("受访者,期,推荐\n" + "\n".join([*rows, "4,2,9"]))
    assert "respondent 4 already answered in row 15" in measure.refusal("nps", sheet)


def test_a_league_without_importance_says_how_to_go_on(measure):
    sheet = measure.sheet(
        "受访者,供应商,表现：甲,表现：乙\n1,我,8,7\n1,他,6,7\n2,我,9,7\n2,他,5,8\n3,我,9,6\n3,他,5,6"
    )
    assert "--weights equal" in measure.refusal("league", sheet)
    assert measure.json("league", sheet, "--weights", "equal")["n"]


def test_what_is_notable_in_non_response_is_said_by_its_rule(measure):
    said = measure.table("sample", EXAMPLES / "sample-invited.csv", "--responded", "是否回复")
    assert "Notable: a standardised difference beyond ±0.1, whatever p says" in said
