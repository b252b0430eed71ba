"""The inbox: who waits, what was said, the answer, and who it is."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhiyin.cases import actions as case_actions
from zhiyin.cases import queries as cases
from zhiyin.catalogue import queries as catalogue
from zhiyin.conversations import actions, queries
from zhiyin.conversations.rules import ConversationMissing, View
from zhiyin.customers import queries as customers
from zhiyin.desk import words
from zhiyin.desk.address import figure
from zhiyin.desk.context import customer_address
from zhiyin.desk.forms.inbox import Assign, InboxFilters, Later, Place, Write
from zhiyin.desk.forms.lists import page_number
from zhiyin.desk.views import deeds
from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError
from zhiyin.kit.language import describe, say
from zhiyin.people import access, doors
from zhiyin.people import queries as people
from zhiyin.people.access import Deed
from zhiyin.promises import queries as promises

MORNING = 9
EVENING = 17


@doors.needs(Deed.SEE_INBOX)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The drawers; only the list when it looks for news."""
    now = timezone.now()
    context = _list(request, now)
    return render(request, "desk/inbox_list.html" if _part(request) else "desk/inbox.html", context)


@doors.needs(Deed.SEE_INBOX)
@require_safe
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """One conversation between the list and the customer; only its messages when it looks for news."""
    now, staff = timezone.now(), doors.me(request)
    found = queries.thread(staff, pk, before=figure(request.GET.get("before"), digits=9) or None)
    if _part(request):
        return render(
            request,
            "desk/inbox_messages.html",
            {
                "thread": found,
                "now": now,
                "conversation": found.conversation,
                "view": request.GET.get("view", ""),
                "touchpoints": list(catalogue.touchpoints()),
                "may_reply": access.may(staff, Deed.REPLY) and not found.conversation.is_history,
            },
        )
    form = Write(initial={"client_token": uuid.uuid4(), "kind": request.GET.get("write") or "reply"})
    return _thread(request, found, form, now)


@doors.needs(Deed.REPLY)
@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a reply or keep a note; what does not go through comes back as it was typed."""
    now, staff = timezone.now(), doors.me(request)
    found = queries.thread(staff, pk)
    form = Write(request.POST, request.FILES)
    if form.is_valid() and _written(form, found.conversation, staff, now):
        note = form.cleaned_data["kind"] == "note"
        sent = _("Sent") if found.address else _("Kept in the thread; tell the customer yourself")
        ui.toast(request, _("Noted") if note else sent)
        return _back(request, pk)
    return _thread(request, found, form, now, status=422)


@doors.needs(Deed.TAKE)
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the thread to a colleague, to oneself, or back to the team."""
    staff = doors.me(request)
    form = Assign(request.POST, staff=staff)
    return _settle(
        request, pk, form, _("Given over"),
        lambda now: actions.assign(conversation_id=pk, staff_id=form.cleaned_data["to_id"], by=staff, now=now),
    )  # fmt: skip


@doors.needs(Deed.REPLY)
@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """At which touchpoint one message arose, or all of the customer's."""
    staff, form = doors.me(request), Place(request.POST)
    message_id = figure(request.POST.get("message")) or None
    return _settle(
        request, pk, form, _("Saved"),
        lambda now: actions.place(
            conversation_id=pk, touchpoint_id=form.cleaned_data["touchpoint"], message_id=message_id, by=staff, now=now
        ),
    )  # fmt: skip


@doors.needs(Deed.REPLY)
@require_POST
def later(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of sight until then, or until the customer writes."""
    staff, form = doors.me(request), Later(request.POST, now=timezone.now())
    return _settle(
        request, pk, form, _("Back then, or as soon as the customer writes"),
        lambda now: actions.snooze(conversation_id=pk, until=form.cleaned_data["until"], by=staff, now=now),
        on=True, undo=True,
    )  # fmt: skip


@doors.needs(Deed.REPLY)
@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is waited for any more."""
    staff = doors.me(request)
    return _settle(
        request,
        pk,
        None,
        _("Done"),
        lambda now: actions.finish(conversation_id=pk, by=staff, now=now),
        on=True,
        undo=True,
    )


@doors.needs(Deed.REPLY)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo `done` and `later`."""
    staff = doors.me(request)
    return _settle(
        request, pk, None, _("Open again"), lambda now: actions.reopen(conversation_id=pk, by=staff, now=now)
    )


@doors.needs(Deed.REPLY)
@require_POST
def resend(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    """Try a message that did not get through once more."""
    staff = doors.me(request)
    found = queries.thread(staff, pk)
    mine = {row.delivery.pk for row in found.messages if getattr(row, "delivery", None)}
    if delivery not in mine:
        raise ConversationMissing
    return _settle(
        request,
        pk,
        None,
        _("On its way again"),
        lambda now: actions.resend(delivery_id=delivery, by=staff, now=now),
    )


def _written(form: Write, conversation: Any, staff: Any, now: datetime) -> bool:
    try:
        with transaction.atomic():
            _write(form.cleaned_data, conversation, staff, now)
    except DomainError as error:
        form.add_error("text" if "text" in form.fields else None, describe(error))
        return False
    return True


def _write(said: dict[str, Any], conversation: Any, staff: Any, now: datetime) -> None:
    """Files and message in one transaction: either both are there or neither."""
    file_ids = deeds.stored(said["files"], by=staff, now=now)
    if said["kind"] == "note":
        actions.note(
            conversation_id=conversation.pk,
            text=said["text"],
            by=staff,
            now=now,
            file_ids=file_ids,
            client_token=said["client_token"],
        )
    else:
        _reply(conversation, said, file_ids, staff, now)


def _reply(conversation: Any, said: dict[str, Any], file_ids: list[Any], staff: Any, now: datetime) -> None:
    """Through the open case where there is one, so that its clock for the first answer knows."""
    open_case = next(
        (row for row in cases.for_conversation(staff, conversation.pk, now=now) if row.is_open), None
    )
    rest = {
        "text": said["text"],
        "by": staff,
        "now": now,
        "client_token": said["client_token"],
        "file_ids": file_ids,
    }
    if open_case is not None and said["text"].strip():
        case_actions.reply(case_id=open_case.id, **rest)
    else:
        actions.reply(conversation_id=conversation.pk, **rest)


def _settle(
    request: HttpRequest,
    pk: int,
    form: Any,
    said: str,
    act: Callable[[datetime], Any],
    *,
    on: bool = False,
    undo: bool = False,
) -> HttpResponse:
    """Do one thing to a thread and say so; with `on`, go on to the list."""
    now = timezone.now()
    queries.get(doors.me(request), pk)
    problem = "" if form is None or form.is_valid() else _first_error(form)
    if not problem:
        try:
            act(now)
        except DomainError as error:
            problem = describe(error)
    if problem:
        ui.toast(request, problem, kind="plain")
        return _back(request, pk)
    ui.toast(request, said, undo=reverse("desk:conversation_reopen", args=[pk]) if undo else "")
    return HttpResponseRedirect(reverse("desk:inbox")) if on else _back(request, pk)


def _first_error(form: Any) -> str:
    return str(next(iter(form.errors.values()))[0])


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    view = request.POST.get("view", "")
    tail = f"?view={view}" if view in set(View) else ""
    return HttpResponseRedirect(reverse("desk:conversation", args=[pk]) + tail)


def _part(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _view(request: HttpRequest, counts: dict[View, int]) -> View:
    asked = request.GET.get("view", "")
    if asked in set(View):
        return View(asked)
    if request.GET.get("q"):
        return View.ALL
    return View.WAITING if counts.get(View.WAITING) or not counts.get(View.MINE) else View.MINE


def _list(request: HttpRequest, now: datetime) -> dict[str, Any]:
    staff = doors.me(request)
    counts = queries.counts(staff, now=now)
    view = _view(request, counts)
    form = InboxFilters(request.GET)
    found = queries.inbox(staff, view, form.filters(), now=now, page=page_number(request.GET.get("page")))
    by_case = cases.for_conversations(staff, [row.pk for row in found.rows], now=now)
    rows = [
        (row, card := by_case.get(row.pk), words.clock(card.clock, now=now) if card else None)
        for row in found.rows
    ]
    return {
        "now": now,
        "view": view.value,
        "views": [(one.value, say(one), counts.get(one)) for one in View],
        "rows": _by_clock(rows),
        "listing": found,
        "form": form,
        "kept": request.GET.urlencode(),
        "on": figure(request.GET.get("on")),
    }


def _by_clock(rows: list[Any]) -> list[Any]:
    """Danger first; the rest stays in the order of waiting."""
    return sorted(rows, key=lambda row: not (row[1] and row[1].help_first))


def _thread(request: HttpRequest, found: Any, form: Write, now: datetime, status: int = 200) -> HttpResponse:
    staff, conversation = doors.me(request), found.conversation
    opened = cases.for_conversation(staff, conversation.pk, now=now)
    current = next((row for row in opened if row.is_open), opened[0] if opened else None)
    card = customers.card(staff, conversation.customer_id) if _sees(staff, conversation.customer_id) else None
    context = _list(request, now) | {
        "thread": found,
        "conversation": conversation,
        "compose": form,
        "customer": conversation.customer,
        "customer_url": customer_address(conversation.customer_id),
        "card": card,
        "case": current,
        "badge": words.clock(current.clock, now=now, label=True) if current else None,
        "cases": [
            (row, words.clock(row.clock, now=now))
            for row in cases.for_customer(staff, conversation.customer_id, now=now, most=6)
        ],
        "promises": promises.for_customer(staff, conversation.customer_id, limit=5),
        "resting": customers.rest_now(card.rest, now) if card else None,
        "colleagues": list(people.service_staff()),
        "laters": _laters(now),
        "touchpoints": list(catalogue.touchpoints()),
        "placing": figure(request.GET.get("place")),
        "may_reply": access.may(staff, Deed.REPLY) and not conversation.is_history,
        "may_open": access.may(staff, Deed.OPEN_CASE),
    }
    return render(request, "desk/inbox.html", context, status=status)


def _sees(staff: Any, customer_id: int) -> bool:
    return bool(customers.visible(staff).filter(pk=customer_id).exists())


def _laters(now: datetime) -> list[tuple[str, str]]:
    """Usual times to come back to it, as the form takes them."""
    local = timezone.localtime(now).replace(second=0, microsecond=0)
    tomorrow = (local + timedelta(days=1)).replace(hour=MORNING, minute=0)
    monday = (local + timedelta(days=7 - local.weekday())).replace(hour=MORNING, minute=0)
    evening = local.replace(hour=EVENING, minute=0)
    times = [(_("In an hour"), local + timedelta(hours=1))]
    if local + timedelta(hours=2) < evening:
        times.append((_("This evening"), evening))
    times += [(_("Tomorrow morning"), tomorrow), (_("Monday morning"), monday)]
    return [(label, f"{when:%Y-%m-%dT%H:%M}") for label, when in times]
