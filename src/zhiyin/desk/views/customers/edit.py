"""Writing a customer down and correcting what is written."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhiyin.customers import actions, rules
from zhiyin.customers import queries as customers
from zhiyin.desk.views.customers.forms import CustomerEdit, object_to
from zhiyin.desk.views.customers.frame import show
from zhiyin.kit import ui
from zhiyin.kit.errors import Conflict, DomainError
from zhiyin.kit.fields import refresh
from zhiyin.people.access import Deed
from zhiyin.people.doors import me, needs

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs(Deed.EDIT_CUSTOMERS)
def create(request: HttpRequest) -> HttpResponse:
    """A new customer; one who seems to be here already is shown first."""
    editing = CustomerEdit(request.POST if request.method == "POST" else None, staff=me(request))
    twins: list[Any] = []
    if request.method == "POST":
        if "more" in request.POST:
            return form(request, editing.more())
        if editing.is_valid():
            twins = [] if "anyway" in request.POST else _twins(request, editing)
            if not twins and (made := _create(request, editing)) is not None:
                return made
    return form(request, editing, twins=twins, status=422 if editing.has_errors or twins else 200)


def _create(request: HttpRequest, editing: CustomerEdit) -> HttpResponse | None:
    try:
        customer = actions.create_customer(
            contacts=editing.entries(),
            rest=editing.periods(),
            by=me(request),
            now=timezone.now(),
            **editing.form.details(),
        )
    except DomainError as error:
        object_to(editing.form, error)
        return None
    ui.toast(request, _("%(name)s is written down.") % {"name": customer.name})
    return redirect("desk:customer", pk=customer.pk)


def _twins(request: HttpRequest, editing: CustomerEdit) -> list[Any]:
    """Customers in sight with the same name and one of these contact points."""
    entries = editing.entries()
    contacts = [(entry.kind, rules.normalise_contact(entry.kind, entry.value)) for entry in entries]
    if not contacts:
        return []
    alike = customers.namesakes(contacts, editing.form.cleaned_data["name"])
    seen = set(
        customers.visible(me(request)).filter(pk__in=[row.pk for row in alike]).values_list("pk", flat=True)
    )
    return [row for row in alike if row.pk in seen]


@require_http_methods(METHODS)
@needs(Deed.EDIT_CUSTOMERS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about a customer on one page. Whoever saves second is told what the first one wrote."""
    card = customers.card(me(request), pk)
    editing = CustomerEdit(request.POST if request.method == "POST" else None, staff=me(request), card=card)
    if request.method != "POST":
        return form(request, editing)
    if "more" in request.POST:
        return form(request, editing.more())
    if not editing.is_valid():
        return form(request, editing, status=422)
    try:
        actions.update_customer(
            customer_id=pk,
            version=editing.form.cleaned_data["version"],
            contacts=editing.entries(),
            rest=editing.periods(),
            by=me(request),
            now=timezone.now(),
            **editing.form.details(),
        )
    except Conflict as error:
        object_to(editing.form, error)
        changes = differences(editing)
        refresh(editing.form, card.customer.version)
        return form(request, editing, changes=changes, status=409)
    except DomainError as error:
        object_to(editing.form, error)
        return form(request, editing, status=422)
    ui.toast(request, _("Saved"))
    return redirect("desk:customer", pk=pk)


def differences(editing: CustomerEdit) -> list[tuple[str, str]]:
    """Label and stored value of every field where what was typed differs from what is stored now."""
    typed, stored = editing.form.cleaned_data, editing.form.values_of(editing.staff, editing.card)
    names = [name for name in editing.form.fields if name != "version"]
    return [
        (str(editing.form[name].label), said(editing.form, name, stored.get(name)))
        for name in names
        if (typed.get(name) or None) != (stored.get(name) or None)
    ]


def said(form: Any, name: str, value: Any) -> str:
    """A stored value in the reader's words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    known = {str(key): str(label) for key, label in getattr(form.fields[name], "choices", ())}
    return known.get("" if value is None else str(value), str(value or _("empty")))


def form(request: HttpRequest, editing: CustomerEdit, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page with whatever was typed still in it."""
    context = {"editing": editing, "form": editing.form, "customer": editing.card and editing.card.customer}
    return show(request, "edit", context | more, status=status)
