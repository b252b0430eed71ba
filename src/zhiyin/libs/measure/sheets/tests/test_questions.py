"""Questions of a sheet, and what a sheet of customers holds besides answers."""

import datetime as dt
import math

import numpy as np
import pytest

from zhiyin.libs.measure import sheets
from zhiyin.libs.measure.sheets import errors, questions, records


@pytest.fixture
def sheet(tmp_path):
    def write(content):
        path = tmp_path / "sheet.csv"
        path.write_text(content, encoding="utf-8")
        return sheets.read(path)

    return write


def test_numbers_and_words_may_stand_in_one_column(sheet):
    code = questions.coder(scale=(1, 5), words={"满意": 4.0}, allowed="1–5")
    values = code(sheet("a\n满意\n5\n\n不适用\n3.0"), "a")
    np.testing.assert_array_equal(values, [4, 5, math.nan, 3])


def test_without_names_the_columns_of_numbers_are_the_questions(sheet):
    found = questions.ask(
        sheet("编号,期,甲,备注,乙,年龄\n1,1,5,好,6,30\n2,1,7,,8,40"), questions.coder(), besides=["年龄"]
    )
    assert found.names == ("甲", "乙")
    assert found.values.tolist() == [[5, 6], [7, 8]]


def test_a_typing_error_in_a_column_of_numbers_is_named_and_not_passed_over(sheet):
    with pytest.raises(errors.NotANumber) as caught:
        questions.ask(sheet("甲\n5\n6\n七"), questions.coder())
    assert caught.value.data["row"] == 4


def test_an_error_in_a_long_sheet_names_the_row_of_the_answer(sheet):
    long = sheet("受访者,题目,回答\n1,甲,5\n2,甲,6\n1,乙,7\n2,乙,12")
    with pytest.raises(errors.OutsideScale) as caught:
        questions.ask(long, questions.coder(scale=(1, 10)))
    assert (caught.value.data["row"], caught.value.data["column"]) == (5, "回答")


def test_the_first_row_of_each_respondent_says_who_he_is(sheet):
    long = sheet("受访者,组,题目,回答\n1,A,甲,5\n2,B,甲,6\n1,A,乙,7")
    found = questions.ask(long, questions.coder())
    assert found.sheet.labels("组").tolist() == ["A", "B"]
    np.testing.assert_array_equal(found.values, [[5, 7], [6, math.nan]])


def test_a_respondent_of_two_waves_is_a_row_in_each_where_the_wave_tells_them_apart(sheet):
    long = sheet("受访者,期,题目,回答\n1,1,甲,5\n1,2,甲,6")
    assert questions.ask(long, questions.coder(), apart=["期"]).values.tolist() == [[5], [6]]
    with pytest.raises(errors.AnsweredTwice):
        questions.ask(long, questions.coder())


@pytest.mark.parametrize(
    "text", ["2026-01-31", "2026/1/31", "2026.1.31", "2026年1月31日", "20260131", "2026-01-31 00:00:00"]
)
def test_a_day_is_read_as_people_write_it(text):
    assert records.day(text) == dt.date(2026, 1, 31)


@pytest.mark.parametrize("text", ["2026-02-30", "31.1.2026", "soon", "2026"])
def test_what_is_no_day_is_none(text):
    assert records.day(text) is None


def test_none_is_an_answer_to_how_many_and_a_gap_elsewhere(sheet):
    plain = sheet("a\n无\n3")
    assert records.count(plain, "a").tolist() == [0, 3]
    assert math.isnan(questions.coder()(plain, "a")[0])
    assert records.yes_no(sheet("a\n有\n无\n是\n✓\n0"), "a").tolist() == [1, 0, 1, 1, 0]
