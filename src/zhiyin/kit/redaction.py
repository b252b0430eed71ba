"""Forgetting, where a right to erasure was granted: personal values in the audit become blank, nothing else may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pgtrigger
from django.db import connection, models, transaction

from zhiyin.kit import audit
from zhiyin.kit.errors import Invalid, gettext_noop
from zhiyin.kit.models import Redaction

FORGET_ADDRESS = """
    UPDATE pghistory_context SET metadata = metadata || '{{"address": ""}}'
    WHERE metadata ->> 'staff' IS NULL AND id IN (SELECT pgh_context_id FROM {events} WHERE pgh_obj_id = %s)
"""


class NoGround(Invalid):
    code = "redaction.no_ground"
    message = gettext_noop("A reason first: on what ground are these values blanked?")


@transaction.atomic
def redact(
    *, model: type[models.Model], pk: Any, columns: Sequence[str], ground: str, by_id: int, now: datetime
) -> Redaction:
    """Blank `columns` in every audit row of one object, and customers' network addresses beside them.

    For a right to erasure that was granted; the live row is its own room's business. The caller has checked
    that this person may (Deed.REDACT). Raises NoGround, and ValueError for a column that cannot be blank.
    """
    if not ground.strip():
        raise NoGround(field="ground")
    events = audit.events_of(model)
    blanks = {column: _blank(events, column) for column in columns}
    with _unguarded(events):
        rows = events._default_manager.filter(pgh_obj_id=pk).update(**blanks)
        with connection.cursor() as cursor:
            cursor.execute(
                FORGET_ADDRESS.format(events=connection.ops.quote_name(events._meta.db_table)), [pk]
            )
    return Redaction.objects.create(
        table=model._meta.db_table,
        object_id=str(pk),
        columns=" ".join(columns),
        ground=ground,
        by=by_id,
        at=now,
        rows=rows,
    )


def _blank(events: type[models.Model], column: str) -> Any:
    field = events._meta.get_field(column)
    if isinstance(field, models.CharField | models.TextField):
        return ""
    if getattr(field, "null", False):
        return None
    raise ValueError(f"{column} of {events._meta.db_table} has no blank value.")


@contextmanager
def _unguarded(events: type[models.Model]) -> Iterator[None]:
    """Lift the guard of one audit table, and of the contexts, for the statements inside; in a transaction only."""
    label = events._meta.label
    guards = [trigger.get_pgid(owner) for owner, trigger in pgtrigger.registered(f"{label}:append_only")]
    _lift([*guards, "kit_context_append_only"])
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _lift([])


def _lift(guards: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + ",".join(guards) + "}"])
