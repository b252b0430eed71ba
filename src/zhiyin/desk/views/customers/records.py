"""What a customer agreed to, and what she has to do with rooms, vehicles, orders."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhiyin.customers import actions
from zhiyin.customers import queries as customers
from zhiyin.customers.rules import ObjectKind, Purpose, Relation
from zhiyin.desk.views.customers.forms import object_to
from zhiyin.desk.views.customers.frame import show
from zhiyin.desk.views.customers.recording import ConsentForm, EndForm, ObjectForm
from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError, NotFound
from zhiyin.kit.language import say
from zhiyin.people.access import Deed
from zhiyin.people.doors import me, needs, signed_in

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@signed_in
def consents(request: HttpRequest, pk: int) -> HttpResponse:
    """All consents with their dates; POST writes down a new one."""
    customer = customers.get(me(request), pk)
    form = ConsentForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.give_consent(
                customer_id=pk,
                purpose=Purpose(given["purpose"]),
                text_version=given["text_version"],
                by=me(request),
                now=timezone.now(),
            )
        except DomainError as error:
            _reraise_unless_typed(error, form)
        else:
            ui.toast(request, _("The consent is written down."))
            return redirect("desk:customer_consents", pk=pk)
    context = {"customer": customer, "form": form, "consents": customers.consents(pk)}
    return show(request, "consents", context, status=422 if form.is_bound else 200)


def _reraise_unless_typed(error: DomainError, form: ConsentForm | ObjectForm | EndForm) -> None:
    """A sentence about what was typed goes beside it; everything else has a page of its own."""
    if not hasattr(error, "field"):
        raise error
    object_to(form, error)


@require_POST
@needs(Deed.EDIT_CUSTOMERS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer takes a consent back."""
    customers.get(me(request), pk)
    word = request.POST.get("purpose", "")
    if word not in set(Purpose):
        raise NotFound
    row = actions.withdraw_consent(customer_id=pk, purpose=Purpose(word), by=me(request), now=timezone.now())
    undo = reverse("desk:customer_consent_again", args=[pk, row.pk])
    ui.toast(request, _("Withdrawn: %(purpose)s") % {"purpose": say(Purpose(word))}, undo=undo)
    return redirect("desk:customer_consents", pk=pk)


@require_POST
@needs(Deed.EDIT_CUSTOMERS)
def consent_again(request: HttpRequest, pk: int, consent: int) -> HttpResponse:
    """The withdrawal was a slip: the same consent again, as a new row, for history stays."""
    customers.get(me(request), pk)
    rows = [row for state in customers.consents(pk) for row in state.history if row.pk == consent]
    if not rows:
        raise NotFound
    actions.give_consent(
        customer_id=pk,
        purpose=Purpose(rows[0].purpose),
        text_version=rows[0].text_version,
        by=me(request),
        now=timezone.now(),
    )
    ui.toast(request, _("In force again"))
    return redirect("desk:customer_consents", pk=pk)


@require_http_methods(METHODS)
@signed_in
def objects(request: HttpRequest, pk: int) -> HttpResponse:
    """Rooms, vehicles, orders now and before; POST adds one."""
    card = customers.card(me(request), pk)
    form = ObjectForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            row = actions.relate_object(
                customer_id=pk,
                code=given["code"],
                name=given["name"],
                kind=ObjectKind(given["kind"]),
                relation=Relation(given["relation"]),
                since=given["since"],
                by=me(request),
                now=timezone.now(),
            )
        except DomainError as error:
            _reraise_unless_typed(error, form)
        else:
            ui.toast(request, _("%(name)s is added.") % {"name": row.object.name})
            return redirect("desk:customer_objects", pk=pk)
    context = {
        "customer": card.customer,
        "form": form,
        "relations": card.relations,
        "today": timezone.localdate(),
    }
    return show(request, "objects", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Deed.EDIT_CUSTOMERS)
def object_end(request: HttpRequest, pk: int, relation: int) -> HttpResponse:
    """Moved out, sold, run out: from this date on it is past."""
    customer = customers.get(me(request), pk)
    form = EndForm(request.POST)
    until = (form.is_valid() and form.cleaned_data["until"]) or timezone.localdate()
    row = actions.end_relation(
        customer_id=customer.pk, relation_id=relation, until=until, by=me(request), now=timezone.now()
    )
    undo = reverse("desk:customer_object_again", args=[pk, row.pk])
    ui.toast(request, _("%(name)s belongs to the past now.") % {"name": row.object.name}, undo=undo)
    return redirect("desk:customer_objects", pk=pk)


@require_POST
@needs(Deed.EDIT_CUSTOMERS)
def object_again(request: HttpRequest, pk: int, relation: int) -> HttpResponse:
    """Take the end back."""
    customers.get(me(request), pk)
    actions.reopen_relation(customer_id=pk, relation_id=relation, by=me(request), now=timezone.now())
    ui.toast(request, _("As it was before"))
    return redirect("desk:customer_objects", pk=pk)
