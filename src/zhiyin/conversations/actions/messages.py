"""Messages: received, answered, acknowledged, noted. Each takes its place in the thread under a row lock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhiyin.conversations import markers, rules
from zhiyin.conversations.actions.outbox import queue
from zhiyin.conversations.actions.searching import add_message
from zhiyin.conversations.actions.threads import locked
from zhiyin.conversations.models import Attachment, Conversation, Message
from zhiyin.conversations.rules import Author, MessageKind, State
from zhiyin.kit import files
from zhiyin.kit.models import StoredFile
from zhiyin.people.access import Deed, require
from zhiyin.people.models import Staff


@transaction.atomic
def receive(
    *,
    conversation_id: int,
    text: str,
    now: datetime,
    external_id: str = "",
    client_token: UUID | None = None,
    file_ids: Sequence[UUID] = (),
    auto_submitted: bool = False,
    channel: str | None = None,
) -> Message:
    """The customer's message: the thread is open again and waits for an answer, unless a machine wrote it.

    The same `client_token` or `external_id` again gives the message it has already become. `channel`: how this
    message came, if not as the thread did.
    """
    conversation = locked(conversation_id)
    if known := _already(conversation, client_token, external_id, file_ids=file_ids):
        return known
    message = _append(
        conversation,
        author=Author.CUSTOMER,
        kind=MessageKind.MESSAGE,
        text=text,
        now=now,
        channel=channel,
        external_id=external_id,
        client_token=client_token,
        file_ids=file_ids,
        auto_submitted=auto_submitted,
    )
    if not auto_submitted:
        conversation.waiting_since = conversation.waiting_since or now
        conversation.state, conversation.snoozed_until, conversation.is_history = State.OPEN, None, False
        conversation.save(update_fields=["waiting_since", "state", "snoozed_until", "is_history"])
    return message


@transaction.atomic
def reply(
    *,
    conversation_id: int,
    text: str,
    by: Staff | None,
    now: datetime,
    client_token: UUID | None = None,
    file_ids: Sequence[UUID] = (),
    kind: MessageKind = MessageKind.MESSAGE,
    channel: str | None = None,
) -> Message:
    """A message to the customer, with its delivery in the same transaction where the channel has a way out.

    `channel` lets one message leave another way than its thread (a link by e-mail in a matter raised in the
    portal). What a person wrote answers the customer; what the system wrote does not stop the waiting.
    """
    if by is not None and kind is MessageKind.MESSAGE:
        require(by, Deed.REPLY)
    conversation = locked(conversation_id)
    if known := _already(conversation, client_token, file_ids=file_ids):
        return known
    message = _append(
        conversation,
        author=Author.STAFF if by else Author.SYSTEM,
        kind=kind,
        text=text,
        now=now,
        staff=by,
        channel=channel,
        client_token=client_token,
        file_ids=file_ids,
    )
    if by is not None:
        conversation.waiting_since, conversation.snoozed_until = None, None
        conversation.state = State.WAITING if conversation.state == State.OPEN else conversation.state
        conversation.save(update_fields=["waiting_since", "snoozed_until", "state"])
    queue(message, now=now)
    return message


@transaction.atomic
def acknowledge(*, conversation_id: int, text: str, now: datetime) -> Message | None:
    """Tell the customer once that the matter has arrived (ISO 10002:2018 7.4); None where that must not be.

    Not twice, not to imported history, and not where only machines have written so far.
    """
    try:
        conversation = locked(conversation_id)
    except rules.ConversationMissing:
        return None
    received = set(
        Message.objects.filter(conversation=conversation, author=Author.CUSTOMER).values_list(
            "auto_submitted", flat=True
        )
    )
    if conversation.is_history or received == {True} or is_acknowledged(conversation):
        return None
    message = _append(
        conversation, author=Author.SYSTEM, kind=MessageKind.ACKNOWLEDGEMENT, text=text, now=now
    )
    queue(message, now=now)
    return message


@transaction.atomic
def note(
    *,
    conversation_id: int,
    text: str,
    by: Staff | None,
    now: datetime,
    file_ids: Sequence[UUID] = (),
    client_token: UUID | None = None,
) -> Message:
    """A note among colleagues; the customer never sees it, and it answers nobody."""
    if by is not None:
        require(by, Deed.NOTE)
    conversation = locked(conversation_id)
    if known := _already(conversation, client_token, file_ids=file_ids):
        return known
    return _append(
        conversation,
        author=Author.STAFF if by else Author.SYSTEM,
        kind=MessageKind.NOTE,
        text=text,
        now=now,
        staff=by,
        file_ids=file_ids,
        client_token=client_token,
    )


def is_acknowledged(conversation: Conversation) -> bool:
    return Message.objects.filter(conversation=conversation, kind=MessageKind.ACKNOWLEDGEMENT).exists()


def _already(
    conversation: Conversation, client_token: UUID | None, external_id: str = "", *, file_ids: Sequence[UUID]
) -> Message | None:
    """The message that this form, or this letter, has already become; the files that came again are let go."""
    known = _known(conversation, client_token, external_id)
    if known is not None:
        files.discard(file_ids)
    return known


def _known(conversation: Conversation, client_token: UUID | None, external_id: str) -> Message | None:
    if client_token is not None:
        known = Message.objects.filter(client_token=client_token).first()
        if known and known.conversation_id != conversation.pk:
            raise rules.TokenReused
        if known:
            return known
    return Message.objects.filter(external_id=external_id).first() if external_id else None


def _append(
    conversation: Conversation,
    *,
    author: Author,
    kind: MessageKind,
    text: str,
    now: datetime,
    staff: Staff | None = None,
    channel: str | None = None,
    external_id: str = "",
    client_token: UUID | None = None,
    file_ids: Sequence[UUID] = (),
    auto_submitted: bool = False,
) -> Message:
    """The next message of a locked conversation, with its files, the counters and the search entry."""
    kept = rules.check_text(text, files=len(file_ids))
    message = Message(
        conversation=conversation,
        position=conversation.message_count + 1,
        author=author,
        kind=kind,
        staff=staff,
        channel=channel or conversation.channel,
        text=kept,
        sent_at=now,
        external_id=external_id,
        client_token=client_token,
        auto_submitted=auto_submitted,
    )
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError as error:
        # The lock rules out every double but the same token, or the same letter, in another thread just now.
        if "client_token" in str(error) or "message_external" in str(error):
            raise rules.TokenReused from error
        raise
    _attach(message, file_ids, by_id=staff.pk if staff else None)
    _count(conversation, message)
    add_message(message)
    return message


def _attach(message: Message, file_ids: Sequence[UUID], *, by_id: int | None) -> None:
    """Files become the message's. Staff attach what they uploaded themselves; nothing is attached twice."""
    if not file_ids:
        return
    wanted = list(dict.fromkeys(file_ids))
    found = {file.pk: file for file in StoredFile.objects.select_for_update().filter(pk__in=wanted)}
    taken = Attachment.objects.filter(file__in=wanted).exists()
    foreign = by_id is not None and any(file.uploaded_by != by_id for file in found.values())
    if len(found) != len(wanted) or taken or foreign:
        raise rules.FileUnavailable(field="files")
    for pk in wanted:
        Attachment.objects.create(message=message, file=found[pk])


def _count(conversation: Conversation, message: Message) -> None:
    conversation.message_count = message.position
    columns = ["message_count"]
    if message.kind != MessageKind.NOTE:
        conversation.last_message_at = message.sent_at
        columns.append("last_message_at")
    if (
        message.kind == MessageKind.MESSAGE
    ):  # what people said; what the house says by itself tells nothing new
        conversation.preview = rules.one_line(markers.hide(message.text, "…"), rules.PREVIEW_LENGTH)
        columns.append("preview")
    conversation.save(update_fields=columns)
