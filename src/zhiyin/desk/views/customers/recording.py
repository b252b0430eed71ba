"""What staff fill in about consents, belongings and promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhiyin.customers.rules import ObjectKind, Purpose, Relation
from zhiyin.customers.rules.details import CodeMissing, VersionMissing
from zhiyin.desk.views.customers.forms import CHOOSE, MISSING, Line, Text, day, needed, number, options
from zhiyin.people import queries as people
from zhiyin.promises.rules import NoteMissing, TextMissing

MOMENT = MISSING | {"invalid": _("Write day and time as 2026-11-18 14:00.")}


class ConsentForm(forms.Form):
    purpose = forms.ChoiceField(label=_("What for"), choices=options(Purpose), error_messages=CHOOSE)
    text_version = Line(
        label=_("Version of the text"),
        error_messages=needed(VersionMissing),
        help_text=_("The one the customer read or heard, for example 2026-1"),
    )


class ObjectForm(forms.Form):
    relation = forms.ChoiceField(label=_("Is there as"), choices=options(Relation), error_messages=CHOOSE)
    kind = forms.ChoiceField(label=_("Kind"), choices=options(ObjectKind), error_messages=CHOOSE)
    code = Line(
        label=_("Number"),
        error_messages=needed(CodeMissing),
        help_text=_("For example 3-2-1902, the plate, the order number"),
    )
    name = Line(
        label=_("What it is called"),
        required=False,
        max_length=120,
        help_text=_("If it is to be called otherwise than its number"),
    )
    since = day(_("Since"), required=False)


class EndForm(forms.Form):
    until = day(_("Last day"), required=False)


def moment(label: Any, **options: Any) -> forms.DateTimeField:
    """A day and a time as browsers offer them."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, error_messages=MOMENT, **options)


class PromiseForm(forms.Form):
    text = Text(label=_("What was promised"), error_messages=needed(TextMissing))
    due_at = moment(_("By"))
    owner = number(_("Kept by"))

    def __init__(self, data: Any = None, *, staff: Any, also: Sequence[Any] = (), **rest: Any) -> None:
        super().__init__(data, label_suffix="", **rest)
        keepers = {row.pk: row for row in (staff, *people.colleagues(staff), *people.handlers(), *also)}
        self.fields["owner"].choices = [(str(pk), row.name) for pk, row in keepers.items()]  # type: ignore[attr-defined]
        self.fields["owner"].initial = staff.pk


class ReleaseForm(forms.Form):
    note = Line(label=_("How the customer agreed"), error_messages=needed(NoteMissing))


class RenewForm(ReleaseForm):
    due_at = moment(_("New time"))
