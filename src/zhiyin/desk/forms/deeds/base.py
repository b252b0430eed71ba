"""What the forms of the case page have in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from zhiyin.desk.forms import fields
from zhiyin.kit.fields import VersionField

if TYPE_CHECKING:
    from zhiyin.cases.queries import CasePage
    from zhiyin.people.models import Staff


class Deed(forms.Form):
    """A form of the case page. `version` is what the page showed; `seen` the last line of its timeline."""

    version = VersionField()
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    prefix_id: ClassVar[str] = "d"

    def __init__(self, *args: Any, case: CasePage, staff: Staff, now: datetime, **options: Any) -> None:
        self.case, self.staff, self.now = case, staff, now
        super().__init__(*args, **options)
        self.fields["version"].initial = case.case.version
        self.fields["seen"].initial = case.seen
        for name, field in self.fields.items():
            if isinstance(field, fields.Moment):
                field.now = now
            if isinstance(field.widget, forms.Textarea):  # what is typed outlives a look at another form
                field.widget.attrs["data-draft"] = f"{case.case.number}-{type(self).__name__}-{name}"
        self.prepare()

    def prepare(self) -> None:
        """Fill lists that depend on the case."""

    def arguments(self) -> dict[str, Any]:
        """What the action takes besides the case, the version, who and when."""
        own = {"version", "seen"}
        return {name: value for name, value in self.cleaned_data.items() if name not in own}


def typed(form: type[Deed], data: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """Label and text of everything somebody wrote into this form in words of her own."""
    found = [(name, field) for name, field in form.base_fields.items() if isinstance(field, fields.OWN_WORDS)]  # type: ignore[attr-defined]  # of Django's metaclass
    said = [(field.label, str(data.get(name, "")).strip()) for name, field in found]
    return [(label, text) for label, text in said if text]


class Plain(Deed):
    """Nothing to fill in."""


class Reason(Deed):
    reason = fields.Words(label=_("Reason"), rows=2)
