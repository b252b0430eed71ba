"""From simplified to traditional Chinese, and telling which of the two a text is written in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import opencc

from zhiyin.libs import hanzi

EXAMPLE = re.compile(r"((?<=例：)[^\n]*zhiyin [^\n]*)")
"""A command line to be copied as it is."""
# Simplified characters that Big5 knows as rare or other words of their own.
_SIMPLIFIED_IN_BIG5 = set("么坏听荐夸")
# Right in some words and wrong in others; only the phrase tells.
_AMBIGUOUS = set("后里干几准儿云并划征采愿发复")
_SIMPLIFIED_SINGLE = {"着"}


@cache
def _converter(configuration: str) -> opencc.OpenCC:
    return opencc.OpenCC(configuration)


def traditional(text: str) -> str:
    """A first traditional version of a simplified text, in Taiwan's words and the house's."""
    # A command line stays: it names files and columns that are there, in their own words.
    return "".join(
        part if EXAMPLE.fullmatch(part) else hanzi.traditional(part) for part in EXAMPLE.split(text) if part
    )


def is_han(character: str) -> bool:
    """Whether it is a Chinese character."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003347f"


def traditional_in(text: str, allowed: set[str]) -> list[str]:
    """Traditional characters in a text that should be simplified."""
    simplified = _converter("t2s").convert(text)
    if len(simplified) != len(text):
        simplified = "".join(_converter("t2s").convert(character) for character in text)
    return _distinct(
        old for old, new in zip(text, simplified, strict=True) if old != new and old not in allowed
    )


def simplified_in(text: str, allowed: set[str]) -> list[str]:
    """Simplified characters in a text that should be traditional."""
    phrased = _converter("s2tw").convert(text)
    if len(phrased) != len(text):
        phrased = text
    wrong = []
    for character, changed in zip(text, phrased, strict=True):
        ambiguous = character in _AMBIGUOUS and changed != character
        if character not in allowed and (ambiguous or _only_simplified(character)):
            wrong.append(character)
    return _distinct(wrong)


@cache
def _only_simplified(character: str) -> bool:
    if not is_han(character) or _converter("s2tw").convert(character) == character:
        return False
    return character in _SIMPLIFIED_IN_BIG5 | _SIMPLIFIED_SINGLE or not _is_common_big5(character)


def _is_common_big5(character: str) -> bool:
    try:
        code = character.encode("big5")
    except UnicodeEncodeError:
        return False
    return b"\xa4\x40" <= code <= b"\xc6\x7e"


def _distinct(characters: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(characters))
