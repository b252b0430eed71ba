"""Turns as JSON Lines: checked as a whole, then read again line by line.

Nothing is half printed and nothing is held in memory: a first pass over the file checks every line, a second reads and
writes. Standard input is kept in a temporary file for that (in memory while small).
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from zhiyin.cli.coach.errors import BadRow, NoFile
from zhiyin.cli.language import gettext
from zhiyin.cli.screen import warn
from zhiyin.kit.errors import gettext_noop
from zhiyin.libs.coach.readings import Role, Turn

STDIN = Path("-")
IN_MEMORY = 8 * 2**20
MOST_SHOWN = 50
ROLES = ("agent", "customer")
PREFIXES = {
    "客户": Role.CUSTOMER,
    "客戶": Role.CUSTOMER,
    "顾客": Role.CUSTOMER,
    "customer": Role.CUSTOMER,
    "客服": Role.AGENT,
    "坐席": Role.AGENT,
    "agent": Role.AGENT,
}
NAME = 12
KEPT, KEPT_LENGTH = 512, 2000


@dataclass(frozen=True, slots=True)
class Row:
    """One turn of a file."""

    id: str | int
    role: Role
    text: str
    context: tuple[Turn, ...]
    record: dict[str, Any]


@contextmanager
def opened(file: Path) -> Iterator[IO[bytes]]:
    """The file, or standard input, to be read twice. Raises NoFile."""
    if file == STDIN:
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as kept:
            while block := sys.stdin.buffer.read(2**16):
                kept.write(block)
            kept.seek(0)
            yield kept
        return
    try:
        stream = file.open("rb")
    except OSError as error:
        raise NoFile(file=file) from error
    with stream:
        if not stream.seekable():  # a pipe under a name
            with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as kept:
                while block := stream.read(2**16):
                    kept.write(block)
                kept.seek(0)
                yield kept
            return
        yield stream


def rows(stream: IO[bytes]) -> Iterator[tuple[int, Row]]:
    """Every turn with its line; blank lines are passed over. Raises BadRow (line in `data`) for an unusable line."""
    stream.seek(0)
    for line, raw in enumerate(stream, 1):
        if raw.strip():
            yield line, row(raw if line > 1 else raw.removeprefix(b"\xef\xbb\xbf"))


def sound(stream: IO[bytes]) -> bool:
    """Whether every line can be used; those that cannot are named on standard error with their reasons."""
    wrong = 0
    stream.seek(0)
    for line, raw in enumerate(stream, 1):
        if not raw.strip():
            continue
        try:
            row(raw if line > 1 else raw.removeprefix(b"\xef\xbb\xbf"))
        except BadRow as error:
            wrong += 1
            if wrong <= MOST_SHOWN:
                warn(gettext("Line %(line)s: %(reason)s") % {"line": line, "reason": told(error)})
    if wrong > MOST_SHOWN:
        warn(gettext("and %(count)s more") % {"count": wrong - MOST_SHOWN})
    return not wrong


def told(error: BadRow) -> str:
    """The reason in the terminal's language."""
    return gettext(error.message) % error.data if error.data else gettext(error.message)


def row(raw: bytes) -> Row:
    """One line as a turn. Raises BadRow."""
    record = loaded(raw)
    name = record.get("id")
    if not isinstance(name, str | int) or isinstance(name, bool) or name == "":
        raise BadRow(gettext_noop("id is missing"))
    if record.get("role") not in ROLES:
        raise BadRow(gettext_noop("role must be agent or customer"))
    text, context = record.get("text"), record.get("context")
    if not isinstance(text, str):
        raise BadRow(gettext_noop("text is missing or no text"))
    if context is not None and not isinstance(context, list):
        raise BadRow(gettext_noop("context must be a list of earlier turns"))
    return Row(name, Role(record["role"]), text, tuple(map(earlier, context or ())), record)


def loaded(raw: bytes) -> dict[str, Any]:
    """One line as a JSON object that can be written again. Raises BadRow."""
    try:
        record = json.loads(raw.decode())
        if b"\\u" in raw:  # \ud800 alone is JSON, but no text that could be written again
            json.dumps(record, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise BadRow(gettext_noop("is not UTF-8 at byte %(byte)s"), byte=error.start + 1) from error
    except UnicodeEncodeError as error:
        raise BadRow(gettext_noop("holds half a character (a lone surrogate)")) from error
    except json.JSONDecodeError as error:
        raise BadRow(gettext_noop("is no JSON: column %(column)s"), column=error.colno) from error
    except RecursionError as error:
        raise BadRow(gettext_noop("is nested too deeply")) from error
    except ValueError as error:
        raise BadRow(gettext_noop("is no JSON")) from error
    if not isinstance(record, dict):
        raise BadRow(gettext_noop("is no JSON object"))
    return record


def earlier(said: Any) -> Turn:
    """A turn of the context: 客户： or 客服： and its text. Raises BadRow."""
    return _turn(said) if isinstance(said, str) and len(said) <= KEPT_LENGTH else _turn.__wrapped__(said)


@lru_cache(KEPT)
def _turn(said: Any) -> Turn:
    """A turn is in the context of every turn that follows it."""
    if isinstance(said, str):
        head, colon, _rest = said[:NAME].replace("：", ":").partition(":")
        role = PREFIXES.get(head.strip().casefold())
        if colon and role:
            return Turn(role, said[len(head) + 1 :].removeprefix(" "))
    raise BadRow(
        gettext_noop("context: “%(said)s” does not begin with 客户： or 客服："), said=str(said)[:NAME]
    )
