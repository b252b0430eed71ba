"""Pages of the house itself: health, and what is shown when something does not go through."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhiyin.kit import files, samples
from zhiyin.kit.errors import Conflict, DomainError, Forbidden, NotFound
from zhiyin.kit.language import describe
from zhiyin.kit.metrics import exposition as figures_of_house
from zhiyin.kit.models import StoredFile

log = structlog.get_logger(__name__)

STATUS: tuple[tuple[type[DomainError], int], ...] = ((NotFound, 404), (Forbidden, 403), (Conflict, 409))


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when this process can reach its database; for supervisors and load balancers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_safe
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A stored file, to those whom a gate lets through, asked anew each time; to others it does not exist."""
    stored = StoredFile.objects.filter(pk=pk).first() if files.may_open(pk, request) else None
    if stored is None:
        raise NotFound
    return files.open_response(stored, inline_ok="download" not in request.GET)


@login_required
@require_safe
def kit(request: HttpRequest) -> HttpResponse:
    """Every component in every state on one page; for administrators who build or translate."""
    if getattr(request.user, "role", "") != "administrator":
        raise PermissionDenied
    return render(request, "zy/kit.html", samples.page(timezone.now()))


def page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    template = "zy/error_partial.html" if getattr(request, "htmx", False) else "zy/error.html"
    return render(request, template, {"status": status, "title": title, "sentence": sentence}, status=status)


def domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    status = next((code for kind, code in STATUS if isinstance(error, kind)), 422)
    titles = {
        404: _("Nothing to see here"),
        403: _("This belongs to somebody else"),
        409: _("Somebody was faster"),
    }
    return page(request, status, titles.get(status, _("One thing is still missing")), describe(error))


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return page(
        request,
        400,
        _("We could not read this"),
        _("The address or the form arrived damaged. Go back and try once more."),
    )


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return page(
        request,
        403,
        _("This belongs to somebody else"),
        _("Your role does not include this page. Your supervisor can help."),
    )


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return page(
        request,
        404,
        _("Nothing to see here"),
        _("The address may be old, or the page belongs to somebody else."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from a page of ours, or from one that is too old."""
    return page(
        request,
        403,
        _("This page has grown old"),
        _("Load it again and send once more. Cookies of this site have to be allowed for that."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of a mishap. It needs neither database nor session, and says the number that the log carries."""
    number = getattr(request, "number", "") or new_number()
    context = {
        "status": 500,
        "title": _("Something broke on our side"),
        "sentence": _("What was saved is safe. Try again in a moment."),
        "number": number,
    }
    if request.headers.get("HX-Request"):
        return HttpResponse(render_to_string("zy/error_partial.html", context), status=500)
    try:
        body: str = render_to_string("zy/error.html", context)
    except Exception:
        log.exception("error_page_failed", number=number)
        body = f"<!doctype html><title>500</title><h1>{context['title']}</h1><p>{context['sentence']} {number}</p>"
    return HttpResponse(body, status=500)


def new_number() -> str:
    """A number that can be said over the telephone: E-7F31."""
    return f"E-{secrets.token_hex(2).upper()}"


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """What a monitor wants to know, as Prometheus text; from this machine, or with METRICS_TOKEN as bearer."""
    if not _may_measure(request):
        raise NotFound
    return HttpResponse(
        figures_of_house(timezone.now()), content_type="text/plain; version=0.0.4; charset=utf-8"
    )


def _may_measure(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if token:
        return secrets.compare_digest(request.headers.get("Authorization", ""), f"Bearer {token}")
    # Behind a proxy everybody comes from this machine.
    return request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"} and not settings.SECURE_PROXY_SSL_HEADER
