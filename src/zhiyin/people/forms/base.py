"""What the forms share: sentences, choices, and how a rule's objection finds its field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import DomainError, Invalid
from zhiyin.kit.fields import VersionField
from zhiyin.kit.language import describe, say
from zhiyin.people import timetable
from zhiyin.people.actions import TableRefused
from zhiyin.people.models import DayKind
from zhiyin.people.rules import Language

MISSING = {"required": gettext_lazy("This is still empty.")}
CHOOSE = {
    "required": gettext_lazy("Choose one."),
    "invalid_choice": gettext_lazy("This is no longer on offer. Choose again."),
}
ADDRESS = MISSING | {"invalid": gettext_lazy("An address looks like name@example.com.")}
NUMBER = MISSING | {"invalid": gettext_lazy("A number is wanted here.")}


def languages() -> list[tuple[str, str]]:
    """Each language by its own name, whatever the reader's is."""
    return [(member.value, member.label) for member in Language]


def options(of: type[Choice], *, nothing: Any = None) -> list[tuple[str, Any]]:
    """The members of a closed list to choose from, with an empty choice first where `nothing` is given."""
    members = [(member.value, gettext_lazy(member.label)) for member in of]
    return members if nothing is None else [("", nothing), *members]


def object_to(form: forms.BaseForm, error: DomainError) -> None:
    """Put a rule's objection beside the field it is about, else above the form."""
    field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
    form.add_error(field, describe(error))
    if isinstance(error, timetable.LinesUnreadable):
        for number, problem in error.problems:
            form.add_error(field, _("Line %(line)s: %(why)s") % {"line": number, "why": describe(problem)})
    if isinstance(error, TableRefused):
        for row in error.problems:
            said = {key: say(DayKind(value)) if key == "kind" else value for key, value in row.data.items()}
            why = _(row.message) % said
            form.add_error(field, _("Line %(line)s: %(why)s") % {"line": row.line, "why": why})


class Versioned(forms.Form):
    """A form that remembers which state of the row it was filled in over."""

    version = VersionField()
