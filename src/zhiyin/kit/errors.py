"""Errors a person can act on. Pure: rules and libraries may import this module.

A `DomainError` has a stable `code`, a `message` marked for translation with `gettext_noop`, and the facts
as keyword data. Doorways (views, jobs, commands) translate it with `zhiyin.kit.language.describe`.
"""

from __future__ import annotations

from typing import Any, ClassVar


def gettext_noop(message: str) -> str:
    """Mark `message` for extraction without translating it; the same name as gettext's, so extractors see it."""
    return message


class DomainError(Exception):
    """Something the rules of the house do not allow; says why in a sentence with the facts filled in."""

    code: ClassVar[str] = "error"
    message: ClassVar[str] = gettext_noop("Something here does not fit together yet.")

    def __init__(self, **data: Any) -> None:
        self.data = data
        super().__init__(self.code)

    def __str__(self) -> str:
        """The untranslated sentence: for developers and tests, never for a page."""
        return self.message % self.data if self.data else self.message


class Invalid(DomainError):
    """A value that cannot be taken as it is; `field` names where it was typed (or is empty)."""

    code = "invalid"
    message = gettext_noop("This value needs another look.")

    def __init__(self, *, field: str = "", **data: Any) -> None:
        self.field = field
        super().__init__(**data)


class NotFound(DomainError):
    """Nothing here that this person may see: the answer is the same whether or not it exists."""

    code = "not_found"
    message = gettext_noop("There is nothing here that you can see.")


class Forbidden(DomainError):
    """The person is known and may see the thing, but this deed belongs to someone else."""

    code = "forbidden"
    message = gettext_noop("This step belongs to somebody else.")


class Conflict(DomainError):
    """Somebody was faster: the thing has changed since the page was loaded."""

    code = "conflict"
    message = gettext_noop("This has just been changed by somebody else. What you wrote is still here.")
