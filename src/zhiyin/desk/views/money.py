"""Kinds of expense, limits for each act, and budgets: one page of the settings with three forms."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhiyin.cases import actions
from zhiyin.cases.queries import money
from zhiyin.desk.address import figure
from zhiyin.desk.forms.money import SPENDERS, Budget, Kind, Limit
from zhiyin.desk.words_money import expense_kind
from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError, Invalid, NotFound
from zhiyin.kit.language import describe
from zhiyin.people import doors
from zhiyin.people.access import Deed

if TYPE_CHECKING:
    from zhiyin.people.models import Staff

FORMS: dict[str, type[forms.Form]] = {"kind": Kind, "limit": Limit, "budget": Budget}


@doors.needs(Deed.MANAGE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The register, the limits and the budgets; `?kind=` or `?budget=` opens one of them to change it."""
    now, staff = timezone.now(), doors.me(request)
    part = request.POST.get("part", "")
    changing = _changing(request)
    kept = {name: _form(name, request, changing, now) for name in FORMS}
    if request.method == "POST":
        if part not in FORMS:
            raise NotFound
        form = FORMS[part](request.POST)
        if form.is_valid() and _saved(part, form, changing, staff, now):
            ui.toast(request, str(SAID[part]()))
            return redirect("desk:money")
        kept[part] = form
    kinds = list(money.kinds(with_unused=True))
    limits = money.limits()
    context = {
        "kinds": kinds,
        "limits": [
            (
                role,
                [limits.get((role, None))]
                + [limits.get((role, kind.pk)) for kind in kinds if kind.is_active],
            )
            for role in SPENDERS
        ],
        "budgets": money.standings(money.all_budgets(), today=timezone.localdate(now)),
        "forms": kept,
        "open": part or ("kind" if changing.get("kind") else "budget" if changing.get("budget") else ""),
        "changing": changing,
    }
    return render(request, "desk/money.html", context, status=422 if request.method == "POST" else 200)


SAID = {
    "kind": lambda: _("The kind is kept."),
    "limit": lambda: _("The limit holds from now on."),
    "budget": lambda: _("The budget is kept."),
}


def _changing(request: HttpRequest) -> dict[str, Any]:
    """The kind or the budget that is being changed. Raises NotFound for one that is not there."""
    found: dict[str, Any] = {}
    for name, rows in (("kind", money.kinds(with_unused=True)), ("budget", money.all_budgets())):
        asked = request.POST.get(f"{name}_pk") or (request.GET.get(name) or "")
        if not asked:
            continue
        one = next((row for row in rows if row.pk == figure(asked)), None)
        if one is None:
            raise NotFound
        found[name] = one
    return found


def _form(name: str, request: HttpRequest, changing: dict[str, Any], now: datetime) -> forms.Form:
    one = changing.get(name)
    initial: dict[str, Any] = {"day": timezone.localdate(now)} if name == "budget" else {}
    if name == "kind" and one is not None:
        initial = {"name": expense_kind(one.name), "nature": one.nature, "is_active": one.is_active}
    if name == "budget" and one is not None:
        columns = ("kind_id", "department_id", "team_id", "period", "amount", "warn_share")
        initial = {**{column: getattr(one, column) for column in columns}, "day": one.starts_on}
    return FORMS[name](initial=initial, auto_id=f"id_{name}_%s")


def _saved(part: str, form: Any, changing: dict[str, Any], staff: Staff, now: datetime) -> bool:
    one = changing.get(part)
    try:
        match part:
            case "kind":
                actions.save_expense_kind(
                    kind_id=one.pk if one else None, by=staff, now=now, **form.arguments()
                )
            case "limit":
                actions.save_expense_limit(by=staff, now=now, **form.arguments())
            case _:
                actions.save_budget(budget_id=one.pk if one else None, by=staff, now=now, **form.arguments())
    except DomainError as error:
        field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
        form.add_error(field, describe(error))
        return False
    return True
