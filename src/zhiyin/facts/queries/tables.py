"""The facts table of a case: its columns, the cases that share it, and the observations this person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
    if table is None:
        return None
    members = list(Member.objects.filter(table=table, left_at__isnull=True).values_list("case_id", flat=True))
    seen = list(
        cases.visible(staff).filter(pk__in=members).select_related("customer").order_by("opened_at", "pk")
    )
    columns = list(Column.objects.filter(table=table).order_by("position", "pk"))
    there = Observation.objects.filter(table=table, removed_at__isnull=True)
    mine = there.filter(case__in=seen).select_related("case", "entered_by").order_by("pk")
    rows = tuple(_row(number, one) for number, one in enumerate(mine, 1))
    hidden = there.count() - len(rows) if len(seen) < len(members) else 0
    return Sheet(
        table=table,
        columns=tuple(column for column in columns if column.removed_at is None),
        removed=tuple(column for column in columns if column.removed_at is not None),
        members=tuple(seen),
        rows=rows,
        hidden=hidden,
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
