"""The expectation sheet of a case, its history, and what changed rules could do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhiyin.cases import actions
from zhiyin.cases import queries as cases
from zhiyin.cases.rules.expectations import Wish
from zhiyin.cases.rules.words import Stage
from zhiyin.desk import expected
from zhiyin.desk.forms.expectation import Expectation
from zhiyin.desk.forms.lists import page_number
from zhiyin.kit import ui
from zhiyin.kit.errors import Conflict, DomainError, Forbidden, Invalid
from zhiyin.kit.language import describe
from zhiyin.people import access, doors
from zhiyin.people.access import Deed

COPIED = (
    "stated", "genuine", "genuine_reason", "practical_need", "psychological_need", "uncertainty", "uncertainty_told_at",
)  # fmt: skip


@doors.needs(Deed.SEE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The sheet as it stands, the form to write it anew, and what it said before."""
    now, staff = timezone.now(), doors.me(request)
    case = cases.get(staff, number)
    if request.method == "POST":
        access.require(staff, Deed.NOTE)
    editions = cases.sheets_of(case.pk)
    last = editions[0] if editions else None
    data = request.POST if request.method == "POST" else None
    form = Expectation(data, now=now, draft=case.number, initial=_initial(last, case))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.expect(case_id=case.pk, by=staff, now=now, **form.arguments())
            except Forbidden:
                raise
            except DomainError as error:
                if isinstance(error, Conflict):
                    editions, status = cases.sheets_of(case.pk), 409
                    last = editions[0]
                    form = _again(form, last, case.number, now)
                field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
                form.add_error(field, describe(error))
            else:
                ui.toast(request, _("The expectation is written down"))
                return redirect("desk:expectation", number=case.number)
    may_write = access.may(staff, Deed.NOTE) and case.stage != Stage.ARCHIVED
    context = {
        "case": case,
        "sheet": expected.shown(last),
        "older": [expected.shown(one) for one in editions[1:]],
        "form": form,
        "now": now,
        "may_write": may_write,
        "writing": may_write and (last is None or request.GET.get("write") == "1" or form.is_bound),
    }
    return render(request, "desk/expectation/page.html", context, status=status)


@doors.needs(Deed.SEE_CASES)
@require_safe
def rule_changes(request: HttpRequest) -> HttpResponse:
    """What changed rules could do, from the sheets of all cases in sight."""
    page = cases.rule_changes(doors.me(request), page=page_number(request.GET.get("page")))
    return render(request, "desk/expectation/rule_changes.html", {"page": page, "now": timezone.now()})


def _again(form: Expectation, last: Any, number: str, now: datetime) -> Expectation:
    """The form as it was typed, counted as made from the newest edition."""
    data = form.data.copy()
    data["edition"] = str(last.edition)
    again = Expectation(data, now=now, draft=number)
    again.is_valid()
    return again


def _initial(last: Any, case: Any) -> dict[str, Any]:
    """The newest edition to go on from; the first begins with what the customer asked for."""
    if last is None:
        return {"edition": 0, "stated": case.remedy_sought}
    found: dict[str, Any] = {name: getattr(last, name) for name in COPIED}
    for one in last.options.all():
        found |= {f"{one.who}_text": one.text, f"{one.who}_cost": one.cost, f"{one.who}_effect": one.effect}
    return found | {
        "edition": last.edition,
        "wishes": [wish.value for wish in Wish if getattr(last, wish.value)],
    }
