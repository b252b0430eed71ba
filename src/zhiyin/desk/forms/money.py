"""The forms of kinds of expense, limits and budgets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.queries import money
from zhiyin.cases.rules.money import Nature, Period
from zhiyin.desk.forms import fields
from zhiyin.desk.forms.clocks import day
from zhiyin.desk.words_money import expense_kind
from zhiyin.people import queries as people
from zhiyin.people.rules import Role

SPENDERS = (Role.AGENT, Role.SUPERVISOR, Role.HANDLER)
SHARE = {
    "required": _("Write a share from 1 to 99."), "invalid": _("A whole number fits here."),
    "min_value": _("Write a share from 1 to 99."), "max_value": _("Write a share from 1 to 99."),
}  # fmt: skip


class Kind(forms.Form):
    name = fields.Line(label=_("Name of the kind"), max_length=40)
    nature = fields.Radio(label=_("What it is"), choices=fields.choices(Nature), initial=Nature.GOODWILL)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "nature": Nature(self.cleaned_data["nature"])}


class Limit(forms.Form):
    role = fields.Pick(label=_("Role"), choices=fields.some(SPENDERS))
    kind_id = fields.Number(label=_("Kind of expense"), required=False, empty=_("Every kind"))
    amount = fields.Money(
        label=_("For each act"), required=False, help_text=_("Leave it empty to take this limit away.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind_id"].offer((kind.pk, expense_kind(kind.name)) for kind in money.kinds())  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "role": Role(self.cleaned_data["role"])}


class Budget(forms.Form):
    kind_id = fields.Number(label=_("Kind of expense"), required=False, empty=_("Every kind"))
    department_id = fields.Number(label=_("Department"), required=False, empty=_("Whole house"))
    team_id = fields.Number(label=_("Team"), required=False, empty=_("Every team"))
    period = fields.Pick(label=_("Period"), choices=fields.choices(Period))
    day = day(label=_("A day in it"), help_text=_("The month, quarter or year in which it lies."))
    amount = fields.Money(label=_("Budget amount"))
    warn_share = forms.IntegerField(
        label=_("Warn when so much of it is used, %"),
        min_value=1,
        max_value=99,
        initial=80,
        error_messages=SHARE,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind_id"].offer((kind.pk, expense_kind(kind.name)) for kind in money.kinds())  # type: ignore[attr-defined]
        self.fields["department_id"].offer((row.pk, row.name) for row in people.departments())  # type: ignore[attr-defined]
        self.fields["team_id"].offer((row.pk, row.name) for row in people.teams())  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "period": Period(self.cleaned_data["period"])}
