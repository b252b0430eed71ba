"""The expectation sheets of an archived case as tables of its PDF."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhiyin.cases.enclosures import Table
from zhiyin.cases.rules.expectations import Effect, Genuine, Who, Wish
from zhiyin.kit import figures


def tables(content: list[dict[str, Any]]) -> list[Table]:
    """The current sheet whole, line by line."""
    sheet = content[-1]
    return [Table(title=_("Expectation"), head=["", ""], rows=[row for row in _rows(sheet) if row[1]])]


def _rows(sheet: dict[str, Any]) -> list[list[str]]:
    wishes = _(", ").join(_(wish.label) for wish in Wish if sheet[wish.value])
    told = sheet["uncertainty_told_at"]
    when = f"{timezone.localtime(datetime.fromisoformat(told)):%Y-%m-%d %H:%M}" if told else ""
    return [
        [_("In the customer's words"), sheet["stated"]],
        [_("Really expected?"), _lines(_(Genuine(sheet["genuine"]).label), sheet["genuine_reason"])],
        [_("Practical need"), sheet["practical_need"]],
        [_("Wish behind it"), _lines(wishes, sheet["psychological_need"])],
        [_("Uncertain"), _lines(sheet["uncertainty"], when)],
        *([_(Who(one["who"]).label), _option(one)] for one in sheet["options"]),
    ]


def _option(one: dict[str, Any]) -> str:
    cost = figures.money(Decimal(one["cost"])) if one["cost"] is not None else ""
    return _lines(one["text"], cost, _(Effect(one["effect"]).label) if one["effect"] else "")


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
