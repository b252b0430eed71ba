"""One customer: who she is, how to reach her, what was between us."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhiyin.cases import queries as cases
from zhiyin.conversations import queries as conversations
from zhiyin.customers import actions, rules
from zhiyin.customers import queries as customers
from zhiyin.customers.queries import Card
from zhiyin.customers.rules import ContactKind
from zhiyin.desk.views.customers.frame import show
from zhiyin.kit import figures, ui
from zhiyin.kit.language import say
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.doors import asked_again, me, needs, signed_in
from zhiyin.promises import queries as promises
from zhiyin.promises.rules import State

MOST = 20
MANY = 20  # contact points looked at within an hour before one is asked again who one is
SHIFT = timedelta(hours=4)
ICONS = {
    "phone": "phone", "email": "mail", "wechat": "brand-wechat", "post": "mail-opened", "portal": "world",
    "counter": "building", "letter": "mail-opened", "night": "moon", "chat": "message-2",
}  # fmt: skip
PARTS = ("talks", "cases", "promises")


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact point as it is shown: masked, or in full once it was asked for."""

    id: int
    kind: str
    icon: str
    label: str
    masked: str
    is_primary: bool
    is_confirmed: bool
    said: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Vow:
    """A promise with its words, the time before them."""

    row: Any
    said: str


def worded(row: Any, now: datetime) -> str:
    """What was promised by when, in one line."""
    return _("By %(when)s: %(text)s") % {"when": figures.when(row.due_at, now), "text": row.text}


def contact(point: Any, *, revealed: bool = False) -> Contact:
    """A contact point for the page."""
    kind = ContactKind(point.kind)
    uri = ""
    if revealed and kind == ContactKind.PHONE:
        uri = rules.telephone_uri(point.value)
    elif revealed and kind == ContactKind.EMAIL:
        uri = f"mailto:{point.value}"
    return Contact(
        id=point.pk,
        kind=say(kind),
        icon=ICONS[kind],
        label=point.label,
        masked=rules.mask(kind, point.value),
        is_primary=point.is_primary,
        is_confirmed=point.is_confirmed,
        said=rules.say_contact(kind, point.value) if revealed else "",
        uri=uri,
    )


@require_safe
@signed_in
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Know the person before speaking."""
    return whole(request, customers.card(me(request), pk))


def whole(request: HttpRequest, card: Card, revealed: int | None = None) -> HttpResponse:
    """The page, with one contact point in full where it was asked for."""
    staff, now = me(request), timezone.now()
    customer = card.customer
    resting = customers.rest_now(card.rest, now)
    reads = access.may(staff, Deed.SEE_INBOX)
    theirs = cases.for_customer(staff, customer.pk, now=now)
    vows = promises.for_customer(staff, customer.pk, limit=MOST)
    talks = list(
        conversations.visible(staff).filter(customer=customer.pk).order_by("-last_message_at", "-pk")[:MOST]
    )
    parts = {
        "talks": [talk(row, linked=reads) for row in talks if row.last_message_at],
        "cases": [matter(row) for row in theirs],
        "promises": [vow(row) for row in vows],
        "records": list(records(card)),
    }
    asked = request.GET.get("only", "")
    only = asked if asked in PARTS else ""
    events = parts[only] if only else [event for part in parts.values() for event in part]
    context = {
        "card": card,
        "customer": customer,
        "contacts": [contact(point, revealed=point.pk == revealed) for point in card.contacts],
        "phone": contact(card.phone, revealed=card.phone.pk == revealed) if card.phone else None,
        "resting": resting,
        "resting_until": rules.clock(resting.end) if resting else "",
        "current": [row for row in card.relations if row.until is None],
        "vows": [Vow(row, worded(row, now)) for row in vows],
        "waiting": [Vow(row, worded(row, now)) for row in vows if row.state == State.OPEN],
        "open_cases": [row for row in theirs if row.is_open],
        "history": [row for row in talks if not row.last_message_at],
        "may_read": reads,
        "events": sorted(events, key=lambda event: event.at, reverse=True),
        "chips": chips(only, parts),
        "now": now,
    }
    return show(request, "page", context)


def chips(only: str, parts: dict[str, list[ui.Event]]) -> Sequence[dict[str, Any]]:
    """What the timeline can be narrowed to, with how many there are."""
    labels = {"talks": _("Conversations"), "cases": _("Cases"), "promises": _("Promises")}
    narrowed = [
        {"name": name, "label": labels[name], "count": len(parts[name]), "on": only == name}
        for name in PARTS
        if parts[name] or only == name
    ]
    return [{"name": "", "label": _("Everything"), "count": 0, "on": not only}, *narrowed]


def talk(row: Any, *, linked: bool) -> ui.Event:
    """A conversation by its last word; `linked` for who may read it whole."""
    icon = ICONS.get(row.channel, "message-2")
    url = reverse("desk:conversation", args=[row.pk]) if linked else ""
    text = row.subject or _("Conversation")
    return ui.Event(at=row.last_message_at, icon=icon, text=text, detail=row.preview, url=url)


def matter(row: Any) -> ui.Event:
    """A case by its opening, with where it stands now."""
    stands = say(row.outcome or row.stage)
    text, url = f"{row.number} {row.subject}", reverse("desk:case", args=[row.number])
    return ui.Event(
        at=row.opened_at,
        icon="refresh-dot",
        text=text,
        detail=stands,
        url=url,
        emotion=row.emotion,
        level=row.intensity,
    )


def vow(row: Any) -> ui.Event:
    """A promise by what became of it last."""
    words = {
        State.OPEN: _("promised"),
        State.KEPT: _("kept the promise"),
        State.RELEASED: _("was let off the promise"),
        State.BROKEN: _("did not keep the promise"),
    }
    state = State(row.state)
    icon = "rosette-discount-check" if state == State.KEPT else "unlink" if state == State.BROKEN else "link"
    detail = _("Made good afterwards") if row.made_good_at else row.settled_note
    return ui.Event(
        at=row.settled_at or row.made_at,
        icon=icon,
        by=row.owner.name,
        text=words[state],
        quote=row.text,
        detail=detail,
    )


def records(card: Card) -> Iterator[ui.Event]:
    """Consents given and taken back."""
    for state in card.consents:
        for consent in state.history:
            facts = {"purpose": say(state.purpose)}
            yield ui.Event(
                consent.given_at,
                "shield-check",
                _("Agreed: %(purpose)s") % facts,
                detail=consent.text_version,
            )
            if consent.withdrawn_at:
                yield ui.Event(consent.withdrawn_at, "shield", _("Withdrawn: %(purpose)s") % facts)


@require_POST
@needs(Deed.REVEAL_CONTACT)
def reveal(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """A contact point in full; who looked is written down. For htmx the one row (or the dial button) alone.

    Who signed in hours ago, or looks at many in a row, shows first who she is: a screen left alone is no address book.
    """
    now = timezone.now()
    card = customers.card(me(request), pk)
    many = customers.revealed_since(me(request), now - timedelta(hours=1)) >= MANY
    if (asked := asked_again(request, within=None if many else SHIFT)) is not None:
        return asked
    point = actions.reveal_contact(customer_id=pk, contact_id=contact, by=me(request), now=now)
    if not getattr(request, "htmx", False):
        return whole(request, card, revealed=point.pk)
    return _row(request, card, point, "dial" if "dial" in request.POST else "contact", revealed=True)


@require_POST
@needs(Deed.EDIT_CUSTOMERS)
def confirm(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """Somebody asked: the address an unknown hand gave is the customer's own."""
    customers.get(me(request), pk)
    actions.confirm_contact(customer_id=pk, contact_id=contact, by=me(request), now=timezone.now())
    ui.toast(request, _("Confirmed"))
    return redirect("desk:customer", pk=pk)


def _row(request: HttpRequest, card: Card, point: Any, part: str, *, revealed: bool) -> HttpResponse:
    now: datetime = timezone.now()
    shown = contact(point, revealed=revealed)
    context = {"customer": card.customer, "contact": shown, "phone": shown, "now": now, "may_reveal": True}
    return render(request, f"customers/_{part}.html", context)
