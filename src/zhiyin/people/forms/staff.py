"""Forms about people: preferences, the staff list, a seat, an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhiyin.people import access, queries, rules
from zhiyin.people.forms.base import ADDRESS, CHOOSE, MISSING, NUMBER, Versioned, languages, options
from zhiyin.people.models import Staff
from zhiyin.people.rules import Role, Theme


class PreferencesForm(forms.Form):
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=languages(),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("Appearance"),
        choices=options(Theme),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    shortcuts = forms.BooleanField(
        label=gettext_lazy("Single-letter shortcuts"),
        help_text=gettext_lazy("They work outside fields and never while an input method composes."),
        required=False,
    )


class StaffFilter(forms.Form):
    """Conditions of the staff list; an unreadable one is passed over."""

    q = forms.CharField(label=gettext_lazy("Name, sign-in name or e-mail"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)
    team = forms.ModelChoiceField(queries.teams(with_unused=True), label=gettext_lazy("Team"), required=False)
    department = forms.ModelChoiceField(
        queries.departments(with_unused=True), label=gettext_lazy("Department"), required=False
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Access"),
        required=False,
        choices=[
            ("", gettext_lazy("In use")),
            ("disabled", gettext_lazy("Disabled")),
            ("all", gettext_lazy("Both")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = options(Role, nothing=_("All roles"))  # type: ignore[attr-defined]  # a ChoiceField
        for name in ("team", "department"):
            self.fields[name].empty_label = _("All")  # type: ignore[attr-defined]  # a ModelChoiceField


class SeatForm(forms.Form):
    """Role, team and department; who must have which is the rules' business."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=options(Role), error_messages=CHOOSE)
    team = forms.ModelChoiceField(
        queries.teams(),
        label=gettext_lazy("Team"),
        help_text=gettext_lazy("For agents and supervisors."),
        empty_label=gettext_lazy("None"),
        required=False,
        error_messages=CHOOSE,
    )
    department = forms.ModelChoiceField(
        queries.departments(),
        label=gettext_lazy("Department"),
        help_text=gettext_lazy("For department handlers."),
        empty_label=gettext_lazy("None"),
        required=False,
        error_messages=CHOOSE,
    )

    def seat(self) -> dict[str, Any]:
        """As the actions take it."""
        team, department = self.cleaned_data["team"], self.cleaned_data["department"]
        return {
            "role": Role(self.cleaned_data["role"]),
            "team_id": team.pk if team else None,
            "department_id": department.pk if department else None,
        }


class StaffForm(SeatForm, Versioned):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60, error_messages=MISSING)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, error_messages=ADDRESS)
    approval_limit = forms.DecimalField(
        label=gettext_lazy("Approval limit"),
        help_text=gettext_lazy("Up to this amount she approves proposals, in yuan; never her own."),
        max_digits=12,
        decimal_places=2,
        error_messages=NUMBER,
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Open cases at a time"),
        min_value=0,
        max_value=rules.CAPACITY_MOST,
        error_messages=NUMBER,
    )
    on_call = forms.BooleanField(label=gettext_lazy("On call at night"), required=False)
    skills = forms.ModelMultipleChoiceField(
        queries.skills(),
        label=gettext_lazy("Skills"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )
    field_order = (
        "name", "email", "role", "team", "department", "approval_limit", "capacity", "on_call", "skills",
    )  # fmt: skip

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        kwargs["initial"] = self.values_of(staff)
        super().__init__(*args, **kwargs)
        # A unit out of use is offered only to whom already sits in it.
        self.fields["team"].queryset = queries.teams(besides=staff.team_id)  # type: ignore[attr-defined]
        self.fields["department"].queryset = queries.departments(besides=staff.department_id)  # type: ignore[attr-defined]

    @staticmethod
    def values_of(staff: Staff) -> dict[str, Any]:
        return {
            "name": staff.name,
            "email": staff.email,
            "role": staff.role,
            "team": staff.team_id,
            "department": staff.department_id,
            "approval_limit": staff.approval_limit,
            "capacity": staff.capacity,
            "on_call": staff.on_call,
            "skills": queries.skill_ids(staff.pk),
            "version": staff.version,
        }

    def values(self) -> dict[str, Any]:
        """As `update_staff` takes them."""
        plain = ("name", "email", "approval_limit", "capacity", "on_call", "version")
        return (
            {name: self.cleaned_data[name] for name in plain}
            | self.seat()
            | {"skill_ids": [skill.pk for skill in self.cleaned_data["skills"]]}
        )


class InvitationForm(SeatForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60, error_messages=MISSING)
    email = forms.EmailField(label=gettext_lazy("E-mail"), error_messages=ADDRESS)
    field_order = ("name", "email", "role", "team", "department")

    def __init__(self, *args: Any, by: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = access.INVITABLE.get(Role(by.role), frozenset())
        self.fields["role"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (value, label) for value, label in options(Role) if value in offered
        ]
        if by.role == Role.SUPERVISOR:
            self.fields["team"].queryset = queries.teams().filter(pk=by.team_id or 0)  # type: ignore[attr-defined]
            self.fields["team"].initial = by.team_id


class AcceptForm(forms.Form):
    username = forms.CharField(
        label=gettext_lazy("Sign-in name"),
        max_length=60,
        error_messages=MISSING,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password1 = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=200,
        error_messages=MISSING,
        help_text=gettext_lazy("At least 10 characters; a short sentence is good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=gettext_lazy("Once more"),
        strip=False,
        max_length=200,
        error_messages=MISSING,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, name: str, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = Staff(name=name, email=email)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two differ. Type the same password in both."))
        if first:
            self.person.username = given.get("username", "")
            try:
                password_validation.validate_password(first, self.person)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return given
