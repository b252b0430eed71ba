"""Columns and values as people read them, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zhiyin.facts.rules.values import Value


def heading(name: str, unit: str) -> str:
    """A column's name with its unit."""
    return _("%(name)s (%(unit)s)") % {"name": name, "unit": unit} if unit else name


def shown(value: Value | None) -> str:
    """A stored value as people read it; nothing where nothing is known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float | int):
        return f"{value:.10g}"
    return value


def time(value: Value | None) -> str:
    """A stored time: 2026-03-12 18:30."""
    return str(value or "").replace("T", " ")
