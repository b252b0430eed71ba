"""Substring search, against a model of what PostgreSQL does with the two literals."""

from __future__ import annotations

import re
from collections import Counter

import opencc
import pytest
from hypothesis import assume, event, example, given, settings
from hypothesis import strategies as st

from zhiyin.libs import hanzi

ANY_TEXT = st.text(st.characters(exclude_categories=()))
# Few characters, so that repeats, near misses and real hits are frequent.
CROWDED = st.text(st.sampled_from("漏水樓楼後后干乾ab1 2，。-'\\😀é\u0301\0"), max_size=30)
TEXT = st.one_of(ANY_TEXT, CROWDED, CROWDED)

Vector = dict[str, set[int]]
LITERAL = re.compile(r"'((?:[^'\\]|''|\\.)*)':([\d,]+)")
OPERAND = re.compile(r"'((?:[^'\\]|''|\\.)*)'(:\*)?")


def unquoted(lexeme: str) -> str:
    return re.sub(r"\\(.)|''", lambda match: match[1] or "'", lexeme)


def vector(literal: str) -> Vector:
    """`literal::tsvector`."""
    assert re.fullmatch(rf"(?:{LITERAL.pattern}(?: |$))*", literal), literal
    return {
        unquoted(lexeme): {int(at) for at in positions.split(",")}
        for lexeme, positions in LITERAL.findall(literal)
    }


def found_at(vector: Vector, operand: str) -> set[int]:
    match = OPERAND.fullmatch(operand)
    assert match, operand
    lexeme = unquoted(match[1])
    if not match[2]:
        return vector.get(lexeme, set())
    return {at for own, positions in vector.items() if own.startswith(lexeme) for at in positions}


def matches(vector: Vector, query: str) -> bool:
    """`vector @@ query::tsquery`, for phrases joined by &."""
    return all(phrase_matches(vector, phrase) for phrase in re.split(r" & (?=['(])", query))


def phrase_matches(vector: Vector, phrase: str) -> bool:
    operand, *steps = re.split(r" <(\d+)> ", phrase.removeprefix("(").removesuffix(")"))
    reached = found_at(vector, operand)
    for distance, following in zip(steps[::2], steps[1::2], strict=True):
        reached = {at + int(distance) for at in reached} & found_at(vector, following)
    return bool(reached)


def hits(text: str, asked: str) -> bool:
    query = hanzi.query(asked)
    assert query is not None
    return any(matches(vector(hanzi.index_terms(piece)), query) for piece in hanzi.chunks(text))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("三楼卫生间漏水了", "漏水"),
        ("三樓衛生間漏水了", "漏水"),
        ("三楼卫生间漏水了", "衛生間"),
        ("三楼卫生间漏水了", "漏"),
        ("三楼卫生间漏水了", "了"),
        ("三楼卫生间漏水了", "漏水 三楼"),
        ("乾隆花園", "乾"),
        ("看著水流", "看着"),
        ("个案 2611-0386 已办完", "0386"),
        ("个案 2611-0386 已办完", "2611-0386"),
        ("+8613912344471", "4471"),
        ("A座1201室", "a座12"),
        ("Wi-Fi 连不上", "wi-fi"),
        ("O'Neil's \\ room", "o'neil"),
        ("修好了👍", "👍"),
    ],
)
def test_it_finds(text: str, asked: str) -> None:
    assert hits(text, asked)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("漏了水", "漏水"),
        ("漏，水", "漏水"),
        ("水漏", "漏水"),
        ("漏水了", "漏水 三楼"),
        ("2611 5 0386", "2611-0386"),
        ("axc", "a-c"),
        ("漏水了楼上", "漏水，楼上"),
        ("2611x0386", "2611-0386"),
        ("1231 2341", "1234"),
        ("abab", "abaa"),
    ],
)
def test_it_does_not_find(text: str, asked: str) -> None:
    assert not hits(text, asked)


@settings(max_examples=600)
@given(TEXT, st.data())
def test_any_part_of_a_text_finds_the_text(text: str, data: st.DataObject) -> None:
    normalised = hanzi.normalise(text)
    assume(normalised)
    start = data.draw(st.integers(0, len(normalised) - 1))
    part = normalised[start : data.draw(st.integers(start + 1, len(normalised)))]
    assume(part.strip())
    assert hits(text, part)


@settings(max_examples=600)
@given(TEXT, TEXT)
@example("b c", "bxc")
@example("bxc", "b.c")
def test_a_word_is_found_exactly_where_it_is_part_of_the_text(text: str, asked: str) -> None:
    words = hanzi.fold(asked).split()
    assume(hanzi.query(asked) and len(words) <= hanzi.MOST_WORDS)
    normalised = hanzi.normalise(text)
    expected = all(hanzi.normalise(word)[: hanzi.LONGEST_WORD] in normalised for word in words)
    event(f"found: {expected}")
    assert hits(text, asked) == expected


@settings(max_examples=300)
@given(CROWDED, st.data())
def test_one_changed_character_is_enough_to_miss(text: str, data: st.DataObject) -> None:
    normalised = hanzi.normalise(text)
    assume(len(normalised) > 1)
    at = data.draw(st.integers(0, len(normalised) - 1))
    changed = normalised[:at] + data.draw(st.sampled_from("漏水ab12")) + normalised[at + 1 :]
    assume(" " not in changed and changed not in normalised)
    assert not hits(text, changed)


@given(CROWDED)
def test_both_scripts_are_indexed_alike(text: str) -> None:
    assert hanzi.index_terms(opencc.OpenCC("s2t").convert(text)) == hanzi.index_terms(text)


@given(ANY_TEXT)
def test_every_literal_keeps_the_limits_of_postgresql(text: str) -> None:
    for piece in hanzi.chunks(text * 7):
        assert_within_limits(piece)
    assert "\0" not in hanzi.index_terms(text) + (hanzi.query(text) or "")
    (hanzi.index_terms(text) + (hanzi.query(text) or "")).encode("utf-8")


def assert_within_limits(piece: str) -> None:
    literal = vector(hanzi.index_terms(piece))
    assert all(len(positions) <= 255 for positions in literal.values())
    assert all(max(positions) <= 16_383 for positions in literal.values())
    assert (
        sum(len(lexeme.encode()) + 4 + 2 * len(positions) for lexeme, positions in literal.items()) < 1 << 20
    )


@pytest.mark.parametrize("text", ["哈" * 5_000, "ab" * 5_000, "1" * 3_000, "三楼漏水，快来修。" * 4_000])
def test_a_text_that_repeats_itself_is_cut_before_positions_run_out(text: str) -> None:
    pieces = hanzi.chunks(text)
    assert len(pieces) > 1
    for piece in pieces:
        assert_within_limits(piece)


def test_a_word_across_a_cut_is_found_whole_and_a_piece_is_indexed_as_it_is() -> None:
    text = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(40_000))
    pieces = hanzi.chunks(text)
    normalised = hanzi.normalise(text)
    assert [hanzi.chunks(piece) for piece in pieces] == [[piece] for piece in pieces]
    vectors = [vector(hanzi.index_terms(piece)) for piece in pieces]
    for start in range(len(pieces[0]) - 100, len(pieces[0]) + 20):
        query = hanzi.query(normalised[start : start + hanzi.LONGEST_WORD])
        assert query
        assert any(matches(vector, query) for vector in vectors)


def test_most_messages_are_one_piece() -> None:
    assert len(hanzi.chunks("物业您好，三楼的水管昨晚又漏了，麻烦尽快派人来看。" * 8)) == 1


@pytest.mark.parametrize("asked", ["", " ", "，。！", "\0", "'", "\\", "\ud800", "&|!<->():*"])
def test_a_query_without_a_word_asks_nothing(asked: str) -> None:
    assert hanzi.query(asked) is None


def test_a_pasted_essay_asks_for_its_first_words_only() -> None:
    assert len(hanzi.phrases(" ".join(str(number) for number in range(100, 1000)))) == hanzi.MOST_WORDS


def test_bigrams_overlap_and_a_last_character_stands_alone() -> None:
    assert hanzi.bigrams("漏水了 A1") == ["漏水", "水了", "了", "a1", "1"]
    assert Counter(hanzi.bigrams("1201"))["120"] == 1
