"""Forms of the facts page: a row made of the table's own columns, a column, a block from a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from zhiyin.desk.forms import fields
from zhiyin.facts import texts
from zhiyin.facts.rules import starters, words
from zhiyin.facts.rules.words import Kind
from zhiyin.kit.fields import TokenField, VersionField

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_CELL = 200
YES_NO = [("", "–"), ("yes", _("yes")), ("no", _("no"))]


class Row(forms.Form):
    """One observation: a field `c<id>` for each column. What a cell may hold is the room's rule, not the form's."""

    form_id: ClassVar[str] = "fact-row"

    version = VersionField()
    token = TokenField()

    def __init__(
        self, *args: Any, columns: Iterable[Any], seen: dict[int, list[str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.lists = seen
        self.columns = list(columns)
        for column in self.columns:
            self.fields[f"c{column.pk}"] = self._field(column)

    def _field(self, column: Any) -> forms.Field:
        label = texts.heading(column.name, column.unit)
        attrs: dict[str, Any] = {"aria-label": label, "class": f"fg-{column.kind}", "form": self.form_id}
        if column.kind == Kind.YESNO:
            attrs["class"] += " form-select"
            return forms.ChoiceField(
                label=label, choices=YES_NO, required=False, widget=forms.Select(attrs=attrs)
            )
        attrs["class"] += " form-control"
        attrs["autocomplete"] = "off"
        if column.kind == Kind.NUMBER:
            attrs["inputmode"] = "decimal"
        elif column.kind == Kind.TIME:
            attrs["data-copy"] = ""
        else:
            attrs["list"] = f"fl-{column.pk}"
        return forms.CharField(
            label=label, required=False, max_length=LONGEST_CELL, widget=forms.TextInput(attrs=attrs)
        )

    def typed(self) -> dict[int, str]:
        """What was typed, by column id."""
        return {int(name[1:]): value or "" for name, value in self.cleaned_data.items() if name[:1] == "c"}

    def cells(self) -> list[forms.BoundField]:
        return [self[f"c{column.pk}"] for column in self.columns]

    def conditions(self) -> list[forms.BoundField]:
        return [self[f"c{column.pk}"] for column in self.columns if not column.is_outcome]

    def outcome(self) -> forms.BoundField:
        return next(self[f"c{column.pk}"] for column in self.columns if column.is_outcome)


class Column(forms.Form):
    name = fields.Line(label=_("Name of the column"), max_length=words.NAME)
    kind = fields.Radio(label=_("Kind"), choices=fields.choices(Kind), initial=Kind.YESNO)
    unit = fields.Line(
        label=_("Unit"), max_length=words.UNIT, required=False, help_text=_("Of a number: minutes, ℃, people")
    )
    answers = fields.Words(
        label=_("Answers to pick from, one a line"),
        required=False,
        rows=3,
        max_length=400,
        help_text=_("For a category or a place; customers get them as buttons."),
    )
    asked = forms.BooleanField(label=_("Ask the customer too"), required=False, initial=True)
    wording = fields.Line(label=_("As the customer reads it"), max_length=words.WORDING, required=False)

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {**data, "kind": Kind(data["kind"]), "answers": data["answers"].splitlines()}


class About(forms.Form):
    """What the table is about, and what the customer reads above her questions."""

    name = fields.Line(label=_("What it is about"), max_length=words.TEXT)
    request = fields.Words(
        label=_("What we ask of the customer"), max_length=words.REQUEST, required=False, rows=2
    )


class Block(forms.Form):
    """Cells from a spreadsheet, pasted or as a file."""

    text = forms.CharField(
        label=_("Rows from a spreadsheet"),
        required=False,
        strip=False,
        max_length=words.PASTED,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "fact-paste"}),
    )
    file = forms.FileField(label=_("or a file (CSV, XLSX)"), required=False)
    outcome = fields.Line(
        label=_("The column that says whether it failed"), max_length=words.NAME, required=False
    )
    new_columns = forms.BooleanField(
        label=_("Add columns that the table does not have yet"), required=False, initial=True
    )


class Begin(forms.Form):
    starter = fields.Radio(
        label=_("What sort of puzzle is it?"),
        choices=[(one.key, _(one.name)) for one in starters.STARTERS],
        initial="own",
    )


class Gather(forms.Form):
    number = fields.Line(label=_("Number of the other case"), max_length=20)
