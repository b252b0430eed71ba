"""A letter as it comes over the wire (RFC 5322, MIME), as plain values. Pure; nothing here raises.

Automatic letters: RFC 3834 (Auto-Submitted), RFC 2076 (Precedence), RFC 3464 (delivery reports).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses

from zhiyin.conversations.mail import html
from zhiyin.conversations.mail.charsets import decode, header, raw_bytes, words

LONGEST_ID = 300
DEEPEST = 40
UNREADABLE = (
    MessageError,
    RecursionError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    AssertionError,
)
"""What the standard parser is known to raise on damaged letters."""
MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,298}>")
_ADDRESS = re.compile(r"[^@\s<>,;\"()\x00-\x1f\x7f]{1,64}@[^@\s<>,;\"()\x00-\x1f\x7f]{1,190}")
_DAEMON = re.compile(r"^(?:mailer-daemon|mail-daemon|double-bounce)@")
_MACHINE_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Failed-Recipients", "List-Id")
_BULK = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
_STATUS = re.compile(r"^Status:\s*([245]\.\d+\.\d+)", re.IGNORECASE | re.MULTILINE)
_ACTION = re.compile(r"^Action:\s*(\w+)", re.IGNORECASE | re.MULTILINE)
_DIAGNOSTIC = re.compile(r"^Diagnostic-Code:\s*(.+(?:\n[ \t].+)*)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """A file in the letter; `content_type` is only what the sender claims."""

    name: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """A delivery report: whether it is final, what it says, and every message id it mentions."""

    is_final: bool
    words: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    message_id: str
    sender: str  # the address, lower case; "" if unreadable
    name: str
    subject: str
    text: str
    earlier: tuple[str, ...] = ()  # message ids it answers, nearest first
    is_automatic: bool = False
    report: Report | None = None
    files: tuple[Part, ...] = ()
    is_damaged: bool = False


@dataclass(slots=True)
class _Found:
    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)
    reported: list[str] = field(default_factory=list)
    is_whole: bool = True


def read(raw: bytes) -> Letter:
    """The letter; `is_damaged` where some of it could not be made out and the original should be kept."""
    try:
        return _read(raw)
    except UNREADABLE:
        return _wreck(raw)


def _read(raw: bytes) -> Letter:
    message = message_from_bytes(raw, policy=compat32)
    found = _Found()
    _walk(message, found, depth=0)
    name, sender = _sender(message)
    return Letter(
        message_id=_message_id(message, raw),
        sender=sender,
        name=name,
        subject=header(message, "Subject"),
        text=_text(found),
        earlier=_earlier(message),
        is_automatic=_is_automatic(message, sender),
        report=_report(message, sender, found),
        files=tuple(found.files),
        is_damaged=not sender or not found.is_whole or not raw.strip(),
    )


def _wreck(raw: bytes) -> Letter:
    """A letter that cannot be taken apart: who it claims to be from, and nothing else."""
    head = decode(raw[:20_000], None)
    claimed = re.search(r"^From:[^\n]*?([\w.+-]{1,64}@[\w.-]{1,190})", head, re.MULTILINE | re.IGNORECASE)
    sender = claimed[1].lower() if claimed else ""
    digest = f"<{hashlib.sha256(raw).hexdigest()}@unreadable>"
    return Letter(digest, sender, "", "", "", is_automatic=True, is_damaged=True)


def _walk(message: Message, found: _Found, *, depth: int) -> None:
    if depth > DEEPEST:
        found.is_whole = False
        return
    found.is_whole = found.is_whole and not message.defects
    kind = message.get_content_type()
    if kind in {"message/delivery-status", "text/rfc822-headers"}:
        found.reported.append(_as_text(message))
    elif kind == "message/rfc822" and depth:
        found.files.append(Part(_file_name(message) or "message.eml", kind, _enclosed(message)))
        found.reported.append(decode(_enclosed(message)[:50_000], None))
    elif message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                _walk(part, found, depth=depth + 1)
    else:
        _leaf(message, found, kind)


def _leaf(message: Message, found: _Found, kind: str) -> None:
    body = message.get_payload(decode=True)
    content = body if isinstance(body, bytes) else raw_bytes(str(message.get_payload()))
    name = _file_name(message)
    disposition = (message.get_content_disposition() or "").lower()
    if kind in {"text/plain", "text/html"} and disposition != "attachment" and not name:
        # `get_content_charset` gives up on damaged parameters; the guess takes over.
        text = decode(content, message.get_content_charset())
        (found.plain if kind == "text/plain" else found.html).append(text)
    elif kind.startswith("multipart/"):
        found.is_whole = False
        found.plain.append(decode(content, None))
    elif content:
        found.files.append(Part(name or f"part{len(found.files) + 1}", kind, content))


def _text(found: _Found) -> str:
    plain = "\n\n".join(text.strip() for text in found.plain if text.strip())
    return plain or "\n\n".join(html.to_text(page) for page in found.html).strip()


def _file_name(message: Message) -> str:
    try:
        name = message.get_filename()
    except (ValueError, LookupError, TypeError):
        return "file"
    return words(str(name)) if name else ""


def _enclosed(message: Message) -> bytes:
    inner = message.get_payload()
    if isinstance(inner, list) and inner and isinstance(inner[0], Message):
        return inner[0].as_bytes(policy=compat32)
    return raw_bytes(str(inner or ""))


def _as_text(message: Message) -> str:
    payload = message.get_payload()
    if isinstance(payload, list):
        return "\n".join(decode(raw_bytes(str(part)), None) for part in payload)
    body = message.get_payload(decode=True)
    return decode(body, message.get_content_charset()) if isinstance(body, bytes) else str(payload)


def _sender(message: Message) -> tuple[str, str]:
    """(name, address) of From. Reply-To counts only where From names nobody: it must not redirect answers."""
    for field_name in ("From", "Sender", "Reply-To"):
        raw = next(
            (str(value) for key, value in message.raw_items() if key.lower() == field_name.lower()), ""
        )
        text = decode(raw_bytes(raw), None) if raw else ""
        for name, address in getaddresses([text.replace("\r", "").replace("\n", "")]):
            if _ADDRESS.fullmatch(address):
                return words(name), address.lower()
    return "", ""


def _message_id(message: Message, raw: bytes) -> str:
    claimed = MESSAGE_ID.search(header(message, "Message-ID"))
    if claimed:
        return claimed[0]
    return f"<{hashlib.sha256(raw).hexdigest()}@unnamed>"


def _earlier(message: Message) -> tuple[str, ...]:
    answered = MESSAGE_ID.findall(header(message, "In-Reply-To"))
    before = MESSAGE_ID.findall(header(message, "References"))
    return tuple(dict.fromkeys([*answered, *reversed(before)]))[:50]


def _is_automatic(message: Message, sender: str) -> bool:
    submitted = header(message, "Auto-Submitted").split(";")[0].strip().lower()
    return bool(
        submitted not in {"", "no"}
        or header(message, "Precedence").strip().lower() in _BULK
        or any(header(message, name) for name in _MACHINE_HEADERS)
        or header(message, "Return-Path").strip() == "<>"
        or message.get_content_type() == "multipart/report"
        or _DAEMON.match(sender)
    )


def _report(message: Message, sender: str, found: _Found) -> Report | None:
    """The delivery report in the letter; programs that send none in due form are read by their text."""
    kind = str(message.get_param("report-type") or "").lower()
    is_report = message.get_content_type() == "multipart/report" and kind in {"delivery-status", ""}
    if not is_report and not (_DAEMON.match(sender) or header(message, "X-Failed-Recipients")):
        return None
    said = "\n".join(found.reported)
    everything = "\n".join([said, *found.plain])
    action, status = _ACTION.search(said), _STATUS.search(said)
    final = action[1].lower() == "failed" if action else (status[1][0] == "5" if status else True)
    diagnostic = _DIAGNOSTIC.search(said)
    return Report(
        is_final=final,
        words=" ".join((diagnostic[1] if diagnostic else status[1] if status else "").split()),
        about=tuple(dict.fromkeys([*MESSAGE_ID.findall(everything), *_earlier(message)]))[:50],
    )
