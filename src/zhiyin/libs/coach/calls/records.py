"""Transcripts in JSON: a list of utterances, or an object that holds one.

Each utterance names `speaker` (or role, label), `text` (or content, transcript), `start` and `end` (or start_time,
end_time, begin, duration; start_ms, end_ms in milliseconds). Times are seconds as numbers, or clocks as text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from zhiyin.libs.coach.calls.errors import TranscriptError
from zhiyin.libs.coach.calls.transcripts import Spoken, seconds
from zhiyin.libs.coach.readings import gettext_noop

LISTS = ("turns", "segments", "utterances", "transcript", "messages", "dialogue", "results")
SPEAKER = ("speaker", "role", "label", "speaker_label")
TEXT = ("text", "content", "transcript", "words")
START = ("start", "start_time", "begin", "from")
END = ("end", "end_time", "to")
_BLANK = re.compile(r"\s*")
_HALF = re.compile(r"[\ud800-\udfff]")
THOUSAND = 1000.0


def utterances(text: str) -> Iterator[Spoken]:
    """The utterances of a JSON transcript; raises TranscriptError with the line in which each begins."""
    whole = _loaded(text)
    at = 0
    if isinstance(whole, dict):
        name = next((name for name in LISTS if isinstance(whole.get(name), list)), None)
        if name is None:
            raise TranscriptError(
                1, gettext_noop("holds no list of utterances (%(names)s)"), names=", ".join(LISTS)
            )
        at = _place(text, name)
    elif not isinstance(whole, list):
        raise TranscriptError(1, gettext_noop("is no list of utterances"))
    for position, entry in _entries(text, _past_blank(text, at) + 1):
        yield _spoken(entry, text.count("\n", 0, position) + 1)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise TranscriptError(
            error.lineno, gettext_noop("is no JSON: %(reason)s"), reason=error.msg
        ) from error
    except RecursionError as error:
        raise TranscriptError(1, gettext_noop("is nested too deeply")) from error
    except ValueError as error:  # a number of thousands of digits
        raise TranscriptError(1, gettext_noop("holds a number that is too long")) from error


def _place(text: str, name: str) -> int:
    """Where the value of `name` begins in the object `text` is; the last one where it is named twice, as in reading."""
    decoder, place = json.JSONDecoder(), 0
    at = _past_blank(text, 0)
    while text[at] != "}":
        key, at = decoder.raw_decode(text, _past_blank(text, at + 1))
        begin = _past_blank(text, _past_blank(text, at) + 1)
        _, at = decoder.raw_decode(text, begin)
        at = _past_blank(text, at)
        if key == name:
            place = begin
    return place


def _entries(text: str, at: int) -> Iterator[tuple[int, Any]]:
    """Every element of the list whose elements begin at `at`, with its place; the text is known to be sound."""
    decoder = json.JSONDecoder()
    while True:
        at = _past_blank(text, at)
        if text[at] == "]":
            return
        if text[at] == ",":
            at = _past_blank(text, at + 1)
        begin = at
        entry, at = decoder.raw_decode(text, at)
        yield begin, entry


def _past_blank(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _spoken(entry: Any, line: int) -> Spoken:
    if not isinstance(entry, Mapping):
        raise TranscriptError(line, gettext_noop("is no utterance with speaker, text, start and end"))
    label, text = _text(entry, SPEAKER, line), _text(entry, TEXT, line)
    start = _time(entry, START, line)
    if "duration" in entry and not any(name in entry for name in (*END, "end_ms")):
        return Spoken(line, label, text, start, start + _moment(entry["duration"], "duration", line))
    return Spoken(line, label, text, start, _time(entry, END, line))


def _text(entry: Mapping[str, Any], names: tuple[str, ...], line: int) -> str:
    value = next((entry[name] for name in names if name in entry), None)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise TranscriptError(line, gettext_noop("%(name)s is missing or no text"), name=names[0])
    if not value.isascii() and _HALF.search(value):
        raise TranscriptError(line, gettext_noop("holds half a character (a lone surrogate)"))
    return value.strip()


def _time(entry: Mapping[str, Any], names: tuple[str, ...], line: int) -> float:
    thousandths = f"{names[0]}_ms"
    if thousandths in entry:
        return _moment(entry[thousandths], thousandths, line) / THOUSAND
    name = next((name for name in names if name in entry), None)
    if name is None:
        raise TranscriptError(line, gettext_noop("%(name)s is missing"), name=names[0])
    return _moment(entry[name], name, line)


def _moment(value: Any, name: str, line: int) -> float:
    try:
        return seconds(str(value))
    except ValueError:
        raise TranscriptError(
            line, gettext_noop("%(name)s “%(value)s” is no time"), name=name, value=str(value)[:40]
        ) from None
