"""`zhiyin measure paths`: the European index, or a model of one's own."""

import csv

import numpy as np
import pytest

from zhiyin.cli.tests.measuring import EXAMPLES, measure, near
from zhiyin.libs.measure import paths

__all__ = ["measure"]
SHEET = EXAMPLES / "paths-ecsi.csv"


def rows():
    with SHEET.open(encoding="utf-8") as opened:
        head, *lines = csv.reader(opened)
    return head[1:], np.array([line[1:] for line in lines], dtype=float)


def test_columns_of_usual_chinese_names_make_the_european_index(measure):
    found = measure.json("paths", SHEET, "--draws", "0")
    assert [each["name"] for each in found["constructs"]] == list(paths.ECSI.blocks)
    assert len(found["paths"]) == len(paths.ECSI.paths)
    assert not {"scores", "standardised", "complete"} & set(found)
    names, answers = rows()
    stems = ("形象", "期望", "感知质量", "价值", "满意度", "抱怨处理", "忠诚")
    blocks = {
        construct: [name for name in names if name.startswith(stem)]
        for construct, stem in zip(paths.ECSI.blocks, stems, strict=True)
    }
    wanted = paths.path_model(answers, names, paths.ecsi(blocks), draws=0)
    coefficients = [each["coefficient"]["value"] for each in found["paths"]]
    assert coefficients == [near(each.coefficient.value) for each in wanted.paths]


def test_the_same_seed_draws_the_same(measure):
    first, again, other = (
        measure.json("paths", SHEET, "--draws", "30", "--seed", seed)["paths"] for seed in ("1", "1", "2")
    )
    assert first == again != other


def test_blocks_may_be_named_and_what_was_not_asked_falls_out(measure):
    blocks = ("--block", "满意=满意度1，满意度2", "--block", "Loyalty=忠诚1,忠诚2")
    found = measure.json("paths", SHEET, "--draws", "0", "--scheme", "path", *blocks)
    assert found["scheme"] == "path"
    assert [(each["source"], each["target"]) for each in found["paths"]] == [("Satisfaction", "Loyalty")]


def test_a_model_of_ones_own_keeps_its_names(measure):
    found = measure.json("paths", SHEET, "--draws", "0", "--model", EXAMPLES / "paths-model.toml")
    assert [each["name"] for each in found["constructs"]] == ["服务质量", "形象", "满意", "忠诚"]
    assert "服务质量" in measure.table(
        "paths", SHEET, "--draws", "0", "--model", EXAMPLES / "paths-model.toml"
    )


def test_a_long_sheet_says_the_same_as_a_wide_one(measure):
    names, answers = rows()
    lines = [f"{i},{name},{line[at]:g}" for i, line in enumerate(answers) for at, name in enumerate(names)]
    long = measure.sheet("受访者,题目,回答\n" + "\n".join(lines))
    assert measure.json("paths", long, "--draws", "0") == measure.json("paths", SHEET, "--draws", "0")


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (["--scheme", "mode-b"], "scheme cannot be mode-b"),
        (["--draws", "5"], "draws cannot be 5"),
        (["--block", "Image"], "--block cannot be Image"),
        (["--block", "Image=q99"], "q99"),
        (["--block", "Fame=形象1"], "Fame"),
        (["--scale", "1-5"], "is not on the scale from 1 to 5"),
        (["--model", "none.toml"], "none.toml"),
    ],
)
def test_what_cannot_be_used_is_said(measure, more, reason):
    assert reason in measure.refusal("paths", SHEET, *more)


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        ("blocks = [", "no path model"),
        ("paths = []", "[blocks]"),
        ('paths = ["甲"]\n[blocks]\n"甲" = ["形象1"]', "paths ="),
        ('paths = [["甲", "乙"]]\n[blocks]\n"甲" = ["形象1"]', "乙"),
        ('paths = [["甲", "乙"], ["乙", "甲"]]\n[blocks]\n"甲" = ["形象1"]\n"乙" = ["形象2"]', "circle"),
        ('paths = [["甲", "乙"]]\n[blocks]\n"甲" = ["形象1"]\n"乙" = ["q9"]', "q9"),
    ],
)
def test_a_model_that_cannot_be_is_refused(measure, model, reason):
    (measure.folder / "model.toml").write_text(model, encoding="utf-8")
    assert reason in measure.refusal("paths", SHEET, "--model", "model.toml")


def test_an_answer_off_the_scale_is_named_by_row_and_column(measure):
    sheet = measure.sheet("形象1,期望1\n5,6\n7,12\n3,4")
    assert "Row 3, column 期望1: 12" in measure.refusal("paths", sheet)
    assert "There is no column" in measure.refusal("paths", measure.sheet("甲,乙\n1,2", name="other.csv"))


def test_a_reader_of_chinese_reads_chinese(measure):
    said = measure.chinese().table("paths", SHEET, "--draws", "0")
    assert all(word in said for word in ("顾客满意", "什么带动什么", "载荷"))
