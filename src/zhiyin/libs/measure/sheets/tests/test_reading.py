"""What people's programs really save: other decimal marks, encodings, names, titles, totals, worksheets."""

import math

import numpy as np
import pytest

from zhiyin.libs.measure import sheets
from zhiyin.libs.measure.sheets import errors
from zhiyin.libs.measure.sheets.tests.test_sheets import WIDE, both, written

__all__ = ["written"]


def read(written, text, **more):
    return sheets.read(written(text, **more))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;b\n7,5;1\n", 7.5),
        ("a;b\n7.5;1\n", 7.5),
        ("a;b\n1.234,5;1\n", 1234.5),
        ('a,b\n"1,234",1\n', 1234),
        ('a,b\n"12,345.5",1\n', 12345.5),
        ("a,b\n8分,1\n", 8),
        ("a,b\n8 分,1\n", 8),
    ],
)
def test_a_number_is_read_as_its_writer_meant_it(written, text, expected):
    assert read(written, text).numbers("a").tolist() == [expected]


@pytest.mark.parametrize("cell", ["7,5", "1,23", "1234,567", "8,5分"])
def test_a_comma_that_parts_no_thousands_is_refused_as_it_stands(written, cell):
    with pytest.raises(errors.NotANumber) as caught:
        read(written, f'a,b\n"{cell}",1\n').numbers("a")
    assert caught.value.data["value"] == cell


def test_a_number_off_the_scale_is_quoted_as_it_stands(written):
    with pytest.raises(errors.OutsideScale) as caught:
        read(written, 'a,b\n"7,500",1\n12,1\n').numbers("a", scale=(1, 10))
    assert (caught.value.data["value"], caught.value.data["more"]) == ("7,500", 1)
    assert "--scale" in str(caught.value)


def test_the_first_bad_cell_says_how_many_more_there_are(written):
    with pytest.raises(errors.NotANumber, match="nor are 2 more cells of the column"):
        read(written, "a,b\n好,1\n8,1\n差,1\n中,1\n").numbers("a")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_what_excel_calls_unicode_text_is_read(written, encoding):
    mark = "" if encoding == "utf-16" else "\ufeff"
    path = written(mark + WIDE.replace(",", "\t"), encoding=encoding)
    assert both(path)[1] == [[9, 8], [8, 10]]


def test_a_text_that_is_called_a_workbook_is_told_so(written):
    with pytest.raises(errors.NoWorkbook, match=r"call it \.csv"):
        read(written, WIDE, name="answers.xlsx")


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("a,,b\n1,2,3\n", errors.BadHeader, "column 2 has no heading"),
        ("a,b,a\n1,2,3\n", errors.TwoAlike, "columns 1 and 3 have the same heading"),
        ("调查结果,,\n价格,速度,服务\n1,2,3\n", errors.TitleRow, "looks like a title"),
    ],
)
def test_a_header_that_is_none_says_what_is_wrong_with_it(written, text, error, said):
    with pytest.raises(error, match=said):
        read(written, text)


def test_a_formula_that_failed_is_no_answer_and_is_said(written):
    sheet = read(written, "a,b\n7,1\n#N/A,1\n#DIV/0!,1\n")
    np.testing.assert_array_equal(sheet.numbers("a"), [7, math.nan, math.nan])
    assert [note.data["count"] for note in sheet.remarks] == [2]


@pytest.mark.parametrize("word", ["平均", "合计", "总计", "Average", "合计："])
def test_a_last_row_that_sums_up_is_left_out_and_said(written, word):
    sheet = read(written, f"编号,a\n1,7\n2,9\n{word},8\n")
    assert sheet.numbers("a").tolist() == [7, 9]
    assert [note.data["row"] for note in sheet.remarks] == [4]


def test_of_several_worksheets_the_one_with_answers_is_read_and_the_others_named():
    from zhiyin.libs.measure.sheets.reading import _page

    pages = {"封面": [["客户满意度调查"]], "空": [], "数据": [["编号", "价格（重要度）"], [1.0, 9.0]]}
    assert _page(pages) == "数据"
    assert _page({"空": [], "别的": [["a"]]}) == "别的"
