"""The facts of an archived case as a table of its PDF."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhiyin.cases.enclosures import Table


def tables(content: Any) -> list[Table]:
    """One table, a row an observation, from what `queries.enclosed` gave to the archive."""
    if not content:
        return []
    columns = content["columns"]
    head = [_("Entered"), *(heading(column) for column in columns)]
    rows = [
        [
            f"{timezone.localtime(datetime.fromisoformat(row['entered_at'])):%Y-%m-%d %H:%M}",
            *(
                shown(row["failed"] if column["outcome"] else row["cells"].get(str(column["id"])), column["kind"])
                for column in columns
            ),
        ]
        for row in content["observations"]
    ]
    return [Table(title=_("Facts: %(name)s") % {"name": content["table"]}, head=head, rows=rows)]


def heading(column: dict[str, Any]) -> str:
    """A column's name with its unit."""
    if not column["unit"]:
        return str(column["name"])
    return _("%(name)s (%(unit)s)") % {"name": column["name"], "unit": column["unit"]}


def shown(value: Any, kind: str) -> str:
    """A stored value as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if kind == "time":
        return str(value).replace("T", " ")
    return f"{value:.10g}" if isinstance(value, float | int) else str(value)
