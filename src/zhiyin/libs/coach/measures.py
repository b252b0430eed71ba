"""What the rules over conversations and calls measure with: words to look for, speakers' names, lines with their source.

All of it is data (data/talk.toml). A house lays a file of its own over it: the same tables, only what differs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from zhiyin.libs.coach.folding import folded
from zhiyin.libs.coach.readings import Role, gettext_noop


class MeasuresError(ValueError):
    """A file of measures that cannot be used; `message % data` is the sentence, doorways translate it."""

    code = "coach.bad_measures"

    def __init__(self, message: str, **data: object) -> None:
        """`message` is marked English."""
        self.message, self.data = message, data
        super().__init__(message % data if data else message)


class Words:
    """A list of words found in folded text; Latin words only where they stand alone."""

    def __init__(self, words: Iterable[str]) -> None:
        """Longer words first, so that the find is as long as it can be."""
        self.words = frozenset(folded(word) for word in words)
        longest = sorted(self.words, key=lambda word: (-len(word), word))
        parts = [rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in longest]
        self._pattern = re.compile("|".join(parts) or r"(?!)")

    def find(self, text: str) -> tuple[int, int] | None:
        """The first find in `text`, which must be folded."""
        match = self._pattern.search(text)
        return match.span() if match else None

    def last(self, text: str) -> int:
        """Where the last find in `text` ends; -1 without any."""
        return max((match.end() for match in self._pattern.finditer(text)), default=-1)

    def without(self, text: str) -> str:
        """`text` with every find taken out."""
        return self._pattern.sub("", text)


@dataclass(frozen=True, slots=True)
class Line:
    """A threshold: from `at` on it is noteworthy; `source` says what that rests on."""

    at: float
    unit: str
    source: str


@dataclass(frozen=True)
class Measures:
    """Words by name, speakers' names by role, lines by name."""

    words: Mapping[str, Words]
    speakers: Mapping[Role, Words]
    lines: Mapping[str, Line]

    def line(self, name: str) -> float:
        """Where a line runs."""
        return self.lines[name].at


@cache
def shipped() -> Measures:
    """The measures that come with the coach."""
    return _made(_own())


def read(place: Path) -> Measures:
    """The shipped measures with a house's file laid over them.

    Raises MeasuresError for a file that cannot be read, a name that does not exist or a value of the wrong kind.
    """
    try:
        tables = tomllib.loads(place.read_text("utf-8"))
    except OSError as error:
        raise MeasuresError(
            gettext_noop("%(place)s cannot be opened: %(error)s"), place=place, error=error.strerror
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MeasuresError(
            gettext_noop("%(place)s is not readable as TOML: %(error)s"), place=place, error=error
        ) from error
    return _made(_laid_over(_own(), tables, str(place)))


def _own() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files("zhiyin.libs.coach").joinpath("data/talk.toml").read_text("utf-8"))


def _laid_over(
    base: dict[str, dict[str, Any]], over: Mapping[str, Any], place: str
) -> dict[str, dict[str, Any]]:
    for table, entries in over.items():
        if table not in base or not isinstance(entries, dict):
            raise MeasuresError(
                gettext_noop("%(place)s: there is no table %(name)s"), place=place, name=table
            )
        for name, value in entries.items():
            if name not in base[table]:
                raise MeasuresError(
                    gettext_noop("%(place)s: there is no %(name)s"), place=place, name=f"{table}.{name}"
                )
            base[table][name] = _checked(base[table][name], value, place, f"{table}.{name}")
    return base


def _checked(before: Any, value: Any, place: str, name: str) -> Any:
    if isinstance(before, list):
        if isinstance(value, list) and value and all(isinstance(word, str) and word for word in value):
            return value
        raise MeasuresError(
            gettext_noop("%(place)s: %(name)s must be a list of words"), place=place, name=name
        )
    at = value.get("at") if isinstance(value, dict) else None
    usable = isinstance(at, int | float) and not isinstance(at, bool) and at > 0
    if not usable or value.get("unit", before["unit"]) != before["unit"]:
        raise MeasuresError(
            gettext_noop("%(place)s: %(name)s needs a positive number as at, in %(unit)s"),
            place=place,
            name=name,
            unit=before["unit"],
        )
    return before | {"source": str(place)} | value


def _made(tables: Mapping[str, Mapping[str, Any]]) -> Measures:
    return Measures(
        words={name: Words(words) for name, words in tables["words"].items()},
        speakers={Role(name): Words(words) for name, words in tables["speakers"].items()},
        lines={
            name: Line(float(entry["at"]), entry["unit"], entry["source"])
            for name, entry in tables["lines"].items()
        },
    )
