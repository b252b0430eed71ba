"""The guides: what one reads beside the work."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhiyin.desk import guide
from zhiyin.kit.errors import NotFound
from zhiyin.people import doors


@require_safe
@doors.signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Every guide with its chapters."""
    return render(request, "desk/help/index.html", {"pages": guide.pages(request.LANGUAGE_CODE)})


@require_safe
@doors.signed_in
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One guide from beginning to end."""
    if name not in guide.PAGES:
        raise NotFound
    told = request.GET.get("language", "")
    language = told if told in dict(settings.LANGUAGES) else request.LANGUAGE_CODE
    return render(request, "desk/help/page.html", {"page": guide.page(name, language), "language": language})
