"""The guarantee: its versions, the draft with its clauses, a look at it as customers will, and publishing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhiyin.catalogue import actions, queries
from zhiyin.catalogue.rules import checks
from zhiyin.desk import promised
from zhiyin.desk.forms import catalogue as forms
from zhiyin.desk.views.catalogue.frame import object_to, show, status_of, typed
from zhiyin.guarantees import queries as kept
from zhiyin.kit import ui
from zhiyin.kit.errors import Conflict, DomainError, NotFound
from zhiyin.kit.fields import refresh
from zhiyin.kit.language import describe
from zhiyin.people import access
from zhiyin.people import queries as people
from zhiyin.people.access import Deed
from zhiyin.people.doors import me, needs

FORM_AND_PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_AND_PAGE)
@needs(Deed.SEE_CATALOGUE)
def guarantee(request: HttpRequest) -> HttpResponse:
    """Every version and, for those who may, the draft; a POST keeps the words of the draft."""
    now, draft = timezone.now(), queries.draft()
    form = forms.Words(typed(request), initial=_words_of(draft))
    if request.method != "POST":
        return _page(request, draft, form=form)
    access.require(me(request), Deed.MANAGE_CATALOGUE)
    if draft is None:
        raise NotFound
    error: DomainError | None = None
    if form.is_valid():
        try:
            actions.save_draft(by=me(request), now=now, **form.cleaned_data)
        except DomainError as problem:
            error = problem
            object_to(form, problem)
            if isinstance(problem, Conflict):
                refresh(form, draft.version)
        else:
            ui.toast(request, _("Saved"))
            return redirect("desk:guarantee")
    return _page(request, draft, form=form, status=status_of(form, error))


def _words_of(draft: Any) -> dict[str, Any]:
    if draft is None:
        return {}
    return {name: getattr(draft, name) for name in ("title", "intro", "closing", "version")}


def _page(
    request: HttpRequest,
    draft: Any,
    *,
    form: Any = None,
    publishing: Any = None,
    adding: Any = None,
    status: int = 200,
) -> HttpResponse:
    now, staff = timezone.now(), me(request)
    today = timezone.localdate(now)
    rows = [row for row in queries.guarantees() if row.number is not None]
    current = checks.holding(rows, at=now, on=today)
    may_manage = access.may(staff, Deed.MANAGE_CATALOGUE)
    context = {
        "draft": draft if may_manage else None,
        "clauses": [(clause, promised.target(clause)) for clause in draft.clauses.all()] if draft else [],
        "form": form or forms.Words(initial=_words_of(draft)),
        "publishing": publishing or forms.Publish(initial={"effective_on": today, "version": _seen(draft)}),
        "adding": adding or forms.AddClause(),
        "rows": [(row, _state(row, current, today)) for row in rows],
        "may_manage": may_manage,
        "may_publish": access.may(staff, Deed.PUBLISH_GUARANTEE),
    }
    return show(request, "guarantee", "guarantee", context, status=status)


def _seen(draft: Any) -> int | None:
    return draft.version if draft else None


def _state(row: Any, current: Any, today: Any) -> str:
    if row.state == "withdrawn":
        return "withdrawn"
    if current is not None and row.pk == current.pk:
        return "now"
    return "later" if row.effective_on > today else "past"


@require_POST
@needs(Deed.MANAGE_CATALOGUE)
def begin(request: HttpRequest) -> HttpResponse:
    """The next version begins as a copy of the last."""
    actions.draft(title=_("What we guarantee"), by=me(request), now=timezone.now())
    return redirect("desk:guarantee")


@require_POST
@needs(Deed.MANAGE_CATALOGUE)
def clause_add(request: HttpRequest) -> HttpResponse:
    """A clause from a service, opened at once to be put in customers' words."""
    draft, form = _draft(), forms.AddClause(request.POST)
    if form.is_valid():
        try:
            added = actions.add_clause(
                item_id=form.cleaned_data["item_id"], by=me(request), now=timezone.now()
            )
        except DomainError as problem:
            object_to(form, problem)
        else:
            return redirect("desk:clause", pk=added.pk)
    return _page(request, draft, adding=form, status=422)


@require_http_methods(FORM_AND_PAGE)
@needs(Deed.MANAGE_CATALOGUE)
def clause(request: HttpRequest, pk: int) -> HttpResponse:
    """One clause of the draft."""
    draft = _draft()
    row = next((one for one in draft.clauses.all() if one.pk == pk), None)
    if row is None:
        raise NotFound
    form = forms.Clause(typed(request), initial=_clause_of(row, draft))
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_clause(clause_id=pk, by=me(request), now=timezone.now(), **form.arguments())
        except DomainError as problem:
            error = problem
            object_to(form, problem)
            if isinstance(problem, Conflict):
                refresh(form, draft.version)
        else:
            ui.toast(request, _("Saved"))
            return HttpResponseRedirect(f"{reverse('desk:guarantee')}#clauses")
    context = {"form": form, "clause": row, "item": row.item}
    return show(request, "clause", "guarantee", context, status=status_of(form, error))


def _clause_of(row: Any, draft: Any) -> dict[str, Any]:
    columns = ("title", "heading", "text", "remedy", "remedy_amount")
    return {
        **{name: getattr(row, name) for name in columns},
        **forms.target_of(row),
        "version": draft.version,
    }


@require_POST
@needs(Deed.MANAGE_CATALOGUE)
def clause_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a clause out of the draft."""
    actions.drop_clause(clause_id=pk, by=me(request), now=timezone.now())
    ui.toast(request, _("Taken out"))
    return HttpResponseRedirect(f"{reverse('desk:guarantee')}#clauses")


@require_POST
@needs(Deed.MANAGE_CATALOGUE)
def clause_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    up = request.POST.get("to") == "up"
    actions.move_clause(clause_id=pk, up=up, by=me(request), now=timezone.now())
    return HttpResponseRedirect(f"{reverse('desk:guarantee')}#clauses")


@require_safe
@needs(Deed.MANAGE_CATALOGUE)
def preview(request: HttpRequest) -> HttpResponse:
    """The draft as customers will read it."""
    now, draft = timezone.now(), _draft()
    today = timezone.localdate(now)
    context = {
        "organisation": people.organisation(),
        "guarantee": draft,
        "state": "draft",
        "sections": kept.sections(draft.clauses.all(), since=today - timedelta(days=89), until=today),
        "now": now,
    }
    return render(request, "portal/guarantee.html", context)


@require_POST
@needs(Deed.PUBLISH_GUARANTEE)
def publish(request: HttpRequest) -> HttpResponse:
    """From that day it holds, and stays as it is."""
    draft, form = _draft(), forms.Publish(request.POST)
    error: DomainError | None = None
    if form.is_valid():
        try:
            done = actions.publish(by=me(request), now=timezone.now(), **form.cleaned_data)
        except DomainError as problem:
            error = problem
            object_to(form, problem)
            if isinstance(problem, Conflict):
                refresh(form, draft.version)
        else:
            ui.toast(request, _("Version %(number)s is published") % {"number": done.number})
            return redirect("desk:guarantee")
    return _page(request, draft, publishing=form, status=status_of(form, error))


@require_POST
@needs(Deed.PUBLISH_GUARANTEE)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a version back before its day."""
    try:
        actions.withdraw(guarantee_id=pk, by=me(request), now=timezone.now())
    except checks.InForce as problem:
        ui.toast(request, describe(problem), kind="plain")
    else:
        ui.toast(request, _("Withdrawn; the version before goes on holding"))
    return redirect("desk:guarantee")


@require_POST
@needs(Deed.MANAGE_CATALOGUE)
def discard(request: HttpRequest) -> HttpResponse:
    """Throw the draft away."""
    actions.discard(by=me(request), now=timezone.now())
    ui.toast(request, _("The draft is gone"))
    return redirect("desk:guarantee")


def _draft() -> Any:
    """The draft; NotFound without one."""
    found = queries.draft()
    if found is None:
        raise NotFound
    return found
