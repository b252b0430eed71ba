"""The facts of a case as they go into its archive: plain values, this case's own rows."""

from __future__ import annotations

from typing import Any

from zhiyin.cases.models import Case
from zhiyin.facts.models import Column, Observation
from zhiyin.facts.queries.tables import table_of


def enclosed(case: Case) -> dict[str, Any] | None:
    """Columns and this case's own observations; None where nothing was noted down."""
    table = table_of(case.pk)
    if table is None:
        return None
    columns = list(Column.objects.filter(table=table, removed_at__isnull=True).order_by("position", "pk"))
    there = Observation.objects.filter(table=table, case=case, removed_at__isnull=True)
    return {
        "table": table.name,
        "columns": [
            {
                "id": column.pk,
                "name": column.name,
                "kind": str(column.kind),
                "unit": column.unit,
                "outcome": column.is_outcome,
            }
            for column in columns
        ],
        "observations": [
            {
                "id": one.pk,
                "failed": one.failed,
                "cells": {str(column): value for column, value in one.cells.items()},
                "entered_at": one.entered_at.isoformat(),
                "entered_by": one.entered_by.name if one.entered_by else None,
            }
            for one in there.select_related("entered_by").order_by("pk")
        ],
    }
