"""Labelled turns: our own corpus, and an organisation's in the same form.

Single turns are JSON Lines: `id`, `role`, `text`, `context` (earlier turns, oldest first, each prefixed 客户: or
客服:) and labels. Whole dialogues are text, one message a line (see `dialogues`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from zhiyin.libs.coach import dialogues
from zhiyin.libs.coach.readings import Role, Turn

_PREFIXES = {"客户": Role.CUSTOMER, "客服": Role.AGENT, "customer": Role.CUSTOMER, "agent": Role.AGENT}


def shipped(name: str) -> Traversable:
    """A file of the corpus that comes with the coach: `customer` or `agent`."""
    return resources.files("zhiyin.libs.coach").joinpath(f"corpus/{name}.jsonl")


def shipped_dialogues() -> list[Traversable]:
    """The dialogues that come with the coach, in order of their names."""
    folder = resources.files("zhiyin.libs.coach").joinpath("corpus/dialogues")
    return sorted(folder.iterdir(), key=lambda place: place.name)


def of(role: Role) -> Iterator[dict[str, Any]]:
    """Every shipped record of one side: single turns, then those of the dialogues."""
    for place in (shipped(role.value), *shipped_dialogues()):
        yield from (record for record in records(place) if record.get("role", role) == role)


def records(place: Path | Traversable) -> Iterator[dict[str, Any]]:
    """The records of a file. Raises ValueError with the line where one is no record."""
    if place.name.endswith(".txt"):
        yield from dialogues.records(place)
        return
    with place.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"{place.name}, line {number}: {error}") from error
            text = record.get("text") if isinstance(record, dict) else None
            if not isinstance(text, str):
                raise ValueError(f"{place.name}, line {number}: a record needs a text")  # noqa: TRY004
            yield record


def context_of(record: Mapping[str, Any]) -> tuple[Turn, ...]:
    """The turns before a record's own. Raises ValueError where one says not whose it is."""
    return tuple(turns(record.get("context") or ()))


def turns(lines: Iterable[str]) -> Iterator[Turn]:
    """Turns written "客户:…" or "客服:…"."""
    for line in lines:
        prefix, colon, text = (
            line.replace("：", ":", 1).partition(":") if ":" not in line[:9] else line.partition(":")
        )
        role = _PREFIXES.get(prefix.strip().lower())
        if not colon or role is None:
            raise ValueError(f"{line[:20]!r} says not whose turn it is")
        yield Turn(role, text)
