"""`zhiyin contrast`: facts in, ranked hypotheses out, in the reader's language."""

import json

import pytest

HEADER = "停留（分钟）,口味,发动不了\n"
SHORT = [(stay, "香草", "是") for stay in (3, 4, 5, 4, 3, 5)]
LONG = [(stay, flavour, "否") for stay, flavour in zip((9, 11, 12, 8, 7, 15), "莓莓芒芒莓莓", strict=True)]
ROWS = SHORT + LONG


@pytest.fixture
def facts(tmp_path):
    file = tmp_path / "facts.csv"
    file.write_text(HEADER + "".join(f"{a},{b},{c}\n" for a, b, c in ROWS), encoding="utf-8")
    return file


def test_it_says_what_the_cause_may_be_and_what_to_observe_next(zhiyin, facts):
    done = zhiyin("contrast", str(facts), "--outcome", "发动不了")
    assert done.returncode == 0
    assert "12 observations, 6 failed (发动不了: 是)." in done.stdout
    assert "Fails when 口味 is “香草”: 6 of 6, against 0 of 6. [established]" in done.stdout
    assert "cannot be told apart from: 停留 is under 6分钟" in done.stdout
    assert "Observe once when 口味 is “香草” and 停留 is 6分钟 or more" in done.stdout


def test_it_speaks_chinese(zhiyin, facts):
    from zhiyin.cli.language import _catalogue

    if "已确立" not in _catalogue("zh_Hans").gettext("established"):
        pytest.skip("the catalogues are not compiled here")
    said = zhiyin("contrast", str(facts), "--outcome", "发动不了", LANGUAGE="zh_CN").stdout
    assert "口味是“香草”时失败：6次里6次，其余6次里0次。" in said
    assert "停留不到6分钟" in said


def test_json_has_every_figure_and_no_infinity(zhiyin, facts):
    said = json.loads(zhiyin("contrast", str(facts), "--outcome", "发动不了", "--json").stdout)
    first = said["findings"][0]
    assert first["counts"] == {"failed": 6, "rows": 6, "other_failed": 0, "other_rows": 6}
    assert first["status"] == "established"
    assert first["ratio"]["value"] is None
    assert first["alike"][0]["differ"] == 0
    assert said["verdict"].startswith("Established, though")


def test_the_failing_value_can_be_named(zhiyin, facts):
    done = zhiyin("contrast", str(facts), "--outcome", "口味", "--failed", "莓")
    assert "12 observations, 4 failed (口味: 莓)." in done.stdout


@pytest.mark.parametrize(
    ("content", "arguments", "said"),
    [
        (HEADER + "3,香草,是\nabc,香草,否\n", ["--outcome", "发动不了", "--kind", "停留（分钟）=number"],
         "Row 3, column 停留（分钟）: “abc” cannot be read as a number."),
        (HEADER + "3,香草\n", ["--outcome", "发动不了"], "Row 2 has 2 cells instead of 3."),
        (HEADER + "3,香草,大概\n", ["--outcome", "发动不了"], "which value means failed? There are: 大概"),
        (HEADER + "3,香草,是\n", ["--outcome", "结果"], "There is no column “结果”"),
        ("a,a\n1,2\n", ["--outcome", "a"], "Row 1, column 2: the heading “a” is empty or repeated."),
        ("", ["--outcome", "a"], "There is not one observation in this table."),
        (HEADER + "3,香草,是\n", ["--outcome", "发动不了", "--kind", "口味"], "is none of the kinds"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_ends_with_row_column_and_reason(zhiyin, tmp_path, content, arguments, said):
    file = tmp_path / "facts.csv"
    file.write_text(content, encoding="utf-8")
    done = zhiyin("contrast", str(file), *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_a_missing_file_is_named(zhiyin):
    done = zhiyin("contrast", "no-such.csv", "--outcome", "a")
    assert done.returncode == 2
    assert "no-such.csv cannot be read as a table of facts" in done.stderr


def test_a_file_from_a_chinese_spreadsheet_is_read(zhiyin, facts):
    facts.write_bytes(facts.read_text(encoding="utf-8").replace(",", ";").encode("gb18030"))
    done = zhiyin("contrast", str(facts), "--outcome", "发动不了")
    assert done.returncode == 0
    assert "香草" in done.stdout
