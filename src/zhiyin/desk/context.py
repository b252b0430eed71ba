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

GUARANTEE = ("/catalogue/guarantee/", "/catalogue/kept/", "/catalogue/breaches/")


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
    """The day's work first, the tab bar of the phone from its first four; then what the service is made of."""
    staff = doors.me(request)
    yield from _work(staff, request.path)
    yield from _service(staff, request.path)


def _work(staff: Any, path: str) -> Iterator[ui.NavItem]:
    now = timezone.now()
    seen = cases.counts(staff, now)
    yield _item(
        "today",
        "sun-high",
        _("Today"),
        "desk:today",
        "T",
        path == "/",
        count=seen.today,
        overdue=seen.overdue,
    )
    if access.may(staff, Deed.SEE_INBOX):
        waiting = conversations.counts(staff, now=now)[View.WAITING]
        here = path.startswith("/inbox/")
        yield _item("inbox", "message-2", _("Inbox"), "desk:inbox", "I", here, count=waiting)
    if access.may(staff, Deed.SEE_CASES):
        here = path.startswith(("/cases/", "/facts/"))
        yield _item("cases", "refresh-dot", _("Cases"), "desk:cases", "B", here, count=seen.cases)
    if access.may(staff, Deed.SEE_CUSTOMERS):
        yield _item(
            "customers", "users", _("Customers"), "desk:customers", "C", path.startswith("/customers/")
        )
    if access.may(staff, Deed.ANSWER_REQUEST):
        asked, here = cases.waiting_count(staff), path.startswith(("/colleagues/", "/requests/"))
        yield _item(
            "colleagues", "messages", _("Among colleagues"), "desk:colleagues", "L", here, count=asked
        )
    if access.may(staff, Deed.SEE_CASES):
        here = path.startswith("/incidents/")
        yield _item("incidents", "users-group", _("Mass incidents"), "desk:incidents", "M", here)
    if access.may(staff, Deed.ISSUE_LETTER):
        yield _item(
            "letters", "mail-forward", _("Letters"), "desk:letters", "E", path.startswith("/letters/")
        )


def _service(staff: Any, path: str) -> Iterator[ui.NavItem]:
    group = _("Service and improvement")
    promised = path.startswith(GUARANTEE)
    if access.may(staff, Deed.SEE_CATALOGUE):
        here = path.startswith("/catalogue/") and not promised
        yield _item("catalogue", "list", _("Services"), "desk:catalogue", "V", here, group=group)
        yield _item("guarantee", "shield-check", _("Guarantee"), "desk:guarantee", "P", promised, group=group)
    if access.may(staff, Deed.SEE_MEASURES):
        here = path.startswith("/insight/")
        yield _item("insight", "chart-dots-2", _("Insight"), "desk:measures", "D", here, group=group)
    if access.may(staff, Deed.SEE_CASES):
        here = path.startswith("/rule-changes/")
        yield _item("rules", "bulb", _("Rules to change"), "desk:rule_changes", "R", here, group=group)


def _item(place: str, icon: str, label: str, page: str, key: str, here: bool, **more: Any) -> ui.NavItem:  # noqa: FBT001
    return ui.NavItem(place, icon, label, reverse(page), key=key, current=here, **more)


def customer_address(pk: int) -> str:
    """The page of one customer."""
    try:
        return reverse("desk:customer", args=[pk])
    except NoReverseMatch:
        return ""
