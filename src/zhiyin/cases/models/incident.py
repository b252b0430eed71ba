"""Mass incidents: what happened to many at once, which cases belong to it, and what was done for all of them."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.models.case import Case
from zhiyin.cases.rules.incidents import IncidentLine, IncidentState, PartState, SharedKind, SharedState
from zhiyin.catalogue.models import Touchpoint
from zhiyin.conversations.models import Message
from zhiyin.kit.audit import audited
from zhiyin.kit.db import choice, one_of
from zhiyin.people.models import Department, Staff


@audited()
class Incident(models.Model):
    """One thing that happened to many customers. `place` and `words` are what their cases have in common."""

    title = models.CharField(_("in one line"), max_length=120)
    what_happened = models.TextField(_("what happened"))
    since = models.DateTimeField(_("when it began"))
    until = models.DateTimeField(_("when it ended"), null=True, blank=True)
    place = models.CharField(_("places concerned"), max_length=200, blank=True)
    words = models.CharField(_("words customers use for it"), max_length=200, blank=True)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible department"),
    )
    touchpoint = models.ForeignKey(
        Touchpoint, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("touchpoint")
    )  # its cases carry it too, those that name none of their own
    owner = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name=_("in charge"))
    state = choice(IncidentState, default=IncidentState.OPEN)
    is_public = models.BooleanField(_("shown to customers"), default=False)
    notice = models.TextField(_("what customers read"), blank=True)
    solution = models.TextField(_("how it was solved"), blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    solved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-since", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["state", "-since", "-id"], name="incident_state"),
            models.Index(fields=["-solved_at"], condition=Q(is_public=True), name="incident_public"),
        ]
        constraints: ClassVar = [
            one_of("state", IncidentState, model="incident"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="incident_span"
            ),
            models.CheckConstraint(condition=Q(is_public=False) | ~Q(notice=""), name="incident_notice"),
            models.CheckConstraint(
                condition=Q(state=IncidentState.OPEN) | Q(solved_at__isnull=False),
                name="incident_solved_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@audited()
class IncidentMember(models.Model):
    """A case that belongs to an incident, and whether it goes with the others."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="members")
    case = models.OneToOneField(Case, models.CASCADE, related_name="membership")
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    differs = models.BooleanField(default=False)
    reason = models.TextField(_("what is different"), blank=True)
    differs_since = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)  # asked through the incident whether it is settled

    class Meta:
        ordering = ("incident", "pk")
        indexes: ClassVar = [
            models.Index(fields=["incident", "differs", "id"], name="incidentmember_incident")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(differs=False) | (~Q(reason="") & Q(differs_since__isnull=False)),
                name="incidentmember_reason",
            )
        ]


@audited()
class SharedDeed(models.Model):
    """One thing done once for all members: a reply, a judgement, a cause, a remedy. Carried out by a job."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="shared")
    kind = choice(SharedKind)
    state = choice(SharedState, default=SharedState.RUNNING)
    text = models.TextField(blank=True)  # the reply; of the others the words that matter most
    details = models.JSONField(default=dict)  # what the action takes besides the case
    token = models.UUIDField(unique=True)  # a form sent twice does it once
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("incident", "-at", "-pk")
        indexes: ClassVar = [models.Index(fields=["incident", "-at", "-id"], name="shareddeed_incident")]
        constraints: ClassVar = [
            one_of("kind", SharedKind, model="shareddeed"),
            one_of("state", SharedState, model="shareddeed"),
            models.UniqueConstraint(
                fields=["incident"], condition=Q(state=SharedState.DRAFT), name="shareddeed_one_draft"
            ),
            models.CheckConstraint(
                condition=~Q(state=SharedState.DONE) | Q(done_at__isnull=False), name="shareddeed_done_when"
            ),
        ]


@audited()
class SharedPart(models.Model):
    """What a shared deed is for one case. Its row and its effect are written together, so it happens once."""

    deed = models.ForeignKey(SharedDeed, models.CASCADE, related_name="parts")
    case = models.ForeignKey(Case, models.CASCADE, related_name="shared_parts")
    state = choice(PartState, default=PartState.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    message = models.OneToOneField(Message, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("deed", "pk")
        indexes: ClassVar = [
            models.Index(fields=["deed", "state", "id"], name="sharedpart_deed"),
            models.Index(fields=["case"], condition=Q(state=PartState.TASK), name="sharedpart_task"),
        ]
        constraints: ClassVar = [
            one_of("state", PartState, model="sharedpart"),
            models.UniqueConstraint(fields=["deed", "case"], name="sharedpart_once"),
        ]


@audited()
class IncidentEvent(models.Model):
    """One line of an incident's timeline, written once with its deed."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="events")
    kind = choice(IncidentLine)
    at = models.DateTimeField()
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    shared = models.ForeignKey(SharedDeed, models.PROTECT, null=True, blank=True, related_name="+")
    count = models.PositiveIntegerField(default=0)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("incident", "-at", "-pk")
        indexes: ClassVar = [models.Index(fields=["incident", "-at", "-id"], name="incidentevent_at")]
        constraints: ClassVar = [one_of("kind", IncidentLine, model="incidentevent")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
