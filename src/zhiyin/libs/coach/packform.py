"""The form of a pack: every key holds a value of its kind, told before anything is made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zhiyin.libs.coach.errors import PackError
from zhiyin.libs.coach.readings import gettext_noop

_HEAVIEST = 3


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _are_words(value: Any) -> bool:
    return isinstance(value, str) or _are_texts(value)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_severity(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _HEAVIEST


def _are_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


_TEXT = (_is_text, gettext_noop("%(key)s must be text"))
_WORDS = (_are_words, gettext_noop("%(key)s must be words: text, or a list of phrases"))
_TEXTS = (_are_texts, gettext_noop("%(key)s must be a list of texts"))
_FLAG = (_is_flag, gettext_noop("%(key)s must be true or false"))
_SEVERITY = (_is_severity, gettext_noop("severity is 1, 2 or 3"))
_TABLES = (_are_tables, gettext_noop("%(key)s must be a list of tables"))
_KINDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    **dict.fromkeys(("id", "source", "why", "suggest", "judge", "when", "list", "scene", "not_scene"), _TEXT),
    **dict.fromkeys(("fires", "quiet"), _TEXTS),
    "statement": _FLAG,
    "severity": _SEVERITY,
    "patterns": _TABLES,
}
_ENTRIES = ("rules", "positives", "forbidden", "required")
_HOUSE = ("forbidden", "required")
_TABLE = ("pack", "lists", "jargon")


def check(place: str, tables: Mapping[str, Any]) -> None:
    """Raise PackError where a key of a pack holds a value that is not of its kind, or an id stands twice."""
    for key, value in tables.items():
        if key in _TABLE and not isinstance(value, dict):
            raise PackError(place, key, gettext_noop("%(key)s must be a table"), key=key)
        if key in _ENTRIES:
            _kept(place, key, key, value, _TABLES)
            for entry in value:
                _entry(place, key, entry)
    for keys in (_HOUSE, ("rules",), ("positives",)):
        _once(place, [entry["id"] for key in keys for entry in tables.get(key, ()) if "id" in entry])


def _entry(place: str, key: str, entry: Mapping[str, Any]) -> None:
    name = entry.get("id") if isinstance(entry.get("id"), str) else key
    for part, value in entry.items():
        _kept(place, str(name), part, value, _KINDS.get(part, _WORDS))
    for pattern in entry.get("patterns", ()):
        for part, value in pattern.items():
            _kept(place, str(name), part, value, _KINDS.get(part, _WORDS))


def _kept(place: str, rule: str, key: str, value: Any, kind: tuple[Callable[[Any], bool], str]) -> None:
    fits, reason = kind
    if not fits(value):
        raise PackError(place, rule, reason, key=key)


def _once(place: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise PackError(place, name, gettext_noop("stands in this pack twice"))
