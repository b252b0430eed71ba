"""Headings as survey programs and people write them."""

import pytest

from zhiyin.libs.measure import sheets
from zhiyin.libs.measure.sheets import errors, questions, words
from zhiyin.libs.measure.sheets.tests.test_sheets import written

__all__ = ["written"]
BOTH = ["importance", "performance"]


@pytest.mark.parametrize(
    "heading",
    [
        "价格（重要程度）", "价格重要度", "价格重要性", "价格重要程度", "Q1.价格的重要度", "价格（重要度，1-10分）",
        "价格（重要度）(必答)", "3、价格（重要度）*", "*价格（重要度）", "价格（重要度 1-10）", "您对价格的重要程度",
        "价格[重要度]", "[必答]价格（重要度）",
    ],
)  # fmt: skip
def test_importance_of_price_is_understood_however_it_is_written(heading):
    assert sheets.headings([heading], "importance") == {"价格": heading}


@pytest.mark.parametrize(
    "heading",
    ["价格（满意程度）", "价格满意度", "您对价格的满意程度", "Q2.价格的满意度(必填)", "价格（满意度/分）"],
)
def test_satisfaction_with_price_is_understood_however_it_is_written(heading):
    assert sheets.headings([heading], "performance") == {"价格": heading}


@pytest.mark.parametrize(
    "heading", ["整体满意度", "总体满意度", "总满意度", "总体评价", "总體評價".replace("总", "總")]
)
def test_overall_satisfaction_is_never_an_attribute(heading):
    assert sheets.headings([heading], "performance") == {}
    assert words.is_a("overall", heading)


@pytest.mark.parametrize(
    ("role", "heading"),
    [
        *(("respondent", name) for name in ("会员号", "客户号", "工号", "手机号", "姓名", "ID")),
        ("supplier", "品牌"), ("wave", "年份"), ("weight", "加权系数"),
    ],
)  # fmt: skip
def test_columns_are_known_by_the_names_people_give_them(written, role, heading):
    assert sheets.find(sheets.read(written(f"{heading},b\n1,2\n")), role) == heading


@pytest.mark.parametrize("heading", ["热水（不具备）", "热水（没有）"])
def test_what_is_not_there_is_kanos_dysfunctional_question(heading):
    assert sheets.headings([heading], "dysfunctional") == {"热水": heading}


def test_an_attribute_whose_headings_are_not_understood_does_not_vanish(written):
    sheet = sheets.read(written("价格（重要度）,价格（满意度）,速度重要吗,速度满意吗\n9,7,8,8\n"))
    with pytest.raises(errors.NotUnderstood, match="速度重要吗"):
        sheets.answers(sheet, BOTH)


@pytest.mark.parametrize("heading", ["speed satisfied", "how important is speed"])
def test_nor_does_an_english_one(written, heading):
    sheet = sheets.read(written(f"importance_a,performance_a,{heading}\n9,7,8\n"))
    with pytest.raises(errors.NotUnderstood):
        sheets.answers(sheet, BOTH)


def test_other_columns_that_nothing_uses_are_remarked_in_one_line(written):
    sheet = sheets.read(
        written("编号,价格（重要度）,价格（满意度）,城市,备注,最满意的地方\n1,9,7,北京,x,都好\n")
    )
    sheets.answers(sheet, BOTH)
    assert [note.data for note in sheet.remarks] == [{"columns": "城市, 备注, 最满意的地方"}]


@pytest.mark.parametrize("second", ["重要度：价格", "价格（重要性）", "价格重要度"])
def test_two_columns_for_one_measure_of_one_attribute_are_refused_by_name(written, second):
    sheet = sheets.read(written(f"价格（重要度）,{second},价格（满意度）\n9,9,7\n"))
    with pytest.raises(errors.TwoColumns) as caught:
        sheets.answers(sheet, BOTH)
    assert caught.value.data == {"first": "价格（重要度）", "second": second}


def test_two_columns_of_weights_are_refused(written):
    sheet = sheets.read(written("权重,加权系数,a\n1,1,2\n"))
    with pytest.raises(errors.WhichColumn, match="--weight"):
        sheets.find(sheet, "weight")
    assert sheets.find(sheet, "weight", "加权系数") == "加权系数"


@pytest.mark.parametrize(
    "heading",
    ["会员号", "客户编号", "手机号码", "user_id", "ID", "学号", "订单号", "card no".replace(" ", "_")],
)
def test_a_column_that_tells_people_apart_is_no_question(written, heading):
    sheet = sheets.read(written(f"{heading},响应\n1001,7\n1002,8\n"))
    assert questions.numeric(sheet) == ("响应",)


def test_a_missing_column_says_how_to_write_it(written):
    sheet = sheets.read(written("编号,价格\n1,9\n"))
    with pytest.raises(errors.NoColumn, match=r"price \(importance\)"):
        sheets.answers(sheet, BOTH)
    with pytest.raises(errors.NoColumn, match="--supplier=heading"):
        sheets.column(sheet, "supplier")
