"""Two versions of a text beside each other: what stayed, what is gone, what is new, down to the words within a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 0.45  # below this two lines have too little in common to be one line changed


@dataclass(frozen=True, slots=True)
class Part:
    """A run of characters: `state` is same, gone or new."""

    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the newer text, or one that is gone: `state` is same, gone, new or changed."""

    state: str
    parts: tuple[Part, ...]


def compare(old: str, new: str) -> list[Line]:
    """The newer text line by line, with what is gone in its place."""
    before, after = old.splitlines(), new.splitlines()
    found: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_whole("same", line) for line in after[c:d]]
        else:
            found += _replaced(before[a:b], after[c:d])
    return found


def _replaced(gone: list[str], new: list[str]) -> Iterator[Line]:
    """Lines that took each other's place, in pairs while they are alike."""
    left = list(gone)
    for line in new:
        like = next((old for old in left if _alike(old, line)), None)
        if like is None:
            yield _whole("new", line)
            continue
        while left[0] != like:
            yield _whole("gone", left.pop(0))
        left.pop(0)
        yield Line("changed", tuple(_within(like, line)))
    for line in left:
        yield _whole("gone", line)


def _alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= ALIKE


def _within(old: str, new: str) -> Iterator[Part]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Part(new[c:d], "same")
            continue
        if b > a:
            yield Part(old[a:b], "gone")
        if d > c:
            yield Part(new[c:d], "new")


def _whole(state: str, text: str) -> Line:
    return Line(state, (Part(text, "same" if state == "same" else state),))
