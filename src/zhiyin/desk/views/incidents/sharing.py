"""Something done once for all members: written, looked at as each customer will read it, then begun."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from zhiyin.cases import actions
from zhiyin.cases import queries as cases
from zhiyin.cases.rules import incidents as rules
from zhiyin.cases.rules.incidents import SharedKind
from zhiyin.desk.forms.incidents import FORMS, Shared
from zhiyin.desk.views.incidents.page import BUTTONS
from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError, Invalid, NotFound
from zhiyin.kit.language import describe
from zhiyin.people import doors
from zhiyin.people.access import Deed, require

PREVIEW, SEND, DRAFT = "preview", "send", "draft"


@doors.needs(Deed.LEAD_INCIDENT, Deed.ANSWER_OFFER)
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The form; its first button shows what it becomes, the second begins it, the third keeps the words."""
    staff = doors.me(request)
    page = cases.incident_page(staff, pk)
    if kind not in set(SharedKind):
        raise NotFound
    what = SharedKind(kind)
    if not actions.may_share(staff, what, page.incident):
        require(staff, Deed.LEAD_INCIDENT)
    if request.method != "POST":
        initial = _initial(page, what, newcomers=request.GET.get("newcomers") == "1")
        return _page(request, page, what, _form(page, what, initial=initial))
    form = _form(page, what, request.POST)
    if not form.is_valid():
        return _page(request, page, what, form, status=422)
    try:
        if request.POST.get("do") == DRAFT and what is SharedKind.REPLY:
            return _draft(request, pk, form)
        if what is SharedKind.REPLY:
            rules.check_places(form.cleaned_data["text"])
        if request.POST.get("do") == SEND:
            return _send(request, pk, what, form)
    except NotFound:
        raise
    except DomainError as error:
        field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
        form.add_error(field, describe(error))
        return _page(request, page, what, form, status=422)
    return _page(request, page, what, form, looked=True)


def _form(page: cases.IncidentPage, what: SharedKind, *args: Any, **options: Any) -> Shared:
    """A reply can be for those alone who joined since the last one."""
    more = {"untold": page.untold} if what is SharedKind.REPLY else {}
    return FORMS[what](*args, **more, **options)


def _send(request: HttpRequest, pk: int, what: SharedKind, form: Shared) -> HttpResponse:
    deed = actions.share(
        incident_id=pk,
        kind=what,
        text=form.cleaned_data["text"],
        details=form.details(),
        token=form.cleaned_data["token"],
        by=doors.me(request),
        now=timezone.now(),
    )
    count = deed.parts.count()
    ui.toast(request, ngettext("Begun for %(n)d case.", "Begun for %(n)d cases.", count) % {"n": count})
    return redirect("desk:incident", pk=pk)


def _draft(request: HttpRequest, pk: int, form: Shared) -> HttpResponse:
    actions.keep_draft(
        incident_id=pk,
        text=form.cleaned_data["text"],
        token=form.cleaned_data["token"],
        by=doors.me(request),
        now=timezone.now(),
    )
    ui.toast(request, _("The draft is kept."))
    return redirect("desk:incident", pk=pk)


def _initial(page: cases.IncidentPage, what: SharedKind, *, newcomers: bool = False) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    if what is SharedKind.REPLY and page.draft is not None:
        initial["text"] = page.draft.text
    if what is SharedKind.REPLY and page.untold and newcomers:
        last = next((one.deed for one in page.sent if one.deed.kind == SharedKind.REPLY), None)
        initial = {"newcomers": True, "text": last.text if last else "", **initial}
    if what in {SharedKind.ASK, SharedKind.REMEDY}:
        initial["text"] = page.incident.solution
    if what is SharedKind.OFFER:
        initial["department_id"] = page.incident.department_id
    return initial


def _page(
    request: HttpRequest,
    page: cases.IncidentPage,
    what: SharedKind,
    form: Shared,
    *,
    looked: bool = False,
    status: int = 200,
) -> HttpResponse:
    samples, count = [], page.can.get(what, 0)
    newcomers = what is SharedKind.REPLY and looked and bool(form.cleaned_data.get("newcomers"))
    if newcomers:
        count = page.untold
    if looked and what is SharedKind.REPLY:
        text = form.cleaned_data["text"]
        samples = [
            (case, rules.fill(text, name=case.customer.name, number=case.number))
            for case in cases.samples(page.incident, what, newcomers=newcomers)
        ]
    context = {
        "page": page,
        "incident": page.incident,
        "form": form,
        "kind": what,
        "heading": BUTTONS[what],
        "count": count,
        "looked": looked,
        "samples": samples,
        "is_reply": what is SharedKind.REPLY,
        "now": timezone.now(),
    }
    return render(request, "desk/incidents/share.html", context, status=status)
