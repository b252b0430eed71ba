"""The list of incidents and the page of one: where its cases stand, what differs, what was said to all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from zhiyin.cases import actions
from zhiyin.cases import queries as cases
from zhiyin.cases.queries import IncidentPage
from zhiyin.cases.rules.incidents import IncidentLine, IncidentState, SharedKind
from zhiyin.desk import words
from zhiyin.desk.forms.incidents import Move, Notice
from zhiyin.desk.forms.lists import page_number
from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError, NotFound
from zhiyin.kit.language import describe, say
from zhiyin.people import access, doors
from zhiyin.people.access import Deed

STATES = {
    "": gettext_lazy("All"),
    **{state: gettext_lazy(state.label) for state in IncidentState},
}
ICONS = {
    IncidentLine.OPENED: "message-plus",
    IncidentLine.CHANGED: "pencil",
    IncidentLine.PUBLISHED: "world",
    IncidentLine.HIDDEN: "eye-off",
    IncidentLine.JOINED: "users-group",
    IncidentLine.LEFT: "unlink",
    IncidentLine.APART: "arrows-split-2",
    IncidentLine.AGREED: "arrow-merge",
    IncidentLine.SHARED: "send",
    IncidentLine.SOLVED: "circle-check",
    IncidentLine.REOPENED: "rotate-clockwise",
    IncidentLine.CLOSED: "lock",
}


@doors.needs(Deed.SEE_CASES)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Incidents, newest first."""
    staff, state = doors.me(request), request.GET.get("state", "")
    state = state if state in STATES else ""
    page = cases.incident_listing(staff, state=state, page=page_number(request.GET.get("page")))
    context = {
        "page": page,
        "now": timezone.now(),
        "state": state,
        "states": [(name, label, f"?state={name}" if name else "?") for name, label in STATES.items()],
        "may_open": access.may(staff, Deed.ATTACH_INCIDENT),
    }
    return render(request, "desk/incidents/list.html", context)


@doors.needs(Deed.SEE_CASES)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return page_of(request, pk)


def page_of(request: HttpRequest, pk: int, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page; `?apart=1` shows only the members that differ. `more`: a form that did not go through."""
    staff, now = doors.me(request), timezone.now()
    page = cases.incident_page(staff, pk)
    incident = page.incident
    apart = request.GET.get("apart") == "1"
    rows = cases.members(staff, incident, now=now, apart=apart, page=page_number(request.GET.get("page")))
    leads = access.may(staff, Deed.LEAD_INCIDENT)
    initial = {"notice": incident.notice, "is_public": incident.is_public, "version": incident.version}
    context = {
        "page": page,
        "incident": incident,
        "rows": rows,
        "members": [(row, words.clock(row.card.clock, now=now)) for row in rows.rows],
        "apart": apart,
        "now": now,
        "leads": leads,
        "may_attach": access.may(staff, Deed.ATTACH_INCIDENT) and incident.state != IncidentState.CLOSED,
        "shares": list(_shares(page, staff)),
        "events": list(_events(page)),
        "steps": [(row, str(say(row.step)) if row.step else _("Archived")) for row in page.steps],
        "notice_form": Notice(initial=initial),
        "move_form": Move(initial={"version": incident.version}),
        "moves": _moves(IncidentState(incident.state)) if leads else [],
        **more,
    }
    return render(request, "desk/incidents/page.html", context, status=status)


@doors.needs(Deed.SEE_CASES)
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far what was begun for all has come; a part of the page, asked for again while something runs."""
    staff = doors.me(request)
    page = cases.incident_page(staff, pk)
    leads = access.may(staff, Deed.LEAD_INCIDENT)
    context = {"page": page, "incident": page.incident, "leads": leads, "now": timezone.now()}
    response = render(request, "desk/incidents/sent_rows.html", context)
    if not page.busy:
        response["HX-Refresh"] = "true"  # done: the whole page has news
    return response


@doors.needs(Deed.LEAD_INCIDENT)
@require_POST
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """What customers read, or that they read nothing."""
    form = Notice(request.POST)
    if form.is_valid():
        try:
            actions.publish(incident_id=pk, by=doors.me(request), now=timezone.now(), **form.cleaned_data)
        except NotFound:
            raise
        except DomainError as error:
            form.add_error(getattr(error, "field", None) or None, describe(error))
        else:
            shown = form.cleaned_data["is_public"]
            ui.toast(
                request, _("Customers read it now.") if shown else _("Customers do not read it any more.")
            )
            return redirect("desk:incident", pk=pk)
    return page_of(request, pk, status=422, notice_form=form)


@doors.needs(Deed.LEAD_INCIDENT)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Solved, closed, or going on again."""
    form = Move(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.move_incident(
                incident_id=pk,
                to=IncidentState(said["to"]),
                text=said["text"],
                version=said["version"],
                by=doors.me(request),
                now=timezone.now(),
            )
        except NotFound:
            raise
        except DomainError as error:
            form.add_error(getattr(error, "field", None) or None, describe(error))
        else:
            ui.toast(request, _("Kept: %(state)s") % {"state": say(IncidentState(said["to"]))})
            if said["to"] == IncidentState.SOLVED:
                return redirect("desk:incident_share", pk=pk, kind=SharedKind.ASK)
            return redirect("desk:incident", pk=pk)
    return page_of(request, pk, status=422, move_form=form)


@doors.needs(Deed.REPLY)
@require_POST
def told(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """One customer who cannot be written to has been told in person."""
    cases.incident(doors.me(request), pk)
    text = request.POST.get("text", "").replace("\x00", "")[:5000]
    actions.told(part_id=part, text=text, by=doors.me(request), now=timezone.now())
    ui.toast(request, _("Written down: the customer knows."))
    return redirect(f"{reverse('desk:incident', args=[pk])}#tasks")


@doors.needs(Deed.LEAD_INCIDENT)
@require_POST
def resume(request: HttpRequest, pk: int, deed: int) -> HttpResponse:
    """Go on with something that has stopped on its way."""
    page = cases.incident_page(doors.me(request), pk)
    if deed not in {one.deed.pk for one in page.sent}:
        raise NotFound
    actions.go_on(deed_id=deed)
    ui.toast(request, _("It goes on."))
    return redirect("desk:incident", pk=pk)


def _shares(page: IncidentPage, staff: Any) -> Iterator[dict[str, Any]]:
    """What can be done for all now, with how many it would be for."""
    if page.incident.state == IncidentState.CLOSED:
        return
    for kind in SharedKind:
        if actions.may_share(staff, kind, page.incident):
            yield {
                "kind": kind,
                "label": BUTTONS[kind],
                "count": page.can.get(kind, 0),
                "url": reverse("desk:incident_share", args=[page.incident.pk, kind]),
            }


BUTTONS = {
    SharedKind.REPLY: gettext_lazy("Reply to all"),
    SharedKind.ASK: gettext_lazy("Ask whether it is settled"),
    SharedKind.JUDGE: gettext_lazy("Judge together"),
    SharedKind.OFFER: gettext_lazy("Pass to a department"),
    SharedKind.ACCEPT: gettext_lazy("Accept together"),
    SharedKind.INVESTIGATE: gettext_lazy("Write down the cause"),
    SharedKind.REMEDY: gettext_lazy("It is done"),
}


def _moves(state: IncidentState) -> list[tuple[IncidentState, str]]:
    return {
        IncidentState.OPEN: [(IncidentState.SOLVED, _("It is solved"))],
        IncidentState.SOLVED: [
            (IncidentState.CLOSED, _("Close the incident")),
            (IncidentState.OPEN, _("It goes on after all")),
        ],
        IncidentState.CLOSED: [(IncidentState.OPEN, _("It goes on after all"))],
    }[state]


def _events(page: IncidentPage) -> Iterator[ui.Event]:
    for row in page.events:
        kind = IncidentLine(row.kind)
        text = str(say(kind))
        if kind is IncidentLine.JOINED and row.count > 1:
            text = ngettext("%(n)d case joined", "%(n)d cases joined", row.count) % {"n": row.count}
        elif kind is IncidentLine.SHARED and row.shared is not None:
            facts = {"what": say(SharedKind(row.shared.kind)), "n": row.count}
            text = ngettext("%(what)s, for %(n)d case", "%(what)s, for %(n)d cases", row.count) % facts
        elif row.case is not None:
            text = _("%(what)s: %(name)s") % {"what": text, "name": row.case.number}
        yield ui.Event(
            row.at,
            ICONS[kind],
            text,
            by=row.staff.name if row.staff else "",
            detail=row.text,
            url=reverse("desk:case", args=[row.case.number]) if row.case else "",
        )
