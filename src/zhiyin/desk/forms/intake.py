"""One form for whatever comes in by telephone, at the counter, by letter or at night."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.rules.words import Emotion, Kind, Severity
from zhiyin.customers import queries as customers
from zhiyin.customers.rules import Channel, ContactKind
from zhiyin.desk.address import figure
from zhiyin.desk.forms import fields
from zhiyin.kit.errors import Invalid, NotFound
from zhiyin.kit.fields import FilesField, TokenField
from zhiyin.kit.language import describe

if TYPE_CHECKING:
    from zhiyin.people.models import Staff

CHANNELS = (
    Channel.PHONE, Channel.COUNTER, Channel.LETTER, Channel.NIGHT,
    Channel.PORTAL, Channel.EMAIL, Channel.WECHAT, Channel.CHAT,
)  # fmt: skip
STRENGTHS = [("1", _("A little")), ("2", _("Clearly")), ("3", _("Strongly"))]


class Intake(forms.Form):
    """What is asked, in the order of a conversation: danger first, then who, what, and what they wish."""

    in_danger = forms.BooleanField(label=_("Somebody or something is in danger"), required=False)
    help_given = fields.Words(
        label=_("Help on its way"),
        required=False,
        rows=2,
        help_text=_("Who was sent, and when. Whose fault it is waits."),
    )
    channel = fields.Radio(label=_("How it came"), choices=fields.some(CHANNELS), initial=Channel.PHONE)
    customer_id = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2**63 - 1
    )
    name = fields.Line(label=_("Customer's name"), max_length=120)
    phone = fields.Line(label=_("Telephone"), max_length=40)
    email = fields.Line(label=_("E-mail"), required=False, max_length=200)
    kind = fields.Radio(label=_("Kind"), choices=fields.choices(Kind), initial=Kind.COMPLAINT)
    subject = fields.Line(label=_("In one line"), help_text=_("What a colleague should see first."))
    description = fields.Words(
        label=_("What happened"), rows=5, help_text=_("In the customer's own words where you can.")
    )
    remedy_sought = fields.Words(label=_("What the customer asks for"), required=False, rows=2)
    service_object_id = fields.Number(label=_("About"), required=False, empty=_("Nothing in particular"))
    service_item_id = fields.Named(label=_("Service"), required=False)
    touchpoint_id = fields.Named(label=_("Touchpoint"), required=False)
    emotion = fields.Radio(label=_("Feeling"), choices=fields.choices(Emotion), initial=Emotion.CALM)
    intensity = fields.Radio(label=_("How strong"), choices=STRENGTHS, initial="1")
    severity = fields.Pick(label=_("Severity"), choices=fields.choices(Severity), initial=Severity.MEDIUM)
    told = forms.BooleanField(
        label=_("I have told the customer we are on it"),
        required=False,
        help_text=_("Otherwise it stays on your list until you have."),
    )
    files = FilesField(label=_("Files"))
    incident_id = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    client_token = TokenField()

    def __init__(self, *args: Any, staff: Staff, customer: Any = None, **options: Any) -> None:
        self.staff, self.customer = staff, customer
        super().__init__(*args, **options)
        self._offer_objects()
        fields.offer_catalogue(self)
        if self.is_bound:  # marked as needed on the page; whether an e-mail does instead is judged in clean
            self.fields["name"].required = self.fields["phone"].required = False

    def _offer_objects(self) -> None:
        picked = self.customer.pk if self.customer else figure(self.data.get("customer_id"))
        seen = self.customer is not None or customers.visible(self.staff).filter(pk=picked).exists()
        rows = list(customers.objects_of(picked)) if seen else []
        if len(rows) == 1:
            self.fields["service_object_id"].initial = rows[0].pk
        self.fields["service_object_id"].offer((row.pk, row.name) for row in rows)  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        text: str = self.cleaned_data["phone"]
        if not text:
            return ""
        try:
            return customers.normalise_phone(text)
        except Invalid as error:
            raise forms.ValidationError(describe(error)) from error

    def clean_email(self) -> str:
        text: str = self.cleaned_data["email"]
        if text:
            try:
                validate_email(text)
            except forms.ValidationError as error:
                raise forms.ValidationError(_("An address such as name@example.com fits here.")) from error
        return text

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("customer_id"):
            try:
                self.customer = customers.get(self.staff, given["customer_id"])
            except NotFound:
                self.add_error(
                    "name",
                    _("This customer is not in your sight. Look again, or write the name and a telephone."),
                )
        elif not given.get("name") and "name" not in self.errors:
            self.add_error("name", _("Look the customer up, or write the name."))
        elif not self.contacts() and not {"phone", "email"} & self.errors.keys():
            self.add_error("phone", _("A telephone or an e-mail is needed, so that we can answer."))
        return given

    def contacts(self) -> list[tuple[ContactKind, str]]:
        """How to reach somebody new."""
        pairs = (
            (ContactKind.PHONE, self.cleaned_data.get("phone")),
            (ContactKind.EMAIL, self.cleaned_data.get("email")),
        )
        return [(kind, value) for kind, value in pairs if value]
