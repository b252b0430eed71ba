"""How names are said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.libs import hanzi


@pytest.mark.parametrize(
    ("name", "initials", "spelling"),
    [
        ("苏文秀", "swx", "suwenxiu"),
        ("蘇文秀", "swx", "suwenxiu"),
        ("单雄信", "sxx", "shanxiongxin"),
        ("單雄信", "sxx", "shanxiongxin"),
        ("区志强", "ozq", "ouzhiqiang"),
        ("曾国藩", "zgf", "zengguofan"),
        ("尉迟恭", "ycg", "yuchigong"),
        ("万俟卨", "mqx", "moqixie"),
        ("欧阳修", "oyx", "ouyangxiu"),
        ("吕布", "lb", "lvbu"),
        ("单女士", "sns", "shannvshi"),
        ("仇老师", "qls", "qiulaoshi"),
        ("单雄信先生", "sxxxs", "shanxiongxinxiansheng"),
        ("重庆物业", "cqwy", "chongqingwuye"),
        ("阿依古丽·买买提", "ayglmmt", "ayigulimaimaiti"),
        ("John Smith", "js", "johnsmith"),
        ("Ｊｏｈｎ", "j", "john"),
        ("王小明Tom", "wxmt", "wangxiaomingtom"),
        ("A座1201", "az1201", "azuo1201"),
        ("", "", ""),
        ("……", "", ""),
    ],
)
def test_a_name_is_said(name: str, initials: str, spelling: str) -> None:
    assert hanzi.pinyin_initials(name) == initials
    assert hanzi.full_pinyin(name) == spelling


def test_names_sort_by_sound_then_tone_then_character() -> None:
    names = ["张三", "单雄信", "Alice", "白露", "章三", "李四", "查理", "曾巩", "沈括"]
    assert sorted(names, key=hanzi.sort_key) == [
        "Alice", "白露", "李四", "单雄信", "沈括", "曾巩", "查理", "张三", "章三",
    ]  # fmt: skip


@given(st.text(st.characters(exclude_categories=())))
def test_any_string_has_a_saying_that_a_database_can_hold(name: str) -> None:
    for said in (hanzi.pinyin_initials(name), hanzi.full_pinyin(name), hanzi.sort_key(name)):
        assert "\0" not in said
        said.encode("utf-8")
