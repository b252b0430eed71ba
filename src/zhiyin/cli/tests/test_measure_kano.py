"""`zhiyin measure kano`: question pairs as they come back from the field."""

import pytest

from zhiyin.cli.tests.measuring import EXAMPLES, measure, near
from zhiyin.libs.measure import kano

__all__ = ["measure"]
PAIRS = [(1, 5), (1, 3), (2, 5), (3, 5), (1, 5), (1, 5), (3, 3), (1, 1)]
WORDS = ["喜欢", "理应如此", "无所谓", "可以忍受", "不喜欢"]
HEAD = "编号,早餐（具备）,早餐（缺少）\n"
NUMBERS = HEAD + "\n".join(f"{i},{a},{b}" for i, (a, b) in enumerate(PAIRS))


def test_the_categories_of_a_sheet_are_those_of_its_answers(measure):
    found = measure.json("kano", measure.sheet(NUMBERS))
    wanted = kano.categories([[a] for a, _ in PAIRS], [[b] for _, b in PAIRS])[0]
    assert found["attributes"][0]["name"] == "早餐"
    assert found["attributes"][0]["category"] == wanted.category.value == "O"
    assert found["attributes"][0]["counts"] == {key.value: each for key, each in wanted.counts.items()}
    assert found["attributes"][0]["worse"]["low"] == near(wanted.worse.low)
    assert found["positions"][0]["functional"]["value"] == near(
        kano.positions([[a] for a, _ in PAIRS], [[b] for _, b in PAIRS])[0].functional.value
    )


def test_words_long_sheets_and_numbers_say_the_same(measure):
    words = HEAD + "\n".join(f"{i},{WORDS[a - 1]},{WORDS[b - 1]}" for i, (a, b) in enumerate(PAIRS))
    long = "受访者,属性,具备,缺少\n" + "\n".join(f"{i},早餐,{a},{b}" for i, (a, b) in enumerate(PAIRS))
    expected = measure.json("kano", measure.sheet(NUMBERS))
    assert measure.json("kano", measure.sheet(words, name="words.csv")) == expected
    assert measure.json("kano", measure.sheet(long, name="long.csv")) == expected


def test_counts_do_where_the_answers_are_gone(measure):
    sheet = measure.sheet("属性,M,O,A,I,R,Q\n早餐,2,3,1,1,0,1\n热水,9,1,0,0,0,0")
    found = measure.json("kano", sheet)
    assert [each["category"] for each in found["attributes"]] == ["O", "M"]
    assert found["positions"] == found["waves"] == found["groups"] == []


def test_groups_are_tested_and_waves_show_what_becomes_basic(measure):
    found = measure.json("kano", EXAMPLES / "kano-hotel.csv", "--group", "客群")
    assert {each["name"] for each in found["groups"]} == {"商务", "度假"}
    assert len(found["differences"]) == len(found["attributes"]) == 4
    assert [each["name"] for each in found["waves"]] == ["2024", "2025", "2026"]
    becoming = {each["name"]: each["towards_basic"] for each in found["drift"]}
    assert becoming == {"热水": False, "早餐": True, "欢迎水果": False, "纸质杂志": False}


def test_people_asked_again_in_a_long_sheet_are_themselves_in_every_wave(measure):
    rows = [f"{i},{wave},早餐,{a},{b}" for wave in (1, 2) for i, (a, b) in enumerate(PAIRS)]
    found = measure.json("kano", measure.sheet("受访者,期,属性,具备,缺少\n" + "\n".join(rows)))
    assert found["attributes"][0]["n"] == 2 * len(PAIRS)
    assert found["drift"][0]["trend"]["slope"]["value"] == near(0)


@pytest.mark.parametrize(
    ("sheet", "more", "reason"),
    [
        (HEAD + "1,喜欢,不喜欢\n2,还行,喜欢", [], "Row 3, column 早餐（具备）: “还行” is none of"),
        (HEAD + "1,1,6", [], "Row 2, column 早餐（缺少）: “6”"),
        ("早餐（具备）\n1", [], "There is no column"),
        ("早餐（具备）,早餐（缺少）,热水（具备）\n1,5,2", [], "热水"),
        (HEAD + "1,,\n2,,", [], "早餐"),
        (HEAD + "1,1,5", ["--group", "客群"], "客群"),
        ("属性,M,O,A,I\n早餐,2,-3,1,1", [], "Row 2, column O: -3"),
        ("属性,M,O,A,I\n早餐,0,0,0,0", [], "Row 2, column M"),
        ("属性,M,O,A,I,客群\n早餐,1,0,0,0,甲", ["--group", "客群"], "--group"),
        ("期,早餐（具备）,早餐（缺少）\n1,1,5\n,1,5", [], "Row 3, column 期"),
    ],
)
def test_what_cannot_be_used_is_said_with_row_and_column(measure, sheet, more, reason):
    assert reason in measure.refusal("kano", measure.sheet(sheet), *more)


def test_a_reader_of_chinese_reads_chinese(measure):
    said = measure.chinese().table("kano", EXAMPLES / "kano-hotel.csv")
    assert all(word in said for word in ("基本型", "魅力型", "增满系数", "向基本型的漂移"))


def test_a_category_that_follows_a_rule_says_which(measure):
    head = "属性,M,O,A,I,R,Q\n"
    close = measure.table("kano", measure.sheet(head + "早餐,38,40,12,10,0,0"))
    assert "close to O, M by M>O>A>I" in close
    plain = measure.table("kano", measure.sheet(head + "早餐,60,20,10,10,0,0"))
    assert "by M>O>A>I" not in plain
    apart = measure.table("kano", measure.sheet(head + "早餐,10,30,20,40,0,0"))
    assert "I is commonest, but M, O, A together are more" in apart
    assert "与O相近，按M>O>A>I取M" in measure.chinese().table(
        "kano", measure.sheet(head + "早餐,38,40,12,10,0,0")
    )
