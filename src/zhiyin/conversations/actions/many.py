"""One message to many customers, each in the own thread: a handful of statements however many they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhiyin.conversations import markers, rules, transport
from zhiyin.conversations.actions.searching import add_messages
from zhiyin.conversations.models import Conversation, Delivery, Message
from zhiyin.conversations.queries import addresses_of
from zhiyin.conversations.rules import Author, MessageKind, State
from zhiyin.people.access import Deed, require
from zhiyin.people.models import Staff


@dataclass(frozen=True, slots=True)
class Letter:
    """What one conversation is told. `token` is the same whenever it is tried, so that it is told once."""

    conversation_id: int
    text: str
    token: UUID


@transaction.atomic
def reply_many(
    *,
    letters: Sequence[Letter],
    by: Staff,
    now: datetime,
    kind: MessageKind = MessageKind.MESSAGE,
) -> dict[UUID, int]:
    """Every letter in its thread with its delivery, in one transaction; the messages' ids by token.

    What a letter has become already stays as it is. Deliveries are left to the outbox's timer, behind what
    individuals are told. A message the house writes by itself (`kind` a notice) has no author.
    """
    if kind is MessageKind.MESSAGE:
        require(by, Deed.REPLY)
    threads = {
        row.pk: row
        for row in Conversation.objects.select_for_update()
        .filter(pk__in={letter.conversation_id for letter in letters})
        .order_by("pk")
    }
    known = Message.objects.filter(client_token__in=[letter.token for letter in letters])
    told = {message.client_token: message.pk for message in known if message.client_token}
    fresh = [letter for letter in letters if letter.token not in told and letter.conversation_id in threads]
    messages = [_message(letter, threads[letter.conversation_id], by, now=now, kind=kind) for letter in fresh]
    deliveries = _deliveries(messages, now=now)
    Message.objects.bulk_create(messages)
    Delivery.objects.bulk_create(deliveries)
    _count({message.conversation_id for message in messages}, threads, messages, now=now)
    add_messages(messages)
    return told | {message.client_token: message.pk for message in messages if message.client_token}


def _message(letter: Letter, thread: Conversation, by: Staff, *, now: datetime, kind: MessageKind) -> Message:
    thread.message_count += 1
    ours = kind is MessageKind.MESSAGE
    return Message(
        conversation=thread,
        position=thread.message_count,
        author=Author.STAFF if ours else Author.SYSTEM,
        kind=kind,
        staff=by if ours else None,
        channel=thread.channel,
        text=rules.check_text(letter.text, files=0),
        sent_at=now,
        client_token=letter.token,
    )


def _deliveries(messages: Sequence[Message], *, now: datetime) -> list[Delivery]:
    addresses = addresses_of({message.conversation for message in messages})
    rows = []
    for message in messages:
        address = addresses.get(message.conversation_id, "")
        way = transport.transport_for(message.channel)
        silent = message.conversation.is_history and message.author == Author.SYSTEM
        if way is None or not address or silent:
            continue
        message.external_id = way.new_envelope_id()
        rows.append(
            Delivery(
                message=message,
                transport=way.name,
                address=address,
                envelope_id=message.external_id,
                queued_at=now,
                due_at=now,
            )
        )
    return rows


def _count(
    written: Collection[int], threads: dict[int, Conversation], messages: Sequence[Message], *, now: datetime
) -> None:
    last = {message.conversation_id: message for message in messages}
    for pk in written:
        thread, message = threads[pk], last[pk]
        thread.last_message_at = now
        if message.author == Author.STAFF:
            thread.waiting_since = thread.snoozed_until = None
            thread.state = State.WAITING if thread.state == State.OPEN else thread.state
        if message.kind == MessageKind.MESSAGE:
            thread.preview = rules.one_line(markers.hide(message.text, "…"), rules.PREVIEW_LENGTH)
    Conversation.objects.bulk_update(
        [threads[pk] for pk in written],
        ["message_count", "last_message_at", "waiting_since", "snoozed_until", "state", "preview"],
    )
