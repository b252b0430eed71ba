"""Observations entered by staff: one, a block of them, changed, taken out and put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhiyin.facts.actions.columns import add
from zhiyin.facts.actions.grip import reach, table_for
from zhiyin.facts.models import Column, FactTable, Observation
from zhiyin.facts.rules import values, words
from zhiyin.facts.rules.blocks import Read, Wanted
from zhiyin.facts.rules.values import Value
from zhiyin.facts.rules.words import Kind
from zhiyin.kit.errors import NotFound
from zhiyin.people.models import Staff


@transaction.atomic
def observe(
    *,
    case_id: int,
    texts: Mapping[int, str],
    by: Staff,
    now: datetime,
    client_token: UUID | None = None,
) -> Observation:
    """One observation, as typed by column id. Raises what a cell cannot be read as, Empty, TooManyRows.

    A form sent again (`client_token`) gives the observation it has become.
    """
    case = reach(case_id, by)
    table = table_for(case)
    before = (
        Observation.objects.filter(client_token=client_token, case=case).first() if client_token else None
    )
    if before is not None:
        return before
    failed, cells = taken(table, texts)
    return keep(table, case.pk, failed, cells, by=by, now=now, client_token=client_token)


def taken(
    table: FactTable, texts: Mapping[int, str], *, only_asked: bool = False
) -> tuple[bool, dict[str, Value]]:
    """Whether it failed, and the cells as stored. Errors carry `c<column id>` as their field."""
    columns = table.columns.filter(removed_at__isnull=True)
    if only_asked:
        columns = columns.filter(asked=True)
    failed: Value | None = None
    cells: dict[str, Value] = {}
    for column in columns.order_by("position", "pk"):
        value = values.read(
            texts.get(column.pk, ""), kind=Kind(column.kind), unit=column.unit, field=f"c{column.pk}"
        )
        if column.is_outcome:
            if value is None:
                raise words.Empty(field=f"c{column.pk}")
            failed = value
        elif value is not None:
            cells[str(column.pk)] = value
    return bool(failed), cells


def keep(
    table: FactTable,
    case_id: int,
    failed: bool,  # noqa: FBT001 - what an observation is about
    cells: Mapping[str, Value],
    *,
    by: Staff | None,
    now: datetime,
    client_token: UUID | None = None,
) -> Observation:
    """A row of a held table, inside the caller's transaction."""
    check_room(table, 1)
    return Observation.objects.create(
        table=table,
        case_id=case_id,
        failed=failed,
        cells=dict(cells),
        entered_at=now,
        entered_by=by,
        client_token=client_token,
    )


def check_room(table: FactTable, more: int) -> None:
    """Raise TooManyRows where the table would grow beyond what it is for."""
    there = Observation.objects.filter(table=table, removed_at__isnull=True).count()
    if there + more > words.ROWS:
        raise words.TooManyRows(most=words.ROWS, found=there)


@transaction.atomic
def observe_block(
    *,
    case_id: int,
    rows: Sequence[Read],
    by: Staff,
    now: datetime,
    new_columns: Mapping[int, Wanted] | None = None,
    outcome_name: str = "",
) -> int:
    """All rows of a pasted block or file, or none. Returns how many.

    new_columns: columns the block brings along, by the stand-in (negative) ids that its cells use. outcome_name: what
    the outcome is called from now on, in a table that has no observation yet.
    """
    case = reach(case_id, by)
    table = table_for(case)
    check_room(table, len(rows))
    if outcome_name and not Observation.objects.filter(table=table).exists():
        outcome = table.columns.get(is_outcome=True)
        outcome.name, outcome.wording = outcome_name[: words.NAME], ""
        outcome.save(update_fields=["name", "wording"])
    made = {
        stand_in: add(table, name=draft.name, kind=draft.kind, unit=draft.unit).pk
        for stand_in, draft in (new_columns or {}).items()
    }
    known = set(Column.objects.filter(table=table, removed_at__isnull=True).values_list("pk", flat=True))
    Observation.objects.bulk_create(
        [
            Observation(
                table=table,
                case=case,
                failed=row.failed,
                cells={
                    str(made.get(column, column)): value
                    for column, value in row.cells.items()
                    if made.get(column, column) in known
                },
                entered_at=now,
                entered_by=by,
            )
            for row in rows
        ]
    )
    return len(rows)


@transaction.atomic
def change(
    *,
    case_id: int,
    row_id: int,
    texts: Mapping[int, str],
    by: Staff,
    now: datetime,
    version: int | None = None,
) -> Observation:
    """Correct an observation of this case; columns taken out keep what they had. Raises RowChanged."""
    row = _row(reach(case_id, by).pk, row_id)
    if version is not None and row.version != version:
        raise words.RowChanged
    failed, cells = taken(row.table, texts)
    there = {str(pk) for pk in row.table.columns.filter(removed_at__isnull=True).values_list("pk", flat=True)}
    row.failed = failed
    row.cells = {key: value for key, value in row.cells.items() if key not in there} | cells
    row.version += 1
    row.save(update_fields=["failed", "cells", "version"])
    return row


@transaction.atomic
def remove(*, case_id: int, row_id: int, by: Staff, now: datetime) -> Observation:
    """Out of the table; it can be put back."""
    row = _row(reach(case_id, by).pk, row_id)
    row.removed_at, row.removed_by = now, by
    row.save(update_fields=["removed_at", "removed_by"])
    return row


@transaction.atomic
def restore(*, case_id: int, row_id: int, by: Staff, now: datetime) -> Observation:
    """Put an observation back that was taken out. Raises TooManyRows."""
    case = reach(case_id, by)
    row = _row(case.pk, row_id, removed=True)
    check_room(table_for(case), 1)
    row.removed_at = row.removed_by = None
    row.save(update_fields=["removed_at", "removed_by"])
    return row


def _row(case_id: int, row_id: int, *, removed: bool = False) -> Observation:
    """A row of this very case in the table it writes to now: rows of other cases go by their own doors."""
    row = (
        Observation.objects.select_for_update(of=("self",))
        .select_related("table")
        .filter(pk=row_id, case_id=case_id, removed_at__isnull=not removed)
        .filter(table__members__case_id=case_id, table__members__left_at__isnull=True)
        .first()
    )
    if row is None:
        raise NotFound
    return row
