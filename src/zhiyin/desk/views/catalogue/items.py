"""Services: the list, one of them with the history of its procedure, and the forms of both."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhiyin.catalogue import actions, queries
from zhiyin.catalogue.rules.words import Level
from zhiyin.desk import promised
from zhiyin.desk.forms import catalogue as forms
from zhiyin.desk.forms.lists import page_number
from zhiyin.desk.views.catalogue.frame import object_to, show, status_of, typed
from zhiyin.kit import ui
from zhiyin.kit.errors import Conflict, DomainError
from zhiyin.kit.fields import refresh
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.doors import me, needs

PAGE = 50
FORM_AND_PAGE = ["GET", "HEAD", "POST"]


@require_safe
@needs(Deed.SEE_CATALOGUE)
def listing(request: HttpRequest) -> HttpResponse:
    """What we offer, narrowed by the address."""
    form = forms.ItemFilters(request.GET)
    filters = form.filters()
    rows = Paginator(queries.items(filters), PAGE).get_page(page_number(request.GET.get("page")))
    context = {
        "form": form,
        "page": rows,
        "rows": [(row, promised.target(row), Level(row.level)) for row in rows],
        "narrowed": filters != queries.Filters(),
        "may_manage": access.may(me(request), Deed.MANAGE_CATALOGUE),
    }
    return show(request, "items", "items", context)


@require_safe
@needs(Deed.SEE_CATALOGUE)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One service, how it is carried out now and was before, and where the guarantee speaks of it."""
    item = queries.item(pk)
    context = {
        "item": item,
        "level": Level(item.level),
        "target": promised.target(item),
        "editions": queries.procedures(pk, on=timezone.localdate()),
        "clauses": list(queries.clauses_with(pk)[:5]),
        "may_manage": access.may(me(request), Deed.MANAGE_CATALOGUE),
        "may_see_cases": access.may(me(request), Deed.SEE_CASES),
    }
    return show(request, "item", "items", context)


@require_http_methods(FORM_AND_PAGE)
@needs(Deed.MANAGE_CATALOGUE)
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make a service (no `pk`) or change one."""
    item = queries.item(pk) if pk else None
    form = forms.Item(typed(request), initial=_initial(item))
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_item(item_id=pk, by=me(request), now=timezone.now(), **form.arguments())
        except DomainError as problem:
            error = problem
            object_to(form, problem)
            if isinstance(problem, Conflict) and pk:
                refresh(form, queries.item(pk).version)
        else:
            ui.toast(request, _("Saved"))
            return redirect("desk:item", pk=saved.pk)
    return show(request, "item_edit", "items", {"form": form, "item": item}, status=status_of(form, error))


def _initial(item: Any) -> dict[str, Any]:
    if item is None:
        return {}
    columns = (
        "name",
        "level",
        "standard",
        "soft_side",
        "touchpoint_id",
        "department_id",
        "is_active",
        "version",
    )
    return {**{name: getattr(item, name) for name in columns}, **forms.target_of(item)}


@require_http_methods(FORM_AND_PAGE)
@needs(Deed.MANAGE_CATALOGUE)
def procedure(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the next version of a procedure, beginning with the one before."""
    item, now = queries.item(pk), timezone.now()
    today = timezone.localdate(now)
    editions = queries.procedures(pk, on=today)
    newest = editions[0].row if editions else None
    seen = max((one.row.number for one in editions), default=0)
    initial = {"steps": newest.steps if newest else "", "effective_on": today, "seen_number": seen}
    form = forms.Procedure(typed(request), initial=initial)
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_procedure(item_id=pk, by=me(request), now=now, **form.cleaned_data)
        except DomainError as problem:
            error = problem
            object_to(form, problem)
            if isinstance(problem, Conflict):
                refresh(form, seen, "seen_number")
        else:
            ui.toast(request, _("The procedure is kept"))
            return redirect("desk:item", pk=pk)
    context = {"form": form, "item": item, "newest": newest}
    return show(request, "procedure", "items", context, status=status_of(form, error))
