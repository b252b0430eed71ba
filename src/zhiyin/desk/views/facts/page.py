"""The page of a facts table: rows entered by the keyboard, and what they say beneath."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhiyin.cases import links
from zhiyin.cases import queries as cases
from zhiyin.cases.queries import Do
from zhiyin.cases.rules.words import LinkPurpose
from zhiyin.desk import facts_words, passing
from zhiyin.desk.address import figure
from zhiyin.desk.forms import facts as forms
from zhiyin.desk.views.facts import frame
from zhiyin.desk.views.facts.frame import Desk
from zhiyin.facts import actions
from zhiyin.facts import queries as facts
from zhiyin.facts.rules import starters
from zhiyin.facts.rules.words import Kind
from zhiyin.kit import ui
from zhiyin.kit.errors import Conflict, DomainError, Forbidden, NotFound
from zhiyin.kit.language import describe
from zhiyin.people import doors
from zhiyin.people.access import Deed

SHOWN = 10
"""Observations before one asks for all: what they say stands beneath them and must be in sight."""


@doors.needs(Deed.SEE_CASES)
@require_safe
def index(request: HttpRequest, number: str) -> HttpResponse:
    """The table and its analysis; `?row=` opens one observation, `?all=1` shows every one."""
    desk = frame.open_desk(request, number)
    if desk.sheet is None:
        return _begin(request, desk, forms.Begin())
    wanted = figure(request.GET.get("row"))
    return page(request, desk, editing=wanted)


@doors.needs(Deed.RECORD_FACTS)
@require_POST
def begin(request: HttpRequest, number: str) -> HttpResponse:
    """A table from a starter, in the language of whoever begins it."""
    desk = frame.open_desk(request, number)
    form = forms.Begin(request.POST)
    if form.is_valid():
        try:
            actions.begin(
                case_id=desk.case.pk,
                starter=starters.BY_KEY[form.cleaned_data["starter"]],
                say=_,
                by=desk.staff,
                now=timezone.now(),
            )
        except (Conflict, Forbidden):
            raise
        except DomainError as error:
            frame.complain(form, error)
        else:
            return frame.back(desk.case.number)
    return _begin(request, desk, form, status=422)


def _begin(request: HttpRequest, desk: Desk, form: forms.Begin, status: int = 200) -> HttpResponse:
    """A table of its own, or the one that a like case has already."""
    alike = facts.tables_alike(desk.staff, desk.case, now=timezone.now()) if desk.may_write else []
    context = {**desk.context, "form": form, "alike": alike}
    return render(request, "desk/facts/begin.html", context, status=status)


@doors.needs(Deed.RECORD_FACTS)
@require_POST
def add(request: HttpRequest, number: str) -> HttpResponse:
    """One more observation; the next empty row comes back with the grid."""
    desk = frame.open_desk(request, number)
    form = new_row(desk, request.POST)
    if form.is_valid():
        try:
            actions.observe(
                case_id=desk.case.pk,
                texts=form.typed(),
                client_token=form.cleaned_data["token"],
                by=desk.staff,
                now=timezone.now(),
            )
        except (Conflict, Forbidden):
            raise
        except DomainError as error:
            frame.complain(form, error)
        else:
            if getattr(request, "htmx", False):
                return page(request, frame.open_desk(request, number))
            return frame.back(desk.case.number, "#facts-grid")
    return page(request, desk, form=form, status=422)


@doors.needs(Deed.RECORD_FACTS)
@require_POST
def change(request: HttpRequest, number: str, row: int) -> HttpResponse:
    """Correct an observation of this case."""
    desk = frame.open_desk(request, number)
    if not any(one.id == row and one.case_id == desk.case.pk for one in desk.table.rows):
        raise NotFound
    form = edit_row(desk, row, request.POST)
    if not form.is_valid():
        return page(request, desk, editing=row, form=form, status=422)
    try:
        actions.change(
            case_id=desk.case.pk,
            row_id=row,
            texts=form.typed(),
            version=form.cleaned_data["version"],
            by=desk.staff,
            now=timezone.now(),
        )
    except Forbidden:
        raise
    except Conflict as error:
        fresh = frame.open_desk(request, number)
        data = form.data.copy()
        data["version"] = str(next((one.version for one in fresh.table.rows if one.id == row), 0))
        again = edit_row(fresh, row, data)
        again.is_valid()
        return page(request, fresh, editing=row, form=again, status=409, problem=describe(error))
    except DomainError as error:
        frame.complain(form, error)
        return page(request, desk, editing=row, form=form, status=422)
    ui.toast(request, _("The observation is corrected"))
    return frame.back(desk.case.number, "#facts-grid")


@doors.needs(Deed.RECORD_FACTS)
@require_POST
def remove(request: HttpRequest, number: str, row: int) -> HttpResponse:
    """Out of the table, with undo."""
    desk = frame.open_desk(request, number)
    actions.remove(case_id=desk.case.pk, row_id=row, by=desk.staff, now=timezone.now())
    undo = frame.reverse_row("desk:facts_row_restore", desk, row)
    ui.toast(request, _("The observation is taken out"), undo=undo)
    return frame.back(desk.case.number, "#facts-grid")


@doors.needs(Deed.RECORD_FACTS)
@require_POST
def restore(request: HttpRequest, number: str, row: int) -> HttpResponse:
    desk = frame.open_desk(request, number)
    actions.restore(case_id=desk.case.pk, row_id=row, by=desk.staff, now=timezone.now())
    ui.toast(request, _("The observation is back"))
    return frame.back(desk.case.number, "#facts-grid")


def new_row(desk: Desk, data: Any = None) -> forms.Row:
    sheet = desk.table
    first = next((column for column in sheet.conditions if column.kind == Kind.TIME), None)
    initial: dict[str, Any] = {"token": uuid4()}
    if first is not None:
        initial[f"c{first.pk}"] = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    return forms.Row(data, columns=sheet.columns, seen=frame.seen_values(sheet), initial=initial)


def edit_row(desk: Desk, row_id: int, data: Any = None) -> forms.Row:
    sheet = desk.table
    row = next((one for one in sheet.rows if one.id == row_id), None)
    initial: dict[str, Any] = {}
    if row is not None:
        words = {True: "yes", False: "no"}
        initial = {"version": row.version, f"c{sheet.outcome.pk}": words[row.failed]}
        for column in sheet.conditions:
            value = row.cells.get(column.pk)
            initial[f"c{column.pk}"] = (
                words[value] if isinstance(value, bool) else facts_words.text(column, row)
            )
    return forms.Row(data, columns=sheet.columns, seen=frame.seen_values(sheet), initial=initial)


def page(
    request: HttpRequest,
    desk: Desk,
    *,
    editing: int = 0,
    form: forms.Row | None = None,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    """The whole page, or to htmx the grid with the analysis."""
    sheet, now = desk.table, timezone.now()
    own = any(row.id == editing and row.case_id == desk.case.pk for row in sheet.rows)
    editing = editing if own and desk.may_write else 0
    if form is None and desk.may_write:
        form = edit_row(desk, editing) if editing else new_row(desk)
    picture = facts_words.picture(sheet)
    lines = facts_words.lines(sheet, picture)
    everything = bool(request.GET.get("all")) or bool(editing)
    context = {
        **desk.context,
        "form": form,
        "editing": editing,
        "lines": lines if everything else lines[:SHOWN],
        "more": 0 if everything else max(0, len(lines) - SHOWN),
        "picture": picture,
        "problem": problem,
        "now": now,
    }
    if getattr(request, "htmx", False):
        return render(request, "desk/facts/answer.html", context, status=status)
    return render(request, "desk/facts/page.html", {**context, **_beside(request, desk)}, status=status)


def _beside(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """What stands beside the table: the customer's link, and whether the cause can be written down now."""
    possible = {one.do for one in cases.deeds(desk.case, desk.staff) if one.why is None}
    is_asking = links.is_open(case_id=desk.case.pk, purpose=LinkPurpose.FACTS, now=timezone.now())
    return {
        "is_asking": is_asking,
        "may_ask": desk.may_write,
        "may_investigate": Do.INVESTIGATE in possible,
        "passed_on": passing.once(request, desk.case.number),
    }
