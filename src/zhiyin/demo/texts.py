"""The demo's words in the language it is built in. Pure.

The content is written in simplified Chinese, and so are the few texts in Python, which go through `say`. A text
becomes traditional by conversion. English stands in `content/en/*.toml`, one line each, under the Chinese text
as it is in the content: in a play each part of a step is a text of its own (`"随主单。" = "Goes with the main
case."`), with its placeholders, its ` / ` and a leading `yes` or `no`. `content/zh_hant/*.toml` puts words right that the
conversion gets wrong. What the English books do not hold stays as it was written, so that a new play builds at once in
every language; `tests/test_texts.py` names what has no English yet.

To add a text: write it in the content, run that test, and put the line it asks for into the file of the same name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from zhiyin.libs import hanzi

HANS, HANT, ENGLISH = LANGUAGES = ("zh-hans", "zh-hant", "en")
RAW = frozenset(
    {"about", "phones", "again"}
)  # lists of little lines with codes in them: told by who reads them
HAN = re.compile(r"[\u3400-\u9fff]")
_FOLDERS = {HANT: "zh_hant", ENGLISH: "en"}
_language: ContextVar[str] = ContextVar("language of the demo", default=HANS)
Value = TypeVar("Value")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let the demo's words be in this language, one of `LANGUAGES`."""
    if language not in LANGUAGES:
        raise ValueError(language)
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def language() -> str:
    """The language spoken now."""
    return _language.get()


def say(text: str) -> str:
    """`text` in the language spoken now, or as it is where there is no other."""
    spoken = _language.get()
    if spoken == HANS:
        return text
    return _traditional(text) if spoken == HANT else book(ENGLISH).get(text, text)


@cache
def _traditional(text: str) -> str:
    """Converted, and where the conversion errs put right, longer words first."""
    if not HAN.search(text):
        return text
    said, words = hanzi.traditional(text), book(HANT)
    for wrong in sorted(words, key=len, reverse=True):
        said = said.replace(wrong, words[wrong])
    return said


def told(value: Any, key: str = "") -> Any:
    """Whatever was read from a file, with every text in it said; the lists called as in `RAW` are left."""
    if isinstance(value, str):
        return say(value)
    if isinstance(value, dict):
        return {name: told(inner, name) for name, inner in value.items()}
    if isinstance(value, list) and key not in RAW:
        return [told(inner) for inner in value]
    return value


@cache
def book(language: str) -> dict[str, str]:
    """English by the text as it was written; for traditional Chinese, right words by wrong ones."""
    folder = resources.files("zhiyin.demo").joinpath("content", _FOLDERS[language])
    found: dict[str, str] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        found |= tomllib.loads(entry.read_text("utf-8"))
    return found


class Named(dict[str, Value]):
    """By name, whether the name is asked for as it is said or as it was written."""

    def __missing__(self, name: str) -> Value:
        said = say(name)
        if said == name:
            raise KeyError(name)
        return self[said]

    def get(self, name: str, default: Any = None) -> Any:
        return self[name] if name in self or say(name) in self else default
