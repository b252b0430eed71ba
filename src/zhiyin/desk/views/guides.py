"""The guides: what one reads beside the work."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhiyin.desk import guide as shelf
from zhiyin.kit.errors import NotFound
from zhiyin.people import doors


@require_safe
@doors.signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Every guide with its chapters."""
    return render(request, "desk/help/index.html", {"pages": shelf.pages(request.LANGUAGE_CODE)})


@require_safe
@doors.signed_in
def page(request: HttpRequest, guide: str) -> HttpResponse:
    """One guide from beginning to end."""
    if guide not in shelf.PAGES:
        raise NotFound
    told = request.GET.get("language", "")
    language = told if told in dict(settings.LANGUAGES) else request.LANGUAGE_CODE
    context = {"page": shelf.page(guide, language), "told_in": language}
    return render(request, "desk/help/page.html", context)
