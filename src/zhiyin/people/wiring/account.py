"""How django-allauth behaves in this house: nobody signs up, people are invited; guessing is slowed (`guessing`)."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhiyin.people import actions, guessing
from zhiyin.people.guessing import NO_WAIT, Counter
from zhiyin.people.models import Staff
from zhiyin.people.wiring import confirming, devices, guard

WRONG = _("Name and password do not match. Check both, also capitals and the input method.")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages = {  # noqa: RUF012  # the library's own shape
        **DefaultAccountAdapter.error_messages,
        "account_inactive": WRONG,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "enter_current_password": _("This is not the password you have now."),
        "incorrect_password": _("This is not the password you have now."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Seats are offered by invitation only."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count this attempt as failed until it turns out right, and refuse it when there were too many."""
        login = str(credentials.get("username") or credentials.get("email") or "")
        self._counters: list[Counter] = guard.password_counters(request, login)
        guard.begin(self._counters)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        user = super().authenticate(request, **credentials)
        if user is not None:
            guard.settle(self._counters)
        return user

    def post_login(self, request: HttpRequest, user: Staff, **options: Any) -> HttpResponse:
        """Greets nobody with a message, and leaves the mark of a browser that has signed in."""
        response: HttpResponse = super().post_login(request, user, **options)
        devices.leave_mark(request, response, user.pk)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Signing in again at an outside service ends the session; what waits for that very act outlives it."""
        with confirming.kept(request):
            super().logout(request)

    def set_password(self, user: Staff, password: str) -> None:
        """A new password ends every other session, and its owner is told."""
        here = context.request.session.session_key if context.request is not None else None
        actions.set_password(staff=user, password=password, besides=here, now=timezone.now())

    def send_password_reset_mail(self, user: Staff, email: str, context: dict[str, Any]) -> None:
        """A stranger who asks in her name again and again fills nobody's mailbox; the links sent still work."""
        wait = actions.begin_attempt(counters=guessing.sending_a_letter(user.pk), now=timezone.now())
        if wait == NO_WAIT:
            actions.send_password_link(staff=user)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Links in letters carry the public address, whatever the request called itself."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.PUBLIC_URL}{path.replace('UID-KEY', key)}"

    def get_client_ip(self, request: HttpRequest) -> str:
        """As the house itself tells addresses apart."""
        return guard.client_address(request)
