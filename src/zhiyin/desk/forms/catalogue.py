"""What is written into the catalogue: touchpoints, services, procedures, the guarantee and its clauses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhiyin.cases.queries import money
from zhiyin.cases.rules.money import Nature
from zhiyin.catalogue import queries as catalogue
from zhiyin.catalogue.rules import checks
from zhiyin.catalogue.rules.words import Level, Measure
from zhiyin.desk.address import figure
from zhiyin.desk.forms import fields
from zhiyin.desk.forms.clocks import day
from zhiyin.desk.words_money import expense_kind
from zhiyin.guarantees.rules import Told
from zhiyin.people import queries as people

ANY = _("Any")
HOUR = 60
WHOLE = {
    "required": _("Write a whole number."),
    "invalid": _("A whole number fits here."),
    "min_value": _("At least 1 fits here."),
    "max_value": _("This number is too large here."),
}
VERSION = {"widget": forms.HiddenInput, "required": False, "min_value": 0, "max_value": 2**31 - 1}


class Touchpoint(forms.Form):
    version = forms.IntegerField(**VERSION)  # type: ignore[arg-type]
    name = fields.Line(label=pgettext_lazy("of a thing", "Name"), max_length=80)
    position = forms.IntegerField(
        label=_("Place in the order"), min_value=1, max_value=999, initial=1, error_messages=WHOLE
    )
    key_factors = fields.Words(
        label=_("What decides here"),
        required=False,
        rows=5,
        help_text=_("One line each: what makes customers content or not at this point."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)


class Target(forms.Form):
    """What is measured and within how long; left empty, nothing is."""

    measure = fields.Pick(
        label=_("Measured by"),
        required=False,
        choices=fields.choices(Measure, empty=_("Nothing; words only")),
    )
    amount = forms.IntegerField(
        label=_("Within"), required=False, min_value=1, max_value=checks.LONGEST, error_messages=WHOLE
    )
    unit = fields.Pick(
        label=_("Unit"), choices=[("1", _("minutes")), (str(HOUR), _("hours"))], initial=str(HOUR)
    )
    calendar_id = fields.Number(label=_("Counted in"), required=False, empty=_("Round the clock"))
    covers_all = forms.BooleanField(
        label=_("Holds for every case, whatever service it falls under"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["calendar_id"].offer((row.pk, row.name) for row in people.calendar_list())  # type: ignore[attr-defined]

    def target(self) -> dict[str, Any]:
        """The part of the arguments that is the target."""
        said = self.cleaned_data
        minutes = said["amount"] * int(said["unit"]) if said.get("amount") else None
        return {
            "measure": Measure(said["measure"]) if said["measure"] else None,
            "minutes": minutes,
            "calendar_id": said["calendar_id"],
            "covers_all": said["covers_all"],
        }


def target_of(row: Any) -> dict[str, Any]:
    """What stands in the fields of a target at first."""
    minutes = row.minutes or 0
    whole = minutes % HOUR == 0
    return {
        "measure": row.measure,
        "amount": (minutes // HOUR if whole else minutes) or None,
        "unit": str(HOUR) if whole else "1",
        "calendar_id": row.calendar_id,
        "covers_all": row.covers_all,
    }


class Item(Target):
    version = forms.IntegerField(**VERSION)  # type: ignore[arg-type]
    name = fields.Line(label=pgettext_lazy("of a thing", "Name"), max_length=80)
    level = fields.Radio(label=_("Level of service"), choices=fields.choices(Level), initial=Level.DUTY)
    standard = fields.Words(
        label=_("Hard standard"),
        required=False,
        help_text=_("What can be counted or checked, in plain words."),
    )
    soft_side = fields.Words(
        label=_("Soft side"), required=False, help_text=_("How it should feel: tone, care, attention.")
    )
    touchpoint_id = fields.Number(label=_("Touchpoint"), required=False, empty=_("None in particular"))
    department_id = fields.Number(label=_("Responsible department"), required=False, empty=_("None"))
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = ((row.pk, row.name) for row in catalogue.touchpoints(with_unused=True))
        self.fields["touchpoint_id"].offer(offered)  # type: ignore[attr-defined]
        self.fields["department_id"].offer((row.pk, row.name) for row in people.departments())  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        plain = ("name", "standard", "soft_side", "touchpoint_id", "department_id", "is_active", "version")
        return {
            **{name: said[name] for name in plain},
            **self.target(),
            "level": Level(said["level"]),
        }


class Procedure(forms.Form):
    seen_number = forms.IntegerField(**VERSION)  # type: ignore[arg-type]
    steps = fields.Words(label=_("Steps"), rows=10, max_length=checks.LONG, help_text=_("One line a step."))
    note = fields.Line(label=_("What is different, and why"), required=False, max_length=checks.LINE)
    effective_on = day(label=_("Holds from"))


class ItemFilters(forms.Form):
    q = forms.CharField(label=_("Words in the name or the standard"), required=False, max_length=100)
    level = fields.Pick(label=_("Level of service"), required=False, choices=fields.choices(Level, empty=ANY))
    touchpoint = fields.Pick(label=_("Touchpoint"), required=False)
    department = fields.Pick(label=_("Department"), required=False)
    unused = forms.BooleanField(label=_("With those out of use"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        met = ((str(row.pk), row.name) for row in catalogue.touchpoints(with_unused=True))
        self.fields["touchpoint"].choices = [("", ANY), *met]  # type: ignore[attr-defined]
        answerable = ((str(row.pk), row.name) for row in people.departments())
        self.fields["department"].choices = [("", ANY), *answerable]  # type: ignore[attr-defined]

    def filters(self) -> catalogue.Filters:
        """What could be understood of the address."""
        self.is_valid()
        said = self.cleaned_data
        return catalogue.Filters(
            q=said.get("q", ""),
            level=Level(said["level"]) if said.get("level") else None,
            touchpoint_id=figure(said.get("touchpoint")) or None,
            department_id=figure(said.get("department")) or None,
            with_unused=bool(said.get("unused")),
        )


class Words(forms.Form):
    """The words around the clauses."""

    version = forms.IntegerField(**VERSION)  # type: ignore[arg-type]
    title = fields.Line(label=_("Title"), max_length=80)
    intro = fields.Words(label=_("First words"), required=False, rows=2)
    closing = fields.Words(
        label=_("How to complain"),
        required=False,
        rows=4,
        help_text=_("One line a step, for customers to read."),
    )


class AddClause(forms.Form):
    item_id = fields.Number(label=_("From the service"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["item_id"].offer((row.pk, row.name) for row in catalogue.items())  # type: ignore[attr-defined]


class Clause(Target):
    version = forms.IntegerField(**VERSION)  # type: ignore[arg-type]
    title = fields.Line(
        label=_("In one line"), max_length=80, help_text=_("As customers read it, with the time in it.")
    )
    heading = fields.Line(
        label=_("Under the heading"),
        required=False,
        max_length=40,
        help_text=_("Clauses of one heading stand together."),
    )
    text = fields.Words(label=_("In one or two sentences more"), required=False, rows=2)
    remedy = fields.Line(
        label=_("What the customer gets when it is not kept"), required=False, max_length=checks.LINE
    )
    remedy_amount = fields.Money(label=_("Worth, yuan"), required=False)

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        plain = ("title", "heading", "text", "remedy", "remedy_amount", "version")
        return {**{name: said[name] for name in plain}, **self.target()}


class Publish(forms.Form):
    version = forms.IntegerField(**VERSION)  # type: ignore[arg-type]
    effective_on = day(label=_("Holds from"))


class Tell(forms.Form):
    """What the customer is told of a promise to everybody that was not kept for her, and how."""

    how = fields.Radio(label=_("How"), choices=fields.choices(Told), initial=Told.WRITTEN)
    text = fields.Words(
        label=_("To the customer"), rows=4, help_text=_("By voice: what you said. It stands in the thread.")
    )

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"text": said["text"], "by_voice": said["how"] == Told.VOICE}


class MakeGood(forms.Form):
    given = fields.Line(label=_("What was given"), max_length=200)
    cost = fields.Money(label=_("What it cost us, yuan"))
    kind_id = fields.Number(label=_("Counts as"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = money.kinds().filter(nature=Nature.REMEDY)
        self.fields["kind_id"].offer((row.pk, expense_kind(row.name)) for row in kinds)  # type: ignore[attr-defined]


class ResultFilters(forms.Form):
    """Period and state are tabs; the department is chosen."""

    department = fields.Pick(label=_("Department"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        answerable = ((str(row.pk), row.name) for row in people.departments())
        self.fields["department"].choices = [("", ANY), *answerable]  # type: ignore[attr-defined]

    def clause_id(self) -> int | None:
        """The promise an address names, if any."""
        return figure(self.data.get("clause")) or None

    def department_id(self) -> int | None:
        self.is_valid()
        return figure(self.cleaned_data.get("department")) or None
