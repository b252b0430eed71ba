"""Others at the same table: cases with the same puzzle, and the customer with her link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhiyin.cases import queries as cases
from zhiyin.desk import passing
from zhiyin.desk.forms import facts as forms
from zhiyin.desk.views.facts import frame
from zhiyin.facts import actions
from zhiyin.facts import queries as facts
from zhiyin.kit import ui
from zhiyin.kit.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, gettext_noop
from zhiyin.people import doors
from zhiyin.people.access import Deed


class NoSuchCase(Invalid):
    code = "desk.no_such_case"
    message = gettext_noop("No case with this number can be found here.")


@doors.needs(Deed.RECORD_FACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def gather(request: HttpRequest, number: str) -> HttpResponse:
    """Cases like this one; picking one gathers it into this table."""
    desk, now = frame.open_desk(request, number), timezone.now()
    form = forms.Gather(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            other = _other(desk.staff, form.cleaned_data["number"])
            actions.gather(case_id=desk.case.pk, other_id=other, by=desk.staff, now=now)
        except (Conflict, Forbidden):
            raise
        except DomainError as error:
            frame.complain(form, error)
        else:
            ui.toast(request, _("Both cases share this table now"))
            return frame.back(desk.case.number)
    found = facts.alike_to_gather(desk.staff, desk.case, now=now)
    context = {**desk.context, "sheet": desk.table, "form": form, "alike": found, "now": now}
    return render(request, "desk/facts/gather.html", context, status=422 if request.method == "POST" else 200)


def _other(staff: object, number: str) -> int:
    try:
        return cases.get(staff, number).pk  # type: ignore[arg-type]
    except NotFound:
        raise NoSuchCase(field="number") from None


@doors.needs(Deed.RECORD_FACTS)
@require_POST
def leave(request: HttpRequest, number: str) -> HttpResponse:
    """The case goes on with a table of its own."""
    desk = frame.open_desk(request, number)
    actions.leave(case_id=desk.case.pk, by=desk.staff, now=timezone.now())
    ui.toast(request, _("This case has a table of its own again"))
    return frame.back(desk.case.number)


@doors.needs(Deed.RECORD_FACTS)
@require_POST
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Send the customer her link, or show it once to be passed on."""
    desk = frame.open_desk(request, number)
    key = actions.ask(case_id=desk.case.pk, by=desk.staff, now=timezone.now())
    if key:
        passing.keep(request, number=desk.case.number, key=key)
    else:
        ui.toast(request, _("The link is on its way to the customer"))
    return frame.back(desk.case.number)


@doors.needs(Deed.RECORD_FACTS)
@require_POST
def stop(request: HttpRequest, number: str) -> HttpResponse:
    """Close the customer's link."""
    desk = frame.open_desk(request, number)
    actions.stop_asking(case_id=desk.case.pk, by=desk.staff, now=timezone.now())
    ui.toast(request, _("The link is closed. What the customer noted down stays."))
    return frame.back(desk.case.number)
