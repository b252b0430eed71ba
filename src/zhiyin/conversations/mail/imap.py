"""The mailbox of IMAP_URL, emptied by UID: a letter is marked as seen once it is safely in the database."""

from __future__ import annotations

import base64
import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from datetime import datetime

import structlog
from django.conf import settings
from django.db import DatabaseError, connection

from zhiyin.conversations.mail.intake import receive_email

log = structlog.get_logger(__name__)
LARGEST = 48 * 1024 * 1024
MOST_AT_ONCE = 200
LOCK = 7_305_220
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


def fetch(*, now: datetime) -> int:
    """Take in what is unseen, oldest first; how many letters. 0 when not set up or already running.

    A mailbox that does not answer is a log line and another try later; letters wait there safely.
    """
    if not settings.IMAP["host"]:
        return 0
    with _alone() as is_mine:
        if not is_mine:
            return 0
        try:
            with _mailbox() as mailbox:
                return _empty(mailbox, now)
        except (imaplib.IMAP4.error, OSError, UnicodeError) as error:
            log.warning("conversations.mailbox_unavailable", kind=type(error).__name__)
            return 0


def _empty(mailbox: imaplib.IMAP4, now: datetime) -> int:
    _status, found = mailbox.uid("SEARCH", "UNSEEN")
    uids = (found[0] or b"").split()[:MOST_AT_ONCE]
    done = 0
    for uid in uids:
        number = uid.decode("ascii")
        raw, is_cut = _letter(mailbox, number)
        if raw is None:
            continue
        try:
            receive_email(raw, now, is_cut=is_cut)
        except DatabaseError:
            log.exception("conversations.letter_not_stored", uid=int(number))
            continue
        mailbox.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)")
        done += 1
    return done


def _letter(mailbox: imaplib.IMAP4, uid: str) -> tuple[bytes | None, bool]:
    """(the bytes, whether only the head was fetched); None if another program took it away meanwhile."""
    _status, sizes = mailbox.uid("FETCH", uid, "(RFC822.SIZE)")
    size = next(
        (int(found[1]) for item in sizes if isinstance(item, bytes) and (found := _SIZE.search(item))), 0
    )
    is_cut = size > LARGEST
    _status, answer = mailbox.uid("FETCH", uid, "(BODY.PEEK[HEADER])" if is_cut else "(BODY.PEEK[])")
    return next((item[1] for item in answer if isinstance(item, tuple)), None), is_cut


@contextlib.contextmanager
def _mailbox() -> Iterator[imaplib.IMAP4]:
    box = settings.IMAP
    context = ssl.create_default_context()
    if box["ssl"]:
        mailbox: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            box["host"], box["port"], ssl_context=context, timeout=box["timeout"]
        )
    else:
        mailbox = imaplib.IMAP4(box["host"], box["port"], timeout=box["timeout"])
    try:
        if box["tls"]:
            mailbox.starttls(ssl_context=context)
        mailbox.login(_quoted(box["user"]), box["password"])
        status, _answer = mailbox.select(folder(box["folder"]))
        if status != "OK":
            raise imaplib.IMAP4.error("folder")
        yield mailbox
    finally:
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            mailbox.logout()
        # `logout` leaves the socket open where the server hangs up first.
        with contextlib.suppress(OSError):
            mailbox.shutdown()


def folder(name: str) -> str:
    """A folder's name as IMAP wants it: modified UTF-7 (RFC 3501, 5.1.3), in quotes."""
    coded = re.sub(r"[^ -~]+", lambda found: f"&{_base64(found[0])}-", name.replace("&", "&-"))
    return _quoted(coded)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-16-be")).decode().rstrip("=").replace("/", ",")


@contextlib.contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else is at the mailbox. The lock is the connection's, so it ends with whoever dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
