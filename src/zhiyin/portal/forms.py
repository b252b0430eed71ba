"""What a customer is asked: as little as the matter needs, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhiyin.cases.queries import Notice
from zhiyin.cases.rules.words import Kind
from zhiyin.customers import queries as customers
from zhiyin.customers.rules import ContactKind
from zhiyin.kit import files
from zhiyin.kit.errors import Invalid
from zhiyin.kit.fields import FilesField, KeptField, TokenField
from zhiyin.kit.language import describe

KINDS = [
    (Kind.REQUEST, pgettext_lazy("portal", "Something needs doing")),
    (Kind.COMPLAINT, pgettext_lazy("portal", "Something is not right")),
    (Kind.ENQUIRY, pgettext_lazy("portal", "I want to ask something")),
    (Kind.SUGGESTION, pgettext_lazy("portal", "I have a suggestion")),
    (Kind.PRAISE, pgettext_lazy("portal", "I want to praise somebody")),
]


def contact(text: str) -> tuple[ContactKind, str]:
    """A telephone number or e-mail address as one customer typed it, in our shape. Raises ValidationError."""
    typed = text.strip()
    if "@" in typed:
        return ContactKind.EMAIL, forms.EmailField(max_length=200).clean(typed).lower()
    try:
        return ContactKind.PHONE, customers.normalise_phone(typed)
    except Invalid as error:
        raise forms.ValidationError(describe(error)) from error


class WithFiles(forms.Form):
    """A form with files that survive a wrong field: what was sent once is kept, and shown to be taken out again."""

    kept = KeptField(
        label=_("Sent already"),
        help_text=_("You need not choose these again. Untick what should not go along."),
    )

    def keep(self, now: datetime) -> None:
        """Put by what came along, so that the form shown again holds it; what cannot be taken is said beside it."""
        slips = self.fields["kept"].clean(self.data.getlist("kept"))  # type: ignore[attr-defined]  # a QueryDict
        room = settings.UPLOAD_MAX_FILES - len(slips)
        for upload in self.files.getlist("files")[:room]:  # type: ignore[attr-defined]  # a MultiValueDict
            with suppress(Invalid):  # told by the field, or when it is stored
                slips.append(files.put_by(upload=upload, now=now))
        self.fields["kept"].choices = [(slip, files.named_on(slip)) for slip in slips]  # type: ignore[attr-defined]
        data = self.data.copy()  # type: ignore[attr-defined]
        data.setlist("kept", slips)
        self.data = data

    def stored(self, now: datetime) -> list[UUID]:
        """Everything sent, before and now, in the caller's transaction."""
        given = self.cleaned_data
        kept = [files.fetch(slip=slip, by_id=None, now=now) for slip in given["kept"]]
        fresh = [files.store(upload=upload, by_id=None, now=now) for upload in given["files"]]
        return [file.pk for file in (*kept, *fresh)]


class Raise(WithFiles):
    in_danger = forms.BooleanField(
        required=False, label=_("Somebody is in danger, or something is being damaged right now")
    )
    kind = forms.ChoiceField(
        choices=KINDS, widget=forms.RadioSelect, initial=Kind.REQUEST, label=_("What is it about?")
    )
    description = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5000,
        label=_("What happened?"),
        help_text=_("When, where, what you saw. The rest we ask."),
        error_messages={"required": _("Tell us in a sentence what happened.")},
    )
    remedy_sought = forms.CharField(max_length=1000, required=False, label=_("What would help you?"))
    place = forms.CharField(max_length=80, required=False, label=_("Building and room, or the place"))
    files = FilesField(label=_("Photos or papers"))
    about = forms.TypedChoiceField(
        coerce=int,
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
        label=_("Is it one of these matters?"),
        help_text=_("Then you need not explain it again, and hear of it with all the others."),
    )
    name = forms.CharField(
        max_length=60,
        label=_("How may we call you?"),
        error_messages={"required": _("A name, so that we know how to call you.")},
    )
    contact = forms.CharField(
        max_length=120,
        label=_("Telephone or e-mail"),
        help_text=_("We answer there, and you follow the matter with it."),
        error_messages={"required": _("A telephone number or e-mail address, so that we can answer you.")},
    )
    website = forms.CharField(
        required=False, widget=forms.HiddenInput
    )  # people leave it empty; machines do not
    token = TokenField(initial=uuid4)

    def __init__(self, *args: Any, known: Sequence[Notice] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if known:
            named = [(str(one.id), one.title) for one in known]
            self.fields["about"].choices = [*named, ("", _("No, something else"))]  # type: ignore[attr-defined]
        else:
            del self.fields["about"]

    def clean_contact(self) -> tuple[ContactKind, str]:
        return contact(self.cleaned_data["contact"])

    def subject(self) -> str:
        """One line for lists: the first sentence of what happened, with the place before it."""
        text = " ".join(self.cleaned_data["description"].split())
        for mark in "。！？!?；;\n":
            text = text.split(mark)[0]
        place = self.cleaned_data["place"].strip()
        return (f"{place} {text}" if place and place not in text else text)[:60]


class Follow(forms.Form):
    number = forms.CharField(
        max_length=20,
        label=pgettext_lazy("portal", "Number"),
        help_text=_("As in our first answer, like 2611-0386"),
    )
    contact = forms.CharField(max_length=120, label=_("Telephone or e-mail you gave us"))

    def clean_contact(self) -> tuple[ContactKind, str]:
        return contact(self.cleaned_data["contact"])


class Choose(forms.Form):
    proposal = forms.IntegerField(
        error_messages={"required": _("Pick one of them first."), "invalid": _("Pick one of them first.")}
    )
    words = forms.CharField(max_length=1000, required=False, label=_("Anything we should know for it"))


class NoneFits(forms.Form):
    words = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        label=_("What would suit you?"),
        error_messages={"required": _("Tell us what does not fit, so that we can think again.")},
    )


class Confirm(forms.Form):
    satisfied = forms.TypedChoiceField(
        choices=[("1", _("Yes, it is settled")), ("0", _("Not yet"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        label=_("Is it settled for you?"),
        error_messages={"required": _("Pick one of the two first.")},
    )
    handling = forms.TypedChoiceField(
        choices=[(str(mark), str(mark)) for mark in range(1, 11)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        label=_("Apart from the result: how well did we handle it?"),
        help_text=_("1 is poorly, 10 is very well"),
    )
    words = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, required=False, label=_("In your words")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("satisfied") is False and not data.get("words", "").strip():
            self.add_error(
                "words", _("Tell us what is still missing, so that we take the right thing up again.")
            )
        return data


class Add(WithFiles):
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), max_length=5000, required=False, label=_("Add something")
    )
    files = FilesField(label=_("Photos or papers"))
    token = TokenField(initial=uuid4)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("text", "").strip() and not data.get("files") and not data.get("kept"):
            self.add_error("text", _("A sentence or a photo first."))
        return data


class Object(forms.Form):
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        label=_("What do you see otherwise?"),
        error_messages={"required": _("Tell us what you see otherwise, so that we look at it again.")},
    )
