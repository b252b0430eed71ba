"""How the desk says money: the kinds a house starts with are kept in English until it gives its own names."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from zhiyin.kit.errors import gettext_noop

DEFAULT_KINDS = frozenset(
    {
        gettext_noop("Repair or redo"),
        gettext_noop("Compensation"),
        gettext_noop("Discount"),
        gettext_noop("Gift"),
        gettext_noop("Visit to apologise"),
        gettext_noop("Extra service"),
    }
)


def expense_kind(name: str) -> str:
    """The name of a kind of expense in the reader's language, or as the house calls it."""
    return gettext(name) if name in DEFAULT_KINDS else name


def budget_name(budget: Any) -> str:
    """A place and a kind, such as 工程部 礼品."""
    place = budget.department or budget.team
    where = place.name if place else gettext("Whole house")
    what = expense_kind(budget.kind.name) if budget.kind else gettext("all kinds")
    return f"{where} {what}"
