"""Sheets as people keep them, and what is said of those that cannot be used."""

import math

import numpy as np
import pytest

from zhiyin.libs.measure import sheets
from zhiyin.libs.measure.sheets import errors

WIDE = "受访者,重要度：价格,满意度：价格,重要度：服务,满意度：服务\n1,9,7,8,8\n2,8,不适用,10,\n"
LONG = (
    "respondent,attribute,importance,performance\n1,price,9,7\n1,service,8,8\n2,service,10,\n2,price,8,NA\n"
)


@pytest.fixture
def written(tmp_path):
    def write(content, name="answers.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


def both(path, **more):
    found = sheets.answers(sheets.read(path), ["importance", "performance"], scale=(1, 10), **more)
    return found.attributes, found["importance"].tolist(), found["performance"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_wide_sheet_is_read_as_the_office_saved_it(written, encoding, delimiter):
    attributes, importance, performance = both(written(WIDE.replace(",", delimiter), encoding=encoding))
    assert attributes == ("价格", "服务")
    assert importance == [[9, 8], [8, 10]]
    np.testing.assert_array_equal(performance, [[7, 8], [math.nan, math.nan]])


def test_a_long_sheet_says_the_same_in_any_order_of_rows(written):
    attributes, importance, performance = both(written(LONG))
    assert attributes == ("price", "service")
    assert importance == [[9, 8], [8, 10]]
    np.testing.assert_array_equal(performance, [[7, 8], [math.nan, math.nan]])


def test_a_long_sheet_may_name_the_measure_in_a_column(written):
    rows = "respondent,attribute,measure,value\n1,price,importance,9\n1,price,performance,7\n"
    assert both(written(rows))[1:] == ([[9]], np.array([[7]]))


@pytest.mark.parametrize(
    "heading",
    ["importance_price", "importance.price", "price (importance)", "price_imp", "Importance: price"],
)
def test_measure_and_attribute_may_be_joined_in_many_ways(heading):
    assert sheets.layout.headings([heading], "importance") == {"price": heading}


def test_a_heading_that_only_contains_the_word_is_no_measure():
    assert sheets.layout.headings(["unimportance", "importance", "important_price"], "importance") == {}


def test_workbook_and_parquet_hold_the_same_answers_as_the_text(written, tmp_path):
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table({"importance_a": [9, 8], "performance_a": [7.0, None]})
    parquet.write_table(table, tmp_path / "answers.parquet")
    attributes, importance, performance = both(tmp_path / "answers.parquet")
    assert (attributes, importance) == (("a",), [[9], [8]])
    np.testing.assert_array_equal(performance, [[7], [math.nan]])


def test_rows_keep_the_numbers_a_person_sees_when_some_are_empty(written):
    sheet = sheets.read(written("a,b\n1,2\n,\n\n3,x\n"))
    assert sheet.rows.tolist() == [2, 5]
    with pytest.raises(errors.NotANumber) as caught:
        sheet.numbers("b")
    assert caught.value.data == {"row": 5, "column": "b", "value": "x", "more": 0}


@pytest.mark.parametrize(
    ("content", "error", "data"),
    [
        (
            "importance_a,performance_a\n9,7\n11,3\n",
            errors.OutsideScale,
            {"row": 3, "column": "importance_a"},
        ),
        ("importance_a,performance_a\n9,good\n", errors.NotANumber, {"row": 2, "column": "performance_a"}),
        ("importance_a,performance_b\n9,7\n", errors.Unpaired, {"attribute": "a", "missing": "performance"}),
        ("importance_a,x\n9,7\n", errors.NoColumn, {"wanted": "performance"}),
        ("a,a\n9,7\n", errors.BadHeader, {"column": 2, "name": "a"}),
        ("a,,b\n9,7,1\n", errors.BadHeader, {"column": 2, "name": ""}),
        ("a,b\n9,7,1\n", errors.RaggedRow, {"row": 2, "found": 3, "expected": 2}),
        ("a,b\n", errors.Empty, {}),
        ("", errors.Empty, {}),
        (b"\xff\xfe\x00\x01\x00", errors.UnknownFormat, {"format": "CSV"}),
        (LONG + "1,price,3,3\n", errors.AnsweredTwice, {"row": 6, "first": 2}),
        (LONG + ",price,3,3\n", errors.CellMissing, {"row": 6, "column": "respondent"}),
    ],
)
def test_what_cannot_be_used_is_named_by_row_and_column(written, content, error, data):
    with pytest.raises(error) as caught:
        both(written(content))
    assert data.items() <= caught.value.data.items()


@pytest.mark.parametrize("name", ["answers.xlsx", "answers.parquet"])
def test_a_broken_workbook_or_parquet_file_is_refused(written, name):
    with pytest.raises(errors.UnknownFormat):
        sheets.read(written("no such thing", name=name))


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(errors.NoFile):
        sheets.read(tmp_path / "none.csv")


def test_answers_in_words_are_coded_and_unknown_words_named(written):
    sheet = sheets.read(written("a\nLike\n喜欢\n\nmaybe\n"))
    with pytest.raises(errors.NotAnAnswer) as caught:
        sheet.coded("a", {"like": 1, "喜欢": 1}, allowed="like")
    assert caught.value.data["row"] == 5


def test_a_large_text_is_read_in_bulk_with_the_same_result(written, monkeypatch):
    small = both(written(WIDE))
    monkeypatch.setattr(sheets.reading, "LARGE", 0)
    large = both(written(WIDE))
    assert large[:2] == small[:2]
    np.testing.assert_array_equal(large[2], small[2])
    with pytest.raises(errors.NotANumber) as caught:
        both(written("importance_a,performance_a\n9,7\n9,good\n"))
    assert caught.value.data["row"] == 3
