"""The audit: every insert, update and delete of a tracked table, written by triggers in the database.

Who, when, what and from where: the row is the event's, the context (person, address, doorway) is put on the
connection by `zhiyin.kit.middleware` for pages and by `acting` for jobs and commands. Event tables are
append-only and refuse TRUNCATE; `zhiyin.kit.redaction` alone may blank personal values, and leaves a record of
itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models

NO_TRUNCATE = pgtrigger.Trigger(
    name="no_truncate",
    operation=pgtrigger.Truncate,
    when=pgtrigger.Before,
    level=pgtrigger.Statement,
    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
)
DELETE = "delete"
M = TypeVar("M", bound=type[models.Model])


def audited(*, exclude: tuple[str, ...] = ()) -> Callable[[M], M]:
    """Track every change of a model. `exclude` names columns that are secrets or derived and stay out."""

    def decorate(model: M) -> M:
        tracked: M = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            append_only=True,
            model_name=f"{model.__name__}Audit",
            obj_field=pghistory.ObjForeignKey(related_name="audit", related_query_name="audit"),
            exclude=list(exclude) or None,
            meta={"triggers": [NO_TRUNCATE]},
        )(model)
        return tracked

    return decorate


@contextmanager
def acting(
    doorway: str, *, staff_id: int | None = None, route: str = "", address: str = ""
) -> Iterator[None]:
    """Name who acts, through which doorway, by which route and from where, for every change made inside.

    Doorways call it, outside of any transaction: what a transaction has been told stays with it to its end.
    """
    with pghistory.context(doorway=doorway, staff=staff_id, route=route, address=address):
        yield


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column of a change; `old` is None where the row is new, `new` where it is gone."""

    name: str
    label: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a row: when, of what sort, by whom, from where, and field by field."""

    at: datetime
    sort: str  # insert, update or delete
    staff_id: int | None
    doorway: str  # web, job, timer, command; empty where nobody said (raw SQL at the console)
    route: str
    address: str
    fields: tuple[FieldChange, ...]


def history(model: type[models.Model], pk: Any) -> list[Change]:
    """Every change of one row of an audited model, newest first. One query."""
    events = events_of(model)
    names = [field.name for field in events._meta.concrete_fields if not field.name.startswith("pgh_")]
    changes: list[Change] = []
    before: Any = None
    for event in (
        events._default_manager.filter(pgh_obj_id=pk).order_by("pgh_id").select_related("pgh_context")
    ):
        changes.append(_change(model, names, before, event))
        before = None if changes[-1].sort == DELETE else event
    return changes[::-1]


def events_of(model: type[models.Model]) -> type[models.Model]:
    """The model of the audit rows of an audited model."""
    found: type[models.Model] = model.audit.rel.related_model  # type: ignore[attr-defined]  # made by `audited`
    return found


def _change(model: type[models.Model], names: list[str], before: Any, event: Any) -> Change:
    context = event.pgh_context.metadata if event.pgh_context_id else {}
    gone = event.pgh_label == DELETE
    pairs = [
        (name, getattr(before, name) if before is not None else None, None if gone else getattr(event, name))
        for name in (_column(event, name) for name in names)
    ]
    return Change(
        at=event.pgh_created_at,
        sort=event.pgh_label,
        staff_id=context.get("staff"),
        doorway=context.get("doorway") or "",
        route=context.get("route") or "",
        address=context.get("address") or "",
        fields=tuple(
            FieldChange(name, _label(model, name), old, new) for name, old, new in pairs if old != new
        ),
    )


def _column(event: Any, name: str) -> str:
    """A relation is compared by its key: what it points to may be gone."""
    attribute: str = event._meta.get_field(name).attname
    return attribute


def _label(model: type[models.Model], name: str) -> str:
    field = next(field for field in model._meta.concrete_fields if field.attname == name)
    return str(field.verbose_name)
