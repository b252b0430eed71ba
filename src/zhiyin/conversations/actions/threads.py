"""Threads: begun, given to somebody, put off, finished, taken up again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from zhiyin.catalogue.models import Touchpoint
from zhiyin.conversations import rules
from zhiyin.conversations.actions.searching import add_subject
from zhiyin.conversations.models import Conversation, Message
from zhiyin.conversations.rules import Author, MessageKind, State
from zhiyin.kit.errors import NotFound
from zhiyin.people.access import Deed, may, require
from zhiyin.people.models import Staff


def locked(conversation_id: int) -> Conversation:
    """The conversation, held until the transaction ends; raises ConversationMissing."""
    found = Conversation.objects.select_for_update(no_key=True).filter(pk=conversation_id).first()
    if found is None:
        raise rules.ConversationMissing
    return found


@transaction.atomic
def start(
    *,
    customer_id: int,
    channel: str,
    subject: str,
    team_id: int | None,
    assignee_id: int | None = None,
    address: str = "",
    now: datetime,
) -> Conversation:
    """A thread without messages yet. `address`: where it answers to, if not the first contact point."""
    conversation = Conversation.objects.create(
        customer_id=customer_id,
        channel=channel,
        subject=rules.one_line(subject, rules.SUBJECT_LENGTH),
        team_id=team_id,
        assignee_id=assignee_id,
        address=address,
        created_at=now,
    )
    add_subject(conversation)
    return conversation


@transaction.atomic
def assign(*, conversation_id: int, staff_id: int | None, by: Staff, now: datetime) -> Conversation:
    """Give the thread to somebody who answers customers, and to her team; or, with None, back to the team."""
    require(by, Deed.HAND_OVER if staff_id not in {None, by.pk} else Deed.TAKE)
    conversation = locked(conversation_id)
    if staff_id is not None:
        person = Staff.objects.filter(pk=staff_id, is_active=True).first()
        if person is None or not may(person, Deed.REPLY):
            raise rules.CannotAnswer(field="assignee", name=person.name if person else "—")
        conversation.team_id = person.team_id or conversation.team_id
    conversation.assignee_id = staff_id
    conversation.save(update_fields=["assignee", "team"])
    return conversation


@transaction.atomic
def snooze(*, conversation_id: int, until: datetime, by: Staff, now: datetime) -> Conversation:
    """Out of sight until then, or until the customer writes."""
    require(by, Deed.REPLY)
    if until <= now:
        raise rules.SnoozeInThePast(field="until")
    conversation = _live(conversation_id)
    conversation.snoozed_until = until
    conversation.save(update_fields=["snoozed_until"])
    return conversation


@transaction.atomic
def finish(*, conversation_id: int, by: Staff | None, now: datetime) -> Conversation:
    """Done: nothing is waited for. A new message from the customer opens the thread again."""
    if by is not None:
        require(by, Deed.REPLY)
    conversation = _live(conversation_id)
    conversation.state, conversation.waiting_since, conversation.snoozed_until = State.DONE, None, None
    conversation.save(update_fields=["state", "waiting_since", "snoozed_until"])
    return conversation


@transaction.atomic
def reopen(*, conversation_id: int, by: Staff | None, now: datetime) -> Conversation:
    """Open again (the undo of `finish` and `snooze`), waiting since the first unanswered message."""
    if by is not None:
        require(by, Deed.REPLY)
    conversation = _live(conversation_id)
    conversation.state, conversation.snoozed_until = State.OPEN, None
    conversation.waiting_since = _unanswered_since(conversation)
    conversation.save(update_fields=["state", "snoozed_until", "waiting_since"])
    return conversation


@transaction.atomic
def place(
    *,
    conversation_id: int,
    touchpoint_id: int | None,
    by: Staff,
    now: datetime,
    message_id: int | None = None,
) -> int:
    """At which touchpoint a customer's message arose, or with none named, all of the customer's; how many changed.

    Raises ConversationMissing, NotFound, Forbidden.
    """
    require(by, Deed.NOTE)
    conversation = locked(conversation_id)
    if touchpoint_id is not None and not Touchpoint.objects.filter(pk=touchpoint_id).exists():
        raise NotFound
    rows = Message.objects.filter(conversation=conversation, author=Author.CUSTOMER)
    if message_id is not None:
        rows = rows.filter(pk=message_id)
        if not rows.exists():
            raise rules.ConversationMissing
    return rows.update(touchpoint_id=touchpoint_id)


def _live(conversation_id: int) -> Conversation:
    conversation = locked(conversation_id)
    if conversation.is_history:
        raise rules.HistoryStaysPut
    return conversation


def _unanswered_since(conversation: Conversation) -> datetime | None:
    messages = Message.objects.filter(conversation=conversation)
    answers = messages.filter(author=Author.STAFF).exclude(kind=MessageKind.NOTE)
    answered = answers.aggregate(last=Max("position"))["last"] or 0
    first = (
        messages.filter(author=Author.CUSTOMER, auto_submitted=False, position__gt=answered)
        .order_by("position")
        .first()
    )
    return first.sent_at if first else None
