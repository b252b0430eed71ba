"""The three measures: figures, trends, their tables, and the way to the cases behind them."""

from __future__ import annotations

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhiyin.desk import measured
from zhiyin.desk.forms.insight import Narrow
from zhiyin.insight import queries as insight
from zhiyin.insight.rules import measures as rules
from zhiyin.insight.rules.spans import By, Stretch
from zhiyin.kit import figures
from zhiyin.people import doors
from zhiyin.people.access import Deed

BOM = "\ufeff"  # so that spreadsheets read the Chinese as what it is


@doors.needs(Deed.SEE_MEASURES)
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """The page."""
    now = timezone.now()
    form = Narrow(request.GET, today=timezone.localdate(now))
    asked = form.asked()
    report = insight.report(doors.me(request), asked, by=form.by_, now=now)
    context = {
        "form": form,
        "figures": measured.strip(report, asked),
        "charts": measured.charts(report, asked, _labels(form.by_)),
        "report": report,
        "days": measured.days(asked.stretch),
        "before": measured.days(asked.stretch.before()),
        "all_url": measured.address(asked, asked.stretch, "all"),
        "reopened_url": measured.address(asked, asked.stretch, "reopened"),
        "going_on_url": measured.address(asked, asked.stretch, insight.GOING_ON),
        "fewest": rules.FEWEST,
        "once_days": rules.ONCE_WITHIN.days,
        "query": request.GET.urlencode(),
    }
    return render(request, "desk/insight/measures.html", context)


@doors.needs(Deed.SEE_MEASURES)
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The same numbers as CSV, a line a week or month."""
    now = timezone.now()
    form = Narrow(request.GET, today=timezone.localdate(now))
    report = insight.report(doors.me(request), form.asked(), by=form.by_, now=now)
    response = HttpResponse(BOM, content_type="text/csv; charset=utf-8")
    title = _("three-measures")  # outside the f-string, where the catalogue's tool finds it
    name = f"{title}-{form.asked().stretch.last}.csv"
    response.headers["Content-Disposition"] = _attachment(name)
    csv.writer(response).writerows(measured.sheet(report))
    return response


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def _labels(by: By) -> Any:
    def label(stretch: Stretch) -> str:
        if by is By.MONTH:
            return figures.month(stretch.first.month)
        return figures.plain_day(stretch.first, stretch.first.year)

    return label
