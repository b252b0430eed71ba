"""What every request passes: headers, language, the audit's context, and errors made readable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pghistory
import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language_from_request

from zhiyin.kit import views
from zhiyin.kit.audit import acting
from zhiyin.kit.errors import DomainError

Next = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class SecurityHeaders:
    """A content security policy without exceptions, and nothing cached that is somebody's own."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class Number:
    """Gives every request a short number: the log's lines carry it, and so does the page of a mishap."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = views.new_number()
        request.number = number  # type: ignore[attr-defined]  # read by the page of a mishap
        # Not unbound at the end: Django logs refusals after the last middleware has returned.
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(number=number)
        return self.get_response(request)


class Language:
    """The signed-in person's language; else the cookie's, else the browser's, else the house's."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # First without the database, so that even its absence is told in the reader's language.
        translation.activate(get_language_from_request(request))
        own: str = getattr(request.user, "language", "")
        if request.user.is_authenticated and own:
            translation.activate(own)
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class Audit:
    """Puts who acts, through which door and by which route, on every change this request makes."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        staff_id = request.user.pk if request.user.is_authenticated else None
        with acting("web", staff_id=staff_id, address=client_address(request)):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """The route is known once the address has been resolved; it names the page, never what was in it."""
        if request.resolver_match is not None:
            pghistory.context(route=request.resolver_match.route)


class DomainErrors:
    """A rule of the house that was not met becomes a page (or a partial) that says so, never a 500."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DomainError):
            return views.domain_error(request, exception)
        return None


def client_address(request: HttpRequest) -> str:
    """The network address of who asks; behind a proxy, what our own proxy says, which comes last."""
    if settings.SECURE_PROXY_SSL_HEADER:
        said = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if said:
            return str(said)
    return str(request.META.get("REMOTE_ADDR", ""))
