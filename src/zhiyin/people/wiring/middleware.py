"""What every request of somebody signed in passes: her session is noted, and her role's second factor asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from zhiyin.kit.middleware import client_address
from zhiyin.people import security
from zhiyin.people.sessions import SessionStore

Next = Callable[[HttpRequest], HttpResponse]
FIRST = "people:factor_needed"
OPEN = frozenset(
    {
        FIRST, "people:factor_app", "people:factor_key", "people:factor_codes", "account_reauthenticate",
        "account_logout", "set_language", "health",
    }
)  # fmt: skip
"""Where somebody without the second factor her role needs may go: to set one up, and out."""


class Visits:
    """Notes browser, address and time of every session, so that its owner can recognise it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        if request.user.is_authenticated and isinstance(session, SessionStore):
            device = request.headers.get("User-Agent", "")
            session.note(device=device, address=client_address(request), now=timezone.now())
        return response


class SecondFactor:
    """Who must have a second factor and has none reaches nothing but the pages that set one up."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name in OPEN or not request.user.is_authenticated:
            return None
        if not security.lacks_second_factor(request.user):  # type: ignore[arg-type]  # our own user model
            return None
        if getattr(request, "htmx", False):
            return HttpResponse(status=204, headers={"HX-Redirect": reverse(FIRST)})
        return redirect(FIRST)
