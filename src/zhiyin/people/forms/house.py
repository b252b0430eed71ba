"""Forms about the house: organisation, teams, departments, skills, hours."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhiyin.kit.errors import DomainError
from zhiyin.people import queries, timetable
from zhiyin.people.forms.base import ADDRESS, CHOOSE, MISSING, Versioned, languages, object_to

WEEKDAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)
TABLE_LARGEST = 256 * 1024


class UnitForm(Versioned):
    """A team or a department."""

    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=80, error_messages=MISSING)
    calendar = forms.ModelChoiceField(
        queries.calendar_list(),
        label=gettext_lazy("Working calendar"),
        empty_label=None,
        error_messages=CHOOSE,
    )
    is_active = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)


class SkillForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Skill"), max_length=60, error_messages=MISSING)


class HoursField(forms.CharField):
    """A day's hours; silence is an answer too, a day off."""

    def validate(self, value: Any) -> None:
        return


class CalendarForm(Versioned):
    """A whole calendar; hours are written as text, several periods a day."""

    use_required_attribute = False

    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=80, error_messages=MISSING)
    zone = forms.CharField(
        label=gettext_lazy("Time zone"), max_length=64, initial="Asia/Shanghai", error_messages=MISSING
    )
    always = forms.BooleanField(label=gettext_lazy("Round the clock, every day"), required=False)
    observes_statutory = forms.BooleanField(
        label=gettext_lazy("Observes statutory holidays and swapped working days"),
        required=False,
        initial=True,
    )
    exceptions = forms.CharField(
        label=gettext_lazy("Dates of their own"),
        required=False,
        max_length=40_000,
        help_text=format_lazy(
            gettext_lazy("A line each: {closed} or {hours}, a reason after it if you like."),
            closed=format_lazy("2027-02-06 {}", gettext_lazy("closed")),
            hours="2027-02-07 09:00-12:00",
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, weekday in enumerate(WEEKDAYS):
            self.fields[f"day{number}"] = HoursField(label=weekday, max_length=200)

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[f"day{number}"] for number in range(7)]

    def values(self) -> dict[str, Any] | None:
        """As `save_calendar` takes them; None when something is unreadable, which then stands by its field."""
        periods: list[tuple[int, int, int]] = []
        exceptions: list[timetable.Exceptional] = []
        for number in range(7):
            try:
                day = timetable.read_hours(self.cleaned_data[f"day{number}"], field=f"day{number}")
                periods += [(number, start, end) for start, end in day]
            except DomainError as error:
                object_to(self, error)
        try:
            exceptions = timetable.read_exceptions(self.cleaned_data["exceptions"])
        except DomainError as error:
            object_to(self, error)
        if self.errors:
            return None
        plain = ("name", "zone", "always", "observes_statutory")
        return {name: self.cleaned_data[name] for name in plain} | {
            "periods": periods,
            "exceptions": exceptions,
        }


class StatutoryForm(forms.Form):
    """A table of statutory days, as a file or as text."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=format_lazy(
            gettext_lazy("CSV with two columns, date and kind: {holiday} or {workday}."),
            holiday="2027-01-01,holiday",
            workday="2027-01-10,workday",
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )
    table = forms.CharField(
        label=gettext_lazy("Or typed here"),
        required=False,
        max_length=TABLE_LARGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    source = forms.CharField(label=gettext_lazy("Where it was announced"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        upload = given.get("file")
        if upload is not None:
            self._read(upload)
        elif not (given.get("table") or "").strip() and not self.errors:
            self.add_error("table", _("Choose a file, or write the days here."))
        return given

    def _read(self, upload: Any) -> None:
        if upload.size > TABLE_LARGEST:
            self.add_error("file", _("A year of days fits into 256 KB; this file is larger."))
            return
        raw: bytes = upload.read()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                self.cleaned_data["table"] = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            return
        self.add_error("file", _("This file is not text. Save the sheet as CSV first."))


class OrganisationForm(Versioned):
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=80, error_messages=MISSING)
    place = forms.CharField(label=gettext_lazy("Place or branch"), max_length=80, required=False)
    mark = forms.CharField(
        label=gettext_lazy("Mark"),
        help_text=gettext_lazy("Two characters that stand for the house in the portal."),
        max_length=4,
        required=False,
    )
    phone = forms.CharField(label=gettext_lazy("Service telephone"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("Sender address"), required=False, error_messages=ADDRESS)
    outside_routes = forms.CharField(
        label=gettext_lazy("Outside routes"),
        help_text=gettext_lazy("Where customers can turn besides us, such as 12315; shown in the portal."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    principles = forms.CharField(
        label=gettext_lazy("Principles"),
        help_text=gettext_lazy("What decides where no procedure does."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    default_team = forms.ModelChoiceField(
        queries.teams(),
        label=gettext_lazy("Team for new cases"),
        required=False,
        empty_label=gettext_lazy("None yet"),
        error_messages=CHOOSE,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language towards customers"), choices=languages(), error_messages=CHOOSE
    )
