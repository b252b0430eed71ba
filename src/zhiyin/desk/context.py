"""What the staff shell shows on every page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from zhiyin.cases import queries as cases
from zhiyin.conversations import queries as conversations
from zhiyin.conversations.rules import View
from zhiyin.kit import ui
from zhiyin.people import access, doors
from zhiyin.people.access import Deed


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation and counts, worked out only where a page draws them; nothing for customers and for parts of pages."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "nav": SimpleLazyObject(lambda: list(_nav(request))),
        "me_menu": [
            {"icon": "help", "label": _("Help"), "url": reverse("desk:help")},
            {"icon": "settings", "label": _("Settings"), "url": reverse("people:settings")},
        ],
        "search_url": reverse("desk:search"),
    }


def _nav(request: HttpRequest) -> Iterator[ui.NavItem]:
    staff, now = doors.me(request), timezone.now()
    seen = cases.counts(staff, now)
    path = request.path
    yield ui.NavItem(
        "today",
        "sun-high",
        _("Today"),
        reverse("desk:today"),
        seen.today,
        overdue=seen.overdue,
        key="T",
        current=path == "/",
    )
    if access.may(staff, Deed.SEE_INBOX):
        waiting = conversations.counts(staff, now=now)
        yield ui.NavItem(
            "inbox", "message-2", _("Inbox"), reverse("desk:inbox"), waiting[View.WAITING], key="I",
            current=path.startswith("/inbox/"),
        )  # fmt: skip
    if access.may(staff, Deed.SEE_CASES):
        yield ui.NavItem(
            "cases",
            "refresh-dot",
            _("Cases"),
            reverse("desk:cases"),
            seen.cases,
            key="B",
            current=path.startswith(("/cases/", "/facts/")),
        )
    if access.may(staff, Deed.SEE_CUSTOMERS) and (url := _address("desk:customers")):
        yield ui.NavItem(
            "customers", "users", _("Customers"), url, key="C", current=path.startswith("/customers/")
        )
    if access.may(staff, Deed.SEE_CATALOGUE):
        yield ui.NavItem(
            "catalogue", "list", _("Services"), reverse("desk:catalogue"), key="V",
            current=path.startswith("/catalogue/"),
        )  # fmt: skip
    if access.may(staff, Deed.SEE_MEASURES):
        yield ui.NavItem(
            "insight", "chart-dots-2", _("Insight"), reverse("desk:measures"), key="D",
            current=path.startswith("/insight/"),
        )  # fmt: skip
    if access.may(staff, Deed.SEE_CASES):
        yield ui.NavItem(
            "incidents",
            "users-group",
            _("Mass incidents"),
            reverse("desk:incidents"),
            key="M",
            current=path.startswith("/incidents/"),
        )
    if access.may(staff, Deed.ANSWER_REQUEST):
        yield ui.NavItem(
            "colleagues",
            "messages",
            _("Among colleagues"),
            reverse("desk:colleagues"),
            cases.waiting_count(staff),
            key="L",
            current=path.startswith(("/colleagues/", "/requests/")),
        )


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def customer_address(pk: int) -> str:
    """The page of one customer."""
    try:
        return reverse("desk:customer", args=[pk])
    except NoReverseMatch:
        return ""
