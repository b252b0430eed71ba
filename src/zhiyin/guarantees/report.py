"""What the guarantee meant for an archived case, as a table of its PDF."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhiyin.cases.enclosures import Table
from zhiyin.guarantees.rules import Knows, State


def tables(content: list[dict[str, Any]]) -> list[Table]:
    """One table, a row a clause and round: by when, whether it was kept, whether she knows, what she got."""
    head = [_("Clause"), _("By when"), _("What became of it"), _("The customer knows"), _("What was given")]
    return [Table(title=_("The guarantee"), head=head, rows=[_row(one) for one in content])]


def _row(one: dict[str, Any]) -> list[str]:
    breach = one["breach"]
    return [
        one["clause"] if one["round"] == 1 else f"{one['clause']} ({one['round']})",
        _moment(one["due_at"]),
        f"{_(State(one['state']).label)} {_moment(one['settled_at'])}".strip(),
        _(Knows(breach["knows"]).label) if breach else "",
        f"{breach['given']} {_moment(breach['made_good_at'])}".strip() if breach else "",
    ]


def _moment(text: str | None) -> str:
    return f"{timezone.localtime(datetime.fromisoformat(text)):%Y-%m-%d %H:%M}" if text else ""
