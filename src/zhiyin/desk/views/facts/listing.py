"""All facts tables: which puzzles are being noted down, and what they show so far."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhiyin.desk import facts_words
from zhiyin.desk.forms.lists import page_number
from zhiyin.facts import queries as facts
from zhiyin.people import doors
from zhiyin.people.access import Deed


@doors.needs(Deed.SEE_CASES)
@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    """One page of them, with one sentence each."""
    page = facts.listing(doors.me(request), page=page_number(request.GET.get("page")))
    rows = [(row, facts_words.picture(row.sheet)) for row in page.rows]
    context = {"page": page, "rows": rows, "now": timezone.now()}
    return render(request, "desk/facts/tables.html", context)
