"""Finding the texts in a room: Python through Babel, Django templates through Django's own lexer, packs as TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
SKIPPED = {"tests", "migrations", "locale", "static"}
TEMPLATES = {".html", ".txt"}
PACKS = "packs"
"""In folders of this name, TOML files carry sentences for people under `why`."""

_QUOTED = r"""(?:"[^"]*"|'[^']*')"""
_INLINE = re.compile(rf"\s*trans(?:late)?\s+({_QUOTED})")
_BLOCK = re.compile(r"\s*blocktrans(?:late)?(?:\s|$)")
_END_BLOCK = re.compile(r"\s*endblocktrans(?:late)?\s*$")
_CONTEXT = re.compile(rf"\scontext\s+({_QUOTED})")
_CONSTANT = re.compile(rf"(?<![\w.])_\(\s*({_QUOTED})\s*\)")


@dataclass(frozen=True, order=True)
class Text:
    """A text to translate and the file it stands in, relative to the root."""

    message: str
    plural: str
    context: str
    path: str


class Untranslatable(ValueError):
    """A template block that cannot be read; says where."""


def texts(room: Path, root: Path) -> list[Text]:
    """Every text of a room, in order, each once a file."""
    found: set[Text] = set()
    for path in sorted(room.rglob("*")):
        inside = path.relative_to(room)
        if SKIPPED & set(inside.parts) or not path.is_file():
            continue
        if path.suffix == ".py":
            found |= set(_python(path, path.relative_to(root).as_posix()))
        elif path.suffix in TEMPLATES and "templates" in inside.parts:
            found |= set(template(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()))
        elif path.suffix == ".toml" and PACKS in inside.parts:
            name = path.relative_to(root).as_posix()
            found |= {Text(why, "", "", name) for why in _whys(tomllib.loads(path.read_text("utf-8")))}
    return sorted(found)


def _whys(node: Any) -> Iterator[str]:
    """Every sentence under `why`, at any depth."""
    for key, value in node.items() if isinstance(node, dict) else ((None, each) for each in node):
        if key == "why" and isinstance(value, str) and value:
            yield value
        elif isinstance(value, dict | list):
            yield from _whys(value)


def _python(path: Path, name: str) -> Iterator[Text]:
    with path.open("rb") as source:
        for _line, messages, _comments, context in extract("python", source, keywords=KEYWORDS):
            message, plural = messages if isinstance(messages, tuple) else (messages, "")
            if message:
                yield Text(message, plural, context or "", name)


def template(source: str, name: str) -> Iterator[Text]:
    """The texts of one template: translate, blocktranslate, and `_("…")` in any tag or variable."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        content = token.contents
        if token.token_type == TokenType.BLOCK and content.split(maxsplit=1)[:1] == ["comment"]:
            _skip(tokens)
        elif token.token_type == TokenType.BLOCK and _BLOCK.match(content):
            yield from _constants(content, name)
            yield _block(token, tokens, name)
        elif token.token_type in {TokenType.BLOCK, TokenType.VAR}:
            inline = _INLINE.match(content) if token.token_type == TokenType.BLOCK else None
            if inline:
                yield Text(_literal(inline[1]), "", _context(content), name)
            yield from _constants(content, name)


def _skip(tokens: Iterator[Token]) -> None:
    for token in tokens:
        if token.token_type == TokenType.BLOCK and token.contents.strip() == "endcomment":
            return


def _block(opening: Token, tokens: Iterator[Token], name: str) -> Text:
    forms = [""]
    for token in tokens:
        if token.token_type == TokenType.TEXT:
            forms[-1] += token.contents.replace("%", "%%")
        elif token.token_type == TokenType.VAR:
            forms[-1] += f"%({token.contents.strip()})s"
        elif token.token_type == TokenType.BLOCK and token.contents.strip() == "plural":
            forms.append("")
        elif token.token_type == TokenType.BLOCK and _END_BLOCK.match(token.contents):
            break
        elif token.token_type == TokenType.BLOCK:
            raise Untranslatable(
                f"{name}:{token.lineno}: “{token.contents}” cannot stand inside blocktranslate"
            )
    else:
        raise Untranslatable(f"{name}:{opening.lineno}: blocktranslate is never closed")
    if "trimmed" in opening.contents.split():
        forms = [trim_whitespace(form) for form in forms]
    return Text(forms[0], forms[1] if forms[1:] else "", _context(opening.contents), name)


def _constants(content: str, name: str) -> Iterator[Text]:
    for quoted in _CONSTANT.findall(content):
        yield Text(_literal(quoted), "", "", name)


def _context(content: str) -> str:
    match = _CONTEXT.search(content)
    return match[1][1:-1] if match else ""


def _literal(quoted: str) -> str:
    # Django doubles percent signs before it looks a template's literal up.
    return quoted[1:-1].replace("%", "%%")
