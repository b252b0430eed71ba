"""What every request passes: headers, language, the audit's context, and errors made readable."""

from __future__ import annotations

from collections.abc import Callable

import pghistory
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language_from_request

from zhiyin.kit import views
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


class Language:
    """The signed-in person's language; else the cookie's, else the browser's, else the house's."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "") if request.user.is_authenticated else ""
        translation.activate(chosen or get_language_from_request(request))
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response


class Audit:
    """Puts who acts, and through which door, on every change this request makes."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD", "OPTIONS", "TRACE"}:
            return self.get_response(request)
        match = request.resolver_match
        with pghistory.context(
            doorway="web",
            staff=request.user.pk if request.user.is_authenticated else None,
            address=request.META.get("REMOTE_ADDR", ""),
            route=match.route if match else request.path.split("/")[1],
        ):
            return self.get_response(request)


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
