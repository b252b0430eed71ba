"""The columns of a table: added, changed, moved, taken out and put back. Their values are never lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhiyin.facts.actions.grip import reach, table_for
from zhiyin.facts.actions.tables import options
from zhiyin.facts.models import Column, FactTable, Observation
from zhiyin.facts.rules import values, words
from zhiyin.facts.rules.words import Kind
from zhiyin.kit.errors import NotFound
from zhiyin.people.models import Staff


@transaction.atomic
def add_column(
    *,
    case_id: int,
    name: str,
    kind: Kind,
    by: Staff,
    now: datetime,
    unit: str = "",
    answers: Sequence[str] = (),
    asked: bool = True,
    wording: str = "",
) -> Column:
    """One more condition, before the outcome. Raises NameTaken, TooManyColumns, NotClosedList."""
    table = table_for(reach(case_id, by))
    return add(table, name=name, kind=kind, unit=unit, answers=answers, asked=asked, wording=wording)


def add(table: FactTable, *, name: str, kind: Kind, **more: Any) -> Column:
    """A column of a held table, inside the caller's transaction."""
    there = list(table.columns.filter(removed_at__isnull=True).order_by("position", "pk"))
    if len(there) >= words.COLUMNS:
        raise words.TooManyColumns(most=words.COLUMNS)
    outcome = there[-1] if there and there[-1].is_outcome else None
    place = outcome.position if outcome else max((column.position for column in there), default=-1) + 1
    column = Column.objects.create(
        table=table, position=place, kind=kind, **_texts(table, name=name, kind=kind, **more)
    )
    if outcome is not None:
        outcome.position = place + 1
        outcome.save(update_fields=["position"])
    return column


def _texts(
    table: FactTable,
    *,
    name: str,
    kind: Kind,
    unit: str = "",
    answers: Sequence[str] = (),
    asked: bool = True,
    wording: str = "",
    own_id: int = 0,
) -> dict[str, Any]:
    tidied = values.clean(name)
    if not tidied:
        raise words.NameMissing(field="name")
    _check_length("name", tidied, words.NAME)
    _check_length("wording", values.clean(wording), words.WORDING)
    _check_length("unit", values.clean(unit), words.UNIT)
    same = table.columns.filter(name__iexact=tidied, removed_at__isnull=True).exclude(pk=own_id)
    if same.exists():
        raise words.NameTaken(field="name", name=tidied)
    return {
        "name": tidied,
        "unit": values.clean(unit) if kind is Kind.NUMBER else "",
        "options": options(answers) if kind in {Kind.CATEGORY, Kind.PLACE} else [],
        "asked": asked,
        "wording": values.clean(wording),
    }


def _check_length(field: str, text: str, most: int) -> None:
    if len(text) > most:
        raise values.TooLong(field=field, most=most, found=len(text))


@transaction.atomic
def change_column(
    *,
    case_id: int,
    column_id: int,
    name: str,
    kind: Kind,
    by: Staff,
    now: datetime,
    unit: str = "",
    answers: Sequence[str] = (),
    asked: bool = True,
    wording: str = "",
) -> Column:
    """Another name, wording or list; kind and unit only while nothing has been noted in it. Raises KindStays."""
    table = table_for(reach(case_id, by))
    column = _column(table, column_id)
    texts = _texts(
        table,
        name=name,
        kind=kind,
        unit=unit,
        answers=answers,
        asked=asked or column.is_outcome,
        wording=wording,
        own_id=column.pk,
    )
    if (kind, texts["unit"]) != (column.kind, column.unit) and (column.is_outcome or _used(table, column)):
        raise words.KindStays(field="kind", name=column.name)
    column.kind = kind
    for field, value in texts.items():
        setattr(column, field, value)
    column.save(update_fields=["kind", *texts])
    return column


@transaction.atomic
def move_column(*, case_id: int, column_id: int, up: bool, by: Staff, now: datetime) -> Column:
    """One place up or down among the columns."""
    table = table_for(reach(case_id, by))
    column = _column(table, column_id)
    order = list(table.columns.filter(removed_at__isnull=True).order_by("position", "pk"))
    at = order.index(column)
    to = max(0, at - 1) if up else min(len(order) - 1, at + 1)
    order.insert(to, order.pop(at))
    for position, one in enumerate(order):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
    return column


@transaction.atomic
def remove_column(*, case_id: int, column_id: int, by: Staff, now: datetime) -> Column:
    """Out of the table and the analysis; what was noted in it stays, should it be put back. Raises OutcomeStays."""
    table = table_for(reach(case_id, by))
    column = _column(table, column_id)
    if column.is_outcome:
        raise words.OutcomeStays
    column.removed_at = now
    column.save(update_fields=["removed_at"])
    return column


@transaction.atomic
def restore_column(*, case_id: int, column_id: int, by: Staff, now: datetime) -> Column:
    """Back in its place, with its values. Raises NameTaken, TooManyColumns."""
    table = table_for(reach(case_id, by))
    column = table.columns.filter(pk=column_id).first()
    if column is None:
        raise NotFound
    there = table.columns.filter(removed_at__isnull=True).exclude(pk=column.pk)
    if there.filter(name__iexact=column.name).exists():
        raise words.NameTaken(field="name", name=column.name)
    if there.count() >= words.COLUMNS:
        raise words.TooManyColumns(most=words.COLUMNS)
    column.removed_at = None
    column.save(update_fields=["removed_at"])
    return column


def _column(table: FactTable, column_id: int) -> Column:
    column = table.columns.filter(pk=column_id, removed_at__isnull=True).first()
    if column is None:
        raise NotFound
    return column


def _used(table: FactTable, column: Column) -> bool:
    return Observation.objects.filter(table=table, cells__has_key=str(column.pk)).exists()
