"""Threads with customers, their messages, what is attached to them, and the outbox they leave through."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhiyin.catalogue.models import Touchpoint
from zhiyin.conversations.rules import Author, DeliveryState, MessageKind, Rating, State, Trouble
from zhiyin.customers.models import Customer
from zhiyin.customers.rules import Channel
from zhiyin.kit.audit import audited
from zhiyin.kit.db import choice, one_of
from zhiyin.kit.models import StoredFile
from zhiyin.people.models import Staff, Team


@audited()
class Conversation(models.Model):
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"))
    channel = choice(Channel, verbose_name=_("channel"))
    address = models.CharField(max_length=200, blank=True)  # answers go here, or to the first contact
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    state = choice(State, default=State.OPEN, verbose_name=_("state"))
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team")
    )
    assignee = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    created_at = models.DateTimeField()
    last_message_at = models.DateTimeField(null=True, blank=True)  # empty in history without clock times
    waiting_since = models.DateTimeField(null=True, blank=True)  # the customer's first unanswered message
    snoozed_until = models.DateTimeField(null=True, blank=True)
    message_count = models.PositiveIntegerField(default=0)
    preview = models.CharField(max_length=200, blank=True)
    is_history = models.BooleanField(
        default=False
    )  # imported: no acknowledgement, no clock, no message to anybody
    source = models.CharField(max_length=120, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    satisfaction = choice(Rating, blank=True, verbose_name=_("satisfaction"))

    class Meta:
        ordering = ("-last_message_at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["team", "state", "-last_message_at", "-id"], name="conversation_team_state"),
            models.Index(
                fields=["assignee", "state", "-last_message_at", "-id"], name="conversation_assignee"
            ),
            models.Index(fields=["customer", "-last_message_at", "-id"], name="conversation_customer"),
            models.Index(
                fields=["state", "waiting_since", "id"],
                condition=Q(is_history=False),
                name="conversation_waiting",
            ),
            models.Index(
                fields=["-last_message_at", "-id"],
                condition=Q(is_history=False),
                name="conversation_newest",
            ),
            models.Index(
                fields=["-id"], include=["team"], condition=Q(is_history=True), name="conversation_history"
            ),
        ]
        constraints: ClassVar = [
            one_of("channel", Channel, model="conversation"),
            one_of("state", State, model="conversation"),
            one_of("satisfaction", Rating, model="conversation", blank=True),
            models.UniqueConstraint(
                fields=["source", "external_id"], condition=~Q(external_id=""), name="conversation_external"
            ),
        ]


@audited()
class Message(models.Model):
    """One turn. `position` orders a thread; `sent_at` is empty where history gave no clock time."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    position = models.PositiveIntegerField()
    author = choice(Author)
    kind = choice(MessageKind, default=MessageKind.MESSAGE)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    channel = choice(Channel)
    text = models.TextField()
    sent_at = models.DateTimeField(null=True, blank=True)
    satisfaction = choice(Rating, blank=True)
    touchpoint = models.ForeignKey(
        Touchpoint, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("touchpoint")
    )
    auto_submitted = models.BooleanField(default=False)  # a machine wrote it: no acknowledgement, no clock
    external_id = models.CharField(max_length=300, blank=True)  # an e-mail's Message-ID
    client_token = models.UUIDField(null=True, blank=True, unique=True)  # a form sent twice is one message

    class Meta:
        ordering = ("conversation", "position")
        indexes: ClassVar = [
            models.Index(
                fields=["touchpoint", "-sent_at", "-id"],
                condition=Q(touchpoint__isnull=False),
                name="message_touchpoint",
            ),
        ]
        constraints: ClassVar = [
            one_of("author", Author, model="message"),
            one_of("kind", MessageKind, model="message"),
            one_of("channel", Channel, model="message"),
            one_of("satisfaction", Rating, model="message", blank=True),
            models.UniqueConstraint(fields=["conversation", "position"], name="message_position"),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="message_external"
            ),
            models.UniqueConstraint(
                fields=["conversation"],
                condition=Q(kind=MessageKind.ACKNOWLEDGEMENT),
                name="message_acknowledged_once",
            ),
            models.CheckConstraint(
                condition=~Q(author=Author.STAFF) | Q(staff__isnull=False) | Q(sent_at__isnull=True),
                name="message_staff_named",
            ),
        ]


@audited()
class Attachment(models.Model):
    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("message", "pk")


@audited()
class Delivery(models.Model):
    """The outbox: written with its message in one transaction, sent at least once under a constant id."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="delivery")
    transport = models.CharField(max_length=24)
    address = models.CharField(max_length=200)
    envelope_id = models.CharField(max_length=200, unique=True)
    state = choice(DeliveryState, default=DeliveryState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.PositiveIntegerField(default=1)  # grows with every claim; an older claim may not settle
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = choice(Trouble, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # what the other server said

    class Meta:
        ordering = ("due_at", "pk")
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], condition=Q(state="queued"), name="delivery_due"),
            models.Index(fields=["message"], condition=Q(state="failed"), name="delivery_failed"),
        ]
        constraints: ClassVar = [
            one_of("state", DeliveryState, model="delivery"),
            one_of("trouble", Trouble, model="delivery", blank=True),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENT) | Q(sent_at__isnull=False), name="delivery_sent_when"
            ),
        ]
