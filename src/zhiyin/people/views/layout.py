"""What every settings page shares: its frame, its pages, and how a form comes back."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from zhiyin.kit.errors import Conflict, DomainError

PAGE_SIZE = 50


def show(
    request: HttpRequest,
    template: str,
    current: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """A settings page with the place `current` marked."""
    filled = {"place": current, "nav_id": "settings"} | (context or {})
    return render(request, f"people/{template}.html", filled, status=status)


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: everything that was sent, even nothing; None for a fresh page."""
    return request.POST if request.method == "POST" else None


def status_of(form: BaseForm, error: DomainError | None = None) -> int:
    """200 for a fresh page, 409 when somebody was faster, 422 when something typed needs another look."""
    if isinstance(error, Conflict):
        return 409
    return 422 if form.is_bound and form.errors else 200


def page_of(request: HttpRequest, rows: Any) -> Page[Any]:
    """The page that the address asks for; the nearest one there is."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
