"""The columns of a facts table: what is asked each time, in which order, and of whom."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhiyin.desk import facts_words
from zhiyin.desk.address import figure
from zhiyin.desk.forms import facts as forms
from zhiyin.desk.views.facts import frame
from zhiyin.desk.views.facts.frame import Desk
from zhiyin.facts import actions
from zhiyin.facts.rules import words
from zhiyin.kit import ui
from zhiyin.kit.errors import Conflict, DomainError, Forbidden, NotFound
from zhiyin.people import doors
from zhiyin.people.access import Deed

FORM_AND_PAGE = ("GET", "HEAD", "POST")
ABOUT_IDS = "id_about_%s"  # two forms of this page have a name


@doors.needs(Deed.RECORD_FACTS)
@require_http_methods(FORM_AND_PAGE)
def index(request: HttpRequest, number: str) -> HttpResponse:
    """All columns, and the form of a new one."""
    desk = frame.open_desk(request, number)
    form = forms.Column(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_column(case_id=desk.case.pk, by=desk.staff, now=timezone.now(), **form.arguments())
        except (Conflict, Forbidden):
            raise
        except DomainError as error:
            frame.complain(form, error)
        else:
            ui.toast(request, _("The column is there"))
            return redirect("desk:facts_columns", number=desk.case.number)
    return _page(request, desk, form=form, status=422 if request.method == "POST" else 200)


@doors.needs(Deed.RECORD_FACTS)
@require_http_methods(FORM_AND_PAGE)
def change(request: HttpRequest, number: str, column: int) -> HttpResponse:
    """Another name, wording, or list of answers."""
    desk = frame.open_desk(request, number)
    found = next((one for one in desk.table.columns if one.pk == column), None)
    if found is None:
        raise NotFound
    initial = {
        "name": found.name,
        "kind": found.kind,
        "unit": found.unit,
        "answers": "\n".join(found.options),
        "asked": found.asked,
        "wording": found.wording,
    }
    form = forms.Column(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_column(
                case_id=desk.case.pk,
                column_id=column,
                by=desk.staff,
                now=timezone.now(),
                **form.arguments(),
            )
        except (Conflict, Forbidden):
            raise
        except DomainError as error:
            frame.complain(form, error)
        else:
            ui.toast(request, _("The column is changed"))
            return redirect("desk:facts_columns", number=desk.case.number)
    return _page(request, desk, form=form, column=found, status=422 if request.method == "POST" else 200)


@doors.needs(Deed.RECORD_FACTS)
@require_POST
def move(request: HttpRequest, number: str, column: int) -> HttpResponse:
    """One place up or down."""
    desk = frame.open_desk(request, number)
    up = request.POST.get("to") != "down"
    actions.move_column(case_id=desk.case.pk, column_id=column, up=up, by=desk.staff, now=timezone.now())
    return redirect("desk:facts_columns", number=desk.case.number)


@doors.needs(Deed.RECORD_FACTS)
@require_POST
def remove(request: HttpRequest, number: str, column: int) -> HttpResponse:
    """Out of the table, with undo; what was noted in it stays."""
    desk = frame.open_desk(request, number)
    removed = actions.remove_column(case_id=desk.case.pk, column_id=column, by=desk.staff, now=timezone.now())
    undo = reverse("desk:facts_column_restore", kwargs={"number": desk.case.number, "column": column})
    ui.toast(request, _("“%(name)s” is taken out") % {"name": removed.name}, undo=undo)
    return redirect("desk:facts_columns", number=desk.case.number)


@doors.needs(Deed.RECORD_FACTS)
@require_POST
def restore(request: HttpRequest, number: str, column: int) -> HttpResponse:
    desk = frame.open_desk(request, number)
    back = actions.restore_column(case_id=desk.case.pk, column_id=column, by=desk.staff, now=timezone.now())
    ui.toast(request, _("“%(name)s” is back") % {"name": back.name})
    return redirect("desk:facts_columns", number=desk.case.number)


@doors.needs(Deed.RECORD_FACTS)
@require_POST
def about(request: HttpRequest, number: str) -> HttpResponse:
    """What the table is about, and what the customer reads."""
    desk = frame.open_desk(request, number)
    form = forms.About(request.POST, auto_id=ABOUT_IDS)
    if form.is_valid():
        actions.describe_table(case_id=desk.case.pk, by=desk.staff, now=timezone.now(), **form.cleaned_data)
        ui.toast(request, _("Saved"))
        return redirect("desk:facts_columns", number=desk.case.number)
    return _page(request, desk, form=forms.Column(), about_form=form, status=422)


def _page(
    request: HttpRequest,
    desk: Desk,
    *,
    form: forms.Column,
    column: Any = None,
    about_form: forms.About | None = None,
    status: int = 200,
) -> HttpResponse:
    table = desk.table.table
    wished = _wished(request, desk)
    said = "\n".join(filter(None, [table.request, wished]))[: words.REQUEST]
    context = {
        **desk.context,
        "form": form,
        "column": column,
        "about": about_form or forms.About(initial={"name": table.name, "request": said}, auto_id=ABOUT_IDS),
        "wished": wished,
    }
    return render(request, "desk/facts/columns.html", context, status=status)


def _wished(request: HttpRequest, desk: Desk) -> str:
    """With `?finding=&twin=`, the observation that would tell them apart, to be read through and kept for customers."""
    if "twin" not in request.GET:
        return ""
    return facts_words.wish(desk.table, figure(request.GET.get("finding")), figure(request.GET.get("twin")))
