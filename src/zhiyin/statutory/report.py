"""The transfers of an archived case as tables of its PDF."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from zhiyin.cases.enclosures import Table
from zhiyin.statutory import texts
from zhiyin.statutory.rules import deadlines
from zhiyin.statutory.rules.words import Body, Duty, TransferStage


def tables(content: list[dict[str, Any]]) -> list[Table]:
    """One table a transfer: what was demanded, its times with their basis, its letters."""
    return [_table(one) for one in content]


def times(content: list[dict[str, Any]]) -> list[Table]:
    """The time the trade's law allows, on its own."""
    return [Table(title=_("Statutory time"), head=["", ""], rows=[_duty(duty) for duty in content])]


def _table(one: dict[str, Any]) -> Table:
    name = one["office"] or _(Body(one["body"]).label)
    rows = [
        [_("Demanded"), one["demand"]],
        [_("Reached us"), _moment(one["received_at"])],
        [_("Stands at"), _(TransferStage(one["stage"]).label)],
        [_("Why it is not accepted"), one["ground"]],
        [_("Authority answered"), _moment(one["replied_at"])],
        [_("The authority's word"), one["result"]],
        *(_duty(duty) for duty in one["duties"]),
        *([_("Formal letter"), f"{letter['number']}\n{letter['title']}"] for letter in one["letters"]),
    ]
    return Table(
        title=_("Passed on by %(name)s (No. %(number)s)") % {"name": name, "number": one["number"]},
        head=["", ""],
        rows=[row for row in rows if row[1]],
    )


def _duty(duty: dict[str, Any]) -> list[str]:
    last = deadlines.last_day(datetime.fromisoformat(duty["due_at"]), settings.TIME_ZONE)
    kept = _("late") if duty["breached_at"] else _("in time") if duty["state"] == "met" else ""
    lines = [texts.full_day(last), kept, duty["basis"], *(more["ground"] for more in duty["extensions"])]
    return [_(Duty(duty["duty"]).label), "\n".join(line for line in lines if line)]


def _moment(text: str | None) -> str:
    return f"{timezone.localtime(datetime.fromisoformat(text)):%Y-%m-%d %H:%M}" if text else ""
