"""Reading, merging, writing and compiling the catalogues of a room."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

LOCALES = ("zh_Hans", "zh_Hant", "en")
PLURALS = {
    "zh_Hans": "nplurals=1; plural=0;",
    "zh_Hant": "nplurals=1; plural=0;",
    "en": "nplurals=2; plural=(n != 1);",
}
HEADER = """\
msgid ""
msgstr ""
"Language: {locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
Key = tuple[str, str]
"""Context and message."""


@dataclass(frozen=True)
class Entry:
    """One message and its translation, one string a plural form."""

    message: str
    plural: str
    context: str
    strings: tuple[str, ...]
    paths: tuple[str, ...]
    fuzzy: bool = False

    @property
    def key(self) -> Key:
        """What a catalogue looks it up by."""
        return self.context, self.message


class Unreadable(ValueError):
    """A catalogue that is no PO file; says where."""


def path_of(room: Path, locale: str) -> Path:
    """Where the catalogue of a room lies."""
    return room / "locale" / locale / "LC_MESSAGES" / "django.po"


def read(path: Path, locale: str) -> dict[Key, Entry]:
    """The entries of a catalogue; none if there is no file. Raises `Unreadable`."""
    if not path.is_file():
        return {}
    try:
        catalog = read_po(io.BytesIO(path.read_bytes()), locale=locale, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise Unreadable(f"{path}: {error}") from error
    found = {}
    for message in catalog:
        if not message.id:
            continue
        singular, plural = message.id if isinstance(message.id, (tuple, list)) else (message.id, "")
        strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        paths = tuple(location[0] for location in message.locations)
        entry = Entry(
            singular,
            plural,
            message.context or "",
            tuple(text or "" for text in strings),
            paths,
            message.fuzzy,
        )
        found[entry.key] = entry
    return found


def write(path: Path, locale: str, entries: Iterable[Entry]) -> bool:
    """Write a catalogue that depends on its entries alone; False if it was so already."""
    catalog = Catalog(locale=locale, fuzzy=False)
    for entry in entries:
        catalog.add(
            (entry.message, entry.plural) if entry.plural else entry.message,
            entry.strings if entry.plural else entry.strings[0],
            locations=[(place, 0) for place in sorted(set(entry.paths))],
            context=entry.context or None,
        )
    body = io.BytesIO()
    write_po(body, catalog, width=0, omit_header=True, sort_output=True, include_lineno=False)
    text = (
        HEADER.format(locale=locale, plurals=PLURALS[locale]) + body.getvalue().decode("utf-8").strip() + "\n"
    )
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def compile_(path: Path) -> bool:
    """Write the .mo beside a .po; False if it is newer already."""
    target = path.with_suffix(".mo")
    if target.is_file() and target.stat().st_mtime_ns > path.stat().st_mtime_ns:
        return False
    with path.open("rb") as source:
        catalog = read_po(source, locale=path.parents[1].name)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    target.write_bytes(compiled.getvalue())
    return True
