"""The tables of the room: a facts table, the cases that share it, its columns, and one row an observation."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.models import Case
from zhiyin.facts.rules import words
from zhiyin.facts.rules.words import Kind
from zhiyin.kit.audit import audited
from zhiyin.kit.db import choice, one_of
from zhiyin.people.models import Staff


@audited()
class FactTable(models.Model):
    """What is noted down about one puzzle. Cases with the same puzzle share it: see `Member`."""

    name = models.CharField(_("what it is about"), max_length=words.TEXT)
    request = models.CharField(_("what we ask of the customer"), max_length=words.REQUEST, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-created_at", "-pk")


@audited()
class Member(models.Model):
    """A case and the table it writes to, from joining until it leaves."""

    table = models.ForeignKey(FactTable, models.CASCADE, related_name="members")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("table", "joined_at", "pk")
        indexes: ClassVar = [
            models.Index(
                fields=["table", "joined_at", "id"], condition=Q(left_at__isnull=True), name="member_table"
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(left_at__isnull=True), name="member_one_table_a_case"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_by__isnull=True)
                | Q(left_at__isnull=False, left_by__isnull=False),
                name="member_left_by",
            ),
        ]


@audited()
class Column(models.Model):
    """A condition, or the one outcome. `wording` is the question a customer reads, if it is `asked` of her."""

    table = models.ForeignKey(FactTable, models.CASCADE, related_name="columns")
    name = models.CharField(_("name"), max_length=words.NAME)
    kind = choice(Kind, verbose_name=_("kind"))
    unit = models.CharField(_("unit"), max_length=words.UNIT, blank=True)
    options = ArrayField(models.CharField(max_length=words.OPTION), default=list, blank=True)
    is_outcome = models.BooleanField(default=False)
    asked = models.BooleanField(_("asked of the customer"), default=True)
    wording = models.CharField(_("as the customer reads it"), max_length=words.WORDING, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("table", "position", "pk")
        constraints: ClassVar = [
            one_of("kind", Kind, model="column"),
            models.UniqueConstraint(
                fields=["table", "name"], condition=Q(removed_at__isnull=True), name="column_name_once"
            ),
            models.UniqueConstraint(
                fields=["table"], condition=Q(is_outcome=True), name="column_one_outcome"
            ),
            models.CheckConstraint(
                condition=Q(is_outcome=False) | Q(kind=Kind.YESNO, removed_at__isnull=True, asked=True),
                name="column_outcome_yesno",
            ),
            models.CheckConstraint(condition=Q(unit="") | Q(kind=Kind.NUMBER), name="column_unit_of_number"),
            models.CheckConstraint(condition=~Q(name=""), name="column_named"),
        ]


@audited()
class Observation(models.Model):
    """One time: whether it failed, and by column id what was the case. Nobody in `entered_by`: the customer's hand."""

    table = models.ForeignKey(FactTable, models.CASCADE, related_name="observations")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    failed = models.BooleanField(_("failed"))
    cells = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    client_token = models.UUIDField(
        null=True, blank=True, unique=True
    )  # a form sent twice is one observation
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )  # empty: the customer's own hand

    class Meta:
        ordering = ("table", "pk")
        indexes: ClassVar = [
            models.Index(
                fields=["table", "id"], condition=Q(removed_at__isnull=True), name="observation_table"
            ),
            models.Index(fields=["case", "id"], name="observation_case"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(removed_by__isnull=True) | Q(removed_at__isnull=False),
                name="observation_removed_when",
            ),
        ]
