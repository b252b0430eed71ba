"""Packs keep their own examples, an organisation adds its own words, and a broken pack says where and why."""

import pytest

from zhiyin.libs.coach import engine, selftest
from zhiyin.libs.coach.engine import Coach
from zhiyin.libs.coach.errors import PackError
from zhiyin.libs.coach.readings import Role, Turn

HOUSE = """
[pack]
id = "our-house"
language = "zh"

[jargon]
"蓝单" = "加急订单"

[[forbidden]]
id = "no-dear"
any = "亲亲"
suggest = "您"
fires = ["客户:在吗 || 在的亲亲"]
quiet = ["客户:在吗 || 在的"]

[[required]]
id = "name-at-opening"
any = "我是"
when = "opening"
suggest = "您好，我是［姓名］。{clause}"
fires = ["客户:在吗 || 您好，请说"]
quiet = ["客户:在吗 || 您好，我是小林，请说"]
"""


@pytest.fixture
def house(tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(HOUSE, "utf-8")
    return path


def test_every_pack_that_ships_keeps_its_own_examples():
    assert [str(failure) for failure in selftest.shipped()] == []


def test_a_house_pack_keeps_its_own_examples(house):
    assert [str(failure) for failure in selftest.house(house)] == []


def test_a_house_adds_its_jargon_without_code(house):
    context = [Turn(Role.CUSTOMER, "我的货呢"), Turn(Role.AGENT, "您好，我是小林")]
    (finding,) = Coach([house]).agent("您这个已经转成蓝单了", context).findings
    assert (finding.rule, finding.suggestion) == ("jargon", "您这个已经转成加急订单了")


def test_a_house_forbids_and_requires_phrases(house):
    flags = Coach([house]).agent("在的亲亲", [Turn(Role.CUSTOMER, "在吗")]).flags
    assert set(flags) == {"house.no-dear", "house.name-at-opening"}


def test_a_house_example_that_fails_is_named(tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(HOUSE.replace("在的亲亲", "在的呀"), "utf-8")
    (failure,) = selftest.house(path)
    assert str(failure) == "house.toml, house.no-dear must fire on: 客户:在吗 || 在的呀"


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("not toml", "house.toml, pack: not readable as TOML"),
        ("[[rules]]\nid = 'x'\n", "house.toml, x: has no source"),
        ("[[rules]]\nsource = 's'\n", "house.toml, rules: a rule has no id"),
        ("[[rules]]\nid = 'x'\nsource = 's'\nseverity = 5\n", "house.toml, x: severity is 1, 2 or 3"),
        ("[[rules]]\nid = 'x'\nsource = 's'\njudgement = 'y'\n", "house.toml, x: does not know judgement"),
        ("[[rules]]\nid = 'x'\nsource = 's'\njudge = 'nobody'\n", "house.toml, x: there is no judge nobody"),
        (
            "[[rules]]\nid = 'x'\nsource = 's'\nsuggest = '{what}'\n",
            "house.toml, x: suggest cannot be filled in",
        ),
        ("[[rules]]\nid = 'x'\nsource = 's'\nwhy = '%(who)s'\n", "house.toml, x: why cannot be filled in"),
        (
            "[[rules]]\nid = 'x'\nsource = 's'\n[[rules.patterns]]\nlist = 'none'\n",
            "house.toml, x: there is no list none",
        ),
        ("[[forbidden]]\nid = 'x'\nany = 'y'\n", "house.toml, x: has no suggest"),
        ("[[forbidden]]\nid = 'x'\nsuggest = 'y'\n", "house.toml, x: names no phrase"),
        ("[jargon]\nx = ''\n", "house.toml, jargon: 'x' has no plain words"),
        ("[recipes]\n", "house.toml, recipes: is no part of a pack"),
    ],
)
def test_a_broken_pack_says_which_file_which_rule_and_why(tmp_path, table, reason):
    path = tmp_path / "house.toml"
    head = "" if table == "not toml" else '[pack]\nid = "h"\nlanguage = "zh"\n'
    path.write_text(head + table, "utf-8")
    with pytest.raises(PackError) as caught:
        Coach([path])
    assert str(caught.value).startswith(reason)


RULE = '[[rules]]\nid = "a"\nsource = "s"\nwhy = "w"\nsuggest = "b"\n'


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("pack = 1", "pack must be a table"),
        ("lists = 1", "lists must be a table"),
        ("rules = 1", "rules must be a list of tables"),
        ("positives = [1]", "positives must be a list of tables"),
        (RULE + "patterns = 1", "patterns must be a list of tables"),
        (RULE + "patterns = [{any = 1}]", "any must be words"),
        (RULE + 'patterns = [{any = ["x"], not_turn = [1]}]', "not_turn must be words"),
        (RULE + 'patterns = [{any = ["x"], severity = "2"}]', "severity is 1, 2 or 3"),
        (RULE + 'patterns = [{any = ["x"], statement = 1}]', "statement must be true or false"),
        (RULE + 'patterns = [{any = ["x"], scene = "weather"}]', "no fact “weather”"),
        (RULE + 'judge = "nobody"', "no judge nobody"),
        (RULE + 'fires = "x"', "fires must be a list of texts"),
        ('[[forbidden]]\nid = "a"\nany = ["亲"]\nsuggest = 1', "suggest must be text"),
        ('[[forbidden]]\nid = "a"\nany = ["亲"]\nsuggest = "您"\n' * 2, "twice"),
        (RULE * 2, "twice"),
        ('[[required]]\nid = "a"\nany = ["亲"]\nsuggest = "您"\nwhen = "never"', "no judge required.never"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_with_its_place(tmp_path, said, reason):
    path = tmp_path / "house.toml"
    head = "" if said.startswith("pack") else '[pack]\nlanguage = "zh"\n'
    path.write_text(f"{said}\n{head}" if " = " in said.split("\n")[0] else head + said, "utf-8")
    with pytest.raises(PackError, match=reason) as error:
        engine.read_pack("zh", [path])
    assert error.value.place == "house.toml"


def test_a_bare_no_is_not_put_better_as_an_order():
    findings = Coach().agent("不行", [Turn(Role.CUSTOMER, "能优惠吗")]).findings
    better = {finding.rule: finding.suggestion for finding in findings}
    assert better["curt"] == better["missing_solution"]
