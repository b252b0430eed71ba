"""Forms of second factors: a code, an app's first code, a key, and confirming who one is."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base import forms as allauth
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.webauthn import forms as webauthn
from allauth.mfa.webauthn.internal import auth as ceremony
from django import forms
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhiyin.people.forms.base import CHOOSE, MISSING, Versioned, options
from zhiyin.people.models import SecondFactor, Staff
from zhiyin.people.rules import Role
from zhiyin.people.wiring import guard
from zhiyin.people.wiring.factors import NOT_RIGHT

CODE = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "spellcheck": "false",
    "autocapitalize": "none",
}
CODE_LENGTH = 20
NOT_KEY = gettext_lazy("This key did not answer as it should. Try again, or use another way.")
UNVERIFIED = gettext_lazy(
    "This key did not ask who holds it. Sign in with name and password; then the key is the second step."
)
SEEN_FOR = (
    150  # seconds; longer than a code is taken, so that nobody who looked over a shoulder can use it too
)


def once(staff_id: int, code: str) -> bool:
    """Whether this code is given for the first time."""
    plain = "".join(filter(str.isalnum, code))
    mark = salted_hmac("people.code", f"{staff_id}:{plain}").hexdigest()
    return bool(cache.add(f"code-used:{mark}", "y", timeout=SEEN_FOR))


class CodeForm(allauth.AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """A code of the app, or a recovery code."""

    reauthenticated = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"] = forms.CharField(
            label=gettext_lazy("Code"), max_length=CODE_LENGTH, error_messages=MISSING
        )
        field.widget.attrs |= CODE

    def clean_code(self) -> str:
        """The library's check, with our counters about it."""
        counters = guard.code_counters(context.request, self.user.pk)
        guard.begin(counters)
        code = str(self.cleaned_data["code"])
        for factor in SecondFactor.objects.filter(user=self.user).exclude(type=SecondFactor.Type.WEBAUTHN):
            if factor.wrap().validate_code(code) and once(self.user.pk, code):
                self.authenticator = factor
                guard.settle(counters)
                return code
        raise forms.ValidationError(NOT_RIGHT, code="incorrect_code")

    def save(self) -> None:
        post_authentication(context.request, self.authenticator, reauthenticated=self.reauthenticated)


class ConfirmByCode(CodeForm):
    reauthenticated = True


class PasskeyForm(webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey by itself: who it belongs to is in its answer."""

    def clean_credential(self) -> Any:
        """Alone it stands for two factors, so it must have checked who holds it. The challenge is no proof of that: one
        begun for a key as a second step asks for less, and a session keeps but one.
        """

        def check() -> Any:
            answer = ceremony.parse_authentication_response(self.cleaned_data["credential"])
            if not answer.response.authenticator_data.is_user_verified():
                raise forms.ValidationError(UNVERIFIED, code="unverified")
            return super(PasskeyForm, self).clean_credential()

        return _checked(check)


class ConfirmByKey(webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A key's answer from somebody who is signed in."""

    def clean_credential(self) -> Any:
        return _checked(super().clean_credential)


class KeyForm(webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A key's answer as the second step of signing in."""

    def clean_credential(self) -> Any:
        return _checked(super().clean_credential)


def _checked(check: Any) -> Any:
    """The library trusts the shape of what a browser sends; what has another shape is not right either."""
    try:
        return check()
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise forms.ValidationError(NOT_KEY, code="incorrect_key") from error


class ConfirmByPassword(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=200,
        error_messages=MISSING,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password


class AppForm(forms.Form):
    """The first code of an app, which proves that it knows the secret."""

    code = forms.CharField(
        label=gettext_lazy("Code shown by the app"), max_length=CODE_LENGTH, error_messages=MISSING
    )

    def __init__(self, *args: Any, user: Staff, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.secret = user, secret
        self.fields["code"].widget.attrs |= CODE

    def clean_code(self) -> str:
        counters = guard.code_counters(context.request, self.user.pk)
        guard.begin(counters)
        code = str(self.cleaned_data["code"])
        if not validate_totp_code(self.secret, code) or not once(self.user.pk, code):
            raise forms.ValidationError(
                _(
                    "This code is not right. Is the clock of your telephone set by itself? Then type the next code."
                ),
                code="incorrect_code",
            )
        guard.settle(counters)
        return code


class NewKeyForm(forms.Form):
    """A key's answer to being set up, and what its owner calls it."""

    name = forms.CharField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=60,
        error_messages=MISSING,
        help_text=gettext_lazy("So that you know it again: the laptop, the key on the ring."),
    )
    credential = forms.JSONField(required=False, widget=forms.HiddenInput)

    def clean_credential(self) -> Any:
        credential = self.cleaned_data["credential"]
        if not isinstance(credential, dict):
            raise forms.ValidationError(NOT_KEY, code="incorrect_key")

        def check() -> Any:
            ceremony.parse_registration_response(credential)
            ceremony.complete_registration(credential)
            return credential

        return _checked(check)


class KeyNameForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=60, error_messages=MISSING)


class RolesField(forms.MultipleChoiceField):
    """Some roles, or none, which is an answer too."""

    def validate(self, value: list[Any]) -> None:
        if value:
            super().validate(value)


class PolicyForm(Versioned):
    """Which roles must have a second factor."""

    use_required_attribute = False

    roles = RolesField(
        label=gettext_lazy("Must have a second factor"),
        choices=options(Role),
        error_messages=CHOOSE,
        widget=forms.CheckboxSelectMultiple,
    )
