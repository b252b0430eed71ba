"""What authorities passed on about one case: entered, accepted or not, extended, answered, closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from zhiyin.cases import queries as cases
from zhiyin.desk import statutory
from zhiyin.desk.address import figure
from zhiyin.desk.forms import statutory as shapes
from zhiyin.desk.views.statutory.frame import complain
from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError, Forbidden, NotFound
from zhiyin.people import access, doors
from zhiyin.people.access import Deed
from zhiyin.statutory import actions, queries


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do about a transfer. `heading` stands over its form, `verb` on its button, `done` in the toast."""

    form: type[forms.Form]
    run: Callable[..., Any]
    heading: Any
    verb: Any
    done: Any


ACTS: dict[str, Act] = {
    "accept": Act(
        shapes.Plain,
        actions.accept,
        _("It is ours, and the authority knows"),
        _("Accept it"),
        _("Accepted by us"),
    ),
    "refuse": Act(shapes.Refuse, actions.refuse, _("It is not ours"), _("Do not accept"), _("Not accepted")),
    "insist": Act(
        shapes.Plain,
        actions.accept,
        _("The authority insists that it is ours"),
        _("Accept it after all"),
        _("Accepted by us"),
    ),
    "letter": Act(
        shapes.Plain,
        actions.draft,
        _("Answer by a formal letter"),
        _("Write the letter"),
        _("The draft is begun"),
    ),
    "amend": Act(
        shapes.Amend,
        actions.amend,
        _("Put right what was entered"),
        _("Put it right"),
        _("What was entered is put right"),
    ),
    "extend": Act(
        shapes.Extend,
        actions.extend,
        _("The authority granted more time"),
        _("Extend"),
        _("The new deadline holds"),
    ),
    "reply": Act(
        shapes.Reply,
        actions.reply,
        _("The authority has been answered"),
        _("It is answered"),
        _("Authority answered"),
    ),
    "withdraw": Act(
        shapes.Close,
        actions.withdraw,
        _("The authority took it back before we answered"),
        _("It was taken back"),
        _("Taken back by the authority"),
    ),
    "close": Act(
        shapes.Close, actions.close, _("The authority closed it"), _("Close it"), _("Closed by the authority")
    ),
    "send_again": Act(
        shapes.SendAgain,
        actions.send_again,
        _("The authority sent it back to be handled anew"),
        _("It was sent back"),
        _("The new deadline runs"),
    ),
}


@doors.needs(Deed.SEE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, number: str) -> HttpResponse:
    """The transfers of a case, and the form for a new one; `?do=` and `?transfer=` open a form of one."""
    now, staff = timezone.now(), doors.me(request)
    case = cases.get(staff, number)
    if request.method == "POST":
        access.require(staff, Deed.ESCALATE)
    form = _form(request, case, now)
    if request.method == "POST" and form.is_valid():
        try:
            actions.receive(case_id=case.pk, by=staff, now=now, **form.arguments())
        except Forbidden:
            raise
        except DomainError as error:
            complain(form, error)
        else:
            ui.toast(request, str(_("Entered; its times run")))
            return redirect("desk:transfers", number=case.number)
    return _page(request, case, form, now=now)


@doors.needs(Deed.ESCALATE)
@require_POST
def do(request: HttpRequest, number: str, pk: int, step: str) -> HttpResponse:
    """Do one thing; what does not go through comes back with a sentence and everything that was typed."""
    now, staff = timezone.now(), doors.me(request)
    case = cases.get(staff, number)
    transfer = queries.transfer_in(case.pk, pk)
    act = ACTS.get(step)
    if act is None:
        raise NotFound
    form = act.form(request.POST)
    if form.is_valid():
        try:
            made = act.run(transfer_id=transfer.pk, by=staff, now=now, **form.cleaned_data)
        except Forbidden:
            raise
        except DomainError as error:
            complain(form, error)
        else:
            ui.toast(request, str(act.done))
            if step == "letter":
                return redirect("desk:letter", pk=made.pk)
            return redirect("desk:transfers", number=case.number)
    return _page(request, case, _form(None, case, now), now=now, opened=(transfer.pk, step, form))


def _form(request: HttpRequest | None, case: Any, now: datetime) -> shapes.Transfer:
    outside = queries.outside(case.pk)
    data = request.POST if request is not None and request.method == "POST" else None
    return shapes.Transfer(data, outside=outside, now=now, demand=case.remedy_sought, ours=queries.profile())


def _initial(row: Any) -> dict[str, Any]:
    """What stands there, for the form that puts it right; the others have no such fields."""
    return {"external_number": row.escalation.external_number, "office": row.office, "demand": row.demand}


def _page(
    request: HttpRequest,
    case: Any,
    form: shapes.Transfer,
    *,
    now: datetime,
    opened: tuple[int, str, forms.Form] | None = None,
) -> HttpResponse:
    staff = doors.me(request)
    rows = [statutory.shown(row, staff, now=now) for row in queries.of_case(case.pk)]
    may_enter = queries.may_transfer(staff, case)
    asked = request.GET.get("do", "")
    if opened is None and asked in ACTS:
        wanted = figure(request.GET.get("transfer"))
        found = next((one for one in rows if one.row.pk == wanted and asked in one.doable), None)
        opened = (wanted, asked, ACTS[asked].form(initial=_initial(found.row))) if found else None
    context = {
        "case": case,
        "rows": [(one, [(name, ACTS[name]) for name in one.doable]) for one in rows],
        "form": form,
        "now": now,
        "may_enter": may_enter,
        "entering": may_enter and (form.is_bound or asked == "new" or not rows),
        "opened": {"transfer": opened[0], "name": opened[1], "form": opened[2], "act": ACTS[opened[1]]}
        if opened
        else None,
    }
    bad = form.is_bound or (opened is not None and opened[2].is_bound)
    return render(request, "desk/statutory/transfers.html", context, status=422 if bad else 200)
