"""Settings: statutory times as dated data, and how authorities know the house."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhiyin.desk.forms.statutory import Profile, Rule
from zhiyin.desk.views.statutory.frame import complain
from zhiyin.kit import ui
from zhiyin.kit.errors import Conflict, DomainError, Forbidden, NotFound
from zhiyin.kit.fields import refresh
from zhiyin.people import doors
from zhiyin.people.access import Deed
from zhiyin.statutory import actions, queries, texts
from zhiyin.statutory.rules import letters

COPIED = (
    "duty", "body", "sector", "region", "city", "amount", "unit", "starts_from", "rolls", "remind_days", "effective_to",
    "basis", "remark", "mark",
)  # fmt: skip


@doors.needs(Deed.MANAGE_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The rules with all their versions; `?rule=` opens the form for a newer version of one."""
    now = timezone.now()
    rows = queries.rule_rows(on=timezone.localdate(now))
    asked = request.POST.get("rule_id") or request.GET.get("rule") or ""
    rule = next((row for row in rows if str(row.id) == asked), None)
    if asked and rule is None:
        raise NotFound
    form = Rule(request.POST) if request.method == "POST" else Rule(initial=_initial(rule, now))
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_rule(
                rule_id=rule.id if rule else None, by=doors.me(request), now=now, **form.arguments()
            )
        except Forbidden:
            raise
        except DomainError as error:
            complain(form, error)
        else:
            ui.toast(request, _("The version is kept. Times that run already keep theirs."))
            return redirect("desk:statutory_rules")
    shown = rows if request.GET.get("past") == "1" else [row for row in rows if row.state != "past"]
    context = {
        "rows": shown,
        "hidden": len(rows) - len(shown),
        "form": form,
        "rule": rule,
        "now": now,
        "is_open": rule is not None or form.is_bound,
    }
    return render(request, "desk/statutory/rules.html", context, status=422 if form.is_bound else 200)


@doors.needs(Deed.MANAGE_CLOCKS)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The version holds no longer from today."""
    now = timezone.now()
    actions.end_rule(rule_id=pk, by=doors.me(request), now=now, on=timezone.localdate(now))
    ui.toast(request, _("It ended yesterday. Times that run already keep theirs."))
    return redirect("desk:statutory_rules")


@doors.needs(Deed.MANAGE_CLOCKS)
@require_POST
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a version that is kept ready into use, or out of it."""
    active = request.POST.get("active") == "1"
    actions.use_rule(rule_id=pk, active=active, by=doors.me(request), now=timezone.now())
    ui.toast(request, _("In use now") if active else _("No longer in use"))
    return redirect("desk:statutory_rules")


@doors.needs(Deed.MANAGE_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request: HttpRequest) -> HttpResponse:
    """Our trade, and the head, foot and seal of letters."""
    now, row = timezone.now(), queries.profile()
    form = Profile(request.POST) if request.method == "POST" else Profile(initial=_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_profile(by=doors.me(request), now=now, **form.arguments())
        except Forbidden:
            raise
        except DomainError as error:
            complain(form, error)
            if isinstance(error, Conflict):
                refresh(form, queries.profile().version)
        else:
            ui.toast(request, _("Kept. Letters issued before keep the head they had."))
            return redirect("desk:letterhead")
    context = {
        "form": form,
        "now": now,
        "places": [texts.place(name) for name in letters.SHOWN],
        "default_opening": texts.default_opening(),
        "default_closing": texts.default_closing(),
    }
    return render(request, "desk/statutory/letterhead.html", context, status=422 if form.is_bound else 200)


def _of(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Profile.base_fields}


def _initial(rule: Any, now: datetime) -> dict[str, Any]:
    today = {"effective_from": timezone.localdate(now)}
    if rule is None:
        return today
    return {name: getattr(rule, name) or "" if name != "rolls" else rule.rolls for name in COPIED} | today
