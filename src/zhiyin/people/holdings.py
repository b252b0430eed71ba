"""What a person still holds in rooms above this one: cases, promises, conversations.

A room above registers in `AppConfig.ready`; the page that disables an account shows every line, so that
nothing is handed over silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Holding:
    """`count` things called `label` (already in the reader's language), with the page that lists them."""

    label: str
    count: int
    url: str = ""


Look = Callable[[int], Iterable[Holding]]
_looks: dict[str, Look] = {}


def register(name: str, look: Look) -> None:
    """`look(staff_id)` tells what this person holds; `name` is the room's, and registers once."""
    _looks[name] = look


def unregister(name: str) -> None:
    _looks.pop(name, None)


def of(staff_id: int) -> list[Holding]:
    """Everything this person holds, without empty lines, in the order of rooms' names."""
    return [holding for name in sorted(_looks) for holding in _looks[name](staff_id) if holding.count]
