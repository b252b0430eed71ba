"""What the pages of figures can be narrowed to: whatever stands in the address is understood or left aside."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.rules.words import Kind
from zhiyin.catalogue import queries as catalogue
from zhiyin.desk.address import figure
from zhiyin.desk.forms import fields
from zhiyin.desk.measured import asked_kind
from zhiyin.insight.queries import Asked
from zhiyin.insight.rules import spans
from zhiyin.insight.rules.spans import By, Span
from zhiyin.people import queries as people


class Narrow(forms.Form):
    """The stretch of time, weeks or months, kind, department and touchpoint. What is not said is everything."""

    use_required_attribute = False

    span = fields.Pick(label=_("Time"), choices=fields.choices(Span))
    by = fields.Pick(label=_("Cut"), choices=fields.choices(By))
    kind = fields.Pick(label=_("Kind"), choices=fields.choices(Kind, empty=_("Every kind")))
    department = fields.Pick(label=_("Department"))
    touchpoint = fields.Pick(label=_("Touchpoint"))

    def __init__(self, data: Any, *, today: date) -> None:
        self.today = today
        known = {name: data.get(name, "") for name in ("span", "by", "kind", "department", "touchpoint")}
        known["span"] = known["span"] if known["span"] in set(Span) else Span.WEEKS
        long = known["span"] != Span.WEEKS
        known["by"] = known["by"] if known["by"] in set(By) else (By.MONTH if long else By.WEEK)
        known["kind"] = known["kind"] if known["kind"] in set(Kind) else ""
        super().__init__(initial=known)
        departments = [(str(row.pk), row.name) for row in people.departments(with_unused=True)]
        touchpoints = [(str(row.pk), row.name) for row in catalogue.touchpoints(with_unused=True)]
        self._offer(known, "department", [("", _("Every department")), *departments])
        self._offer(known, "touchpoint", [("", _("Every touchpoint")), *touchpoints])
        self.known = known
        for name in self.fields:
            self.fields[name].widget.attrs["data-submit-on-change"] = ""

    def _offer(self, known: dict[str, str], name: str, rows: list[tuple[str, Any]]) -> None:
        """The rows to choose from; what is none of them is left aside."""
        self.fields[name].choices = rows  # type: ignore[attr-defined]
        if known[name] not in {pk for pk, _words in rows}:
            known[name] = ""

    @property
    def by_(self) -> By:
        return By(self.known["by"])

    @property
    def span_(self) -> Span:
        return Span(self.known["span"])

    def asked(self) -> Asked:
        """What the address asks for."""
        return Asked(
            spans.stretch(self.span_, self.today),
            asked_kind(self.known["kind"]),
            figure(self.known["department"]) or None,
            figure(self.known["touchpoint"]) or None,
        )
