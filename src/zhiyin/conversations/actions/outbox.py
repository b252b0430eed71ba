"""The outbox: a delivery is written with its message, claimed on a lease, and settled.

queued (claim n, due) → claimed (claim n+1, due after the lease) → sent | queued again later | failed.
No transaction is open while a server is spoken to. Whoever dies in between leaves a lease that runs out, and
the next attempt carries the same envelope id: sent at least once, and recognisably the same message.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhiyin.conversations import markers, queries, references, rules, transport
from zhiyin.conversations.models import Attachment, Conversation, Delivery, Message
from zhiyin.conversations.rules import Author, DeliveryState, MessageKind, State, Trouble
from zhiyin.conversations.transport import Attached, NotDelivered, Transport
from zhiyin.kit import files, jobs
from zhiyin.people.access import Deed, require
from zhiyin.people.models import Staff

JOB = "conversations.deliver"
TIMES = ("queued_at", "due_at", "sent_at")
AUTOMATIC = (MessageKind.ACKNOWLEDGEMENT, MessageKind.NOTICE)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """All that a transport needs, read before any server is spoken to."""

    transport: Transport
    envelope_id: str
    address: str
    subject: str
    text: str
    attachments: tuple[Attached, ...]
    thread: tuple[str, ...]
    automatic: bool


def queue(message: Message, *, now: datetime) -> Delivery | None:
    """Write the delivery of a message and the job that carries it out, in the caller's transaction.

    None where the channel has no way out, there is no address, or the system would speak to history.
    """
    conversation = message.conversation
    way = transport.transport_for(message.channel)
    if way is None or (conversation.is_history and message.author == Author.SYSTEM):
        return None
    address = queries.address_of(conversation, way)
    if not address:
        return None
    delivery = Delivery.objects.create(
        message=message,
        transport=way.name,
        address=address,
        envelope_id=way.new_envelope_id(),
        queued_at=now,
        due_at=now + rules.LEASE if way.is_ready() else now,
    )
    message.external_id = delivery.envelope_id
    message.save(update_fields=["external_id"])
    if way.is_ready():
        _defer(delivery)
    return delivery


def leaves(message: Message) -> bool:
    """Whether this message is carried out from here; if not, a person has to tell the customer."""
    delivery = Delivery.objects.filter(message=message).exclude(state=DeliveryState.FAILED).first()
    return delivery is not None and (
        delivery.state == DeliveryState.SENT or delivery.transport in transport.ready()
    )


def can_leave(*, conversation_id: int) -> bool:
    """Whether a message in this thread would reach the customer without anybody carrying it."""
    conversation = Conversation.objects.get(pk=conversation_id)
    way = transport.transport_for(conversation.channel)
    return way is not None and way.is_ready() and queries.address_of(conversation, way) != ""


@transaction.atomic
def claim_due(*, now: datetime, limit: int = 50) -> int:
    """Lease out what is due (to be tried again, orphaned, or older than the set-up), a job for each."""
    due = (
        Delivery.objects.select_for_update(skip_locked=True)
        .filter(state=DeliveryState.QUEUED, due_at__lte=now, transport__in=transport.ready())
        .order_by("due_at", "pk")[:limit]
    )
    claimed = 0
    for delivery in due:
        delivery.claim += 1
        delivery.due_at = now + rules.LEASE
        delivery.save(update_fields=["claim", "due_at"])
        _defer(delivery)
        claimed += 1
    return claimed


@transaction.atomic
def begin(*, delivery_id: int, claim: int, now: datetime) -> Outgoing | None:
    """Begin an attempt under a claim; None if settled or claimed anew, or if the way out is not set up."""
    delivery = _held(delivery_id)
    if delivery is None or delivery.state != DeliveryState.QUEUED or delivery.claim != claim:
        return None
    way = transport.by_name(delivery.transport)
    if way is None or not way.is_ready():
        delivery.trouble, delivery.due_at = Trouble.UNCONFIGURED, now
        delivery.save(update_fields=["trouble", "due_at"])
        return None
    delivery.attempts += 1
    delivery.due_at = now + rules.LEASE
    delivery.save(update_fields=["attempts", "due_at"])
    return _outgoing(delivery, way)


@transaction.atomic
def settle_sent(*, delivery_id: int, now: datetime) -> None:
    """The other side has taken it; true whoever's claim it was."""
    delivery = _held(delivery_id)
    if delivery is not None and delivery.state == DeliveryState.QUEUED:
        delivery.state, delivery.sent_at, delivery.trouble, delivery.reason = DeliveryState.SENT, now, "", ""
        delivery.save(update_fields=["state", "sent_at", "trouble", "reason"])


@transaction.atomic
def settle_unavailable(*, delivery_id: int, claim: int, error: NotDelivered, now: datetime) -> None:
    """Not now: later, with growing patience; after three days it has failed."""
    delivery = _held(delivery_id)
    if delivery is None or delivery.state != DeliveryState.QUEUED or delivery.claim != claim:
        return
    again = rules.next_try(attempts=delivery.attempts, queued_at=delivery.queued_at, now=now)
    if again is None:
        _fail(delivery, error)
        return
    delivery.due_at, delivery.trouble, delivery.reason = again, error.trouble, error.reason[:300]
    delivery.save(update_fields=["due_at", "trouble", "reason"])


@transaction.atomic
def settle_failed(*, delivery_id: int, claim: int, error: NotDelivered, now: datetime) -> None:
    """Refused for good."""
    delivery = _held(delivery_id)
    if delivery is not None and delivery.state == DeliveryState.QUEUED and delivery.claim == claim:
        _fail(delivery, error)


@transaction.atomic
def bounced(*, envelope_id: str, reason: str, now: datetime) -> Delivery | None:
    """A report that a message of ours came back; None if it is not one of ours."""
    delivery = (
        Delivery.objects.select_for_update(of=("self",), no_key=True).filter(envelope_id=envelope_id).first()
    )
    if delivery is not None and delivery.state != DeliveryState.FAILED:
        _fail(delivery, NotDelivered(Trouble.BOUNCED, reason))
    return delivery


@transaction.atomic
def resend(*, delivery_id: int, by: Staff, now: datetime) -> Delivery:
    """Try a failed delivery again, to the address that holds today, for another three days."""
    require(by, Deed.REPLY)
    delivery = _held(delivery_id)
    if delivery is None:
        raise rules.ConversationMissing
    if delivery.state != DeliveryState.FAILED:
        raise rules.NotFailed
    way = transport.by_name(delivery.transport)
    if way is not None:
        delivery.address = queries.address_of(delivery.message.conversation, way) or delivery.address
    delivery.state, delivery.trouble, delivery.reason = DeliveryState.QUEUED, "", ""
    delivery.attempts, delivery.queued_at, delivery.due_at, delivery.sent_at = 0, now, now, None
    delivery.save(update_fields=["address", "state", "trouble", "reason", "attempts", *TIMES])
    return delivery


def _held(delivery_id: int) -> Delivery | None:
    rows = Delivery.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("message__conversation").filter(pk=delivery_id).first()


def _fail(delivery: Delivery, error: NotDelivered) -> None:
    """Failed for good: the thread is back in the inbox, as the customer is to be reached another way."""
    delivery.state, delivery.trouble = DeliveryState.FAILED, error.trouble
    delivery.reason = rules.one_line(error.reason, 300)
    delivery.save(update_fields=["state", "trouble", "reason"])
    rows = Conversation.objects.filter(messages=delivery.message_id, is_history=False)
    for conversation in rows.select_for_update(of=("self",), no_key=True):
        conversation.state, conversation.snoozed_until = State.OPEN, None
        conversation.save(update_fields=["state", "snoozed_until"])


def _defer(delivery: Delivery) -> None:
    jobs.defer(JOB, delivery_id=delivery.pk, claim=delivery.claim)


def _outgoing(delivery: Delivery, way: Transport) -> Outgoing:
    message = delivery.message
    conversation = message.conversation
    earlier = Message.objects.filter(conversation=conversation, position__lt=message.position)
    earlier = earlier.exclude(external_id="")
    thread = list(earlier.order_by("-position").values_list("external_id", flat=True)[:12])
    automatic = message.kind in AUTOMATIC
    is_answer = earlier.filter(author=Author.CUSTOMER).exists()
    attachments = Attachment.objects.filter(message=message).select_related("file")
    return Outgoing(
        transport=way,
        envelope_id=delivery.envelope_id,
        address=delivery.address,
        subject=references.subject_line(conversation.pk, conversation.subject, is_answer=is_answer),
        text=markers.fill(message.text) if automatic else message.text,
        attachments=tuple(
            Attached(row.file.name, row.file.content_type, lambda file=row.file: files.read(file))  # type: ignore[misc]
            for row in attachments
        ),
        thread=tuple(reversed(thread)),
        automatic=automatic,
    )
