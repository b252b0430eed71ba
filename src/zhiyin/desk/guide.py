"""The guides of docs/ as pages of the house: the same Markdown, in the reader's language, with the pictures beside it.

A line `<a id="today"></a>` before a heading names its place: it is the same in every language, and the forge that shows
the files understands it too. Other HTML is shown as the text it is.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from zhiyin.libs import hanzi

PAGES = {
    "user": "guide/user",
    "administrator": "guide/administrator",
    "measuring": "measuring",
    "contrast": "contrast",
    "coach": "coach",
}
"""The name in the address, and the file without its ending; an English one ends in `.en.md`."""

_NAMED = re.compile(r'^<a id="([a-z][a-z0-9-]*)"></a>$', re.MULTILINE)
_PNG_SIZE = struct.Struct(">8x8xII")
_CHAPTER = "h2"
_CODE = re.compile(r"(^```.*?^```|`[^`\n]+`|\]\([^)\s]+\))", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"(?<=\s)# .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a page one can jump to; `text` is what a search reads."""

    anchor: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the guide, ready to be shown."""

    name: str
    title: str
    html: SafeString
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A chapter that a search found."""

    page: str
    anchor: str
    title: str
    of: str


def pages(language: str) -> list[Page]:
    """All pages, in the order of the shelf."""
    return [page(name, language) for name in PAGES]


def page(name: str, language: str) -> Page:
    """One page; KeyError for a name there is not."""
    path = _file(name, language)
    return _rendered(name, path, language, path.stat().st_mtime_ns)


def found(query: str, language: str, *, limit: int) -> list[Hit]:
    """The chapters with every word of `query`, those that carry it in the title first."""
    words = hanzi.fold(query).split()
    hits = [
        (not all(word in hanzi.fold(chapter.title) for word in words), page.name, chapter, page.title)
        for page in pages(language)
        for chapter in page.chapters
        if words and all(word in hanzi.fold(f"{chapter.title} {chapter.text}") for word in words)
    ]
    hits.sort(key=lambda hit: hit[0])
    return [Hit(name, chapter.anchor, chapter.title, of) for _, name, chapter, of in hits[:limit]]


def _file(name: str, language: str) -> Path:
    stem = settings.DOCS_DIR / PAGES[name]
    english = stem.with_name(f"{stem.name}.en.md")
    return english if language == "en" and english.is_file() else stem.with_name(f"{stem.name}.md")


@lru_cache(maxsize=32)
def _rendered(name: str, path: Path, language: str, _changed: int) -> Page:
    source = path.read_text(encoding="utf-8")
    if language == "zh-hant":
        source = _traditional(source)
    anchors = {source.count("\n", 0, mark.start()): mark[1] for mark in _NAMED.finditer(source)}
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")
    env = {"file": path}
    tokens = parser.parse(_NAMED.sub("", source), env)
    title = _take_title(tokens)
    for index, token in enumerate(tokens):
        if "style" in token.attrs:  # a column in the middle; the policy of our pages knows no inline style
            del token.attrs["style"]
            token.attrSet("class", "mid")
        if token.type == "heading_open" and token.map:
            near = (
                anchors[line] for line in range(token.map[0] - 1, token.map[0] - 3, -1) if line in anchors
            )
            token.attrSet("id", next(near, "") or _slug(tokens[index + 1].content))
    html = mark_safe(parser.renderer.render(tokens, parser.options, env))  # noqa: S308 - html=False escapes what was typed
    return Page(name, title, html, tuple(_chapters(tokens)))


def _traditional(source: str) -> str:
    """A guide in the characters and words of the traditional pages; what one types, and where links lead, as it is."""
    parts = _CODE.split(source)
    parts[::2] = [_worded(part) for part in parts[::2]]
    parts[1::2] = [_COMMENT.sub(lambda said: _worded(said[0]), part) for part in parts[1::2]]
    return "".join(parts)


def _worded(part: str) -> str:
    part = hanzi.traditional(part)
    for word, instead in hanzi.mainland_in(part).items():
        part = part.replace(word, instead.partition("／")[0])
    return part


def _take_title(tokens: list[Token]) -> str:
    """The first heading of the file, which the page shows as its own."""
    title = tokens[1].content if tokens and tokens[0].tag == "h1" else ""
    del tokens[: 3 if title else 0]
    return title


def _chapters(tokens: Sequence[Token]) -> Iterator[Chapter]:
    starts = [i for i, token in enumerate(tokens) if token.type == "heading_open" and token.tag == _CHAPTER]
    for start, end in pairwise([*starts, len(tokens)]):
        text = " ".join(token.content for token in tokens[start + 2 : end] if token.type == "inline")
        yield Chapter(str(tokens[start].attrs["id"]), tokens[start + 1].content.replace("`", ""), text)


class _Renderer(RendererHTML):
    """Links and pictures lead to where they are in the house; wide things scroll by themselves."""

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: dict[str, Any]) -> str:
        token = tokens[idx]
        token.attrSet("alt", self.renderInlineAsText(token.children or [], options, env))
        where = PurePosixPath(str(token.attrs["src"]))
        file = env["file"].parent / where
        token.attrSet("loading", "lazy")
        if file.is_file():
            # The place is kept before the picture comes, so that a jump to a chapter lands there.
            width, height = _PNG_SIZE.unpack(file.read_bytes()[: _PNG_SIZE.size])
            token.attrs |= {"width": width, "height": height}
        token.attrSet("src", static(f"guide/{PurePosixPath(*where.parts[1:])}"))
        return self.renderToken(tokens, idx, options, env)

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: dict[str, Any]) -> str:
        token = tokens[idx]
        address = _address(str(token.attrs.pop("href")), env["file"])
        if address:
            token.attrSet("href", address)
        return self.renderToken(tokens, idx, options, env)

    def table_open(self, tokens: Sequence[Token], idx: int, options: Any, env: dict[str, Any]) -> str:
        return f'<div class="wide" tabindex="0">{self.renderToken(tokens, idx, options, env)}'

    def table_close(self, tokens: Sequence[Token], idx: int, options: Any, env: dict[str, Any]) -> str:
        return f"{self.renderToken(tokens, idx, options, env)}</div>"

    def fence(self, tokens: Sequence[Token], idx: int, options: Any, env: dict[str, Any]) -> str:
        return super().fence(tokens, idx, options, env).replace("<pre>", '<pre tabindex="0">', 1)

    def code_block(self, tokens: Sequence[Token], idx: int, options: Any, env: dict[str, Any]) -> str:
        return super().code_block(tokens, idx, options, env).replace("<pre>", '<pre tabindex="0">', 1)


def _slug(title: str) -> str:
    """The place of a heading without a name of its own, as forges make it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _address(href: str, file: Path) -> str:
    """Where a link of the files leads in the house: another page of the guide; nowhere for what only a checkout has."""
    path, mark, anchor = href.partition("#")
    if not path or "://" in path or path.startswith("mailto:"):
        return href
    stem = PurePosixPath(path).name.removesuffix(".md")
    name = stem.removesuffix(".en")
    if not path.endswith(".md") or name not in PAGES:
        return ""
    return f"{reverse('desk:help_page', args=[name])}{_tongue(stem, file)}{mark}{anchor}"


def _tongue(stem: str, file: Path) -> str:
    """A file that sends to the other language means it, whatever the reader's own is."""
    is_english = file.name.endswith(".en.md")
    if stem.endswith(".en") == is_english:
        return ""
    if is_english and not (file.parent / f"{stem}.en.md").is_file() and f"{stem}.en.md" != file.name:
        return ""  # there is but one
    return "?language=zh-hans" if is_english else "?language=en"
