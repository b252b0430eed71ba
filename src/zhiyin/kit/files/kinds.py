"""What a file is, by its content; what is taken, what may be shown in the page, and what a name may be. Pure.

The sender's claim and the ending of the name decide nothing but between kinds of text, and between the old Office
formats, which look alike from outside.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
import zipfile
from typing import BinaryIO

import filetype

from zhiyin.kit.errors import Invalid, gettext_noop

HEAD_BYTES = 8192
LONGEST_NAME = 180

ENDINGS: dict[str, tuple[str, ...]] = {
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "image/heic": ("heic", "heif"),
    "application/pdf": ("pdf",),
    "application/msword": ("doc", "wps", "dot"),
    "application/vnd.ms-excel": ("xls", "et"),
    "application/vnd.ms-powerpoint": ("ppt", "dps", "pps"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx", "docm"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx", "xlsm"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx", "pptm", "ppsx"),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "application/vnd.oasis.opendocument.presentation": ("odp",),
    "text/plain": ("txt", "log", "md"),
    "text/csv": ("csv", "tsv"),
    "text/html": ("html", "htm", "xhtml"),
    "image/svg+xml": ("svg",),
    "message/rfc822": ("eml",),
    "audio/mpeg": ("mp3",),
    "audio/mp4": ("m4a",),
    "audio/x-wav": ("wav",),
    "audio/amr": ("amr",),
    "video/mp4": ("mp4", "m4v"),
    "video/quicktime": ("mov", "qt"),
}
"""Every kind that is taken, with the endings its name may have; the first is added where there is none of them."""

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/heic"}) | frozenset(
    kind for kind in ENDINGS if kind.startswith(("audio/", "video/"))
)
"""What a browser may show where it stands; nothing here can carry a script."""

DISGUISED = frozenset({"text/html", "image/svg+xml", "message/rfc822"})
"""What a browser must not even recognise."""

SAME = {"image/apng": "image/png", "video/x-m4v": "video/mp4", "audio/wav": "audio/x-wav"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_OFFICE = ("application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint")
ZIP = b"PK\x03\x04"
OPEN_XML = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
BRANDS = {b"qt  ": "video/quicktime", b"M4A ": "audio/mp4", b"M4B ": "audio/mp4"} | dict.fromkeys(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"), "image/heic"
)
MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|script|iframe|img|style|meta|link|a\s)", re.IGNORECASE
)
SVG = re.compile(r"<(?:[a-z]+:)?svg[\s>]", re.IGNORECASE)
LETTER = re.compile(r"\A(?:[A-Za-z][A-Za-z-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2}")
NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class TooLarge(Invalid):
    code = "file.too_large"
    message = gettext_noop(
        "“%(name)s” is larger than %(most)s MB. A smaller picture or a part of it goes through."
    )


class Empty(Invalid):
    code = "file.empty"
    message = gettext_noop("“%(name)s” has nothing in it. Choose the file once more.")


class Gone(Invalid):
    code = "file.gone"
    message = gettext_noop("A file that was kept for this form is no longer there. Choose it once more.")


class WrongKind(Invalid):
    code = "file.wrong_kind"
    message = gettext_noop(
        "“%(name)s” is of a kind we do not take. Photos, PDF, Office documents, texts, sound and video go through."
    )


def kind_of(content: BinaryIO, name: str) -> str | None:
    """The media type by content, None if it is none of those taken. Leaves `content` at its beginning."""
    content.seek(0)
    head = content.read(HEAD_BYTES)
    if head[4:8] == b"ftyp":
        found: str | None = BRANDS.get(head[8:12], "video/mp4")
    elif head.startswith(ZIP):
        found = _zipped(content)
    elif head.startswith(OLE):
        ending = _ending(name)
        found = next((kind for kind in OLD_OFFICE if ending in ENDINGS[kind]), None)
    else:
        guessed = filetype.guess_mime(head)
        found = SAME.get(guessed, guessed) if guessed else _written(head, name)
    content.seek(0)
    return found if found in ENDINGS else None


def clean_name(name: str, kind: str) -> str:
    """A name to show and to save under: no folders, nothing invisible, an ending that tells the truth."""
    base = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    seen = "".join(" " if character.isspace() else character for character in base)
    shown = "".join(character for character in seen if unicodedata.category(character)[0] != "C")
    stem = " ".join(shown.split()).strip(". ") or "file"
    ending = _ending(stem)
    if ending in ENDINGS[kind]:
        stem = stem[: -len(ending) - 1]
    else:
        ending = ENDINGS[kind][0]
    return f"{stem[: LONGEST_NAME - len(ending) - 1] or 'file'}.{ending}"


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _zipped(content: BinaryIO) -> str | None:
    """Office documents are archives; their table of contents tells which. Nothing is unpacked but a short line."""
    try:
        with zipfile.ZipFile(content) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                return next(
                    (kind for part, kind in OPEN_XML.items() if any(n.startswith(part) for n in names)), None
                )
            if names[:1] == ["mimetype"]:
                return archive.open("mimetype").read(100).decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return None
    return None


def _written(head: bytes, name: str) -> str | None:
    ending = _ending(name)
    text = _decoded(head)
    if ending == "eml" and b"\x00" not in head and (text is None or LETTER.match(text.replace("\r\n", "\n"))):
        return "message/rfc822"
    if text is None or NOT_TEXT.search(text):
        return None
    if SVG.search(text):
        return "image/svg+xml"
    if MARKUP.search(text) or ending in ENDINGS["text/html"]:
        return "text/html"
    return "text/csv" if ending in ENDINGS["text/csv"] else "text/plain"


def _decoded(head: bytes) -> str | None:
    """The beginning as text in an encoding that people here write in; it may end inside a character."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030", "big5")
    for encoding in encodings:
        try:
            return codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
    return None
