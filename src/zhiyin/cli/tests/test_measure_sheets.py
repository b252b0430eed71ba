"""Sheets as a researcher keeps them: Chinese headings, blanks, other programs' encodings, wide or long."""

import pytest

from zhiyin.cli.tests.measuring import EXAMPLES, measure, near

__all__ = ["measure"]
WIDE = """
编号,价格（重要度）,价格（满意度）,态度（重要度）,态度（满意度）,总体满意度
1,9,6,8,9,7
2,10,5,不适用,8,6
3,8,7,9,9,8
4,9,,8,7,7
5,7,8,10,9,9
6,9,6,9,8,7
"""
LONG = """
受访者,属性,重要度,满意度
1,价格,9,6
1,态度,8,9
2,价格,10,5
2,态度,N/A,8
3,价格,8,7
3,态度,9,9
4,价格,9,
4,态度,8,7
5,价格,7,8
5,态度,10,9
6,价格,9,6
6,态度,9,8
"""


def melted():
    """The same once more, with a row for each answer."""
    rows = [line.split(",") for line in LONG.split()]
    lines = ["受访者,属性,测量,值"]
    lines += [
        f"{who},{what},{kind},{value}"
        for who, what, *both in rows[1:]
        for kind, value in zip(rows[0][2:], both, strict=True)
    ]
    return "\n".join(lines)


@pytest.fixture
def wide(measure):
    return measure.json("index", measure.sheet(WIDE))


def test_a_long_sheet_gives_what_the_wide_one_gives(measure, wide):
    assert measure.json("index", measure.sheet(LONG)) == wide
    assert measure.json("index", measure.sheet(melted())) == wide


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_encodings_of_chinese_office_programs_are_read(measure, wide, encoding):
    assert measure.json("index", measure.sheet(WIDE, encoding=encoding)) == wide


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_read(measure, wide, delimiter):
    assert measure.json("index", measure.sheet(WIDE.replace(",", delimiter))) == wide


@pytest.mark.parametrize(
    "heading", ["重要度：价格", "价格_重要度", "importance.价格", "3、价格（重要度）", "Importance - 价格"]
)
def test_headings_are_understood_however_they_are_joined(measure, wide, heading):
    assert measure.json("index", measure.sheet(WIDE.replace("价格（重要度）", heading))) == wide


def test_workbooks_are_read(measure, wide):
    path = measure.folder / "answers.xlsx"
    write_workbook(path, [line.split(",") for line in WIDE.split()])
    assert measure.json("index", path.name) == wide


def test_parquet_is_read(measure, wide):
    from pyarrow import Table, parquet

    rows = [line.split(",") for line in WIDE.split()]
    columns = {
        name: [float(cell) if cell not in {"", "不适用"} else None for cell in cells]
        for name, *cells in zip(*rows, strict=True)
    }
    parquet.write_table(Table.from_pydict(columns), measure.folder / "answers.parquet")
    assert measure.json("index", "answers.parquet") == wide


@pytest.mark.parametrize("command", ["index", "drivers"])
def test_a_long_parquet_file_is_streamed_to_the_same_figures(measure, monkeypatch, command):
    from pyarrow import csv, parquet

    from zhiyin.cli.measure import streams
    from zhiyin.cli.measure.options import Asked, Drawn

    options = csv.ConvertOptions(null_values=["", "不适用"])
    table = csv.read_csv(EXAMPLES / "satisfaction.csv", convert_options=options).drop_columns(["分层"])
    path = measure.folder / "many.parquet"
    parquet.write_table(table, path)
    whole = measure.json(command, path)
    monkeypatch.setattr(streams, "LONG", 10)
    assert streams.of(Asked(path, (1, 10), 0.95), Drawn()) is not None
    assert list(numbers(measure.json(command, path))) == pytest.approx(list(numbers(whole)), rel=1e-9)


def numbers(found):
    """Every number of a result, in its order."""
    if isinstance(found, dict | list):
        for part in found.values() if isinstance(found, dict) else found:
            yield from numbers(part)
    elif isinstance(found, int | float):
        yield found


def test_a_stream_names_the_row_and_the_heading_of_an_answer_off_the_scale(measure, monkeypatch):
    from pyarrow import Table, parquet

    from zhiyin.cli.measure import streams

    monkeypatch.setattr(streams, "LONG", 3)
    columns = {
        "价格（重要度）": [9.0, 8.0, 10.0, 7.0],
        "价格（满意度）": [5.0, 6.0, 11.0, 7.0],
        "总体满意度": [5.0, 6.0, 7.0, 7.0],
    }
    parquet.write_table(Table.from_pydict(columns), measure.folder / "many.parquet")
    for command in ("index", "drivers"):
        said = measure.refusal(command, "many.parquet")
        assert said == "Row 3, column 价格（满意度）: 11 is not on the scale from 1 to 10."


def test_a_table_of_means_gives_the_figures_without_a_margin(measure):
    sheet = measure.sheet("attribute,importance,satisfaction\nP1,7,8\nP2,5,4\nP3,9,8\nP4,3,3\nP5,6,4")
    found = measure.json("index", sheet)
    assert found["index"]["value"] == near(60.3333333333333)
    assert found["index"]["low"] is None
    assert "–" in measure.table("index", sheet)


def test_overall_satisfaction_is_no_attribute(measure):
    as_attribute = WIDE.replace("总体满意度", "总体（满意度）")
    assert len(measure.json("gaps", measure.sheet(as_attribute))["attributes"]) == 2
    long = LONG + "".join(f"{who},总体满意度,,{value}\n" for who, value in enumerate([7, 6, 8, 7, 9, 7], 1))
    pearson = measure.json("drivers", measure.sheet(long), "--method", "pearson")
    assert (
        pearson["drivers"] == measure.json("drivers", measure.sheet(WIDE), "--method", "pearson")["drivers"]
    )


def test_a_sampling_design_is_found_by_its_usual_names(measure):
    found = measure.json("index", EXAMPLES / "satisfaction.csv")
    assert found["df"] == pytest.approx(58, abs=1)  # two strata of sixty answers, a few of them missing
    assert (
        measure.json("index", EXAMPLES / "satisfaction.csv", "--population", "东区=36,西区=24")["index"]["se"]
        == 0
    )


REFUSED = {
    "Row 3, column 价格（重要度）: “好” is not a number. Where there is no answer, leave the cell empty.": (
        "2,10,5",
        "2,好,5",
    ),
    "Row 3, column 价格（满意度）: 11 is not on the scale from 1 to 10.": ("2,10,5", "2,10,11"),
    "Row 4 has 7 cells, the header 6.": ("3,8,7,9,9,8", "3,8,7,9,9,8,8"),
    "Row 1: columns 2 and 4 have the same heading, “价格（重要度）”. Rename one of them; under merged cells write the "
    "whole heading above each column.": (
        "态度（重要度）",
        "价格（重要度）",
    ),
    "“态度” has a column for importance and none for performance.": ("态度（满意度）", "态度（心情）"),
}


@pytest.mark.parametrize("said", REFUSED)
def test_a_sheet_that_cannot_be_used_is_refused_with_row_column_and_reason(measure, said):
    assert measure.refusal("index", measure.sheet(WIDE.replace(*REFUSED[said]))) == said


def test_rows_keep_the_number_that_the_persons_program_shows(measure):
    sheet = measure.sheet(WIDE.replace("3,8,7", "\n\n3,好,7"))
    assert measure.refusal("index", sheet).startswith("Row 6,")


def test_refusals_speak_chinese(measure):
    sheet = measure.sheet(WIDE.replace("2,10,5", "2,10,11"))
    assert measure.chinese().refusal("index", sheet) == "第3行，“价格（满意度）”列：11不在1到10的量表上。"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", ""),
        ("head.csv", "价格（重要度）,价格（满意度）"),
        ("broken.xlsx", "x"),
        ("broken.parquet", "x"),
    ],
)
def test_files_without_answers_are_refused(measure, name, content):
    assert name in measure.refusal("index", measure.sheet(content, name))


def test_a_respondent_who_answers_twice_is_refused_with_both_rows(measure):
    assert measure.refusal("index", measure.sheet(LONG + "6,态度,9,8")) == (
        "Row 14 answers what row 13 had already answered."
    )


@pytest.mark.parametrize(
    "options",
    [
        ["--scale", "ten"], ["--scale", "10-1"], ["--level", "2"], ["--population", "many"], ["--population", "2"],
        ["--weight", "nothing"], ["--weights", "mine"], ["--population", "东区=36"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_options_that_cannot_be_are_refused(measure, options):
    assert measure.refusal("index", measure.sheet(WIDE), *options)


def write_workbook(path, rows):
    """The smallest workbook that programs open; numbers as numbers."""
    import zipfile
    from xml.sax.saxutils import escape

    def cell(text):
        if text.isdigit():
            return f"<c><v>{text}</v></c>"
        return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else "<c/>"

    lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    office = "http://schemas.openxmlformats.org/"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{office}package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{office}package/2006/relationships"><Relationship Id="r1" '
        f'Type="{office}officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{office}spreadsheetml/2006/main" '
        f'xmlns:r="{office}officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{office}package/2006/relationships"><Relationship '
        f'Id="r1" Type="{office}officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{office}spreadsheetml/2006/main"><sheetData>{lines}'
        "</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
