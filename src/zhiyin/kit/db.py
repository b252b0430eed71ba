"""Model building blocks: columns for closed lists, and the constraints that guard them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from zhiyin.kit.choices import Choice


def choice(of: type[Choice], *, blank: bool = False, **options: Any) -> models.CharField[Any, Any]:
    """A text column that holds one member of `of`; with `blank`, or nothing (the empty string)."""
    if blank:
        options.setdefault("default", "")
    return models.CharField(
        max_length=24,
        choices=[(member.value, gettext_lazy(member.label)) for member in of],
        blank=blank,
        **options,
    )


def one_of(column: str, of: type[Choice], *, model: str, blank: bool = False) -> models.CheckConstraint:
    """The database's own guard for `choice`: a word outside the list cannot be stored by anybody."""
    values = [member.value for member in of] + ([""] if blank else [])
    return models.CheckConstraint(
        condition=models.Q(**{f"{column}__in": values}), name=f"{model}_{column}_known"
    )
