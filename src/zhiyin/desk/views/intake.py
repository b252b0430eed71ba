"""Taking something down: one form, the customer found or made in it, danger first."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhiyin.cases import actions
from zhiyin.cases import queries as cases
from zhiyin.cases.rules.words import Emotion, Kind, Severity
from zhiyin.conversations import queries as conversations
from zhiyin.customers import actions as customer_actions
from zhiyin.customers import queries as customers
from zhiyin.customers.rules import Channel
from zhiyin.desk.address import figure
from zhiyin.desk.forms.intake import Intake
from zhiyin.desk.forms.statutory import Slip
from zhiyin.desk.views import deeds
from zhiyin.kit import search, ui
from zhiyin.kit.errors import DomainError, Invalid, NotFound
from zhiyin.kit.language import describe
from zhiyin.people import doors
from zhiyin.people.access import Deed
from zhiyin.statutory import actions as statutory


@doors.needs(Deed.OPEN_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form. `?customer=` or `?conversation=` fill in who it is, and what was said."""
    now, staff = timezone.now(), doors.me(request)
    conversation = _conversation(request, staff)
    if request.method == "POST":
        form = Intake(
            request.POST, request.FILES, staff=staff, customer=conversation.customer if conversation else None
        )
        slip = Slip(request.POST, now=now)
        if form.is_valid() & slip.is_valid():  # both say what they miss
            case = _opened(form, slip, staff, conversation, now)
            if case is not None:
                ui.toast(request, _("%(number)s is open") % {"number": case.number})
                return redirect("desk:case", number=case.number)
        return _page(request, form, slip, conversation, now, status=422)
    customer = conversation.customer if conversation else _customer(request, staff)
    form = Intake(staff=staff, customer=customer, initial=_initial(conversation, customer))
    return _page(request, form, Slip(now=now), conversation, now)


@doors.needs(Deed.OPEN_CASE)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Customers that match what is being typed, to be picked; a part of the form."""
    typed = [request.GET.get(name, "").replace("\x00", "").strip()[:60] for name in ("phone", "name")]
    query = next((text for text in typed if text and not search.too_short(text)), "")
    found = customers.found(doors.me(request), query, limit=6) if query else []
    return render(request, "desk/intake_customers.html", {"found": found, "asked": bool(query)})


@doors.needs(Deed.OPEN_CASE)
@require_safe
def about(request: HttpRequest, pk: int) -> HttpResponse:
    """One customer picked: who it is, what it may be about, and what is open already."""
    now, staff = timezone.now(), doors.me(request)
    customer = customers.get(staff, pk)
    form = Intake(staff=staff, customer=customer, initial={"customer_id": customer.pk})
    rows = [row for row in cases.for_customer(staff, customer.pk, now=now, most=5) if row.is_open]
    return render(
        request, "desk/intake_customer.html", {"customer": customer, "form": form, "open_cases": rows}
    )


@doors.needs(Deed.OPEN_CASE)
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """Open incidents that what is being typed looks like; a part of the form."""
    staff = doors.me(request)
    texts = [request.GET.get(name, "").replace("\x00", "")[:5000] for name in ("subject", "description")]
    found = cases.suggested(staff, texts=texts, at=timezone.now())
    context = {
        "fitting": [one for one in found if one.why][:5],
        "picked": figure(request.GET.get("incident_id")),
    }
    return render(request, "desk/intake_incidents.html", context)


def _page(
    request: HttpRequest, form: Intake, slip: Slip, conversation: Any, now: datetime, status: int = 200
) -> HttpResponse:
    customer = form.customer
    open_cases = []
    if customer is not None:
        open_cases = [
            row for row in cases.for_customer(doors.me(request), customer.pk, now=now, most=5) if row.is_open
        ]
    context = {
        "form": form,
        "slip": slip,
        "customer": customer,
        "conversation": conversation,
        "open_cases": open_cases,
        "fitting": _fitting(form, doors.me(request), now),
        "picked": figure(form.data.get("incident_id")),
        "now": now,
    }
    return render(request, "desk/intake.html", context, status=status)


def _fitting(form: Intake, staff: Any, now: datetime) -> list[Any]:
    texts = [str(form[name].value() or "") for name in ("subject", "description")]
    return [one for one in cases.suggested(staff, texts=texts, at=now) if one.why][:5]


def _opened(form: Intake, slip: Slip, staff: Any, conversation: Any, now: datetime) -> Any:
    try:
        with transaction.atomic():
            case = _open(form, staff, conversation, now)
            if slip.is_given:
                said = form.cleaned_data
                demand = said["remedy_sought"] or said["description"]
                statutory.receive(case_id=case.pk, demand=demand, by=staff, now=now, **slip.arguments())
            return case
    except DomainError as error:
        field = error.field if isinstance(error, Invalid) else ""
        if field in slip.fields and slip.is_given:
            slip.add_error(field, describe(error))
        else:
            form.add_error(field if field in form.fields else None, describe(error))
        return None


def _open(form: Intake, staff: Any, conversation: Any, now: datetime) -> Any:
    """Customer, files and case in one transaction: either all of it is there or none."""
    said = form.cleaned_data
    channel = Channel(said["channel"])
    customer = form.customer or customer_actions.find_or_create(
        name=said["name"], contacts=form.contacts(), team_id=staff.team_id, channel=channel, by=staff, now=now
    )
    case = actions.open_case(
        kind=Kind(said["kind"]),
        subject=said["subject"],
        description=said["description"],
        customer_id=customer.pk,
        channel=channel,
        remedy_sought=said["remedy_sought"],
        service_object_id=said["service_object_id"],
        service_item_id=said["service_item_id"],
        touchpoint_id=said["touchpoint_id"],
        conversation_id=conversation.pk if conversation else None,
        severity=Severity(said["severity"]),
        in_danger=said["in_danger"],
        emotion=Emotion(said["emotion"]),
        intensity=int(said["intensity"]),
        client_token=said["client_token"],
        file_ids=deeds.stored(said["files"], by=staff, now=now),
        told=said["told"],
        by=staff,
        now=now,
    )
    if said["incident_id"]:
        actions.join(case_id=case.pk, incident_id=said["incident_id"], by=staff, now=now)
    if said["in_danger"] and said["help_given"] and case.helped_at is None:
        actions.give_help(case_id=case.pk, text=said["help_given"], by=staff, now=now)
    return case


def _conversation(request: HttpRequest, staff: Any) -> Any:
    text = request.POST.get("conversation") or request.GET.get("conversation") or ""
    if not text:
        return None
    return conversations.get(staff, figure(text))


def _customer(request: HttpRequest, staff: Any) -> Any:
    try:
        return customers.get(staff, figure(request.GET.get("customer")))
    except NotFound:
        return None


def _initial(conversation: Any, customer: Any) -> dict[str, Any]:
    initial: dict[str, Any] = {"client_token": uuid.uuid4()}
    if customer is not None:
        initial |= {"customer_id": customer.pk, "name": customer.name}
    if conversation is not None:
        messages = conversations.customer_messages(conversation.pk)
        said = [row.text for row in messages if row.author == "customer"]
        initial |= {
            "channel": conversation.channel,
            "subject": (conversation.subject or (said[0] if said else ""))[:60],
            "description": "\n".join(said)[:4000],
            "touchpoint_id": next(
                (row.touchpoint_id for row in messages if row.touchpoint_id is not None), None
            ),
        }
    return initial
