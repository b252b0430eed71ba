"""Promises: what a member of staff told a customer would be done, by when, by whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhiyin.conversations.models import Message
from zhiyin.customers.models import Customer
from zhiyin.kit.audit import audited
from zhiyin.kit.db import choice, one_of
from zhiyin.people.models import Staff
from zhiyin.promises.rules import State, Weight


@audited()
class Promise(models.Model):
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"))
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.CharField(_("what was promised"), max_length=300)
    weight = choice(Weight, default=Weight.HARD)
    owner = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name=_("kept by"))
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(_("by"))
    remind_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    state = choice(State, default=State.OPEN, verbose_name=_("state"))
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    settled_note = models.CharField(max_length=300, blank=True)
    made_good_at = models.DateTimeField(null=True, blank=True)  # done after all, too late: it stays broken
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )  # the promise the customer let go for this one

    class Meta:
        ordering = ("due_at", "pk")
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], condition=Q(state="open"), name="promise_due"),
            models.Index(
                fields=["remind_at", "id"],
                condition=Q(state="open", reminded_at__isnull=True),
                name="promise_remind",
            ),
            models.Index(fields=["owner", "due_at", "id"], condition=Q(state="open"), name="promise_owner"),
            models.Index(fields=["customer", "-made_at", "-id"], name="promise_customer"),
        ]
        constraints: ClassVar = [
            one_of("weight", Weight, model="promise"),
            one_of("state", State, model="promise"),
            models.CheckConstraint(condition=Q(due_at__gt=F("made_at")), name="promise_after_made"),
            models.CheckConstraint(
                condition=Q(state=State.OPEN, settled_at__isnull=True)
                | (~Q(state=State.OPEN) & Q(settled_at__isnull=False)),
                name="promise_settled",
            ),
            models.CheckConstraint(
                condition=Q(made_good_at__isnull=True) | Q(state=State.BROKEN), name="promise_made_good"
            ),
            models.UniqueConstraint(fields=["replaces"], name="promise_replaced_once"),
        ]
