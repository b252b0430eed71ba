"""What the pages of the catalogue share: their tabs, and how a form comes back."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhiyin.kit.errors import Conflict, DomainError, Invalid
from zhiyin.kit.language import describe
from zhiyin.people import access, doors
from zhiyin.people.access import Deed


def show(
    request: HttpRequest, template: str, tab: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of the catalogue with the tab `tab` marked."""
    filled = {"tabs": _tabs(request, tab), "now": timezone.now()} | context
    return render(request, f"desk/catalogue/{template}.html", filled, status=status)


def _tabs(request: HttpRequest, current: str) -> list[tuple[str, str, bool]]:
    """The pages beside each other, those this person has."""
    staff = doors.me(request)
    rows = [
        ("items", _("Services"), "desk:catalogue", Deed.SEE_CATALOGUE),
        ("met", _("Touchpoints"), "desk:met", Deed.SEE_RESULTS),
    ]
    if current not in {"items", "met"}:
        rows = [
            ("guarantee", _("Guarantee"), "desk:guarantee", Deed.SEE_CATALOGUE),
            ("kept", _("Kept or not"), "desk:kept", Deed.SEE_RESULTS),
        ]
    return [
        (label, reverse(url), name == current) for name, label, url, deed in rows if access.may(staff, deed)
    ]


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: everything that was sent, even nothing; None for a fresh page."""
    return request.POST if request.method == "POST" else None


def object_to(form: BaseForm, error: DomainError) -> None:
    """A rule's objection beside the field it is about, else above the form."""
    field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
    form.add_error(field, describe(error))


def status_of(form: BaseForm, error: DomainError | None = None) -> int:
    """200 for a fresh page, 409 when somebody was faster, 422 when something typed needs another look."""
    if isinstance(error, Conflict):
        return 409
    return 422 if form.is_bound and form.errors else 200
