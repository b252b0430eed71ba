"""Tables without business words: stored files, the search index, dead letters, redactions."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhiyin.kit.audit import audited


@audited()
class StoredFile(models.Model):
    """An uploaded file. On disk it is called by its UUID; its own name is only ever shown as text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(max_length=100)  # by content, not by what the sender claimed
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.BigIntegerField(null=True, blank=True)  # staff; empty when a customer sent it
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return self.name


class SearchEntry(models.Model):
    """What can be found about one thing: bigrams of folded text with positions, in chunks."""

    kind = models.CharField(max_length=24)
    object_id = models.BigIntegerField()
    chunk = models.PositiveSmallIntegerField(default=0)
    terms = SearchVectorField()

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["terms"], name="searchentry_terms", fastupdate=False)]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "object_id", "chunk"], name="searchentry_once"),
        ]


class KilledJob(models.Model):
    """How often a job was under way when its worker died. The row goes when the job is buried or revived."""

    job_id = models.BigIntegerField(primary_key=True)
    kills = models.PositiveSmallIntegerField()
    killed_at = models.DateTimeField()


class DeadLetter(models.Model):
    """A job that killed its worker three times, kept for a person to look at."""

    job_id = models.BigIntegerField(unique=True)
    task = models.CharField(max_length=200)
    arguments = models.JSONField()  # ids only, never personal data
    kills = models.PositiveSmallIntegerField()
    buried_at = models.DateTimeField()
    revived_at = models.DateTimeField(null=True, blank=True)
    revived_by = models.BigIntegerField(null=True, blank=True)  # staff

    class Meta:
        ordering = ("-buried_at", "-pk")


class TimerState(models.Model):
    """The pulse of a timer: when it last looked, and how often in a row it has failed since."""

    name = models.CharField(max_length=60, primary_key=True)
    looked_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("name",)


@audited()
class Redaction(models.Model):
    """The record that personal values were blanked in audit and archive, by whom and on what ground."""

    table = models.CharField(max_length=100)
    object_id = models.CharField(max_length=60)
    columns = models.TextField()
    ground = models.TextField()
    by = models.BigIntegerField()
    at = models.DateTimeField()
    rows = models.PositiveIntegerField()

    class Meta:
        ordering = ("-at", "-pk")
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(ground=""), name="redaction_ground")]
