"""Working calendars and statutory days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError
from zhiyin.kit.fields import refresh
from zhiyin.people import actions, calendars, queries, rules, timetable
from zhiyin.people.access import Deed
from zhiyin.people.actions.hours import check_hours
from zhiyin.people.doors import me, needs
from zhiyin.people.forms.base import object_to
from zhiyin.people.forms.house import WEEKDAYS, CalendarForm, StatutoryForm
from zhiyin.people.views.layout import page_of, show, status_of, typed


@require_safe
@needs(Deed.MANAGE_CALENDARS)
def listing(request: HttpRequest) -> HttpResponse:
    """Every calendar with its week in a line."""
    page = page_of(request, queries.calendar_list())
    rows = [
        {
            "calendar": calendar,
            "week": week_in_words([(row.weekday, row.start, row.end) for row in calendar.periods.all()]),
        }
        for calendar in page
    ]
    return show(request, "calendars", "calendars", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.MANAGE_CALENDARS)
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make a calendar (no `pk`) or change one."""
    calendar = queries.calendar(pk) if pk else None
    now = timezone.now()
    form = CalendarForm(typed(request), initial=_initial(calendar))
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        values = form.values()
        try:
            if values is not None:
                version = form.cleaned_data["version"]
                actions.save_calendar(calendar_id=pk, version=version, by=me(request), now=now, **values)
                ui.toast(request, _("Saved"))
                return redirect("people:calendars")
        except DomainError as problem:
            error = problem
            object_to(form, problem)
    if isinstance(error, rules.Stale) and pk:
        refresh(form, queries.calendar(pk).version)
    days = queries.preview(calendars.load(pk), _today(calendar.zone, now)) if pk and calendar else []
    context = {"form": form, "calendar": calendar, "days": days} | _loaded()
    return show(request, "calendar_edit", "calendars", context, status=status_of(form, error))


@require_POST
@needs(Deed.MANAGE_CALENDARS)
def preview(request: HttpRequest) -> HttpResponse:
    """The next fourteen days as the form stands, without saving it."""
    form = CalendarForm(request.POST)
    form.fields["name"].required = False
    values = form.values() if form.is_valid() else None
    if values is None:
        return render(request, "people/_preview.html", {"form": form})
    now = timezone.now()
    try:
        values.pop("name")
        hours = check_hours(**values)
    except DomainError as problem:
        object_to(form, problem)
        return render(request, "people/_preview.html", {"form": form})
    context = {"days": queries.preview(hours, _today(hours.zone, now))} | _loaded()
    return render(request, "people/_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.MANAGE_CALENDARS)
def statutory(request: HttpRequest) -> HttpResponse:
    """Which years are loaded, and a way to load the next."""
    form = StatutoryForm(typed(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            loaded = actions.load_statutory(
                text=form.cleaned_data["table"],
                source=form.cleaned_data["source"],
                by=me(request),
                now=timezone.now(),
            )
        except DomainError as problem:
            object_to(form, problem)
        else:
            ui.toast(request, _say_loaded(loaded.changed))
            return redirect("people:statutory")
    years = queries.statutory_years()
    year = _year(request, [row.year for row in years])
    context = {
        "form": form,
        "years": years,
        "year": year,
        "dates": queries.statutory_days(year) if year else [],
    } | _loaded()
    return show(request, "statutory", "statutory", context, status=status_of(form))


def week_in_words(periods: list[tuple[int, int, int]]) -> list[tuple[str, str]]:
    """Days with the same hours together: Monday–Friday 09:00–12:00 13:30–18:00."""
    lines: list[tuple[int, int, str]] = []
    for weekday in range(7):
        hours = timetable.write_hours((start, end) for day, start, end in periods if day == weekday)
        if not hours:
            continue
        if lines and lines[-1][1] == weekday - 1 and lines[-1][2] == hours:
            lines[-1] = (lines[-1][0], weekday, hours)
        else:
            lines.append((weekday, weekday, hours))
    return [(_days(first, last), hours) for first, last, hours in lines]


def _days(first: int, last: int) -> str:
    if first == last:
        return str(WEEKDAYS[first])
    return _("%(first)s to %(last)s") % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}


def _initial(calendar: Any) -> dict[str, Any]:
    if calendar is None:
        return {}
    hours: dict[int, list[tuple[int, int]]] = {}
    for row in calendar.periods.all():
        hours.setdefault(row.weekday, []).append((row.start, row.end))
    exceptions = [
        timetable.Exceptional(row.date, row.start, row.end, row.note) for row in calendar.exceptions.all()
    ]
    return {
        "name": calendar.name,
        "zone": calendar.zone,
        "always": calendar.always,
        "observes_statutory": calendar.observes_statutory,
        "version": calendar.version,
        "exceptions": timetable.write_exceptions(exceptions, closed=_("closed")),
    } | {f"day{weekday}": timetable.write_hours(periods) for weekday, periods in hours.items()}


def _today(zone: str, now: datetime) -> date:
    return now.astimezone(ZoneInfo(zone)).date()


def _loaded() -> dict[str, int | None]:
    """The last year that is known whole, and the first that counts provisionally."""
    years = queries.statutory().years
    return {"last_year": years.stop - 1 if years else None, "provisional_year": years.stop if years else None}


def _say_loaded(changed: int) -> str:
    if not changed:
        return _("Nothing new: these days were known.")
    return ngettext("%(count)d day loaded", "%(count)d days loaded", changed) % {"count": changed}


def _year(request: HttpRequest, known: list[int]) -> int | None:
    asked = request.GET.get("year", "")
    if asked.isascii() and asked.isdecimal() and int(asked[:4]) in known:
        return int(asked[:4])
    return known[0] if known else None
