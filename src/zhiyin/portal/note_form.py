"""The questions of a facts table as a customer gets them: large answers, nothing to type where a press will do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhiyin.facts.rules.words import Kind
from zhiyin.kit.fields import TokenField

LONGEST = 200
YES, NO, UNKNOWN = ("yes", _("Yes")), ("no", _("No")), ("", _("Not sure"))


class Note(forms.Form):
    """A field `c<id>` for each column asked of the customer; only whether it failed must be answered."""

    token = TokenField()

    def __init__(self, *args: Any, columns: Iterable[Any], now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.columns = list(columns)
        for column in self.columns:
            self.fields[f"c{column.pk}"] = self._field(column, now)

    def _field(self, column: Any, now: datetime) -> forms.Field:
        label = column.wording or column.name
        if column.is_outcome:
            said = {
                "required": _("Press one of the two first."),
                "invalid_choice": _("Press one of the two first."),
            }
            return forms.ChoiceField(
                label=label, choices=[YES, NO], widget=forms.RadioSelect, error_messages=said
            )
        if column.kind == Kind.YESNO:
            return forms.ChoiceField(
                label=label, choices=[YES, NO, UNKNOWN], required=False, widget=forms.RadioSelect, initial=""
            )
        if column.options:
            answers = [*((one, one) for one in column.options), UNKNOWN]
            return forms.ChoiceField(
                label=label, choices=answers, required=False, widget=forms.RadioSelect, initial=""
            )
        return forms.CharField(
            label=f"{label}（{column.unit}）" if column.unit else label,
            required=False,
            max_length=LONGEST,
            initial=f"{timezone.localtime(now):%Y-%m-%dT%H:%M}" if column.kind == Kind.TIME else "",
            widget=_widget(column.kind),
        )

    def typed(self) -> dict[int, str]:
        """What was answered, by column id."""
        return {int(name[1:]): value or "" for name, value in self.cleaned_data.items() if name[:1] == "c"}

    def questions(self) -> list[forms.BoundField]:
        return [self[f"c{column.pk}"] for column in self.columns]


def _widget(kind: str) -> forms.TextInput:
    attrs = {"autocomplete": "off"}
    if kind == Kind.TIME:
        return forms.TextInput(attrs={**attrs, "type": "datetime-local"})
    return forms.TextInput(attrs={**attrs, "inputmode": "decimal"} if kind == Kind.NUMBER else attrs)
