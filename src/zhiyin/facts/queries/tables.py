"""The facts table of a case: its columns, the cases that share it, and the observations this person may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from zhiyin.cases import queries as cases
from zhiyin.cases.actions.hold import allow
from zhiyin.cases.models import Case
from zhiyin.cases.queries.found import Similar
from zhiyin.cases.rules.words import Stage
from zhiyin.facts.models import Column, FactTable, Member, Observation
from zhiyin.facts.rules.blocks import Heading
from zhiyin.facts.rules.values import Value
from zhiyin.facts.rules.words import Kind
from zhiyin.kit.errors import DomainError
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


@dataclass(frozen=True, slots=True)
class Row:
    """One observation. `number` counts within what is shown; `cells` by column id; `who` is empty for the customer."""

    id: int
    number: int
    case_id: int
    case_number: str
    failed: bool
    cells: dict[int, Value]
    entered_at: datetime
    who: str
    version: int

    @property
    def by_customer(self) -> bool:
        return not self.who


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as one person sees it: only rows of cases within her sight; `hidden` counts the others."""

    table: FactTable
    columns: tuple[Column, ...]
    removed: tuple[Column, ...]
    members: tuple[Case, ...]
    rows: tuple[Row, ...]
    hidden: int

    @property
    def outcome(self) -> Column:
        return next(column for column in self.columns if column.is_outcome)

    @property
    def conditions(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.is_outcome)

    @property
    def failures(self) -> int:
        return sum(row.failed for row in self.rows)

    @property
    def headings(self) -> list[Heading]:
        """The columns as a pasted block names them."""
        return [
            Heading(column.pk, column.name, Kind(column.kind), column.unit, column.is_outcome)
            for column in self.columns
        ]


def table_of(case_id: int) -> FactTable | None:
    """The table a case writes to now."""
    member = Member.objects.select_related("table").filter(case_id=case_id, left_at__isnull=True).first()
    return member.table if member else None


def sheet(staff: Staff, case_id: int) -> Sheet | None:
    """The table of a case that `staff` may see, in a constant number of queries; None where there is none."""
    table = table_of(case_id)
    return sheets(staff, [table])[0] if table else None


def sheets(staff: Staff, tables: Sequence[FactTable]) -> list[Sheet]:
    """Tables as `staff` may see them, in their order; five queries however many they are."""
    at_table, columns, rows = defaultdict(list), defaultdict(list), defaultdict(list)
    for table_id, case_id in Member.objects.filter(table__in=tables, left_at__isnull=True).values_list(
        "table_id", "case_id"
    ):
        at_table[table_id].append(case_id)
    asked = [case_id for found in at_table.values() for case_id in found]
    seen = cases.visible(staff).filter(pk__in=asked).select_related("customer").order_by("opened_at", "pk")
    for column in Column.objects.filter(table__in=tables).order_by("position", "pk"):
        columns[column.table_id].append(column)
    there = Observation.objects.filter(table__in=tables, removed_at__isnull=True)
    for one in there.filter(case__in=list(seen)).select_related("case", "entered_by").order_by("pk"):
        rows[one.table_id].append(one)
    total = dict(there.order_by().values_list("table_id").annotate(Count("pk")))
    return [
        _sheet(table, columns[table.pk], at_table[table.pk], seen, rows[table.pk], total.get(table.pk, 0))
        for table in tables
    ]


def _sheet(
    table: FactTable,
    columns: Sequence[Column],
    members: Collection[int],
    seen: Iterable[Case],
    rows: Sequence[Observation],
    total: int,
) -> Sheet:
    mine = tuple(case for case in seen if case.pk in members)
    return Sheet(
        table=table,
        columns=tuple(column for column in columns if column.removed_at is None),
        removed=tuple(column for column in columns if column.removed_at is not None),
        members=mine,
        rows=tuple(_row(number, one) for number, one in enumerate(rows, 1)),
        hidden=total - len(rows) if len(mine) < len(members) else 0,
    )


def may_record(staff: Staff, case: Case) -> bool:
    """Whether this person can note facts down for the case now: her right, her reach, and the case not archived."""
    if case.stage == Stage.ARCHIVED:
        return False
    try:
        allow(case, staff, Deed.RECORD_FACTS)
    except DomainError:
        return False
    return True


def alike_to_gather(staff: Staff, case: Case, *, now: datetime) -> list[Similar]:
    """Cases like this one, still open, that do not share its table yet."""
    table = table_of(case.pk)
    shared = (
        set(Member.objects.filter(table=table, left_at__isnull=True).values_list("case_id", flat=True))
        if table
        else set()
    )
    return [one for one in cases.similar(case, staff, now=now) if one.id not in shared and one.is_open]


def tables_alike(staff: Staff, case: Case, *, now: datetime) -> list[Similar]:
    """Cases like this one that have a facts table, which this one could write to as well."""
    found = cases.similar(case, staff, now=now)
    having = Member.objects.filter(case_id__in=[one.id for one in found], left_at__isnull=True)
    ids = set(having.values_list("case_id", flat=True))
    return [one for one in found if one.id in ids]


def _row(number: int, one: Observation) -> Row:
    return Row(
        id=one.pk,
        number=number,
        case_id=one.case_id,
        case_number=one.case.number,
        failed=one.failed,
        cells={int(column): value for column, value in one.cells.items()},
        entered_at=one.entered_at,
        who=one.entered_by.name if one.entered_by else "",
        version=one.version,
    )
