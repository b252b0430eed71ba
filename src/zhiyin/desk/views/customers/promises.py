"""Promises to a customer: made, kept, let go, moved to a later time with consent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhiyin.customers import queries as customers
from zhiyin.desk.views.customers.forms import object_to
from zhiyin.desk.views.customers.frame import back, show
from zhiyin.desk.views.customers.page import worded
from zhiyin.desk.views.customers.recording import PromiseForm, ReleaseForm, RenewForm
from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError, Invalid
from zhiyin.people.access import Deed
from zhiyin.people.doors import me, needs
from zhiyin.promises import actions
from zhiyin.promises import queries as promises
from zhiyin.promises.rules import State

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs(Deed.PROMISE)
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what the customer was told."""
    customer = customers.get(me(request), pk)
    form = PromiseForm(request.POST or None, staff=me(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.make(
                customer_id=pk,
                text=given["text"],
                due_at=given["due_at"],
                owner_id=given["owner"],
                by=me(request),
                now=timezone.now(),
            )
        except Invalid as error:
            object_to(form, error)
        else:
            ui.toast(request, _("The promise is written down."))
            return redirect("desk:customer", pk=pk)
    back_url = reverse("desk:customer", args=[pk])
    context = {
        "customer": customer,
        "form": form,
        "back_url": back_url,
        "title": _("What did you promise?"),
        "verb": _("Write down"),
    }
    return show(request, "promise", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Deed.PROMISE)
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """It is done."""
    promises.get(me(request), pk)
    done = actions.keep(promise_id=pk, note=request.POST.get("note", ""), by=me(request), now=timezone.now())
    late = _("Made good. It stays counted as broken, for it was late.")
    ui.toast(request, _("Promise kept") if done.state == State.KEPT else late)
    return redirect(_after(request, done.customer_id))


@require_http_methods(METHODS)
@needs(Deed.PROMISE)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer does not want it any more."""
    form = ReleaseForm(request.POST or None, label_suffix="")
    words = {
        "title": _("The customer lets go of it"),
        "verb": _("Let go"),
        "done": _("The promise is let go."),
    }
    return _settle(request, pk, form, actions.release, words)


@require_http_methods(METHODS)
@needs(Deed.PROMISE)
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A later time, agreed with the customer: the old promise is released, a new one stands."""
    form = RenewForm(request.POST or None, label_suffix="")
    words = {
        "title": _("A new time, agreed with the customer"),
        "verb": _("Agree"),
        "done": _("The new time is agreed."),
    }
    return _settle(request, pk, form, actions.renew, words)


def _settle(
    request: HttpRequest, pk: int, form: forms.Form, act: Callable[..., Any], words: dict[str, str]
) -> HttpResponse:
    row = promises.get(me(request), pk)
    if request.method == "POST" and form.is_valid():
        try:
            act(promise_id=pk, by=me(request), now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            object_to(form, error)
        else:
            ui.toast(request, words["done"])
            return redirect(_after(request, row.customer_id))
    context: dict[str, Any] = {
        "customer": row.customer,
        "promise": row,
        "form": form,
        "next": back(request, ""),
    }
    context |= words
    context |= {"said": worded(row, timezone.now()), "back_url": _after(request, row.customer_id)}
    return show(request, "promise", context, status=422 if form.is_bound else 200)


def _after(request: HttpRequest, customer_id: int) -> str:
    """Back to where the promise was settled; for those who do not see the customer, to the start."""
    seen = customers.visible(me(request)).filter(pk=customer_id).exists()
    return back(request, reverse("desk:customer", args=[customer_id]) if seen else "/")
