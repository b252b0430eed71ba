"""The forms for what can be done at any time: notes, words, promises, people, other cases."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.rules.words import (
    Emotion,
    EscalationKind,
    Kind,
    LinkPurpose,
    Severity,
    Stage,
)
from zhiyin.desk.forms import fields
from zhiyin.desk.forms.deeds.base import Deed, Reason
from zhiyin.kit.fields import FilesField, TokenField
from zhiyin.people import queries as people


class Note(Deed):
    text = fields.Words(
        label=_("Note"),
        required=False,
        help_text=_("Only colleagues read this. @ and a name calls a colleague."),
        rows=3,
    )
    files = FilesField(label=_("Files"))

    def prepare(self) -> None:
        self.fields["text"].widget.attrs["data-mentions"] = reverse(
            "desk:case_colleagues", args=[self.case.case.number]
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("text") and not given.get("files") and not self.errors:
            self.add_error("text", fields.MISSING["required"])
        return given


class Reply(Deed):
    text = fields.Words(label=_("To the customer"), rows=4)
    files = FilesField(label=_("Files"))
    client_token = TokenField()

    def prepare(self) -> None:
        self.fields["client_token"].initial = uuid.uuid4()


class Promise(Deed):
    text = fields.Line(label=_("What was promised"), max_length=300)
    due_at = fields.Moment(label=_("By when"))
    owner_id = fields.Number(label=_("Kept by"), required=False, empty=_("Me"))

    def prepare(self) -> None:
        self.fields["owner_id"].offer((row.pk, row.name) for row in people.colleagues(self.staff))  # type: ignore[attr-defined]


class Escalate(Deed):
    kind = fields.Radio(
        label=_("To whom"), choices=fields.choices(EscalationKind), initial=EscalationKind.SUPERVISOR
    )
    to_id = fields.Number(label=_("Who decides"), required=False, empty=_("Any supervisor"))
    reason = fields.Words(label=_("Why"), rows=2)
    external_number = fields.Line(label=_("Their reference number"), required=False, max_length=80)

    def prepare(self) -> None:
        rows = [(row.pk, row.name) for row in people.supervisors() if row.pk != self.staff.pk]
        self.fields["to_id"].offer(rows)  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return {**given, "kind": EscalationKind(given["kind"])}


class AnswerEscalation(Deed):
    escalation_id = fields.Number(label=_("Escalation"), widget=forms.HiddenInput)
    answer = fields.Words(
        label=_("What was decided, and why"),
        help_text=_(
            "Where no procedure covers it, the house's principles do: the customer's satisfaction first."
        ),
    )

    def prepare(self) -> None:
        open_ones = [row for row in self.case.escalations if row.answered_at is None]
        self.fields["escalation_id"].offer((row.pk, row.reason) for row in open_ones)  # type: ignore[attr-defined]
        if open_ones:
            self.fields["escalation_id"].initial = open_ones[-1].pk


class Correct(Deed):
    subject = fields.Line(label=_("In one line"))
    kind = fields.Pick(label=_("Kind"), choices=fields.choices(Kind))
    severity = fields.Pick(label=_("Severity"), choices=fields.choices(Severity))
    in_danger = forms.BooleanField(label=_("People or property are in danger"), required=False)
    emotion = fields.Pick(label=_("Feeling on arrival"), choices=fields.choices(Emotion))
    intensity = fields.Pick(
        label=_("How strong"), choices=[("1", _("A little")), ("2", _("Clearly")), ("3", _("Strongly"))]
    )
    remedy_sought = fields.Words(label=_("What the customer asks for"), required=False, rows=2)

    def prepare(self) -> None:
        case = self.case.case
        self.initial = {
            **{
                name: getattr(case, name) for name in self.fields if hasattr(case, name) and name != "version"
            },
            **self.initial,
        }
        if case.stage != Stage.RECEIVED:
            self.fields["kind"].disabled = True

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return {
            **given,
            "kind": Kind(given["kind"]),
            "severity": Severity(given["severity"]),
            "emotion": Emotion(given["emotion"]),
            "intensity": int(given["intensity"]),
        }


class Place(Deed):
    service_item_id = fields.Named(label=_("Service"), required=False)
    touchpoint_id = fields.Named(label=_("Touchpoint"), required=False)

    def prepare(self) -> None:
        case = self.case.case
        fields.offer_catalogue(self, keep=(case.service_item, case.touchpoint))
        self.initial = {
            "service_item_id": case.service_item_id,
            "touchpoint_id": case.touchpoint_id,
            **self.initial,
        }


class SendLink(Deed):
    purpose = fields.Pick(label=_("Which link"), choices=fields.choices(LinkPurpose))

    def prepare(self) -> None:
        fitting = {Stage.APPROVED: LinkPurpose.CHOOSE, Stage.REMEDIED: LinkPurpose.CONFIRM}
        stage = Stage(self.case.case.stage)
        offered = [LinkPurpose.FOLLOW, *([fitting[stage]] if stage in fitting else [])]
        self.fields["purpose"].choices = fields.some(reversed(offered))  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return {"purpose": LinkPurpose(self.cleaned_data["purpose"])}


class Other(Deed):
    """Another case, by its number; the page offers those alike."""

    number = fields.Line(label=_("Number of the other case"), max_length=20)


class Relate(Other):
    reason = fields.Line(label=_("What they share"), required=False)


class Merge(Other):
    number = fields.Line(
        label=_("Number of the case it belongs to"),
        max_length=20,
        help_text=_("This one ends there. Both keep their messages and promises, and it can be undone."),
    )


class Settle(Deed):
    """A promise kept, or no longer needed by the customer."""

    promise_id = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    note = fields.Line(label=_("Note"), required=False, max_length=300)


class Release(Settle):
    note = fields.Line(label=_("What the customer said"), max_length=300)


class TakeBack(Deed):
    proposal_id = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)


class Unrelate(Deed):
    other_id = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)


class Withdraw(Deed):
    words = fields.Words(label=_("What the customer said"), rows=2)


class Reopen(Reason):
    reason = fields.Words(label=_("What is not settled, in the customer's words"), rows=3)
