"""The audit: every insert, update and delete of a tracked table, written by triggers in the database.

Who, when, what and from where: the row is the event's, the context (person, address, doorway) is put on the
connection by `zhiyin.kit.middleware` for pages and by `acting` for jobs and commands. Event tables are
append-only and refuse TRUNCATE; `redact` alone may blank personal values, and leaves a record of itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

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
def acting(doorway: str, *, staff_id: int | None = None, route: str = "") -> Iterator[None]:
    """Name who acts, through which doorway and by which route, for every change made inside the block."""
    with pghistory.context(doorway=doorway, staff=staff_id, route=route):
        yield
