"""The form of an expectation sheet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.rules.expectations import Effect, Genuine, Option, Who, Wish
from zhiyin.desk.forms import fields
from zhiyin.kit.fields import VersionField

HEADINGS = {
    Who.ME: _("What I can do"),
    Who.US: _("What we can do"),
    Who.RULE: _("What a changed rule could do"),
}


class Expectation(forms.Form):
    """What is expected, what stands behind it, what could be done, and what was told as uncertain."""

    edition = VersionField()
    stated = fields.Words(label=_("What does the customer expect, in the customer's own words?"), rows=3)
    genuine = fields.Radio(
        label=_("Is this what is really expected?"), choices=fields.choices(Genuine), initial=Genuine.YES
    )
    genuine_reason = fields.Words(
        label=_("Why it seems so"),
        required=False,
        rows=2,
        help_text=_("About the expectation: what was said, what was left unsaid."),
    )
    practical_need = fields.Words(
        label=_("What is needed in practice"),
        required=False,
        rows=2,
        help_text=_("What should work again, or be there."),
    )
    wishes = forms.MultipleChoiceField(
        label=_("What is wished for besides"),
        required=False,
        choices=fields.choices(Wish),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("This is no longer on the list. Choose another.")},
    )
    psychological_need = fields.Words(label=_("How that shows"), required=False, rows=2)
    uncertainty = fields.Words(
        label=_("What is still uncertain?"),
        required=False,
        rows=2,
        help_text=_("What may take longer, cost more, or not come about."),
    )
    uncertainty_told_at = fields.Moment(label=_("Told the customer"), required=False)

    def __init__(self, *args: Any, now: datetime, draft: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for who in Who:
            self.fields[f"{who}_text"] = fields.Words(
                label=HEADINGS[who], required=False, rows=2, max_length=1000
            )
            self.fields[f"{who}_cost"] = fields.Money(label=_("Rough cost"), required=False)
            self.fields[f"{who}_effect"] = fields.Pick(
                label=_("Meets"), required=False, choices=fields.choices(Effect, empty=_("Hard to say"))
            )
        self.fields["uncertainty_told_at"].now = now  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["data-draft"] = f"{draft}-expectation-{name}"

    def options(self) -> list[tuple[forms.BoundField, ...]]:
        """The three possibilities, each with its cost and what it meets."""
        return [tuple(self[f"{who}_{part}"] for part in ("text", "cost", "effect")) for who in Who]

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        plain = ("stated", "genuine_reason", "practical_need", "psychological_need", "uncertainty")
        return {
            **{name: said[name] for name in plain},
            "genuine": Genuine(said["genuine"]),
            "wishes": [Wish(name) for name in said["wishes"]],
            "uncertainty_told_at": said["uncertainty_told_at"],
            "edition": said["edition"],
            "options": [
                Option(
                    who=who,
                    text=said[f"{who}_text"],
                    cost=said[f"{who}_cost"],
                    effect=Effect(said[f"{who}_effect"]) if said[f"{who}_effect"] else None,
                )
                for who in Who
            ],
        }
