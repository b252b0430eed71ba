"""What rooms above put into the archive of a case: each plugs in its part in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhiyin.cases.models import Case


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the PDF, in the reader's words."""

    title: str
    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Enclosure:
    """`content` makes plain JSON values for the archived document under `name`, or None; `tables` shows them."""

    name: str
    content: Callable[[Case], Any]
    tables: Callable[[Any], list[Table]]


_registry: dict[str, Enclosure] = {}


def register(enclosure: Enclosure) -> None:
    """Make this part of every archive from now on."""
    _registry[enclosure.name] = enclosure


def contents(case: Case) -> dict[str, Any]:
    """Everything rooms above know of the case, by name; what has nothing to say is left out."""
    found = {name: one.content(case) for name, one in sorted(_registry.items())}
    return {name: content for name, content in found.items() if content is not None}


def tables(document: Mapping[str, Any]) -> list[Table]:
    """The tables of an archived document."""
    enclosed = document.get("enclosed", {})
    return [
        table
        for name, one in sorted(_registry.items())
        if name in enclosed
        for table in one.tables(enclosed[name])
    ]
