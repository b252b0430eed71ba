"""All facts tables in a person's sight, the one last written to first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Q

from zhiyin.cases import queries as cases
from zhiyin.cases.models import Case
from zhiyin.facts.models import FactTable, Member
from zhiyin.facts.queries.tables import Sheet, sheets
from zhiyin.kit.paging import Leaf, leaf
from zhiyin.people.models import Staff

SIZE = 12
SMALL = 60
"""So many observations are analysed for a list; of larger tables the own page says what they show."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A table with what is counted of it, all within the reader's sight; `sheet` where it is small enough to analyse."""

    table: FactTable
    members: tuple[Case, ...]
    rows: int
    failures: int
    last: datetime | None
    sheet: Sheet | None


def listing(staff: Staff, *, page: int = 1) -> Leaf[Listed]:
    """One page of the tables of cases in sight; eight queries however many there are."""
    seen = cases.visible(staff)
    mine = Q(observations__removed_at__isnull=True, observations__case__in=seen)
    tables = FactTable.objects.filter(
        pk__in=Member.objects.filter(left_at__isnull=True, case__in=seen).values("table_id")
    ).annotate(
        noted=Count("observations", filter=mine),
        failures=Count("observations", filter=mine & Q(observations__failed=True)),
        last=Max("observations__entered_at", filter=mine),
    )
    shown = leaf(tables.order_by(F("last").desc(nulls_last=True), "-pk"), page=page, size=SIZE)
    small = {one.table.pk: one for one in sheets(staff, [row for row in shown.rows if row.noted <= SMALL])}
    members = _members(staff, shown.rows)
    rows = [
        Listed(row, members.get(row.pk, ()), row.noted, row.failures, row.last, small.get(row.pk))
        for row in shown.rows
    ]
    return Leaf(rows=rows, number=shown.number, has_next=shown.has_next)


def _members(staff: Staff, tables: Sequence[FactTable]) -> dict[int, tuple[Case, ...]]:
    rows = Member.objects.filter(table__in=tables, left_at__isnull=True, case__in=cases.visible(staff))
    found: dict[int, tuple[Case, ...]] = {}
    for row in rows.select_related("case__customer").order_by("joined_at", "pk"):
        found[row.table_id] = (*found.get(row.table_id, ()), row.case)
    return found
