"""In which language and script the coach puts its suggestions for conversations and calls."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from zhiyin.libs.coach.folding import is_traditional

_HAN = re.compile(r"[\u3400-\u9fff]")
_NOT_WORDS = re.compile(r"#E-s\[[^\]]{0,8}\]|\[[^\[\]]{0,60}\]|https?://[\x21-\x7e]{1,300}", re.IGNORECASE)
EXCERPT = 24
EXCERPT_LATIN = 60


def is_chinese(text: str) -> bool:
    """Whether any Chinese character stands in `text`."""
    return _HAN.search(text) is not None


def bare(text: str) -> str:
    """`text` without emoticons, masks and links."""
    return _NOT_WORDS.sub(" ", text)


def excerpt(text: str, longest: int = EXCERPT) -> str:
    """The beginning of what is said, for quoting; cut at a comma or full stop where one is near."""
    said = " ".join(bare(text[: longest * 8]).split())
    if longest == EXCERPT and not is_chinese(said):
        longest = EXCERPT_LATIN
    if len(said) <= longest:
        return said.strip("。！？!?，,；; ")
    cut = max(said.rfind(mark, longest // 2, longest) for mark in "，。！？；, ")
    return said[: cut if cut > 0 else longest] + "…"


def put(chinese: str, english: str, *, like: str) -> str:
    """The wording in the language and the script of `like`."""
    if not is_chinese(like):
        return english
    return _converter().convert(chinese) if is_traditional(like) else chinese


def turned(said: str) -> str:
    """What the customer said, as one says it back to them: "我的药" → "您的药", "你们" → "我们"."""
    return _PERSONS.sub(lambda found: _TURNED[found.group()], said.rstrip("…"))


_TURNED = {"你们": "我们", "你": "我", "您": "我", "我们": "您", "咱们": "我们", "我": "您"}
_PERSONS = re.compile("|".join(_TURNED))


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("s2t")
