"""One form for matching, character by character, so that offsets in it are offsets in the original."""

from __future__ import annotations

from functools import cache
from importlib import resources

# Beyond the table: letters that only ever differ in spelling when matched in a service conversation.
_MORE = {
    "妳": "你",
    "祂": "他",
    "牠": "它",
    "著": "着",
    "甚": "什",
    "覆": "复",
    "　": " ",
    "﹖": "?",
    "﹗": "!",
}
_KEPT = frozenset("，。！？；：（）、")
"""Chinese punctuation keeps its form: what ends a Chinese clause should not be mistaken for a decimal point."""


@cache
def _table() -> dict[int, str]:
    traditional, simplified = scripts()
    table = {ord(old): new for old, new in zip(traditional, simplified, strict=True)}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT}
    table |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    table |= {code: chr(code - 0xFEE0 + 32) for code in range(0xFF21, 0xFF3B)}
    table |= {ord(old): new for old, new in _MORE.items()}
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # half a character: nothing is found in it
    # A variant of 覆 becomes 覆, and 覆 becomes 复: go all the way at once, or a text folded twice reads otherwise.
    return {code: new.translate(table) for code, new in table.items()}


@cache
def scripts() -> tuple[str, str]:
    """Traditional characters and the simplified ones they fold to, aligned."""
    text = resources.files("zhiyin.libs.coach").joinpath("data/scripts.txt").read_text("utf-8")
    _, traditional, simplified = text.splitlines()
    return traditional, simplified


def folded(text: str) -> str:
    """`text` in simplified characters, half-width letters and digits, lower case; as long as the original."""
    return text.translate(_table())


def is_traditional(text: str) -> bool:
    """Whether any character of `text` has a simplified form of its own."""
    return not _traditional().isdisjoint(text)


@cache
def _traditional() -> frozenset[str]:
    return frozenset(scripts()[0])
