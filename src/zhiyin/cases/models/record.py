"""What is written down about a case: events, escalations, relations, customers' links, the archive."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.models.case import Case
from zhiyin.cases.rules.words import EscalationKind, EventKind, LinkPurpose, Stage
from zhiyin.kit.audit import NO_TRUNCATE, audited
from zhiyin.kit.db import choice, one_of
from zhiyin.kit.models import StoredFile
from zhiyin.people.models import Department, Staff
from zhiyin.promises.models import Promise


@audited()
class CaseEvent(models.Model):
    """One line of the timeline. Written once with its action; `is_public` lines are told to the customer."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="events")
    kind = choice(EventKind)
    at = models.DateTimeField()
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    by_customer = models.BooleanField(default=False)
    stage_before = choice(Stage, blank=True)
    stage_after = choice(Stage, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    other_case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True)
    is_public = models.BooleanField(default=False)

    class Meta:
        ordering = ("case", "-at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["case", "-at", "-id"], name="caseevent_case_at"),
            models.Index(  # how long a case waited for its customer's choice
                fields=["case", "at"],
                condition=Q(stage_before=Stage.APPROVED) | Q(stage_after=Stage.APPROVED),
                name="caseevent_choice",
            ),
        ]
        constraints: ClassVar = [one_of("kind", EventKind, model="caseevent")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


@audited()
class CasePromise(models.Model):
    """A promise made on the way; a case with an open one cannot close."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="case_promises")
    promise = models.OneToOneField(Promise, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("case", "pk")


@audited()
class CaseFile(models.Model):
    """Evidence and papers kept with the case by staff (a customer's own files hang on messages)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("case", "pk")


@audited()
class Escalation(models.Model):
    case = models.ForeignKey(Case, models.CASCADE, related_name="escalations")
    kind = choice(EscalationKind, verbose_name=_("to whom"))
    reason = models.TextField(_("why"))
    to = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    external_number = models.CharField(_("their reference number"), max_length=80, blank=True)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("what was decided"), blank=True)
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("case", "-at", "-pk")
        constraints: ClassVar = [one_of("kind", EscalationKind, model="escalation")]


@audited()
class RelatedCase(models.Model):
    """Two cases with something in common, kept once: the lower id first."""

    first = models.ForeignKey(Case, models.CASCADE, related_name="+")
    second = models.ForeignKey(Case, models.CASCADE, related_name="+")
    reason = models.CharField(_("what they share"), max_length=120, blank=True)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("first", "second")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="relatedcase_order"),
            models.UniqueConstraint(fields=["first", "second"], name="relatedcase_once"),
        ]


@audited()
class Merge(models.Model):
    """A duplicate taken up into another case, with what is needed to undo it."""

    duplicate = models.ForeignKey(Case, models.CASCADE, related_name="+")
    into = models.ForeignKey(Case, models.CASCADE, related_name="+")
    stage_before = choice(Stage)
    outcome_before = models.CharField(max_length=24, blank=True)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["duplicate"], condition=Q(undone_at__isnull=True), name="merge_once"
            ),
        ]


@audited(exclude=("digest",))
class CustomerLink(models.Model):
    """A key to one case for one purpose. Only its SHA-256 digest is kept; the key has 256 random bits."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="links")
    purpose = choice(LinkPurpose)
    round = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)  # first exchanged for a session
    used_at = models.DateTimeField(null=True, blank=True)  # acted with; an acting link acts once
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("case", "-created_at", "-pk")
        constraints: ClassVar = [one_of("purpose", LinkPurpose, model="customerlink")]


@audited()
class Archive(models.Model):
    """The closed case as one canonical text with its checksum; never changed again."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="archive")
    document = models.TextField()  # canonical JSON
    sha256 = models.CharField(max_length=64)
    archived_at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-archived_at", "-pk")
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            NO_TRUNCATE,
        ]
