"""Cases with the same puzzle share one table: gathering them, and letting one go its own way again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhiyin.cases.actions.hold import record
from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import EventKind
from zhiyin.facts.actions.columns import add
from zhiyin.facts.actions.grip import reach, table_for
from zhiyin.facts.actions.rows import check_room
from zhiyin.facts.actions.tables import create
from zhiyin.facts.models import Column, FactTable, Member, Observation
from zhiyin.facts.rules import words
from zhiyin.facts.rules.words import Kind
from zhiyin.people.models import Staff


@transaction.atomic
def gather(*, case_id: int, other_id: int, by: Staff, now: datetime) -> FactTable:
    """Another case joins this one's table, with its columns and observations if it has a table of its own.

    Each row keeps its case. Raises Together, TooManyColumns, TooManyRows, and what keeps `by` from either case.
    """
    held = {
        pk: reach(pk, by) for pk in sorted({case_id, other_id})
    }  # in one order, or two gatherings could wait for each other
    case, other = held[case_id], held[other_id]
    own = Member.objects.filter(case=case, left_at__isnull=True).first()
    before = Member.objects.filter(case=other, left_at__isnull=True).first()
    if own is not None and (case_id == other_id or (before is not None and before.table_id == own.table_id)):
        raise words.Together
    if own is None:
        raise words.NoTable
    ids = {own.table_id, before.table_id if before is not None else own.table_id}
    tables = {
        table.pk: table for table in FactTable.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    table = tables[own.table_id]
    if before is not None:
        end(before, by=by, now=now)
        _move(other, tables[before.table_id], table)
    Member.objects.create(table=table, case=other, joined_at=now, joined_by=by)
    for one, with_ in ((case, other), (other, case)):
        record(one, EventKind.FACTS, now=now, by=by, other=with_)
    return table


@transaction.atomic
def leave(*, case_id: int, by: Staff, now: datetime) -> FactTable:
    """The case goes on with a table of its own: the same columns, its own observations. Raises Alone."""
    case = reach(case_id, by)
    table = table_for(case)
    others = Member.objects.filter(table=table, left_at__isnull=True).exclude(case=case)
    if not others.exists():
        raise words.Alone
    end(Member.objects.get(case=case, left_at__isnull=True), by=by, now=now)
    own = create(case, name=table.name, by=by, now=now)
    own.request = table.request
    own.save(update_fields=["request"])
    _move(case, table, own)
    record(case, EventKind.FACTS, now=now, by=by, text=own.name)
    return own


def end(member: Member, *, by: Staff, now: datetime) -> None:
    """The case does not write to this table any more."""
    member.left_at, member.left_by = now, by
    member.save(update_fields=["left_at", "left_by"])


def _move(case: Case, origin: FactTable, to: FactTable) -> None:
    """The observations of a case into another table: columns meet by name and kind, missing ones are added."""
    rows = list(Observation.objects.select_for_update().filter(table=origin, case=case).order_by("pk"))
    check_room(to, sum(row.removed_at is None for row in rows))
    match = {str(old.pk): str(_meet(old, to).pk) for old in origin.columns.order_by("position", "pk")}
    for row in rows:
        row.table = to
        row.cells = {match[key]: value for key, value in row.cells.items() if key in match}
    Observation.objects.bulk_update(rows, ["table", "cells"])


def _meet(old: Column, to: FactTable) -> Column:
    """The column of `to` that means the same as `old`; the outcome meets the outcome whatever it is called."""
    if old.is_outcome:
        found = to.columns.filter(is_outcome=True).first()
        return found or _copy(old, to)
    same = to.columns.filter(name__iexact=old.name, kind=old.kind, unit=old.unit, is_outcome=False)
    found = same.order_by("removed_at", "pk").first()
    if found is not None:
        return found
    if old.removed_at is not None or not to.columns.exists():
        return _copy(old, to)
    taken = to.columns.filter(name__iexact=old.name, removed_at__isnull=True).exists()
    name = f"{old.name[: words.NAME - 2]} 2" if taken else old.name
    return add(
        to,
        name=name,
        kind=Kind(old.kind),
        unit=old.unit,
        answers=old.options,
        asked=old.asked,
        wording=old.wording,
    )


def _copy(old: Column, to: FactTable) -> Column:
    return Column.objects.create(
        table=to,
        name=old.name,
        kind=old.kind,
        unit=old.unit,
        options=old.options,
        is_outcome=old.is_outcome,
        asked=old.asked,
        wording=old.wording,
        position=old.position,
        removed_at=old.removed_at,
    )
