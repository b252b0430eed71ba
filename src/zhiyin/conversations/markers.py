"""Places in an automatic message that are filled in only when it leaves: a link's key is never stored.

A marker looks like `[[choose:123]]`. Rooms above register what a word expands to. Only the house's own automatic
messages are expanded; words of customers and staff pass through `plain` before they are put into one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

SHAPE = re.compile(r"\[\[([a-z]+):([0-9]{1,18})\]\]")
OPENING = re.compile(r"\[(?=\[)")  # each of a row of brackets, or three of them would still hold two
Expand = Callable[[int], str]
_registry: dict[str, Expand] = {}


def register(word: str, expand: Expand) -> None:
    """Say what `[[word:id]]` becomes at the moment of sending."""
    _registry[word] = expand


def marker(word: str, number: int) -> str:
    return f"[[{word}:{number}]]"


def fill(text: str) -> str:
    """The text as it leaves: every known marker replaced; unknown ones vanish."""
    return SHAPE.sub(lambda found: _registry[found[1]](int(found[2])) if found[1] in _registry else "", text)


def hide(text: str, shown: str) -> str:
    """The text as screens show it: `shown` stands where a link will be."""
    return SHAPE.sub(shown, text)


def without(text: str) -> str:
    """The text where its links have no use: a line that holds one goes with it."""
    return "\n".join(line for line in text.splitlines() if not SHAPE.search(line))


def plain(text: str) -> str:
    """Somebody's own words, made safe to stand inside an automatic message."""
    return OPENING.sub("[ ", text)
