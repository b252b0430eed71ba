"""Between colleagues: mentions, hand-over notes, and requests inside the house."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.models.case import Case
from zhiyin.cases.models.record import CaseEvent
from zhiyin.cases.rules.colleagues import ALIVE, RequestState
from zhiyin.cases.rules.words import Emotion
from zhiyin.kit.audit import audited
from zhiyin.kit.db import choice, one_of
from zhiyin.people.models import Department, Staff


@audited()
class Mention(models.Model):
    """A colleague called by name in a note."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="mentions")
    event = models.ForeignKey(CaseEvent, models.CASCADE, related_name="mentions")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["staff", "-at", "-id"], name="mention_staff"),
            models.Index(fields=["staff", "-at"], condition=Q(read_at__isnull=True), name="mention_unread"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "staff"], name="mention_once")]


@audited()
class HandoverNote(models.Model):
    """What whoever takes a case over should know; on top of the case until she has read it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="handover_notes")
    giver = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    taker = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    done = models.TextField(_("what was done"))
    promised = models.TextField(_("what the customer was promised"), blank=True)
    next_step = models.TextField(_("what comes next"), blank=True)
    emotion = choice(Emotion, default=Emotion.CALM, verbose_name=_("how the customer feels"))
    feeling = models.TextField(_("how the customer feels, in words"), blank=True)
    at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("case", "-at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["taker"], condition=Q(acknowledged_at__isnull=True), name="handovernote_new")
        ]
        constraints: ClassVar = [
            one_of("emotion", Emotion, model="handovernote"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="handovernote_two"),
        ]


@audited()
class InternalRequest(models.Model):
    """Something one colleague needs of another, or of a department, by a time: the next department is a customer too."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="requests")
    asker = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    to = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    need = models.TextField(_("what is needed"))
    shares_notes = models.BooleanField(_("may read the notes among us"), default=False)
    state = choice(RequestState, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(_("by when"))
    remind_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    first_answer_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)  # why it was declined, or is not needed any more
    end_seen_at = models.DateTimeField(null=True, blank=True)  # the other side knows that no answer comes

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["to", "state", "due_at", "id"], name="internalrequest_to"),
            models.Index(fields=["department", "state", "due_at", "id"], name="internalrequest_department"),
            models.Index(fields=["asker", "state", "due_at", "id"], name="internalrequest_asker"),
            models.Index(
                fields=["remind_at", "id"],
                condition=Q(state__in=ALIVE, reminded_at__isnull=True),
                name="internalrequest_remind",
            ),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=ALIVE, breached_at__isnull=True),
                name="internalrequest_due",
            ),
            models.Index(
                fields=["id"],
                condition=Q(
                    state__in=(RequestState.DECLINED, RequestState.WITHDRAWN), end_seen_at__isnull=True
                ),
                name="internalrequest_ended",
            ),
            models.Index(
                fields=["id"],
                condition=Q(state__in=ALIVE, breached_at__isnull=False),
                name="internalrequest_late",
            ),
        ]
        constraints: ClassVar = [
            one_of("state", RequestState, model="internalrequest"),
            models.CheckConstraint(
                condition=Q(to__isnull=False, department__isnull=True)
                | Q(to__isnull=True, department__isnull=False),
                name="internalrequest_one_side",
            ),
            models.CheckConstraint(
                condition=Q(to__isnull=True) | ~Q(to=F("asker")), name="internalrequest_not_oneself"
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("asked_at")), name="internalrequest_span"),
        ]


@audited()
class InternalAnswer(models.Model):
    """One answer to a request, and whether it was enough for whoever asked."""

    request = models.ForeignKey(InternalRequest, models.CASCADE, related_name="answers")
    text = models.TextField(_("answer"))
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sufficient = models.BooleanField(null=True, blank=True)
    words = models.TextField(_("what is still missing"), blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("request", "at", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(sufficient=False) | ~Q(words=""), name="internalanswer_what_is_missing"
            )
        ]
