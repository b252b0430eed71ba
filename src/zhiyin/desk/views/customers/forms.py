"""What staff fill in about a customer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from zhiyin.customers import rules
from zhiyin.customers.actions import ContactEntry, Details
from zhiyin.customers.queries import Card, Filters
from zhiyin.customers.rules import Channel, ContactKind, Nature, Rest, Side
from zhiyin.customers.rules.details import NameMissing
from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import DomainError, Invalid
from zhiyin.kit.language import describe, say
from zhiyin.people import access
from zhiyin.people import queries as people
from zhiyin.people.access import Deed

MISSING = {"required": _("This is still empty.")}
CHOOSE = {"required": _("Choose one."), "invalid_choice": _("This is no longer on offer. Choose again.")}
DAY = MISSING | {"invalid": _("Write the date as 2026-11-18.")}
SPARE_ROWS = 2
MOST_ROWS = 60


def options(of: type[Choice], nothing: Any = None) -> list[tuple[str, Any]]:
    """The members of a closed list to choose from, with an empty choice first where `nothing` is given."""
    members = [(member.value, _(member.label)) for member in of]
    return members if nothing is None else [("", nothing), *members]


def named(rows: Iterable[Any], nothing: Any) -> list[tuple[str, Any]]:
    """Rows with a name to choose from, and none of them."""
    return [("", nothing), *((str(row.pk), row.name) for row in rows)]


def object_to(form: forms.BaseForm, error: DomainError) -> None:
    """Put a rule's objection beside the field it is about, else above the form."""
    field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
    form.add_error(field, describe(error))


def needed(error: type[DomainError]) -> dict[str, Any]:
    """The rule's own sentence for a field left empty."""
    return {"required": _(error.message)}


class Line(forms.CharField):
    """One line, cleaned of what cannot be seen before anything is checked."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", MISSING)
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        return rules.clean_line(super().to_python(value) or "")


class Text(Line):
    """Several lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return rules.clean_text(forms.CharField.to_python(self, value) or "")


def day(label: Any, **options: Any) -> forms.DateField:
    """A date as browsers offer it."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=DAY, **options)


def number(label: Any, **options: Any) -> forms.TypedChoiceField:
    """A row of another table by its id, or none."""
    return forms.TypedChoiceField(
        label=label, coerce=int, empty_value=None, required=False, error_messages=CHOOSE, **options
    )


class ListFilter(forms.Form):
    """What the list is narrowed to; nonsense in the address narrows nothing."""

    q = Line(label=_("Name, initials, end of the phone, room"), required=False)
    side = forms.ChoiceField(
        label=_("External or internal"), choices=options(Side, _("Either")), required=False
    )
    member = forms.ChoiceField(
        label=_("Member"),
        choices=[("", _("Either")), ("yes", _("Members")), ("no", _("Not members"))],
        required=False,
    )
    mine = forms.BooleanField(label=_("Looked after by me"), required=False)

    def filters(self) -> Filters:
        """The conditions that make sense."""
        self.is_valid()
        given = self.cleaned_data
        member = given.get("member")
        return Filters(
            text=given.get("q") or "",
            side=Side(given["side"]) if given.get("side") else None,
            is_member=member == "yes" if member else None,
            mine=bool(given.get("mine")),
        )


class CustomerForm(forms.Form):
    """Who the customer is."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    name = Line(label=_("Name"), error_messages=needed(NameMissing))
    salutation = Line(label=_("Form of address"), required=False, help_text=_("For example Ms Su, Auntie Li"))
    nature = forms.ChoiceField(
        label=_("Person or organisation"),
        choices=options(Nature),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    side = forms.ChoiceField(
        label=_("External or internal"),
        choices=options(Side),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    department = number(_("Department, for an internal customer"))
    is_member = forms.BooleanField(label=_("Member"), required=False)
    preferred_channel = forms.ChoiceField(
        label=_("Preferred channel"),
        choices=options(Channel, _("No preference")),
        required=False,
        error_messages=CHOOSE,
    )
    since = day(_("Customer since"), required=False)
    team = number(_("Team"))
    owner = number(_("Looked after by"))
    note = Text(label=_("Worth knowing"), required=False)

    def __init__(
        self, data: Any = None, *, staff: Any, card: Card | None = None, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial or self.values_of(staff, card), label_suffix="")
        customer = card.customer if card else None
        self.fields["department"].choices = named(people.departments(), _("None"))  # type: ignore[attr-defined]
        wide = access.may(staff, Deed.SEE_ALL_CASES)
        owners = {row.pk: row for row in people.service_staff() if wide or row.team_id == staff.team_id}
        if customer and customer.owner:
            owners.setdefault(customer.owner.pk, customer.owner)
        self.fields["owner"].choices = named(owners.values(), _("Nobody yet"))  # type: ignore[attr-defined]
        if wide:
            self.fields["team"].choices = named(people.teams(), _("No team"))  # type: ignore[attr-defined]
        else:
            del self.fields[
                "team"
            ]  # an agent's new customers are her team's; handing over is the supervisor's
        self.staff, self.customer = staff, customer

    @staticmethod
    def values_of(staff: Any, card: Card | None) -> dict[str, Any]:
        """What is stored, as the fields hold it."""
        if card is None:
            return {"nature": Nature.PERSON, "side": Side.EXTERNAL, "team": staff.team_id}
        row = card.customer
        columns = (
            "version",
            "name",
            "salutation",
            "nature",
            "side",
            "is_member",
            "preferred_channel",
            "since",
            "note",
        )
        stored: dict[str, Any] = {column: getattr(row, column) for column in columns}
        return stored | {"department": row.department_id, "team": row.team_id, "owner": row.owner_id}

    def clean_version(self) -> int:
        """A page always sends one; what comes without is taken for an old page."""
        version = self.cleaned_data.get("version")
        return -1 if version is None else int(version)

    def details(self) -> Details:
        """What the actions take."""
        given = self.cleaned_data
        found = Details(
            name=given["name"],
            salutation=given["salutation"],
            nature=Nature(given["nature"]),
            side=Side(given["side"]),
            department_id=given["department"],
            is_member=given["is_member"],
            preferred_channel=given["preferred_channel"],
            since=given["since"],
            note=given["note"],
            owner_id=given["owner"],
        )
        if "team" in given:
            found["team_id"] = given["team"]
        elif self.customer is None:
            found["team_id"] = self.staff.team_id
        return found


class ContactForm(forms.Form):
    """One way to reach the customer: a new one, or one there already (its id), which stays masked."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=options(ContactKind), initial=ContactKind.PHONE, error_messages=CHOOSE
    )
    value = Line(label=_("Number or address"), required=False)
    label = Line(label=_("Note"), required=False, max_length=40)
    is_primary = forms.BooleanField(label=_("First choice"), required=False)
    remove = forms.BooleanField(label=_("Remove"), required=False)
    masked = ""
    masked_kind: Any = ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("id") and given.get("value") and given.get("kind"):
            try:
                rules.normalise_contact(ContactKind(given["kind"]), given["value"])
            except DomainError as error:
                object_to(self, error)
        return given

    def entry(self) -> ContactEntry | None:
        """What the actions take; None for a row left empty."""
        given = self.cleaned_data
        if not given.get("id") and not given.get("value"):
            return None
        return ContactEntry(
            kind=ContactKind(given["kind"]),
            value=given["value"],
            label=given["label"],
            is_primary=given["is_primary"],
            id=given["id"],
            remove=given["remove"],
        )


class RestForm(forms.Form):
    """One daily rest."""

    start = Line(label=_("From"), required=False, widget=forms.TextInput(attrs={"type": "time"}))
    end = Line(label=_("To"), required=False, widget=forms.TextInput(attrs={"type": "time"}))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name, other in (("start", "end"), ("end", "start")):
            if not given.get(name) and given.get(other):
                self.add_error(name, _("Both times are needed."))
            elif given.get(name):
                try:
                    rules.minutes(given[name])
                except DomainError as error:
                    self.add_error(name, describe(error))
        return given

    def rest(self) -> Rest | None:
        """The period; None for a row left empty."""
        given = self.cleaned_data
        if not given.get("start"):
            return None
        return Rest(rules.minutes(given["start"]), rules.minutes(given["end"]))


class Rows(BaseFormSet):  # type: ignore[type-arg]  # no generic class at run time
    """Rows of a page; one that arrives without its count is damaged."""

    default_error_messages = BaseFormSet.default_error_messages | {
        "missing_management_form": _(
            "This form arrived damaged. Go back, load the page again and send once more."
        )
    }


def _formset(of: type[forms.Form], spare: int) -> Any:
    return formset_factory(of, formset=Rows, extra=spare, absolute_max=MOST_ROWS, max_num=MOST_ROWS)


class CustomerEdit:
    """The whole page: who, contacts, rest. Works row by row without scripts; `more` asks for spare rows."""

    def __init__(self, data: QueryDict | None, *, staff: Any, card: Card | None = None) -> None:
        self.data, self.staff, self.card = data, staff, card
        self.form = CustomerForm(data, staff=staff, card=card)
        contacts = [_contact(point) for point in card.contacts] if card else []
        rest = (
            [
                {"start": rules.clock(period.start), "end": rules.clock(period.end % rules.DAY)}
                for period in card.rest
            ]
            if card
            else []
        )
        spare = 1 if contacts else SPARE_ROWS
        self.contacts: Any = _formset(ContactForm, spare)(data, prefix="c", initial=contacts)
        self.rest: Any = _formset(RestForm, 1)(data, prefix="r", initial=rest)
        self._mask()

    def _mask(self) -> None:
        known = {point.pk: point for point in self.card.contacts} if self.card else {}
        for form in self.contacts:
            raw = str(form["id"].value() or "")
            if raw.isdecimal() and int(raw) in known:
                point = known[int(raw)]
                form.masked = rules.mask(ContactKind(point.kind), point.value)
                form.masked_kind = say(ContactKind(point.kind))

    def more(self) -> CustomerEdit:
        """The same page with spare rows, everything typed kept, nothing judged yet."""
        self.form = CustomerForm(staff=self.staff, card=self.card, initial=_typed(self.form))
        for name, of in (("contacts", ContactForm), ("rest", RestForm)):
            formset = getattr(self, name)
            typed = [_typed(form) for form in formset][: MOST_ROWS - SPARE_ROWS]
            setattr(self, name, _formset(of, SPARE_ROWS)(prefix=formset.prefix, initial=typed))
        self._mask()
        return self

    def is_valid(self) -> bool:
        """Whether everything can be taken; each part says its own sentences."""
        return all([self.form.is_valid(), self.contacts.is_valid(), self.rest.is_valid()])

    def entries(self) -> list[ContactEntry]:
        return [entry for form in self.contacts if (entry := form.entry())]

    def periods(self) -> list[Rest]:
        return [rest for form in self.rest if (rest := form.rest())]

    @property
    def has_errors(self) -> bool:
        """Whether something typed needs another look."""
        return bool(self.data) and not self.is_valid()


def _contact(point: Any) -> dict[str, Any]:
    return {"id": point.pk, "kind": point.kind, "label": point.label, "is_primary": point.is_primary}


def _typed(form: forms.BaseForm) -> dict[str, Any]:
    return {name: form[name].value() for name in form.fields}
