"""Settings: how long a step may take, from when, and on whose word."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhiyin.cases import actions
from zhiyin.cases import queries as cases
from zhiyin.desk.forms.clocks import ClockRule
from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError, Invalid, NotFound
from zhiyin.kit.language import describe
from zhiyin.people import doors
from zhiyin.people.access import Deed

HOUR = 60


@doors.needs(Deed.MANAGE_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The rules, and the form of a new one or, with `?rule=`, of one to change."""
    now = timezone.now()
    rows = cases.clock_rules(on=timezone.localdate(now))
    asked = request.POST.get("rule_id") or request.GET.get("rule") or ""
    rule = next((row for row in rows if str(row.id) == asked), None)
    if asked and rule is None:
        raise NotFound
    form = ClockRule(request.POST) if request.method == "POST" else ClockRule(initial=_initial(rule, now))
    if request.method == "POST" and form.is_valid() and _saved(request, form, rule, now):
        ui.toast(request, _("The rule is kept. Clocks that run already keep their time."))
        return redirect("desk:clocks")
    context = {
        "rows": rows,
        "form": form,
        "rule": rule,
        "now": now,
        "is_open": rule is not None or form.is_bound,
    }
    return render(request, "desk/clocks.html", context, status=422 if form.is_bound else 200)


@doors.needs(Deed.MANAGE_CLOCKS)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule is no longer in force from today."""
    now = timezone.now()
    actions.end_clock_rule(rule_id=pk, by=doors.me(request), now=now, on=timezone.localdate(now))
    ui.toast(request, _("The rule has ended."))
    return redirect("desk:clocks")


def _saved(request: HttpRequest, form: ClockRule, rule: Any, now: Any) -> bool:
    try:
        actions.save_clock_rule(
            rule_id=rule.id if rule else None, by=doors.me(request), now=now, **form.arguments()
        )
    except DomainError as error:
        field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
        form.add_error(field, describe(error))
        return False
    return True


def _initial(rule: Any, now: Any) -> dict[str, Any]:
    if rule is None:
        return {"effective_from": timezone.localdate(now)}
    whole = rule.minutes % HOUR == 0
    return {
        "clock": rule.clock,
        "kind": rule.kind or "",
        "severity": rule.severity or "",
        "amount": rule.minutes // HOUR if whole else rule.minutes,
        "unit": str(HOUR) if whole else "1",
        "round_the_clock": rule.round_the_clock,
        "warn_share": rule.warn_share,
        "effective_from": rule.effective_from,
        "effective_to": rule.effective_to,
        "source": rule.source,
        "to_confirm": rule.to_confirm,
    }
