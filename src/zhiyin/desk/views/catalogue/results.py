"""How the guarantee is kept and how the service does where customers meet it; and one breach with what is owed for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhiyin.cases import queries as cases
from zhiyin.cases.queries import money
from zhiyin.cases.rules.words import Stage
from zhiyin.customers.rules import Channel
from zhiyin.desk import promised
from zhiyin.desk.forms import catalogue as forms
from zhiyin.desk.forms.lists import NONE, page_number
from zhiyin.desk.views.catalogue.frame import object_to, show
from zhiyin.guarantees import actions, queries
from zhiyin.guarantees.rules import TOLD, Knows, Period, Told
from zhiyin.kit import figures, ui
from zhiyin.kit.errors import DomainError
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.doors import me, needs

SPOKEN = frozenset({Channel.PHONE, Channel.COUNTER, Channel.NIGHT})  # where a letter would find nobody


@require_safe
@needs(Deed.SEE_RESULTS)
def kept(request: HttpRequest) -> HttpResponse:
    """The share kept of every promise to everybody, and each that was not."""
    now, form = timezone.now(), forms.ResultFilters(request.GET)
    period, state = promised.period(request.GET, now), request.GET.get("state", "")
    state = state if state in {"owed", "untold"} else "all"
    filters = queries.Filters(period.since, period.until, form.department_id(), state)
    only = replace(filters, clause_id=form.clause_id())
    found = queries.breaches(me(request), only, page=page_number(request.GET.get("page")))
    states = (("all", _("All")), ("owed", _("Still owed")), ("untold", _("Not told yet")))
    context = {
        "rows": [
            (row, promised.span(row.minutes), _with(request, clause=str(row.clause_id)) + "#broken")
            for row in queries.kept(filters)
        ],
        "counts": queries.counts(only),
        "page": [(row, queries.knowledge(row)) for row in found],
        "pages": found,
        "only": queries.promise(only.clause_id) if only.clause_id else None,
        "all_url": _with(request, clause=""),
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
        "rows": [(row, _ways(row, period, department_id) if sees else {}) for row in rows],
        "form": form,
        "period": period,
        "periods": _periods(request, period, now),
        "smallest": cases.SMALLEST_CELL,
        "measures": access.may(me(request), Deed.SEE_MEASURES),
        "may_manage": access.may(me(request), Deed.MANAGE_CATALOGUE),
    }
    return show(request, "met", "met", context)


def _ways(row: cases.TouchpointRow, period: Period, department_id: int | None) -> dict[str, str]:
    """The lists of the cases behind the counts of a row, by what they count."""
    asked = {"state": "all", "touchpoint": row.id or NONE, "since": period.since, "until": period.until}
    if department_id is not None:
        asked["department"] = department_id
    where = reverse("desk:cases")
    ways = {str(how): f"{where}?{urlencode(asked | {'went': how})}" for how in cases.Went}
    return ways | {"all": f"{where}?{urlencode(asked)}"}


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
            actions.tell(breach_id=pk, by=me(request), now=timezone.now(), **form.arguments())
        except DomainError as problem:
            object_to(form, problem)
        else:
            ui.toast(request, _said(queries.knowledge(queries.get(me(request), pk))))
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


def _said(known: Knows) -> str:
    """What has come of telling, as far as can be known yet."""
    if known is Knows.VOICE:
        return _("Kept in the thread: told by voice")
    if known is Knows.LAID_OUT:
        return _("It waits on the page of the matter until the customer reads it")
    return _("On its way to the customer")


def _breach(
    request: HttpRequest, found: Any, *, telling: Any = None, giving: Any = None, status: int = 200
) -> HttpResponse:
    staff, clause, case = me(request), found.undertaking.clause, found.undertaking.case
    spoken = case.conversation.channel in SPOKEN
    said = {
        "text": _words_for(clause, found.undertaking, timezone.now()),
        "how": Told.VOICE if spoken else Told.WRITTEN,
    }
    kind = money.compensation_kind()
    worth = {"given": clause.remedy, "cost": clause.remedy_amount or 0, "kind_id": kind.pk if kind else None}
    known, archived = queries.knowledge(found), case.stage == Stage.ARCHIVED
    context = {
        "breach": found,
        "clause": clause,
        "case": case,
        "target": promised.target(clause),
        "telling": telling or forms.Tell(initial=said),
        "giving": giving or forms.MakeGood(initial=worth),
        "known": known,
        "may_tell": access.may(staff, Deed.REPLY) and not archived and known not in TOLD,
        "may_give": access.may(staff, Deed.REMEDY),
        "may_see_inbox": access.may(staff, Deed.SEE_INBOX),
        "may_spend": access.may(staff, Deed.SPEND) and not archived,
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
