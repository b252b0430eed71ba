"""Forms about transfers, letters, statutory rules and the head of letters."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhiyin.desk.forms import fields
from zhiyin.desk.forms.clocks import day
from zhiyin.kit.fields import VersionField
from zhiyin.statutory.rules.words import Body, Duty, Mark, Region, Sector, Start, Unit

__all__ = [
    "Amend",
    "Close",
    "Extend",
    "LetterText",
    "Plain",
    "Profile",
    "Refuse",
    "Reply",
    "Rule",
    "SendAgain",
    "SendBack",
    "Slip",
    "Transfer",
]


class Transfer(forms.Form):
    """What stands on the slip an authority sent."""

    body = fields.Pick(label=_("Which authority"), choices=fields.choices(Body))
    office = fields.Line(
        label=_("Which office"), required=False, max_length=80, help_text=_("As letters address it.")
    )
    external_number = fields.Line(
        label=_("Its number"), max_length=80, help_text=_("Every answer quotes it.")
    )
    received_at = fields.Moment(label=_("Reached us"))
    demand = fields.Words(label=_("What is demanded"), rows=3, help_text=_("As it stands on the slip."))
    stated_due_on = day(
        label=_("Deadline on the slip"),
        required=False,
        help_text=_("Leave it empty and it is reckoned by the rule in force."),
    )
    region = fields.Pick(
        label=_("Region of the authority"),
        required=False,
        choices=fields.choices(Region, empty=_("Nation-wide, or not known")),
        help_text=_("Its own rules hold there."),
    )
    city = fields.Line(label=_("City of the authority"), required=False, max_length=40)
    escalation_id = fields.Number(label=_("Belongs to"), required=False, empty=_("Nothing entered so far"))

    def __init__(
        self,
        *args: Any,
        outside: list[Any],
        now: datetime,
        demand: str = "",
        ours: Any = None,
        **options: Any,
    ) -> None:
        place = {"region": ours.region, "city": ours.city} if ours else {}
        received_at = timezone.localtime(now).replace(second=0, microsecond=0)
        initial = {**place, "received_at": received_at, "demand": demand}
        if outside:
            initial |= {"escalation_id": outside[0].pk, "external_number": outside[0].external_number}
        super().__init__(*args, initial=initial | options.pop("initial", {}), **options)
        self.fields["received_at"].now = now  # type: ignore[attr-defined]
        if outside:
            self.fields["escalation_id"].offer((row.pk, row.reason) for row in outside)  # type: ignore[attr-defined]
        else:
            del self.fields["escalation_id"]

    def arguments(self) -> dict[str, Any]:
        said = {**self.cleaned_data, "body": Body(self.cleaned_data["body"])}
        region, city = said.pop("region"), said.pop("city")
        return {**said, "place": (Region(region) if region else None, city)}


class Slip(forms.Form):
    """The same beside the form of a new case: empty unless an authority sent it."""

    body = fields.Pick(
        label=_("Which authority"),
        required=False,
        choices=fields.choices(Body, empty=_("None; it came to us directly")),
    )
    office = fields.Line(label=_("Which office"), required=False, max_length=80)
    external_number = fields.Line(label=_("Its number"), required=False, max_length=80)
    received_at = fields.Moment(label=_("Reached us"), required=False)
    stated_due_on = day(label=_("Deadline on the slip"), required=False)

    def __init__(self, data: Any = None, *, now: datetime) -> None:
        super().__init__(data, prefix="slip")
        self.now = self.fields["received_at"].now = now  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("body") and not given.get("external_number") and "external_number" not in self.errors:
            self.add_error("external_number", _("Write the number the authority gave it."))
        if given.get("external_number") and not given.get("body") and "body" not in self.errors:
            self.add_error("body", _("Name the authority whose number this is."))
        return given

    @property
    def is_given(self) -> bool:
        """Whether an authority sent it."""
        return bool(self.cleaned_data.get("body"))

    @property
    def is_touched(self) -> bool:
        """Whether anything was written here, so that the page opens it."""
        return any(self.data.get(self.add_prefix(name)) for name in self.fields)

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {**said, "body": Body(said["body"]), "received_at": said["received_at"] or self.now}


class Amend(forms.Form):
    """What was entered from the slip, to be put right."""

    external_number = fields.Line(
        label=_("Its number"), max_length=80, help_text=_("Every answer quotes it.")
    )
    office = fields.Line(
        label=_("Which office"), required=False, max_length=80, help_text=_("As letters address it.")
    )
    demand = fields.Words(label=_("What is demanded"), rows=3, help_text=_("As it stands on the slip."))


class Plain(forms.Form):
    """Nothing to fill in."""


class Refuse(forms.Form):
    ground = fields.Words(
        label=_("Why it is not accepted"),
        rows=3,
        help_text=_("The authority reads this; name whose it is if you know."),
    )


class Extend(forms.Form):
    until = day(label=_("New last day"))
    granted_on = day(label=_("Granted on"))
    ground = fields.Words(label=_("Ground"), rows=2, help_text=_("Who granted it, and why it is needed."))


class Reply(forms.Form):
    text = fields.Words(
        label=_("How it was answered"),
        required=False,
        rows=2,
        help_text=_(
            "Sent by post, handed in, or entered on its platform. With an issued letter this may stay empty."
        ),
    )


class SendAgain(forms.Form):
    until = day(label=_("New last day"))
    ground = fields.Words(label=_("What the authority wants besides"), rows=3, help_text=_("As it wrote it."))


class Close(forms.Form):
    result = fields.Words(label=_("What the authority said"), rows=2)


class LetterText(forms.Form):
    """What a letter says. The three parts are what an answer has to cover."""

    version = VersionField()
    addressee = fields.Line(label=_("Addressee"), max_length=80)
    title = fields.Line(label=_("Title"), max_length=120)
    opening = fields.Words(label=_("Opening"), rows=4)
    finding = fields.Words(label=_("What was found"), rows=4, required=False)
    remedy = fields.Words(label=_("What is put right"), rows=4, required=False)
    prevention = fields.Words(label=_("What keeps it from happening again"), rows=3, required=False)
    closing = fields.Words(label=_("Closing"), rows=2, required=False)
    signer = fields.Line(label=_("Who signs"), max_length=40, required=False)
    signer_title = fields.Line(label=_("As what"), max_length=40, required=False)

    def words(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class SendBack(forms.Form):
    reason = fields.Words(label=_("What should be changed"), rows=2)


class Rule(forms.Form):
    """A new version of a statutory rule."""

    duty = fields.Pick(label=_("What has to happen"), choices=fields.choices(Duty))
    body = fields.Pick(
        label=_("Authority"), required=False, choices=fields.choices(Body, empty=_("Every authority"))
    )
    sector = fields.Pick(
        label=_("Trade"), required=False, choices=fields.choices(Sector, empty=_("Every trade"))
    )
    region = fields.Pick(
        label=_("Region"), required=False, choices=fields.choices(Region, empty=_("The whole country"))
    )
    city = fields.Line(label=_("City"), required=False, max_length=40)
    amount = forms.IntegerField(
        label=_("How long"), min_value=1, max_value=999,
        error_messages={
            "required": _("Write how long it may take."), "invalid": _("A whole number fits here."),
            "min_value": _("At least 1 fits here."), "max_value": _("At most 999 fits here."),
        },
    )  # fmt: skip
    unit = fields.Pick(label=_("Unit"), choices=fields.choices(Unit))
    starts_from = fields.Pick(label=_("Counts from"), choices=fields.choices(Start))
    remind_days = forms.IntegerField(
        label=_("Remind so many working days before"), min_value=0, max_value=60, initial=1,
        error_messages={
            "required": _("Write a number of days; 0 for none."), "invalid": _("A whole number fits here."),
            "min_value": _("Write a number of days; 0 for none."), "max_value": _("At most 60 fits here."),
        },
    )  # fmt: skip
    rolls = forms.BooleanField(
        label=_("Calendar days: a last day off moves to the next working day"), required=False, initial=True
    )
    effective_from = day(label=_("In force from"))
    effective_to = day(label=_("In force until"), required=False)
    basis = fields.Words(
        label=_("What it rests on"),
        rows=2,
        max_length=500,
        help_text=_("The law with its article, the notice, or the decision; its own words, nothing else."),
    )
    remark = fields.Line(
        label=_("Remark"),
        required=False,
        max_length=200,
        help_text=_("What is to be known beside it; shown apart."),
    )
    mark = fields.Pick(label=_("How well it is known"), choices=fields.choices(Mark), initial=Mark.UNVERIFIED)

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            **said,
            "duty": Duty(said["duty"]),
            "body": Body(said["body"]) if said["body"] else None,
            "sector": Sector(said["sector"]) if said["sector"] else None,
            "region": Region(said["region"]) if said["region"] else None,
            "unit": Unit(said["unit"]),
            "starts_from": Start(said["starts_from"]),
            "mark": Mark(said["mark"]),
        }


class Profile(forms.Form):
    """How authorities know the house."""

    version = VersionField()
    sector = fields.Pick(
        label=_("Our trade"),
        required=False,
        choices=fields.choices(Sector, empty=_("Not named")),
        help_text=_("Some statutory times hold in one trade alone."),
    )
    region = fields.Pick(
        label=_("Region"),
        required=False,
        choices=fields.choices(Region, empty=_("Not named")),
        help_text=_("Rules of this region and city hold for us beside those of the whole country."),
    )
    city = fields.Line(label=_("City"), required=False, max_length=40)
    name = fields.Line(
        label=_("Registered name"),
        required=False,
        max_length=80,
        help_text=_("Stands in red over every letter."),
    )
    address = fields.Line(label=_("Address"), required=False)
    postcode = fields.Line(label=_("Postcode"), required=False, max_length=12)
    telephone = fields.Line(label=_("Telephone"), required=False, max_length=40)
    series_word = fields.Line(
        label=_("Word of the series"),
        max_length=12,
        initial="函",
        help_text=_("Before the year: 函〔2026〕012号"),
    )
    seal_place = fields.Line(label=_("Seal place"), required=False, max_length=40)
    signer = fields.Line(label=_("Who signs"), required=False, max_length=40)
    signer_title = fields.Line(label=_("As what"), required=False, max_length=40)
    opening = fields.Words(label=_("Opening of letters"), required=False, rows=4, max_length=1000)
    closing = fields.Words(label=_("Closing of letters"), required=False, rows=2, max_length=1000)

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            **said,
            "sector": Sector(said["sector"]) if said["sector"] else None,
            "region": Region(said["region"]) if said["region"] else None,
        }
