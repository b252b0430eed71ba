"""Cases as a list."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zhiyin.cases import queries as cases
from zhiyin.desk import measured, statutory, words
from zhiyin.desk.forms.lists import CaseFilters, page_number
from zhiyin.insight import queries as insight
from zhiyin.people import access, doors
from zhiyin.people.access import Deed

STATES = {"open": _("Open"), "ended": _("To be archived"), "archived": _("Archived"), "all": _("All")}


@doors.needs(Deed.SEE_CASES)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list; searched and filtered by the address."""
    now, staff = timezone.now(), doors.me(request)
    asked = request.GET.get("state", "")
    state = asked if asked in STATES else "all" if request.GET.get("q", "").strip() else "open"
    form = CaseFilters(request.GET, staff=staff, state=state)
    filters = form.filters()
    behind, parts = measured.behind(request.GET, filters), None
    if behind is not None and access.may(staff, Deed.SEE_MEASURES):
        ids = insight.parts(staff, behind.asked, now=now)
        filters, parts = replace(filters, ids=tuple(ids[behind.of])), behind.parts(ids)
    page = cases.listing(staff, filters, now=now, page=page_number(request.GET.get("page")))
    owed = statutory.badges((row.id for row in page.rows), now=now)
    context = {
        "form": form,
        "page": page,
        "rows": [(row, words.clock(row.clock, now=now), owed.get(row.id)) for row in page.rows],
        "now": now,
        "behind": behind,
        "parts": parts,
        "state": state,
        "states": [(name, label, _with(request, name)) for name, label in STATES.items()],
        "may_open": access.may(staff, Deed.OPEN_CASE),
        "may_issue": access.may(staff, Deed.ISSUE_LETTER),
        "narrowed": any(
            value for name, value in request.GET.items() if name not in {"state", "page", "sort"}
        ),
    }
    return render(request, "desk/cases.html", context)


def _with(request: HttpRequest, state: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query["state"] = state
    return f"?{query.urlencode()}"
