"""Forms of signing in and of passwords: the library's, in our words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext as _

from zhiyin.people.forms.base import MISSING


def own_words(form: forms.BaseForm) -> None:
    """Our sentences where the library's or Django's would stand."""
    for field in form.fields.values():
        field.error_messages["required"] = MISSING["required"]
        field.help_text = ""


class LoginForm(allauth.LoginForm):  # type: ignore[misc]  # allauth ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own_words(self)
        self.fields["login"].label = _("Sign-in name or e-mail")
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false",
        }  # fmt: skip


class TwiceTheSame:
    """The second typing of a password, with our sentence when it differs."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean()  # type: ignore[misc]  # of the form beside it
        errors = self.errors  # type: ignore[attr-defined]
        if "password2" in errors and given.get("password1"):
            errors["password2"] = self.error_class([_("The two differ. Type the same password in both.")])  # type: ignore[attr-defined]
        return given


class ChangePasswordForm(TwiceTheSame, allauth.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own_words(self)


class SetPasswordForm(TwiceTheSame, allauth.SetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own_words(self)


class ResetPasswordKeyForm(TwiceTheSame, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own_words(self)
