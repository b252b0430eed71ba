"""Pages of the house itself: health, and what is shown when something does not go through."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhiyin.kit import files, samples
from zhiyin.kit.errors import Conflict, DomainError, Forbidden, NotFound
from zhiyin.kit.language import describe
from zhiyin.kit.models import StoredFile

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


def server_error(request: HttpRequest) -> HttpResponse:
    return page(
        request, 500, _("Something broke on our side"), _("What was saved is safe. Try again in a moment.")
    )
