"""How a thread is named in a subject line, and how it is found again by that name.

A conversation calls itself `[#4711]`. Upper rooms plug in names of their own (a case's number) from
`AppConfig.ready`: `references.register(Reference(name="case", label=..., find=...))`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from zhiyin.conversations.rules import SUBJECT_LENGTH, one_line

_OWN = re.compile(r"\[#(\d{1,18})\]")
_REPLY = re.compile(r"^\s*(?:re|aw|sv|antw|回复|答复|回覆|答覆)\s*(?:\[\d+\])?\s*[:：]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """`label(conversation_id)` gives the name or ""; `find(subject)` gives conversation ids it names."""

    name: str
    label: Callable[[int], str]
    find: Callable[[str], Iterator[int]]


_registry: dict[str, Reference] = {}


def register(reference: Reference) -> None:
    """Add a way of naming; the last one registered under a name counts."""
    _registry[reference.name] = reference


def unregister(name: str) -> None:
    _registry.pop(name, None)


def label(conversation_id: int) -> str:
    """What the customer may quote: an upper room's name if there is one, else the conversation's own."""
    for reference in reversed(_registry.values()):
        if found := reference.label(conversation_id):
            return found
    return f"#{conversation_id}"


def find(subject: str) -> Iterator[int]:
    """Conversation ids that a subject names, likeliest first; whoever uses one checks the sender."""
    for match in _OWN.finditer(subject):
        yield int(match[1])
    for reference in reversed(_registry.values()):
        yield from reference.find(subject)


def subject_line(conversation_id: int, subject: str, *, is_answer: bool) -> str:
    """The subject of a letter that leaves: on one line, with the reference once at its end."""
    mark = f"[{label(conversation_id)}]"
    bare = one_line(subject.replace(mark, ""), SUBJECT_LENGTH)
    if not bare:
        return mark
    return f"{'Re: ' if is_answer and not _REPLY.match(bare) else ''}{bare} {mark}"
