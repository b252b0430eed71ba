"""`zhiyin staff create-admin`: the first person who can sign in."""

from __future__ import annotations

import importlib
import sys

import typer

from zhiyin.cli import environment, exits
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import say, warn


def create(email: str, *, name: str) -> int:
    """Make an administrator with a password typed twice, or read from standard input."""
    from django.core.exceptions import ValidationError

    password = _password()
    with environment.ready(tables=True):
        from django.contrib.auth.password_validation import validate_password
        from django.core.validators import validate_email
        from django.utils import timezone

        from zhiyin.kit.audit import acting

        try:
            validate_email(email)
            validate_password(password)
        except ValidationError as error:
            warn("\n".join(error.messages))
            return exits.UNUSABLE
        make = importlib.import_module("zhiyin.people.actions").create_administrator
        called = name or email.partition("@")[0]
        with acting("command"):
            make(email=email, name=called, password=password, by=None, now=timezone.now())
    say(_("%(email)s can sign in as administrator.") % {"email": email})
    return exits.OK


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return str(typer.prompt(_("Password"), hide_input=True, confirmation_prompt=_("Again, to be sure")))
