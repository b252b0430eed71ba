"""Budgets for remedies and goodwill: what is spent, what is left, how long it lasts, and whether customers confirm."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from zhiyin.cases.queries import money
from zhiyin.cases.rules import money as rules
from zhiyin.cases.rules.money import LEAST_TO_FORECAST, Period
from zhiyin.desk import measured
from zhiyin.desk.forms.insight import Narrow
from zhiyin.insight import queries as insight
from zhiyin.people import access, doors
from zhiyin.people.access import Deed


@doors.needs(Deed.SEE_MONEY)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The page; `?on=` shows the budgets that ran on another day."""
    now, staff = timezone.now(), doors.me(request)
    today = timezone.localdate(now)
    on = _day(request.GET.get("on", ""), today)
    form = Narrow({**request.GET.dict(), "span": request.GET.get("span") or "12m"}, today=today)
    asked = form.asked()
    rows = money.budgets(staff, on=on, today=today)
    names = {kind.pk: kind.name for kind in money.kinds(with_unused=True)}
    effects = insight.effect_of_goodwill(staff, asked.stretch, kind=asked.kind)
    first = min((row.budget.starts_on for row in rows), default=on.replace(day=1))
    context = {
        "rows": rows,
        "tight": [row for row in rows if row.standing.state],
        "on": on,
        "today": today,
        "fewest": LEAST_TO_FORECAST,
        "is_today": on == today,
        "waiting": money.waiting(staff),
        "overspent": money.overspent(staff, first=first, last=min(today, rules.bounds(Period.MONTH, on)[1])),
        "any_effect": effects[0],
        "effects": [
            (names.get(one.kind_id or 0, ""), one) for one in effects if one.kind_id is None or one.n_with
        ],
        "form": form,
        "now": now,
        "days": measured.days(asked.stretch),
        "may_manage": access.may(staff, Deed.MANAGE_MONEY),
        "months": _months(today),
    }
    return render(request, "desk/insight/budget.html", context)


def _day(text: str, today: date) -> date:
    try:
        day = parse_date(text)
    except ValueError:  # a day such as 31 February
        return today
    return day if day is not None and 2000 <= day.year <= 2999 else today  # noqa: PLR2004  # years anybody means


def _months(today: date) -> list[Any]:
    """The last twelve months, each by its last day or today."""
    found = []
    for back in range(12):
        number = today.year * 12 + today.month - 1 - back
        first = date(number // 12, number % 12 + 1, 1)
        found.append(today if back == 0 else first)
    return found
