"""What the pages of statutory time have in common."""

from __future__ import annotations

from typing import Any

from zhiyin.kit.errors import DomainError, Invalid
from zhiyin.kit.language import describe


def complain(form: Any, error: DomainError) -> None:
    """Put the sentence where it belongs."""
    field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
    form.add_error(field, describe(error))
