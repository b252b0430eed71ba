"""What is written and decided in the inbox."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhiyin.catalogue import queries as catalogue
from zhiyin.conversations.queries import Filters
from zhiyin.customers.rules import Channel
from zhiyin.desk.forms import fields
from zhiyin.kit.fields import FilesField, TokenField
from zhiyin.people import queries as people

if TYPE_CHECKING:
    from zhiyin.people.models import Staff


class Write(forms.Form):
    """A reply to the customer or a note among colleagues, one field for both."""

    kind = forms.ChoiceField(
        choices=[("reply", _("Reply")), ("note", _("Note"))], widget=forms.HiddenInput, initial="reply"
    )
    text = fields.Words(label=_("Text"), required=False, max_length=20000)
    files = FilesField(label=_("Attach files"))
    client_token = TokenField()


class Assign(forms.Form):
    to_id = fields.Number(label=_("Who answers"), required=False, empty=_("Nobody yet"))

    def __init__(self, *args: Any, staff: Staff, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to_id"].offer((row.pk, row.name) for row in people.service_staff())  # type: ignore[attr-defined]


class Place(forms.Form):
    touchpoint = fields.Number(label=_("Touchpoint"), required=False, empty=_("None in particular"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["touchpoint"].offer((row.pk, row.name) for row in catalogue.touchpoints())  # type: ignore[attr-defined]


class Later(forms.Form):
    until = fields.Moment(label=_("Until"))

    def __init__(self, *args: Any, now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["until"].now = now  # type: ignore[attr-defined]


class InboxFilters(forms.Form):
    """The conditions of the inbox."""

    q = forms.CharField(label=_("Words or a name"), required=False, max_length=100)
    channel = fields.Pick(label=_("Channel"), required=False, choices=fields.choices(Channel, empty=_("Any")))
    assignee = fields.Pick(label=_("Answered by"), required=False)
    undelivered = forms.BooleanField(label=_("Not delivered"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        rows = [(str(row.pk), row.name) for row in people.service_staff()]
        self.fields["assignee"].choices = [("", _("Any")), *rows]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """What could be understood of the address."""
        self.is_valid()
        said = self.cleaned_data
        return Filters(
            text=said.get("q", ""),
            channel=said.get("channel", ""),
            assignee_id=int(said["assignee"]) if said.get("assignee") else None,
            only_undelivered=bool(said.get("undelivered")),
        )
