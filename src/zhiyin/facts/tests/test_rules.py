"""What may stand in a cell, and how a block from a spreadsheet is read."""

import pytest

from zhiyin.facts.rules import blocks, values
from zhiyin.facts.rules.blocks import Heading
from zhiyin.facts.rules.words import Kind
from zhiyin.libs.contrast.kinds import Moment

TABLE = [
    Heading(1, "时间", Kind.TIME, "", is_outcome=False),
    Heading(2, "停留", Kind.NUMBER, "分钟", is_outcome=False),
    Heading(3, "发动不了", Kind.YESNO, "", is_outcome=True),
]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (Kind.TIME, "2026-06-02 20:27", "2026-06-02T20:27"),
        (Kind.TIME, "2026年6月2日 20点27分", "2026-06-02T20:27"),
        (Kind.TIME, "2026-06-02T20:27", "2026-06-02T20:27"),
        (Kind.TIME, "2026/6/2", "2026-06-02"),
        (Kind.TIME, "8:05", "08:05"),
        (Kind.YESNO, "是", True),
        (Kind.YESNO, "失败", True),
        (Kind.YESNO, "正常", False),
        (Kind.NUMBER, "３．５", 3.5),
        (Kind.NUMBER, "1,200", 1200.0),
        (Kind.NUMBER, "6分钟", 6.0),
        (Kind.PLACE, "  3栋　 大厅 ", "3栋 大厅"),
        (Kind.CATEGORY, "香草\x00\n", "香草"),
        (Kind.CATEGORY, "不详", None),
        (Kind.NUMBER, "", None),
    ],
)
def test_what_people_write_is_understood(kind, typed, kept):
    assert values.read(typed, kind=kind, unit="分钟") == kept


@pytest.mark.parametrize(
    ("kind", "typed", "error"),
    [
        (Kind.TIME, "昨天晚上", values.NotATime),
        (Kind.TIME, "2026-02-30", values.NotATime),
        (Kind.TIME, "0001-01-01", values.NotATime),
        (Kind.YESNO, "也许", values.NotYesOrNo),
        (Kind.NUMBER, "很久", values.NotANumber),
        (Kind.NUMBER, "1e300", values.NotANumber),
        (Kind.NUMBER, "6小时", values.OtherUnit),
        (Kind.PLACE, "远" * 61, values.TooLong),
    ],
)
def test_what_cannot_be_read_is_named_with_its_field(kind, typed, error):
    with pytest.raises(error) as caught:
        values.read(typed, kind=kind, unit="分钟", field="c7")
    assert caught.value.field == "c7"


@pytest.mark.parametrize(
    "moment",
    [
        Moment(None, 5),
        Moment(None, 1439),
        *(values.moment(text) for text in ("2026-06-02", "2026-06-02T00:00")),
    ],
)
def test_a_time_survives_being_stored(moment):
    assert values.moment(values.written(moment)) == moment


def read(text):
    found = blocks.block(text)
    places, rest = blocks.placed(found, TABLE)
    return blocks.rows(rest, places)


def test_columns_are_found_by_their_headings_in_any_order_with_or_without_the_unit():
    rows, problems = read("发动不了\t停留（分钟）\t时间\n是\t3\t2026-06-05 19:30\n否\t\t2026-06-06\n")
    assert not problems
    assert [(row.failed, row.cells) for row in rows] == [
        (True, {2: 3.0, 1: "2026-06-05T19:30"}),
        (False, {1: "2026-06-06"}),
    ]


def test_without_headings_the_order_is_that_of_the_table():
    rows, problems = read("2026-06-05 19:30,3,是\n")
    assert not problems
    assert rows[0].cells == {1: "2026-06-05T19:30", 2: 3.0}


def test_every_error_says_its_line_and_column_and_empty_lines_keep_their_number():
    _, problems = read("时间\t停留\t发动不了\n\n昨天\t三\t是\n2026-06-05\t3\t\n1\t2\t3\t4\n")
    assert [(one.row, one.column, one.error.code) for one in problems] == [
        (3, "时间", "facts.not_a_time"),
        (3, "停留", "facts.not_a_number"),
        (4, "发动不了", "facts.outcome_missing"),
        (5, "", "facts.uneven_row"),
    ]


def test_a_stray_quotation_mark_is_a_letter():
    rows, problems = read('时间\t停留\t发动不了\n2026-06-05\t3"\t是\n')
    assert problems or rows


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", blocks.Nothing),
        ("\n \n", blocks.Nothing),
        ("时间\t停留\n", blocks.Nothing),
        ("时间\t时间\n1\t2\n", blocks.BadHeading),
        ("x\n" * 600, blocks.TooMuch),
        ("x\t" * 30 + "\n", blocks.TooMuch),
        ("长" * 300_000, blocks.TooMuch),
    ],
)
def test_a_block_that_is_none_is_said_to_be(text, error):
    with pytest.raises(error):
        read(text)


def test_columns_that_are_not_there_yet_come_with_the_kind_their_cells_show():
    found = blocks.block("时间\t口味\t气温（℃）\t雨\n2026-06-05\t香草\t22\t是\n2026-06-06\t芒果\t19\t否\n")
    places, _ = blocks.placed(found, TABLE)
    brought = [(one.name, one.kind, one.unit) for one in blocks.wanted(found, places)]
    assert brought == [("口味", Kind.CATEGORY, ""), ("气温", Kind.NUMBER, "℃"), ("雨", Kind.YESNO, "")]
