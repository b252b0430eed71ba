"""How the guarantee is kept and how the service does where customers meet it; and one breach with what is owed for it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhiyin.cases import queries as cases
from zhiyin.desk import promised
from zhiyin.desk.forms import catalogue as forms
from zhiyin.desk.forms.lists import page_number
from zhiyin.desk.views.catalogue.frame import object_to, show
from zhiyin.guarantees import actions, queries
from zhiyin.guarantees.rules import Period
from zhiyin.kit import figures, ui
from zhiyin.kit.errors import DomainError
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.doors import me, needs


@require_safe
@needs(Deed.SEE_RESULTS)
def kept(request: HttpRequest) -> HttpResponse:
    """The share kept of every promise to everybody, and each that was not."""
    now, form = timezone.now(), forms.ResultFilters(request.GET)
    period, state = promised.period(request.GET, now), request.GET.get("state", "")
    state = state if state in {"owed", "untold"} else "all"
    filters = queries.Filters(period.since, period.until, form.department_id(), state)
    states = (("all", _("All")), ("owed", _("Still owed")), ("untold", _("Not told yet")))
    context = {
        "rows": [(row, promised.span(row.minutes)) for row in queries.kept(filters)],
        "counts": queries.counts(filters),
        "page": queries.breaches(me(request), filters, page=page_number(request.GET.get("page"))),
        "form": form,
        "period": period,
        "periods": _periods(request, period, now),
        "states": [(label, _with(request, state=name), name == state) for name, label in states],
        "state": state,
        "may_see_cases": access.may(me(request), Deed.SEE_CASES),
    }
    return show(request, "kept", "kept", context)


@require_safe
@needs(Deed.SEE_RESULTS)
def met(request: HttpRequest) -> HttpResponse:
    """Counts and satisfaction by touchpoint."""
    now, form = timezone.now(), forms.ResultFilters(request.GET)
    period = promised.period(request.GET, now)
    department_id = form.department_id()
    rows = cases.by_touchpoint(since=period.since, until=period.until, department_id=department_id)
    sees = access.may(me(request), Deed.SEE_ALL_CASES)
    context = {
        "rows": [(row, _cases_of(row, period, department_id) if sees else "") for row in rows],
        "form": form,
        "period": period,
        "periods": _periods(request, period, now),
        "smallest": cases.SMALLEST_CELL,
        "may_manage": access.may(me(request), Deed.MANAGE_CATALOGUE),
    }
    return show(request, "met", "met", context)


def _cases_of(row: cases.TouchpointRow, period: Period, department_id: int | None) -> str:
    """The list of the cases behind a row; empty for those without a touchpoint."""
    if row.id is None:
        return ""
    asked = {"state": "all", "touchpoint": row.id, "since": period.since, "until": period.until}
    if department_id is not None:
        asked["department"] = department_id
    return f"{reverse('desk:cases')}?{urlencode(asked)}"


def _periods(request: HttpRequest, current: Period, now: Any) -> list[tuple[Any, str, bool]]:
    known = promised.periods(timezone.localdate(now))
    return [(label, _with(request, period=one.name), one.name == current.name) for one, label in known]


def _with(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


@require_safe
@needs(Deed.SEE_CASES)
def breach(request: HttpRequest, pk: int) -> HttpResponse:
    """What was promised, what became of it, and the two things to do about it."""
    return _breach(request, queries.get(me(request), pk))


@require_POST
@needs(Deed.REPLY)
def breach_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer is told, in writing or by voice."""
    queries.get(me(request), pk)
    form = forms.Tell(request.POST)
    if form.is_valid():
        try:
            actions.tell(breach_id=pk, by=me(request), now=timezone.now(), **form.cleaned_data)
        except DomainError as problem:
            object_to(form, problem)
        else:
            ui.toast(request, _("Written down: the customer knows"))
            return redirect("desk:breach", pk=pk)
    return _breach(request, queries.get(me(request), pk), telling=form, status=422)


@require_POST
@needs(Deed.REMEDY)
def breach_good(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer got what the guarantee promises."""
    queries.get(me(request), pk)
    form = forms.MakeGood(request.POST)
    if form.is_valid():
        try:
            actions.make_good(breach_id=pk, by=me(request), now=timezone.now(), **form.cleaned_data)
        except DomainError as problem:
            object_to(form, problem)
        else:
            ui.toast(request, _("Made good, and written down"))
            return redirect("desk:breach", pk=pk)
    return _breach(request, queries.get(me(request), pk), giving=form, status=422)


def _breach(
    request: HttpRequest, found: Any, *, telling: Any = None, giving: Any = None, status: int = 200
) -> HttpResponse:
    staff, clause, case = me(request), found.undertaking.clause, found.undertaking.case
    said = {"text": _words_for(clause, found.undertaking, timezone.now())}
    worth = {"given": clause.remedy, "cost": clause.remedy_amount or 0}
    context = {
        "breach": found,
        "clause": clause,
        "case": case,
        "target": promised.target(clause),
        "telling": telling or forms.Tell(initial=said),
        "giving": giving or forms.MakeGood(initial=worth),
        "may_tell": access.may(staff, Deed.REPLY),
        "may_give": access.may(staff, Deed.REMEDY),
    }
    return show(request, "breach", "", context, status=status)


def _words_for(clause: Any, undertaking: Any, now: Any) -> str:
    """A letter to begin with: what was promised, that it was missed, and what follows."""
    facts = {
        "title": clause.title,
        "time": figures.when(undertaking.due_at, now),
        "remedy": clause.remedy,
    }
    return _(
        "We promised: “%(title)s”. For you it ran out %(time)s, and we did not keep it. We are sorry. "
        "As promised, you get: %(remedy)s. You need not ask for it."
    ) % facts  # fmt: skip
