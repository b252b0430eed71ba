"""Filters of lists: whatever stands in the address is understood or left aside, never refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.queries import Filters, Went
from zhiyin.cases.rules.moves import Step
from zhiyin.cases.rules.words import Emotion, Kind, Severity
from zhiyin.catalogue import queries as catalogue
from zhiyin.desk.address import figure
from zhiyin.desk.forms import fields
from zhiyin.desk.statutory import LANE
from zhiyin.people import queries as people

if TYPE_CHECKING:
    from zhiyin.people.models import Staff

ANY = _("Any")
NONE = "none"


class CaseFilters(forms.Form):
    """The conditions of the case list and the board."""

    q = forms.CharField(
        label=_("Number, words, name, last figures of a phone"), required=False, max_length=100
    )
    kind = fields.Pick(label=_("Kind"), required=False, choices=fields.choices(Kind, empty=ANY))
    step = fields.Pick(label=_("What is to be done"), required=False, choices=fields.choices(Step, empty=ANY))
    owner = fields.Pick(label=_("In charge"), required=False)
    department = fields.Pick(label=_("Department"), required=False)
    severity = fields.Pick(label=_("Severity"), required=False, choices=fields.choices(Severity, empty=ANY))
    emotion = fields.Pick(label=_("Feeling"), required=False, choices=fields.choices(Emotion, empty=ANY))
    service = fields.Pick(label=_("Service"), required=False)
    touchpoint = fields.Pick(label=_("Touchpoint"), required=False)
    went = fields.Pick(label=_("How it went"), required=False, choices=fields.choices(Went, empty=ANY))
    since = forms.DateField(
        label=_("Came in from"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Came in until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    overdue = forms.BooleanField(label=_("Overdue"), required=False)
    member = forms.BooleanField(label=_("Members"), required=False)
    transferred = forms.BooleanField(label=_("Passed on by authorities"), required=False)
    reopened = forms.BooleanField(label=_("Reopened"), required=False)
    sort = fields.Pick(
        label=_("Order"),
        required=False,
        choices=[("", _("Newest first")), ("due", _("Due first")), ("oldest", _("Oldest first"))],
    )

    def __init__(self, data: Any, *, staff: Staff, state: str) -> None:
        super().__init__(data)
        self.state, self.staff = state, staff
        colleagues = [(str(row.pk), row.name) for row in people.service_staff() if row.pk != staff.pk]
        self.fields["owner"].choices = [("", ANY), ("me", _("Me")), ("nobody", _("Nobody yet")), *colleagues]  # type: ignore[attr-defined]
        self.fields["department"].choices = [
            ("", ANY),
            *((str(row.pk), row.name) for row in people.departments()),
        ]  # type: ignore[attr-defined]

        services = ((str(row.pk), row.name) for row in catalogue.items(catalogue.Filters(with_unused=True)))
        self.fields["service"].choices = [("", ANY), *services]  # type: ignore[attr-defined]
        met = ((str(row.pk), row.name) for row in catalogue.touchpoints(with_unused=True))
        self.fields["touchpoint"].choices = [("", ANY), (NONE, _("None named")), *met]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """What could be understood of the address."""
        self.is_valid()
        said = self.cleaned_data
        owner = said.get("owner", "")
        return Filters(
            q=said.get("q", ""),
            state=self.state,
            step=Step(said["step"]) if said.get("step") else None,
            kind=Kind(said["kind"]) if said.get("kind") else None,
            owner_id=self.staff.pk if owner == "me" else figure(owner) or None,
            nobody=owner == "nobody",
            department_id=int(said["department"]) if said.get("department") else None,
            severity=Severity(said["severity"]) if said.get("severity") else None,
            emotion=Emotion(said["emotion"]) if said.get("emotion") else None,
            service_item_id=int(said["service"]) if said.get("service") else None,
            touchpoint_id=figure(said.get("touchpoint")) or None,
            no_touchpoint=said.get("touchpoint") == NONE,
            went=Went(said["went"]) if said.get("went") else None,
            since=said.get("since"),
            until=said.get("until"),
            overdue=bool(said.get("overdue")),
            member=bool(said.get("member")),
            lane=LANE if said.get("transferred") else "",
            reopened=bool(said.get("reopened")),
            sort=said.get("sort") or "newest",
        )


def page_number(text: str | None) -> int:
    """A page from the address; 1 for anything else."""
    return figure(text, digits=5) or 1
