"""Numbers of letters and the sentences filled in. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from zhiyin.kit.errors import gettext_noop
from zhiyin.statutory.rules.decisions import UnknownVariable

PLACE = re.compile(r"\{\s*([^{}]*?)\s*\}")
PLACES = {
    "authority": ("来件单位", "來件單位"),
    "number": ("编号", "編號"),
    "received": ("day received", "收到日期"),
    "customer": ("客户", "客戶"),
    "subject": ("matter", "事由"),
    "demand": ("诉求", "訴求"),
    "case": ("our number", "个案号", "個案號"),
    "telephone": ("电话", "電話"),
}
"""What may stand in braces in the opening and the closing of a letter, in English or Chinese, either script."""
SHOWN = {
    "authority": gettext_noop("authority"),
    "number": gettext_noop("number"),
    "received": gettext_noop("day received"),
    "customer": gettext_noop("customer"),
    "subject": gettext_noop("matter"),
    "demand": gettext_noop("demand"),
    "case": gettext_noop("our number"),
    "telephone": gettext_noop("telephone"),
}
"""The same as a reader of each language writes them."""
_MEANT = {name: place for place, names in PLACES.items() for name in (place, *names)}


def number(word: str, year: int, sequence: int) -> str:
    """`函〔2026〕012号`: the series' word, the year, three figures at least."""
    return f"{word}〔{year}〕{sequence:03d}号"


def check_places(field: str, text: str) -> None:
    """Raise UnknownVariable for a place nobody can fill."""
    for name in PLACE.findall(text):
        if name not in _MEANT:
            raise UnknownVariable(field=field, name=name)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled; what a value says is never read as a place itself."""
    return PLACE.sub(lambda found: values.get(_MEANT.get(found[1], ""), found[0]), text)
