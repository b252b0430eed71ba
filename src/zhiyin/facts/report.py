"""The facts of an archived case as a table of its PDF."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhiyin.cases.enclosures import Table
from zhiyin.facts import texts


def tables(content: Any) -> list[Table]:
    """One table, a row an observation, from what `queries.enclosed` gave to the archive."""
    columns = content["columns"]
    head = [_("Entered"), *(texts.heading(column["name"], column["unit"]) for column in columns)]
    rows = [
        [_moment(row["entered_at"]), *(_cell(row, column) for column in columns)]
        for row in content["observations"]
    ]
    return [Table(title=_("Facts: %(name)s") % {"name": content["table"]}, head=head, rows=rows)]


def _moment(text: str) -> str:
    return f"{timezone.localtime(datetime.fromisoformat(text)):%Y-%m-%d %H:%M}"


def _cell(row: dict[str, Any], column: dict[str, Any]) -> str:
    if column["outcome"]:
        return texts.shown(row["failed"])
    value = row["cells"].get(str(column["id"]))
    return texts.time(value) if column["kind"] == "time" else texts.shown(value)
