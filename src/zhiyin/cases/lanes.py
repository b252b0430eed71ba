"""Columns of the board that rooms above plug in, with what falls due in them: registered in `AppConfig.ready`.

A case that such a lane holds hangs there, and not in the column of its step: what an authority waits for is
looked at before anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from zhiyin.cases.models import Case
from zhiyin.people.models import Staff

Ids = QuerySet[Any, Any]
Refs = QuerySet[Any, Any]  # rows of case_ref, promise_ref, what, at: see `queries.due.ref`


@dataclass(frozen=True, slots=True)
class Lane:
    """One column of a room above.

    `held` gives the ids of the cases that hang in it; `nearest` what falls due first for the case of
    `OuterRef("pk")`, a query of one column; `due` what waits for somebody, from the cases in her own care and
    from all she sees.
    """

    name: str
    label: Any
    held: Callable[[], Ids]
    nearest: Callable[[], Ids]
    due: Callable[[Staff, QuerySet[Case], QuerySet[Case]], Iterable[Refs]]


_lanes: dict[str, Lane] = {}


def register(lane: Lane) -> None:
    """Add a column; the same name registers once."""
    _lanes.setdefault(lane.name, lane)


def all_lanes() -> list[Lane]:
    """Every lane, in the order they were plugged in."""
    return list(_lanes.values())


def named(name: str) -> Lane | None:
    return _lanes.get(name)
