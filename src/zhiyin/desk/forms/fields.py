"""Fields several forms share: long text, money, a moment, files, and lists with their labels."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhiyin.catalogue import queries as catalogue
from zhiyin.kit.choices import Choice
from zhiyin.kit.language import say
from zhiyin.libs import hanzi

LONG = 5000
FARTHEST = timedelta(days=730)
MISSING = {"required": _("A sentence is still missing here.")}
MISSING_CHOICE = {
    "required": _("Choose one of these."),
    "invalid_choice": _("This is no longer on the list. Choose another."),
}


def choices(of: type[Choice], *, empty: str | None = None) -> list[tuple[str, Any]]:
    """A closed list for a select; `empty` is the words for no choice."""
    first = [("", empty)] if empty is not None else []
    return [*first, *((member.value, _lazy(member)) for member in of)]


def some(members: Iterable[Choice]) -> list[tuple[str, Any]]:
    """Some members of a closed list, in this order."""
    return [(member.value, _lazy(member)) for member in members]


def _lazy(member: Choice) -> Any:
    return _(member.label)


class Words(forms.CharField):
    """A text of some sentences."""

    def __init__(self, *, rows: int = 3, placeholder: str = "", **options: Any) -> None:
        attrs: dict[str, Any] = {"rows": rows}
        if placeholder:
            attrs["placeholder"] = placeholder
        options.setdefault("max_length", LONG)
        options.setdefault("error_messages", MISSING)
        super().__init__(widget=forms.Textarea(attrs=attrs), **options)


class Line(forms.CharField):
    """A text of one line."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 120)
        options.setdefault("error_messages", MISSING)
        super().__init__(**options)


OWN_WORDS = (Words, Line)


class Money(forms.DecimalField):
    """An amount in yuan to the cent. Full-width figures, thousands' commas and the sign are understood."""

    FOLD = str.maketrans("０１２３４５６７８９．，", "0123456789.,")

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", Decimal(0))
        options.setdefault("max_digits", 9)
        options.setdefault("decimal_places", 2)
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        options.setdefault(
            "error_messages",
            {
                "required": _("Write an amount; 0 if it costs nothing."),
                "invalid": _("An amount in figures fits here, such as 380 or 380.50."),
                "max_digits": _("This amount is larger than we can keep."),
                "max_whole_digits": _("This amount is larger than we can keep."),
                "max_decimal_places": _("At most two figures after the point."),
                "min_value": _("An amount of 0 or more fits here."),
            },
        )
        super().__init__(**options)

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str):
            value = value.translate(self.FOLD).replace(",", "").replace("¥", "").replace("￥", "").strip()
        return super().to_python(value)


class Moment(forms.DateTimeField):
    """A time ahead of us, as the browser's own picker sends it. The form sets `now`, so that far ones are noticed."""

    now: datetime | None = None

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        options.setdefault("widget", widget)
        options.setdefault(
            "error_messages",
            {
                "required": _("Choose a day and a time."),
                "invalid": _("A day and a time fit here, such as 2026-11-20 14:00."),
            },
        )
        super().__init__(**options)

    def clean(self, value: Any) -> datetime | None:
        try:
            moment: datetime | None = super().clean(value)
        except (OverflowError, ValueError) as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
        if moment is not None and self.now is not None and abs(moment - self.now) > FARTHEST:
            raise forms.ValidationError(
                _("This is more than two years away. Choose a nearer time."), code="far"
            )
        return moment


class Pick(forms.ChoiceField):
    """One of a list."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", MISSING_CHOICE)
        super().__init__(**options)


class Radio(Pick):
    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.RadioSelect)
        super().__init__(**options)


class YesNo(Radio):
    """Two answers side by side; the value is a bool."""

    def __init__(self, yes: Any, no: Any, **options: Any) -> None:
        super().__init__(choices=[("yes", yes), ("no", no)], **options)

    def clean(self, value: Any) -> bool:
        return bool(super().clean(value) == "yes")


class Number(forms.TypedChoiceField):
    """One row of a list by its id; the value is an int or None."""

    def __init__(self, *, empty: Any = None, rows: Iterable[tuple[int, str]] = (), **options: Any) -> None:
        self.empty_words = empty
        options.setdefault("error_messages", MISSING_CHOICE)
        super().__init__(coerce=int, empty_value=None, choices=(), **options)
        self.offer(rows)

    def offer(self, rows: Iterable[tuple[int, Any]]) -> None:
        first = [("", self.empty_words)] if self.empty_words is not None else []
        self.choices = [*first, *((str(pk), words) for pk, words in rows)]


class Named(forms.CharField):
    """One row of a list by its name: typed, with the list offered while typing; the value is an id or None.

    `offer` takes rows of id, name and, where picking one suggests something for another field, that suggestion.
    """

    def __init__(self, **options: Any) -> None:
        self.ids: dict[str, int] = {}
        options.setdefault("max_length", 120)
        options.setdefault("error_messages", MISSING_CHOICE)
        super().__init__(widget=NamedInput(), **options)

    def offer(self, rows: Iterable[tuple[int, str, str]]) -> None:
        rows = list(rows)
        self.ids = {name.casefold(): pk for pk, name, _hint in rows}
        self.widget.rows = [(name, hint) for _pk, name, hint in rows]

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            names = {pk: name for name, pk in self.ids.items()}
            shown = {name.casefold(): name for name, _hint in self.widget.rows}
            return shown.get(names.get(value, ""), "")
        return value

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if not typed:
            return None
        found = self.ids.get(typed.casefold())
        if found is None:
            raise forms.ValidationError(
                _("This is not on the list. Choose one from it, or leave the field empty."), code="unknown"
            )
        return found


class NamedInput(forms.TextInput):
    """A line with a list of names beneath; `suggests` is the id of the field a pick may fill."""

    template_name = "desk/named.html"

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off", "data-picker": ""})
        self.rows: list[tuple[str, str]] = []

    def __deepcopy__(self, memo: Any) -> NamedInput:
        copied: NamedInput = super().__deepcopy__(memo)
        copied.rows = list(self.rows)
        return copied

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        listed = f"{context['widget']['attrs'].get('id', name)}-list"
        context["widget"]["attrs"]["list"] = listed
        rows = [(name, hint, sounds(name)) for name, hint in self.rows]
        return {**context, "rows": rows, "listed": listed}


@lru_cache(maxsize=2048)
def sounds(name: str) -> str:
    """What somebody may type to find a Chinese name: its initials and its whole pinyin; nothing for other names."""
    initials, spelt = hanzi.pinyin_initials(name).lower(), hanzi.full_pinyin(name).lower()
    return "" if name.isascii() else f"{initials} {spelt}"


def offer_catalogue(form: forms.BaseForm, *, keep: Iterable[Any] = ()) -> None:
    """Fill the fields of service and touchpoint: what is in use, and what `keep` stands there already."""
    kept = [row for row in keep if row is not None]
    items = list(catalogue.items())
    touchpoints = list(catalogue.touchpoints())
    items += [row for row in kept if hasattr(row, "level") and row not in items]
    touchpoints += [row for row in kept if not hasattr(row, "level") and row not in touchpoints]
    service, touchpoint = form.fields["service_item_id"], form.fields["touchpoint_id"]
    service.offer((row.pk, row.name, row.touchpoint.name if row.touchpoint else "") for row in items)  # type: ignore[attr-defined]
    touchpoint.offer((row.pk, row.name, "") for row in touchpoints)  # type: ignore[attr-defined]
    service.widget.attrs["data-suggests"] = "touchpoint_id"


def labelled(of: type[Choice], value: str) -> str:
    """The label of a stored word in the reader's language."""
    return str(say(of(value))) if value else ""
