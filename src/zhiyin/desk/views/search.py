"""Searching: one line for cases, customers and conversations; a part of a page for the palette."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhiyin.cases import queries as cases
from zhiyin.cases.queries import Filters
from zhiyin.conversations import queries as conversations
from zhiyin.conversations.rules import View
from zhiyin.customers import queries as customers
from zhiyin.desk import guide, words
from zhiyin.kit import search
from zhiyin.people import access, doors
from zhiyin.people.access import Deed

MOST = 100
FEW = 6
FEW_CHAPTERS = 3


@doors.signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What matches, by kind; the first few of each."""
    now, staff = timezone.now(), doors.me(request)
    query = request.GET.get("q", "").replace("\x00", "").strip()[:MOST]
    context = {"q": query, "now": now, "short": bool(query) and search.too_short(query)}
    if query and not context["short"]:
        context |= {
            "cases": _cases(staff, query, now),
            "customers": customers.found(staff, query, limit=FEW)
            if access.may(staff, Deed.SEE_CUSTOMERS)
            else [],
            "conversations": _conversations(staff, query, now),
            "guide": guide.found(query, request.LANGUAGE_CODE, limit=FEW_CHAPTERS),
        }
        context["found"] = any(context[name] for name in ("cases", "customers", "conversations", "guide"))
    part = request.headers.get("X-Palette") == "1"
    return render(request, "desk/search_hits.html" if part else "desk/search.html", context)


def _cases(staff: Any, query: str, now: datetime) -> list[Any]:
    found = cases.listing(staff, Filters(q=query), now=now).rows[:FEW]
    return [(row, words.clock(row.clock, now=now)) for row in found]


def _conversations(staff: Any, query: str, now: datetime) -> Any:
    if not access.may(staff, Deed.SEE_INBOX):
        return []
    return conversations.inbox(staff, View.ALL, conversations.Filters(text=query), now=now).rows[:FEW]
