"""What all pages about facts have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiyin.cases import queries as cases
from zhiyin.facts import queries as facts
from zhiyin.facts.rules.words import Kind, NoTable
from zhiyin.kit.errors import DomainError, Invalid
from zhiyin.kit.language import describe
from zhiyin.people import doors

if TYPE_CHECKING:
    from zhiyin.facts.queries import Sheet

SUGGESTED = 12


@dataclass(frozen=True, slots=True)
class Desk:
    """A case, its table as this person sees it, and whether she may write."""

    staff: Any
    case: Any
    sheet: Sheet | None
    may_write: bool

    @property
    def table(self) -> Sheet:
        """The sheet where there must be one. Raises NoTable."""
        if self.sheet is None:
            raise NoTable
        return self.sheet

    @property
    def context(self) -> dict[str, Any]:
        return {
            "case": self.case,
            "sheet": self.sheet,
            "may_write": self.may_write,
            "shared": self.sheet is not None and len(self.sheet.members) + bool(self.sheet.hidden) > 1,
        }


def open_desk(request: HttpRequest, number: str) -> Desk:
    """Raises NotFound unless the case may be seen."""
    staff = doors.me(request)
    case = cases.get(staff, number)
    return Desk(staff, case, facts.sheet(staff, case.pk), facts.may_record(staff, case))


def seen_values(sheet: Sheet) -> dict[int, list[str]]:
    """For text columns, what can be picked: the column's answers, then what was entered before."""
    found = {}
    for column in sheet.conditions:
        if column.kind in {Kind.CATEGORY, Kind.PLACE}:
            entered = [str(row.cells[column.pk]) for row in sheet.rows if column.pk in row.cells]
            found[column.pk] = list(dict.fromkeys([*column.options, *entered]))[:SUGGESTED]
    return found


def complain(form: Any, error: DomainError) -> None:
    """Put the sentence where it belongs."""
    field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
    form.add_error(field, describe(error))


def back(number: str, fragment: str = "") -> HttpResponse:
    answer = redirect("desk:facts", number=number)
    answer["Location"] += fragment
    return answer


def reverse_row(name: str, desk: Desk, row: int) -> str:
    return reverse(name, kwargs={"number": desk.case.number, "row": row})
