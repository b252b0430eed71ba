"""Rules as data: what a pack may say, and reading it from TOML.

A pack is one TOML file or a folder of them:

[pack]                    id, language ("zh" or "en"), source
[lists.NAME]              any, not_in: words used by several rules and by the judges
[[rules]], [[positives]]  id, source, severity 1–3, why, suggest, judge, patterns, fires, quiet
[jargon]                  term = plain words
[[forbidden]], [[required]]  id, any, suggest, when (opening, closing, always), why: rules of an organisation

Words are a string of words parted by blanks, or an array of phrases; "@name" takes over a list. A rule's `why` is
marked English with %(said)s for the words found, %(clause)s for their clause; `suggest` builds the better sentence
from the draft (rewriting.py names its slots). `fires` and `quiet` are turns that must and must not raise the rule:
"客户:… || 客服:… || the turn".
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from zhiyin.libs.coach import packform, rewriting
from zhiyin.libs.coach.errors import PackError
from zhiyin.libs.coach.folding import folded
from zhiyin.libs.coach.readings import gettext_noop
from zhiyin.libs.coach.scanning import Words

SCOPES = ("clause", "before", "after", "ahead", "behind", "sentence", "turn", "heard", "told")
"""Where a condition looks: the clause, its part before or after the find, the 24 characters ahead of or behind it,
the sentence, the turn, what the customer said last, what the agent said before."""
_PATTERN_KEYS = {"any", "list", "not_in", "severity", "suggest", "scene", "not_scene", "statement"}
_RULE_KEYS = {"id", "source", "severity", "why", "suggest", "judge", "patterns", "fires", "quiet"}


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether a list must (`wanted`) or must not be found in a scope."""

    scope: str
    words: int
    wanted: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way a rule shows: a list of words under conditions; `statement`: not where the clause asks."""

    words: int
    conditions: tuple[Condition, ...]
    scene: tuple[str, ...]
    not_scene: tuple[str, ...]
    statement: bool
    severity: int
    suggest: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a pack. `judge` names the function that applies it, empty where its patterns say all."""

    id: str
    source: str
    severity: int
    why: str
    suggest: str
    judge: str
    patterns: tuple[Pattern, ...]
    fires: tuple[str, ...]
    quiet: tuple[str, ...]
    place: str
    triggers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Packs of one language, read and checked; `lists` are numbered, `names` finds a named one."""

    language: str
    lists: tuple[Words, ...]
    names: Mapping[str, int]
    rules: tuple[Rule, ...]
    positives: tuple[Rule, ...]
    jargon: Mapping[str, str]


def packs_shipped() -> dict[str, Traversable]:
    """The packs that come with the coach, by language."""
    folder = resources.files("zhiyin.libs.coach").joinpath("packs")
    return {"zh": folder.joinpath("zh"), "en": folder.joinpath("en")}


def read(place: Path | Traversable, *, more: Iterable[Path | Traversable] = ()) -> Rulebook:
    """The rulebook of a pack and of `more` packs laid over it (an organisation's house pack).

    Raises PackError with file, rule and reason where a pack is not usable.
    """
    maker = _Maker()
    for source in (place, *more):
        for name, tables in _tables(source):
            maker.take(name, tables)
    return maker.book()


def language(place: Path | Traversable) -> str:
    """The language a pack says it is for; empty where none of its files does."""
    heads = (tables.get("pack") for _, tables in _tables(place))
    told = (head.get("language") for head in heads if isinstance(head, dict))
    return next((language for language in told if isinstance(language, str) and language), "")


def _tables(place: Path | Traversable) -> Iterable[tuple[str, dict[str, Any]]]:
    files = sorted(place.iterdir(), key=lambda file: file.name) if place.is_dir() else [place]
    for file in files:
        if file.name.endswith(".toml"):
            try:
                tables = tomllib.loads(file.read_text("utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                reason = gettext_noop("not readable as TOML: %(error)s")
                raise PackError(file.name, "pack", reason, error=error) from error
            except OSError as error:
                reason = gettext_noop("cannot be opened: %(error)s")
                raise PackError(file.name, "pack", reason, error=error) from error
            packform.check(file.name, tables)
            yield file.name, tables


@dataclass
class _Maker:
    """Collects tables and numbers their lists."""

    language: str = ""
    numbers: dict[Words, int] = field(default_factory=dict)
    named: dict[str, Words] = field(default_factory=dict)
    raw: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    jargon: dict[str, str] = field(default_factory=dict)

    def take(self, place: str, tables: dict[str, Any]) -> None:
        for key, value in tables.items():
            if key == "pack":
                self._take_head(place, value)
            elif key == "lists":
                for name, table in value.items():
                    self.named[name] = self._list(place, name, table)
            elif key in {"rules", "positives"}:
                self.raw += [(place, key, rule) for rule in value]
            elif key == "jargon":
                self.jargon |= _jargon(place, value)
            elif key in {"forbidden", "required"}:
                self.raw += [(place, "rules", _house_rule(place, key, entry)) for entry in value]
            else:
                raise PackError(place, key, gettext_noop("is no part of a pack"))

    def book(self) -> Rulebook:
        if not self.language:
            raise PackError("pack", "pack", gettext_noop("names no language"))
        if self.jargon:
            self.named["jargon"] = Words(tuple(folded(term) for term in self.jargon))
        names = {name: self._number(words) for name, words in self.named.items()}
        made = [(key, self._rule(place, rule)) for place, key, rule in self.raw]
        return Rulebook(
            language=self.language,
            lists=tuple(self.numbers),
            names=names,
            rules=tuple(rule for key, rule in made if key == "rules"),
            positives=tuple(rule for key, rule in made if key == "positives"),
            jargon={folded(term): plain for term, plain in self.jargon.items()},
        )

    def _take_head(self, place: str, head: dict[str, Any]) -> None:
        language = head.get("language", "")
        if language not in {"zh", "en"}:
            raise PackError(place, "pack", gettext_noop("language must be zh or en"))
        if self.language and language != self.language:
            raise PackError(place, "pack", gettext_noop("is for another language"))
        self.language = language

    def _number(self, words: Words) -> int:
        return self.numbers.setdefault(words, len(self.numbers))

    def _list(self, place: str, name: str, table: Any) -> Words:
        if not isinstance(table, dict) or not table.keys() <= {"any", "not_in"} or "any" not in table:
            raise PackError(place, name, gettext_noop("a list has any and perhaps not_in"))
        return Words(
            self._words(place, name, table["any"]), self._words(place, name, table.get("not_in", ()))
        )

    def _words(self, place: str, name: str, value: Any) -> tuple[str, ...]:
        """Folded words; "@list" stands for the words of a list read before."""
        if not isinstance(value, str | list | tuple):
            raise PackError(place, name, gettext_noop("%(word)r is no word"), word=value)
        words = value.split() if isinstance(value, str) else list(value)
        found: dict[str, None] = {}
        for word in words:
            if not isinstance(word, str) or not word:
                raise PackError(place, name, gettext_noop("%(word)r is no word"), word=word)
            if word.startswith("@"):
                if word[1:] not in self.named:
                    raise PackError(place, name, gettext_noop("there is no list %(word)s"), word=word[1:])
                found |= dict.fromkeys(self.named[word[1:]].any)
            else:
                found[folded(word)] = None
        return tuple(found)

    def _rule(self, place: str, table: dict[str, Any]) -> Rule:
        name = table.get("id")
        if not isinstance(name, str) or not name:
            raise PackError(place, "rules", gettext_noop("a rule has no id"))
        unknown = table.keys() - _RULE_KEYS
        if unknown:
            raise PackError(
                place, name, gettext_noop("does not know %(keys)s"), keys=", ".join(sorted(unknown))
            )
        severity = table.get("severity", 1)
        if severity not in {0, 1, 2, 3}:
            raise PackError(place, name, gettext_noop("severity is 1, 2 or 3"))
        suggest = _template(place, name, table.get("suggest", ""))
        patterns = tuple(
            self._pattern(place, name, pattern, severity, suggest) for pattern in table.get("patterns", ())
        )
        return Rule(
            id=name,
            source=_needed(place, name, table, "source"),
            severity=severity,
            why=_why(place, name, table.get("why", "")),
            suggest=suggest,
            judge=table.get("judge", ""),
            patterns=patterns,
            fires=tuple(table.get("fires", ())),
            quiet=tuple(table.get("quiet", ())),
            place=place,
            triggers=frozenset(pattern.words for pattern in patterns),
        )

    def _pattern(self, place: str, name: str, table: dict[str, Any], severity: int, suggest: str) -> Pattern:
        known = _PATTERN_KEYS | set(SCOPES) | {f"not_{scope}" for scope in SCOPES}
        if not table.keys() <= known:
            keys = ", ".join(sorted(table.keys() - known))
            raise PackError(place, name, gettext_noop("does not know %(keys)s"), keys=keys)
        conditions = [
            Condition(scope, self._words_number(place, name, table[prefix + scope]), wanted)
            for prefix, wanted in (("", True), ("not_", False))
            for scope in SCOPES
            if prefix + scope in table
        ]
        return Pattern(
            words=self._trigger(place, name, table),
            conditions=tuple(conditions),
            scene=tuple(table.get("scene", "").split()),
            not_scene=tuple(table.get("not_scene", "").split()),
            statement=bool(table.get("statement", False)),
            severity=table.get("severity", severity),
            suggest=_template(place, name, table.get("suggest", suggest)),
        )

    def _trigger(self, place: str, name: str, table: dict[str, Any]) -> int:
        if "list" in table:
            if table["list"] not in self.named:
                raise PackError(place, name, gettext_noop("there is no list %(word)s"), word=table["list"])
            return self._number(self.named[table["list"]])
        if "any" not in table:
            raise PackError(place, name, gettext_noop("a pattern needs any or list"))
        words = self._words(place, name, table["any"])
        return self._number(Words(words, self._words(place, name, table.get("not_in", ()))))

    def _words_number(self, place: str, name: str, value: Any) -> int:
        """A condition's list: a single "@name" keeps the guards of that list."""
        if isinstance(value, str) and value.startswith("@") and value[1:] in self.named:
            return self._number(self.named[value[1:]])
        return self._number(Words(self._words(place, name, value)))


def _needed(place: str, name: str, table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise PackError(place, name, gettext_noop("has no %(key)s"), key=key)
    return value


def _why(place: str, name: str, why: str) -> str:
    try:
        _ = why % {"said": "", "clause": "", "term": "", "plain": "", "count": 2}
    except (KeyError, ValueError, TypeError) as error:
        reason = gettext_noop("why cannot be filled in: %(error)s")
        raise PackError(place, name, reason, error=error) from error
    return why


def _template(place: str, name: str, suggest: str) -> str:
    try:
        rewriting.check(suggest)
    except (KeyError, ValueError, IndexError) as error:
        reason = gettext_noop("suggest cannot be filled in: %(error)s")
        raise PackError(place, name, reason, error=error) from error
    return suggest


def _jargon(place: str, table: Mapping[str, Any]) -> dict[str, str]:
    if not isinstance(table, Mapping):
        raise PackError(place, "jargon", gettext_noop("must be a table of terms and plain words"))
    for term, plain in table.items():
        if not term or not isinstance(plain, str) or not plain:
            raise PackError(place, "jargon", gettext_noop("%(term)r has no plain words"), term=term)
    return dict(table)


def _house_rule(place: str, key: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """A forbidden or required phrase of an organisation as a rule like any other."""
    name = _needed(place, key, entry, "id")
    rule: dict[str, Any] = {
        "id": f"house.{name}",
        "source": entry.get("source", gettext_noop("house rule")),
        "severity": entry.get("severity", 1),
        "suggest": entry.get("suggest", "{sentence}" if key == "required" else ""),
        "fires": entry.get("fires", ()),
        "quiet": entry.get("quiet", ()),
    }
    _needed(place, name, entry, "suggest")
    pattern: dict[str, Any] = {"any": entry.get("any", ())}
    if not pattern["any"]:
        raise PackError(place, name, gettext_noop("names no phrase"))
    if key == "forbidden":
        why = gettext_noop("Our house does not say “%(said)s”.")
    else:
        why = gettext_noop("Our house says something here that is missing.")
        rule["judge"] = "required." + entry.get("when", "always")
    return rule | {"why": entry.get("why", why), "patterns": [pattern]}
