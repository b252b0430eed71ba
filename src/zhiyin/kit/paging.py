"""One page of a list, read with a single query: one row more than it shows says whether there is another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row")
Read = TypeVar("Read", bound=Model)


@dataclass(frozen=True, slots=True)
class Leaf(Generic[Row]):
    """The rows of page `number`, counted from one, and whether more follow; what the pager of a list asks for."""

    rows: list[Row]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_next or self.has_previous

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


def leaf(rows: QuerySet[Read, Any], *, page: int, size: int) -> Leaf[Read]:
    """Page `page` of `rows`, which are in order; one query."""
    number = max(1, page)
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return Leaf(rows=found[:size], number=number, has_next=len(found) > size)
