"""What is said of a sheet beside the figures, and what a person never learns from figures alone."""

import pytest

from zhiyin.cli.tests.measuring import EXAMPLES, measure
from zhiyin.cli.tests.test_measure_sheets import WIDE, write_workbook

__all__ = ["measure"]
PLAIN = "价格（重要度）,价格（满意度）,态度（重要度）,态度（满意度）"
PEOPLE = "\n9,6,8,9\n10,5,9,8\n8,7,9,9\n9,6,8,7\n"


def remarks(measure, *arguments):
    done = measure.run(*arguments)
    assert done.exit_code == 0, done.stderr
    return done.stderr.splitlines()


def test_a_design_taken_from_the_headings_is_said_in_one_line(measure):
    said = "Weighted by the column “权重”, stratified by the column “分层”."
    assert remarks(measure, "index", EXAMPLES / "satisfaction.csv") == [said]
    assert remarks(measure, "index", EXAMPLES / "satisfaction.csv", "--json") == [said]
    named = ["--weight=权重", "--stratum=分层"]
    assert remarks(measure, "index", EXAMPLES / "satisfaction.csv", *named) == []


def test_two_columns_of_weights_ask_which(measure):
    sheet = measure.sheet(f"权重,加权系数,{PLAIN}" + PEOPLE.replace("\n", "\n1,2,").rstrip("12,"))
    assert "--weight" in measure.refusal("index", sheet)
    assert remarks(measure, "index", sheet, "--weight=权重") == []


def test_columns_that_play_no_part_are_named_and_those_that_should_are_asked_about(measure):
    sheet = measure.sheet(WIDE.replace("编号", "城市"))
    assert remarks(measure, "index", sheet) == ["Columns not used: 城市"]
    sheet = measure.sheet(
        WIDE.replace("态度（重要度）", "态度重要吗").replace("态度（满意度）", "态度满意吗")
    )
    assert "态度重要吗" in measure.refusal("index", sheet)


def test_words_of_survey_programs_give_what_the_usual_words_give(measure):
    glued = PLAIN.replace("价格（重要度）", "Q1.价格的重要度").replace(
        "态度（满意度）", "态度（满意程度，1-10分）"
    )
    found = measure.json("index", measure.sheet(glued + PEOPLE))
    assert found == measure.json("index", measure.sheet(PLAIN + PEOPLE, "plain.csv"))


@pytest.mark.parametrize(("command", "waves"), [("waves", (2024, 2025)), ("reliability", (2025,))])
def test_a_number_that_tells_customers_apart_is_no_question(measure, command, waves):
    rows = [f"{who},{wave},{7 + who % 3},{6 + who % 4}" for wave in waves for who in range(1001, 1009)]
    sheet = measure.sheet("\n".join(["会员号,年份,响应,专业", *rows]))
    assert "会员号" not in measure.table(command, sheet, "--scale=1-10")


def test_a_workbook_that_is_called_csv_is_read(measure):
    write_workbook(measure.folder / "book.csv", [line.split(",") for line in WIDE.split()])
    assert measure.json("index", "book.csv") == measure.json("index", measure.sheet(WIDE))


def test_remarks_and_refusals_speak_chinese(measure):
    measure.chinese()
    assert remarks(measure, "index", EXAMPLES / "satisfaction.csv") == ["按“权重”列加权，按“分层”列分层。"]
    assert remarks(measure, "index", measure.sheet(WIDE.replace("编号", "城市"))) == ["没有用到的列：城市"]
    said = measure.refusal("index", measure.sheet("编号,价格\n1,9"))
    assert "写成“价格（重要度）”就能认得" in said
    said = measure.refusal("league", measure.sheet("编号,价格\n1,9"))
    assert said.endswith("把列名写成“供应商”就能认得，或用--supplier=列名指明。")
