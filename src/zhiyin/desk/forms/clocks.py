"""The form of a rule of time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.rules.words import ClockKind, Kind, Severity
from zhiyin.desk.forms import fields

MOST = 60 * 24 * 365
DAY = {"required": _("Choose a day."), "invalid": _("A day fits here, such as 2026-12-01.")}


def day(**options: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages=DAY, **options
    )


class ClockRule(forms.Form):
    clock = fields.Pick(label=_("Clock"), choices=fields.choices(ClockKind))
    kind = fields.Pick(label=_("Kind"), required=False, choices=fields.choices(Kind, empty=_("Every kind")))
    severity = fields.Pick(
        label=_("Severity"), required=False, choices=fields.choices(Severity, empty=_("Every severity"))
    )
    amount = forms.IntegerField(
        label=_("How long"), min_value=1, max_value=MOST,
        error_messages={
            "required": _("Write how long it may take."), "invalid": _("A whole number fits here."),
            "min_value": _("At least 1 fits here."), "max_value": _("Longer than a year is no limit any more."),
        },
    )  # fmt: skip
    unit = fields.Pick(label=_("Unit"), choices=[("1", _("minutes")), ("60", _("hours"))], initial="60")
    round_the_clock = forms.BooleanField(label=_("Counts round the clock, holidays too"), required=False)
    warn_share = forms.IntegerField(
        label=_("Warn when so much of it is used, %"), min_value=1, max_value=99, initial=75,
        error_messages={
            "required": _("Write a share from 1 to 99."), "invalid": _("A whole number fits here."),
            "min_value": _("Write a share from 1 to 99."), "max_value": _("Write a share from 1 to 99."),
        },
    )  # fmt: skip
    effective_from = day(label=_("In force from"))
    effective_to = day(label=_("In force until"), required=False)
    source = fields.Line(
        label=_("Source"),
        required=False,
        max_length=200,
        help_text=_("The law, the standard or the decision it comes from."),
    )
    to_confirm = forms.BooleanField(label=_("To be confirmed by your counsel"), required=False)

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        said = dict(self.cleaned_data)
        minutes = said.pop("amount") * int(said.pop("unit"))
        return {
            **said,
            "minutes": min(minutes, MOST),
            "clock": ClockKind(said["clock"]),
            "kind": Kind(said["kind"]) if said["kind"] else None,
            "severity": Severity(said["severity"]) if said["severity"] else None,
        }
