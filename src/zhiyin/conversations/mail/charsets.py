"""Bytes and headers as text, whatever they claim to be. Pure; nothing here raises.

Chinese mail says gb2312 and means GBK or GB 18030 (RFC 1922 knows only the first), says nothing at all, or
cuts a character in two between encoded words (RFC 2047 section 5 forbids it, programs do it).
"""

from __future__ import annotations

import binascii
from email.header import decode_header
from email.message import Message

_WIDER = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "x-big5": "big5hkscs",
    "iso-8859-1": "cp1252",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "unknown-8bit": "utf-8",
    "default": "utf-8",
}
_GUESSES = ("utf-8", "gb18030")


def decode(data: bytes, charset: str | None) -> str:
    """Text of `data`: by the charset or the wider one meant, else as UTF-8 or GB 18030, else with gaps."""
    claimed = (charset or "").strip().strip("\"'").lower()
    for name in (_WIDER.get(claimed, claimed), *_GUESSES):
        try:
            if name:
                return data.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("utf-8", "replace")


def raw_bytes(text: str) -> bytes:
    """The bytes that the parser has kept in `text`; it hides those above 127 in half characters."""
    return text.encode("utf-8", "surrogateescape") if _hides_bytes(text) else text.encode("utf-8", "replace")


def _hides_bytes(text: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in text)


def header(message: Message, name: str) -> str:
    """The first header of that name, unfolded and decoded; "" if there is none."""
    wanted = name.lower()
    found = next((value for key, value in message.raw_items() if key.lower() == wanted), None)
    return words(str(found)) if found is not None else ""


def words(value: str) -> str:
    """A header value with encoded words (RFC 2047) and raw bytes made readable, on one line."""
    if _hides_bytes(value):
        value = decode(raw_bytes(value), None)
    value = value.replace("\r", "").replace("\n", "")
    try:
        pieces = decode_header(value)
    except (ValueError, binascii.Error, LookupError):
        return " ".join(value.split())
    text = "".join(_piece(piece, charset) for piece, charset in pieces)
    return " ".join(text.split()) or " ".join(value.split())


def _piece(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    # What stands between encoded words comes back as bytes in this escape.
    return decode(piece, charset) if charset else piece.decode("raw-unicode-escape", "replace")
