"""How django-allauth behaves in this house: nobody signs up, people are invited.

Guessing is slowed without locking anybody out. Failures are counted for a sign-in name *from one address*, so a
stranger's failures never stop the owner elsewhere; and a browser that has signed in before carries a signed mark
and is counted by itself, so not even a neighbour behind the same address can use up the owner's attempts.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

DEVICE = "zy_device"
DEVICE_LASTS = 60 * 60 * 24 * 180
DEVICE_RATE = {"login_failed": "10/5m/key"}
WRONG = _("Name and password do not match. Check both, also capitals and the input method.")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages = {  # noqa: RUF012  # the library's own shape
        **DefaultAccountAdapter.error_messages,
        "account_inactive": WRONG,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": _("Too many attempts one after another. Try again in five minutes."),
        "enter_current_password": _("This is not the password you have now."),
        "incorrect_password": _("This is not the password you have now."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Seats are offered by invitation only."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count this attempt, and refuse it when there were too many."""
        known = self._known_device(request, credentials)
        self._login_failed_rl_usage = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed",
            config=DEVICE_RATE if known else None,
            key=known or self._get_login_attempts_cache_key(request, **credentials),
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return (
            f"{super()._get_login_attempts_cache_key(request, **credentials)}:{self.get_client_ip(request)}"
        )

    def _known_device(self, request: HttpRequest, credentials: dict[str, Any]) -> str:
        """The mark of a browser in which this very person has signed in before; empty if there is none."""
        try:
            mark: dict[str, str] = signing.loads(
                request.COOKIES.get(DEVICE, ""), salt=DEVICE, max_age=DEVICE_LASTS
            )
        except signing.BadSignature:
            return ""
        login = str(credentials.get("username") or credentials.get("email") or "").lower()
        return mark["mark"] if login in {mark["username"], mark["email"]} - {""} else ""

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        """Greets nobody with a message, and leaves the mark of a browser that has signed in."""
        response: HttpResponse = super().post_login(request, user, **options)
        mark = {
            "username": user.username.lower(),
            "email": user.email.lower(),
            "mark": request.session.session_key,
        }
        response.set_cookie(
            DEVICE,
            signing.dumps(mark, salt=DEVICE),
            max_age=DEVICE_LASTS,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
            path=reverse("account_login"),
        )
        return response

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Links in letters carry the public address, whatever the request called itself."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.PUBLIC_URL}{path.replace('UID-KEY', key)}"
