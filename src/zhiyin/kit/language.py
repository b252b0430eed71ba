"""Where the words of the pure layers are put into the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import DomainError


def describe(error: DomainError) -> str:
    """The error as one sentence in the reader's language, with its facts filled in."""
    data = {key: say(value) for key, value in error.data.items()}
    text = gettext(error.message)
    return text % data if data else text


def say(value: Any) -> Any:
    """A fact as the reader calls it: list members by their label, anything else as it is."""
    if isinstance(value, Choice):
        return gettext(value.label)
    if isinstance(value, Promise):
        return str(value)
    return value
