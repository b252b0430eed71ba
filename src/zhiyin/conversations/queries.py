"""What can be read of conversations, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from zhiyin.conversations import rules, transport
from zhiyin.conversations.models import Attachment, Conversation, Delivery, Message
from zhiyin.conversations.rules import DeliveryState, MessageKind, State, View
from zhiyin.conversations.transport import Transport
from zhiyin.customers import queries as customers
from zhiyin.customers.rules import Channel
from zhiyin.kit import search
from zhiyin.people.access import Deed, may
from zhiyin.people.models import Staff

PER_PAGE = 50
MOST_MESSAGES = 200
MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Filters:
    """How the inbox is narrowed. Empty values narrow nothing; `text` is searched in messages and names."""

    text: str = ""
    channel: str = ""
    state: str = ""
    team_id: int | None = None
    assignee_id: int | None = None
    customer_id: int | None = None
    only_undelivered: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the inbox, `page` counted from 1. Rows have customer, team, assignee, `is_undelivered`."""

    rows: Sequence[Conversation]
    page: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation with its messages, oldest first, each with `staff`, `files` and `delivery` (or None).

    `earlier` says how many messages stand before the first one shown; ask again with `before` its position.
    `address` is where an answer would go; empty where the channel has no way out or nobody gave an address.
    """

    conversation: Conversation
    messages: Sequence[Message]
    earlier: int
    address: str


def visible(staff: Staff | None) -> QuerySet[Conversation]:
    """An agent: her team's, nobody's, and her own. Who sees all cases: all. Everybody else: none."""
    rows = Conversation.objects.all()
    if staff is None or not staff.is_active:
        return rows.none()
    if may(staff, Deed.SEE_ALL_CASES):
        return rows
    if may(staff, Deed.SEE_INBOX):
        return rows.filter(Q(team=staff.team_id) | Q(team__isnull=True) | Q(assignee=staff))
    return rows.none()


def get(staff: Staff | None, pk: int) -> Conversation:
    """The conversation, if this person may see it; raises ConversationMissing."""
    found = visible(staff).select_related("customer", "team", "assignee").filter(pk=pk).first()
    if found is None:
        raise rules.ConversationMissing
    return found


def inbox(staff: Staff | None, view: View, filters: Filters, *, now: datetime, page: int = 1) -> Listing:
    """A drawer of the inbox in two queries at most, whatever it holds.

    Whoever has waited longest comes first in `waiting`; elsewhere the newest word comes first.
    """
    rows = _drawer(visible(staff), view, staff, now)
    rows = _narrowed(rows, filters, staff)
    undelivered = Delivery.objects.filter(message__conversation=OuterRef("pk"), state=DeliveryState.FAILED)
    rows = rows.select_related("customer", "team", "assignee").annotate(is_undelivered=Exists(undelivered))
    first = (max(page, 1) - 1) * PER_PAGE
    found = list(rows[first : first + PER_PAGE + 1])
    return Listing(rows=found[:PER_PAGE], page=max(page, 1), has_next=len(found) > PER_PAGE)


def counts(staff: Staff | None, *, now: datetime) -> dict[View, int]:
    """How many wait in the drawers that call for work, a query each; counting stops at MOST_COUNTED."""
    rows = visible(staff)
    return {
        view: _drawer(rows, view, staff, now).order_by().values("pk")[:MOST_COUNTED].count()
        for view in (View.MINE, View.UNASSIGNED, View.WAITING)
    }


def thread(staff: Staff | None, pk: int, *, before: int | None = None) -> Thread:
    """A conversation with its last messages in a constant number of queries; raises ConversationMissing."""
    conversation = get(staff, pk)
    return _thread(conversation, before=before)


def thread_of_case(conversation_id: int, *, before: int | None = None) -> Thread:
    """The same for a room above that has already decided who may see it (a case and its department)."""
    conversation = (
        Conversation.objects.select_related("customer", "team", "assignee").filter(pk=conversation_id).first()
    )
    if conversation is None:
        raise rules.ConversationMissing
    return _thread(conversation, before=before)


def customer_messages(conversation_id: int) -> QuerySet[Message]:
    """What the customer may read of a thread: everything but notes, in order."""
    rows = Message.objects.filter(conversation=conversation_id).exclude(kind=MessageKind.NOTE)
    return rows.prefetch_related(_files()).order_by("position")


def may_open_file(staff: Staff, file_id: UUID) -> bool:
    """Whether the file hangs on a message of a conversation that this person sees."""
    seen = visible(staff).filter(messages__attachments__file=file_id)
    return seen.exists()


def address_of(conversation: Conversation, way: Transport) -> str:
    """Where a transport reaches the customer: where the thread came from, else the first contact point."""
    if conversation.address and transport.transport_for(conversation.channel) is way:
        return conversation.address
    return customers.address(conversation.customer_id, way.contact)


def addresses_of(threads: Iterable[Conversation]) -> dict[int, str]:
    """`address_of` for many threads, in a query for each way out; those nobody can be reached by are left out."""
    found: dict[int, str] = {}
    by_way: dict[Transport, list[Conversation]] = {}
    for thread in threads:
        way = transport.transport_for(thread.channel)
        if way is not None and thread.address:
            found[thread.pk] = thread.address
        elif way is not None:
            by_way.setdefault(way, []).append(thread)
    for way, rows in by_way.items():
        known = customers.addresses([row.customer_id for row in rows], way.contact)
        found |= {row.pk: known[row.customer_id] for row in rows if row.customer_id in known}
    return found


def reached(threads: Iterable[Conversation]) -> set[int]:
    """Those of these threads in which the customer reads what we write: by post of some kind, or in the portal."""
    rows = list(threads)
    shown = {row.pk for row in rows if row.channel == Channel.PORTAL}
    return shown | addresses_of(rows).keys()


def open_of(staff_id: int) -> QuerySet[Conversation]:
    """What somebody still has to answer."""
    return Conversation.objects.filter(assignee=staff_id, state=State.OPEN, is_history=False)


def stuck_deliveries(now: datetime) -> QuerySet[Delivery]:
    """Messages that should have left by now and have not: sending is not set up, or nobody carries them out."""
    late = Q(due_at__lte=now - rules.STUCK_AFTER)
    unready = ~Q(transport__in=transport.ready())
    return Delivery.objects.filter(late | unready, state=DeliveryState.QUEUED).order_by("due_at", "pk")


def failed_deliveries(staff: Staff | None) -> QuerySet[Delivery]:
    """Messages that did not get through and whose thread is still open, newest first."""
    rows = Delivery.objects.filter(
        state=DeliveryState.FAILED, message__conversation__in=visible(staff).filter(state=State.OPEN)
    )
    return rows.select_related("message__conversation__customer").order_by("-queued_at", "-pk")


def _drawer(
    rows: QuerySet[Conversation], view: View, staff: Staff | None, now: datetime
) -> QuerySet[Conversation]:
    if view is View.HISTORY:
        return rows.filter(is_history=True).order_by("-pk")
    live = rows.filter(is_history=False)
    if view is View.ALL:
        return live.order_by("-last_message_at", "-pk")
    at_hand = live.filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=now), state=State.OPEN)
    if view is View.WAITING:
        return at_hand.filter(waiting_since__isnull=False).order_by("waiting_since", "pk")
    if view is View.MINE:
        return at_hand.filter(assignee=staff).order_by("-last_message_at", "-pk")
    return at_hand.filter(assignee__isnull=True).order_by("-last_message_at", "-pk")


def _narrowed(rows: QuerySet[Conversation], filters: Filters, staff: Staff | None) -> QuerySet[Conversation]:
    chosen = {
        "channel": filters.channel,
        "state": filters.state,
        "team": filters.team_id,
        "assignee": filters.assignee_id,
        "customer": filters.customer_id,
    }
    rows = rows.filter(**{column: value for column, value in chosen.items() if value})
    if filters.only_undelivered:
        failed = Delivery.objects.filter(state=DeliveryState.FAILED)
        rows = rows.filter(pk__in=failed.values("message__conversation"))
    if filters.text.strip():
        rows = rows.filter(pk__in=_answering(filters.text))
    return rows


def _answering(text: str) -> QuerySet[Any, Any]:
    """What was said in it, or who said it.

    Mostly nobody is called what is looked for, and then the planner is free to walk the page's order or the search
    index. An `or` would keep it from both; a union takes the index, which suits a name: few have it.
    """
    said, named = search.ids("conversation", text), search.ids("customer", text)
    if not named.exists():
        return said
    return said.union(Conversation.objects.filter(customer__in=named).values("pk"))


def _thread(conversation: Conversation, *, before: int | None) -> Thread:
    rows = Message.objects.filter(conversation=conversation)
    if before is not None:
        rows = rows.filter(position__lt=before)
    rows = (
        rows.select_related("staff", "delivery", "touchpoint")
        .prefetch_related(_files())
        .order_by("-position")
    )
    messages = list(reversed(rows[:MOST_MESSAGES]))
    way = transport.transport_for(conversation.channel)
    return Thread(
        conversation=conversation,
        messages=messages,
        earlier=messages[0].position - 1 if messages else 0,
        address=address_of(conversation, way) if way else "",
    )


def _files() -> Prefetch[str]:
    rows = Attachment.objects.select_related("file").order_by("pk")
    return Prefetch("attachments", queryset=rows, to_attr="files")
