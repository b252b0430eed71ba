"""Opening an incident, putting right what is written about it, and putting cases to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from zhiyin.cases import actions
from zhiyin.cases import queries as cases
from zhiyin.desk import words
from zhiyin.desk.address import figure
from zhiyin.desk.forms.incidents import Incident
from zhiyin.desk.forms.lists import CaseFilters, page_number
from zhiyin.kit import ui
from zhiyin.kit.errors import Conflict, DomainError, Invalid, NotFound
from zhiyin.kit.fields import refresh
from zhiyin.kit.language import describe
from zhiyin.people import doors
from zhiyin.people.access import Deed

FORM_AND_PAGE = ["GET", "HEAD", "POST"]
PICKED = 200  # ticks one form can carry


@doors.needs(Deed.ATTACH_INCIDENT)
@require_http_methods(FORM_AND_PAGE)
def new(request: HttpRequest) -> HttpResponse:
    """A new incident; `?case=` begins with what one case says."""
    now, staff = timezone.now(), doors.me(request)
    if request.method != "POST":
        return _page(request, Incident(initial=_initial(request, now), now=now))
    form = Incident(request.POST, now=now)
    if form.is_valid():
        try:
            incident = actions.open_incident(
                case_ids=_first(staff, form.cleaned_data["case"]), by=staff, now=now, **form.arguments()
            )
        except DomainError as error:
            _complain(form, error)
        else:
            ui.toast(request, _("The incident is open. Now put the cases to it that belong to it."))
            return redirect("desk:incident_add", pk=incident.pk)
    return _page(request, form, status=422)


@doors.needs(Deed.ATTACH_INCIDENT)
@require_http_methods(FORM_AND_PAGE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is written about it, put right."""
    now, staff = timezone.now(), doors.me(request)
    incident = cases.incident(staff, pk)
    if request.method != "POST":
        columns = (
            "title", "what_happened", "since", "until", "place", "words", "department_id", "touchpoint_id", "version",
        )  # fmt: skip
        initial = {name: getattr(incident, name) for name in columns}
        return _page(request, Incident(initial=initial, now=now, keep=incident.touchpoint), incident=incident)
    form = Incident(request.POST, now=now, keep=incident.touchpoint)
    if form.is_valid():
        try:
            actions.change_incident(
                incident_id=pk, version=form.cleaned_data["version"], by=staff, now=now, **form.arguments()
            )
        except DomainError as error:
            _complain(form, error)
            if isinstance(error, Conflict):
                incident = cases.incident(staff, pk)
                refresh(form, incident.version)
        else:
            ui.toast(request, _("Kept."))
            return redirect("desk:incident", pk=pk)
    return _page(request, form, incident=incident, status=422)


@doors.needs(Deed.ATTACH_INCIDENT)
@require_http_methods(FORM_AND_PAGE)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Cases that could join: those that look like it, or all; the ticked ones or everything found join at once."""
    now, staff = timezone.now(), doors.me(request)
    incident = cases.incident(staff, pk)
    every = request.GET.get("all") == "1"
    form = CaseFilters(request.GET, staff=staff, state="all")
    problem = ""
    if request.method == "POST":
        if request.POST.get("everything"):
            ids = cases.candidate_ids(staff, incident, form.filters(), now=now, fit=not every)
        else:
            ids = [figure(one) for one in request.POST.getlist("case")[:PICKED]]
        try:
            joined = actions.attach(incident_id=pk, case_ids=ids, by=staff, now=now)
        except DomainError as error:
            problem = describe(error)
        else:
            said = ngettext("%(n)d case joined.", "%(n)d cases joined.", joined) % {"n": joined}
            ui.toast(request, said if joined else _("No case was ticked, or all of them had joined already."))
            return redirect("desk:incident", pk=pk)
    page = cases.candidates(
        staff, incident, form.filters(), now=now, fit=not every, page=page_number(request.GET.get("page"))
    )
    context = {
        "incident": incident,
        "form": form,
        "page": page,
        "rows": [(row, words.clock(row.clock, now=now)) for row in page.rows],
        "every": every,
        "problem": problem,
        "now": now,
    }
    return render(request, "desk/incidents/add.html", context, status=422 if problem else 200)


def _page(request: HttpRequest, form: Incident, *, incident: Any = None, status: int = 200) -> HttpResponse:
    return render(request, "desk/incidents/form.html", {"form": form, "incident": incident}, status=status)


def _initial(request: HttpRequest, now: Any) -> dict[str, Any]:
    try:
        case = cases.get(doors.me(request), request.GET.get("case", ""))
    except NotFound:
        return {"since": now}
    return {
        "case": case.number,
        "title": case.subject,
        "what_happened": case.description,
        "since": case.opened_at - timedelta(minutes=30),
        "place": case.service_object.name if case.service_object else "",
        "department_id": case.department_id,
        "touchpoint_id": case.touchpoint_id,
    }


def _first(staff: Any, number: str) -> list[int]:
    if not number:
        return []
    try:
        return [cases.get(staff, number).pk]
    except NotFound:
        return []


def _complain(form: Incident, error: DomainError) -> None:
    field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
    form.add_error(field, describe(error))
