"""What may be wrong with a translation; every finding is a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from texts import script
from zhiyin.libs import hanzi

ALLOWED_CHARACTERS = {"zh_Hans": {"著"}, "zh_Hant": {"台", "了", "占", "游", "床", "群", "秘", "峰"}}
ALLOWED_ENGLISH = {"Zhiyin", "Zhiyin OK", "JSON Lines", "Chromium", "PostgreSQL"}
"""Proper names that Chinese keeps as they are."""

_PERCENT = re.compile(r"%(?:\(\w+\))?[#0 +-]*\d*(?:\.\d+)?[sdifgrx]")
_BRACE = re.compile(r"\{\w*(?:[!:][^{}]*)?\}")
_TAG = re.compile(r"</?([a-zA-Z][\w-]*)[^<>]*>")
_ENTITY = re.compile(r"&#?\w+;")
_HAN = r"[\u3400-\u9fff\U00020000-\U0003347f]"
_HAN_WORD = re.compile(rf"{_HAN}+")
_FULL = r"，。；：！？、（）《》“”‘’「」『』—…"
_SPACE = re.compile(rf"(?:{_HAN}|[{_FULL}]) +(?=\S)|(?<=\S) +(?:{_HAN}|[{_FULL}])")
_PUNCTUATION = re.compile(
    rf"""{_HAN}\ ?[,;:!?]|[,;:!?]\ ?(?={_HAN})|{_HAN}\.(?!\w)|{_HAN}\(|\({_HAN}|{_HAN}\)|\)\ ?{_HAN}"""
    rf"""|{_HAN}["']|["']{_HAN}|\.\.\.""",
    re.VERBOSE,
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*[a-z][A-Za-z'-]*")
_FILLED = "\u25a1"


def findings(locale: str, message: str, plural: str, strings: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with one entry of one catalogue."""
    wanted = 2 if plural and locale == "en" else 1
    if len(strings) != wanted:
        yield f"has {len(strings)} forms, {locale} wants {wanted}"
        return
    if not all(string.strip() for string in strings):
        yield "is not translated"
        return
    for index, string in enumerate(strings):
        source = plural if plural and (index or locale != "en") else message
        yield from _same(_placeholders, "placeholders", source, string)
        yield from _same(_tags, "tags", source, string)
        if locale == "en":
            yield from _english(source, string)
        else:
            yield from _chinese(locale, source, string)


def _same(parts: Callable[[str], list[str]], what: str, source: str, string: str) -> Iterator[str]:
    if parts(source) != parts(string):
        said = [", ".join(parts(text)) or "none" for text in (source, string)]
        yield f"{what} differ: {said[0]} became {said[1]}"


def _placeholders(text: str) -> list[str]:
    text = text.replace("%%", "")
    return sorted(set(_PERCENT.findall(text)) | set(_BRACE.findall(text)))


def _tags(text: str) -> list[str]:
    return sorted(match[0] if match[0].startswith("</") else f"<{match[1]}>" for match in _TAG.finditer(text))


def _english(source: str, string: str) -> Iterator[str]:
    chinese = [word for word in _HAN_WORD.findall(string) if word not in source]
    if chinese:
        yield f"has Chinese in English: {', '.join(chinese)}"


def _chinese(locale: str, source: str, string: str) -> Iterator[str]:
    other = script.traditional_in if locale == "zh_Hans" else script.simplified_in
    own = string if locale == "zh_Hans" else script.EXAMPLE.sub("", string)
    strangers = other(own, ALLOWED_CHARACTERS[locale])
    if strangers:
        yield f"mixes scripts: {'、'.join(strangers)} in “{string}”"
    if locale == "zh_Hant":
        for word, instead in hanzi.mainland_in(own).items():
            yield f"says {word} where Taiwan says {instead}: “{string}”"
    bare = _bare(string)
    words = [word for word in _WORD.findall(bare) if word not in ALLOWED_ENGLISH]
    if string == source and words and string not in ALLOWED_ENGLISH:
        yield "is still English"
    space = _SPACE.search(bare)
    if space:
        yield f"has a typed space beside Chinese: “{string}”"
    punctuation = _PUNCTUATION.search(bare)
    if punctuation:
        yield f"has half-width punctuation in Chinese, “{punctuation[0]}”: “{string}”"


def _bare(string: str) -> str:
    """Without markup, and with a mark for whatever is filled in."""
    string = _TAG.sub("", _ENTITY.sub("", string)).replace("%%", "%")
    return _BRACE.sub(_FILLED, _PERCENT.sub(_FILLED, string))
