"""The translations of every room: `python tools/catalogues.py extract | check | compile [room …]`.

`extract` brings the catalogues up to date with the texts in Python and templates: translations are kept,
texts that are gone are dropped, nothing is ever guessed as fuzzy. English is filled with the text itself,
traditional Chinese with a conversion of the simplified, only where there is nothing yet. `check` says file
and message of whatever is missing or wrong, and fails. `compile` writes the .mo files that are out of date.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from texts import catalogue
from texts.catalogue import LOCALES, Entry, Key, Unreadable

ROOT = Path(__file__).resolve().parents[1]


class Unheard(ValueError):
    """A room that is not there."""


def rooms(root: Path, names: list[str]) -> list[Path]:
    """The folders of the rooms named, or of all."""
    house = root / "src" / "zhiyin"
    there = {path.parent.name: path.parent for path in sorted(house.glob("*/__init__.py"))}
    missing = [name for name in names if name not in there]
    if missing:
        raise Unheard(f"no room called {', '.join(missing)} in {house}")
    return [there[name] for name in names or there]


def extract(root: Path, names: list[str]) -> int:
    """Bring the catalogues up to date."""
    for room in rooms(root, names):
        wanted = _wanted(room, root)
        known = {locale: catalogue.read(catalogue.path_of(room, locale), locale) for locale in LOCALES}
        simplified = {key: _kept(entry, known["zh_Hans"], "zh_Hans") for key, entry in wanted.items()}
        for locale in LOCALES:
            path = catalogue.path_of(room, locale)
            if not wanted:
                path.unlink(missing_ok=True)
                continue
            entries = [
                _filled(_kept(entry, known[locale], locale), simplified[key], locale)
                for key, entry in wanted.items()
            ]
            if catalogue.write(path, locale, entries):
                empty = sum(not all(entry.strings) for entry in entries)
                print(f"{path.relative_to(root)}: {len(entries)} texts, {empty} to translate")
    return 0


def _wanted(room: Path, root: Path) -> dict[Key, Entry]:
    from texts import sources

    found: dict[Key, Entry] = {}
    for text in sources.texts(room, root):
        key = (text.context, text.message)
        before = found.get(key)
        plural = text.plural or (before.plural if before else "")
        paths = (*(before.paths if before else ()), text.path)
        found[key] = Entry(text.message, plural, text.context, (), paths)
    return found


def _kept(entry: Entry, known: dict[Key, Entry], locale: str) -> Entry:
    """With the translation it has, if that is sure and has the right forms."""
    forms = 2 if entry.plural and locale == "en" else 1
    old = known.get(entry.key)
    keep = old is not None and not old.fuzzy and len(old.strings) == forms
    strings = old.strings if old is not None and keep else ("",) * forms
    return Entry(entry.message, entry.plural, entry.context, strings, entry.paths)


def _filled(entry: Entry, simplified: Entry, locale: str) -> Entry:
    """With what can be filled in where nothing is."""
    if all(entry.strings):
        return entry
    strings = entry.strings
    if locale == "en":
        strings = (entry.message, entry.plural) if entry.plural else (entry.message,)
    elif locale == "zh_Hant" and all(simplified.strings):
        from texts import script

        strings = tuple(script.traditional(string) for string in simplified.strings)
    return Entry(entry.message, entry.plural, entry.context, strings, entry.paths)


def check(root: Path, names: list[str]) -> int:
    """Say what is missing or wrong; 1 if anything is."""
    problems = [problem for room in rooms(root, names) for problem in _problems(room, root)]
    problems += _contradictions(root)
    for problem in problems:
        print(problem)
    return int(bool(problems))


def _problems(room: Path, root: Path) -> Iterator[str]:
    from texts import wording

    wanted = _wanted(room, root)
    for locale in LOCALES:
        path = catalogue.path_of(room, locale)
        shown = path.relative_to(root)
        known = catalogue.read(path, locale)
        for key, entry in wanted.items():
            if key not in known or known[key].plural != entry.plural:
                yield f"{shown}: “{entry.message}” of {entry.paths[0]} is missing; run extract"
        for key, entry in known.items():
            if key not in wanted:
                yield f"{shown}: “{entry.message}” is no longer in the source; run extract"
                continue
            if entry.fuzzy:
                yield f"{shown}: “{entry.message}” is marked fuzzy"
            for finding in wording.findings(locale, entry.message, entry.plural, entry.strings):
                yield f"{shown}: “{entry.message}” {finding}"


def _contradictions(root: Path) -> Iterator[str]:
    """Django makes one of all rooms' catalogues, so of two translations of a text one shows everywhere."""
    for locale in LOCALES:
        said: defaultdict[Key, dict[tuple[str, ...], str]] = defaultdict(dict)
        for room in rooms(root, []):
            for key, entry in catalogue.read(catalogue.path_of(room, locale), locale).items():
                if all(entry.strings):
                    said[key].setdefault(entry.strings, room.name)
        for (context, message), translations in said.items():
            if len(translations) > 1:
                both = " but ".join(f"“{' / '.join(text)}” in {room}" for text, room in translations.items())
                where = f" ({context})" if context else ""
                yield f"{locale}: “{message}”{where} is {both}; give one of them a context"


def compile_(root: Path, names: list[str]) -> int:
    """Write what is out of date."""
    for room in rooms(root, names):
        for locale in LOCALES:
            path = catalogue.path_of(room, locale)
            if path.is_file():
                catalogue.compile_(path)
    return 0


COMMANDS = {"extract": extract, "check": check, "compile": compile_}


def main(arguments: list[str] | None = None) -> int:
    """0 when all is well, 1 when the check found something, 2 when the question makes no sense."""
    from texts.sources import Untranslatable

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("rooms", nargs="*", metavar="room")
    parser.add_argument("--root", type=Path, default=ROOT, help="another checkout")
    chosen = parser.parse_args(arguments)
    try:
        return COMMANDS[chosen.command](chosen.root, chosen.rooms)
    except (Unheard, Unreadable, Untranslatable) as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
