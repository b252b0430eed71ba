"""One form for every way of writing the same thing."""

from __future__ import annotations

import time

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.libs import hanzi

ANY_CHARACTER = st.characters(exclude_categories=())
SENTENCES = (
    "三楼卫生间漏水，物业一直没有派人来修",
    "后天有人来看热水器吗？几点钟上门",
    "乾隆年间的房子，空气干燥，墙上裂了",
    "着急得很，看着水往下流，著名品牌也这样",
    "头发堵了下水道，里面的面包发霉了",
    "云服务账号登录不了，回复了三遍，复印也不行",
    "背着孩子上七楼，电梯范围内台阶松动",
    "一目了然的事，咨询了两次，借助邻居才尽快解决",
)


@pytest.mark.parametrize("script", ["s2t", "s2tw", "s2hk"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_folds_to_the_same_in_every_script(sentence: str, script: str) -> None:
    assert hanzi.fold(opencc.OpenCC(script).convert(sentence)) == hanzi.fold(sentence)


def test_width_and_case_are_folded() -> None:
    assert hanzi.fold("ＡＢＣ１２３ＫＴＶ①㎡") == "abc123ktv1m2"


def test_what_cannot_be_seen_is_dropped() -> None:
    assert hanzi.fold("漏\u200b水\ufeff了\ufe0f") == "漏水了"


@given(st.text(ANY_CHARACTER))
def test_any_string_folds_and_folds_only_once(text: str) -> None:
    folded = hanzi.fold(text)
    assert hanzi.fold(folded) == folded


def test_every_single_character_folds_only_once() -> None:
    for code in range(0x110000):
        folded = hanzi.fold(chr(code))
        assert hanzi.fold(folded) == folded


HAN_AND_ASCII = st.text(
    st.one_of(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), st.characters(codec="ascii"))
)


@given(HAN_AND_ASCII, HAN_AND_ASCII)
def test_a_part_folds_as_it_does_inside_the_whole(one: str, two: str) -> None:
    assert hanzi.fold(one + two) == hanzi.fold(one) + hanzi.fold(two)


def test_a_long_text_takes_time_in_proportion() -> None:
    hanzi.fold("熱")
    began = time.perf_counter()
    hanzi.fold("三樓漏水, room 1201。" * 60_000)
    assert time.perf_counter() - began < 3
