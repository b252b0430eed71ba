"""The case itself and its number."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.rules.words import Emotion, Gap, Kind, Outcome, Severity, Stage
from zhiyin.catalogue.models import ServiceItem, Touchpoint
from zhiyin.conversations.models import Conversation
from zhiyin.customers.models import Customer, ServiceObject
from zhiyin.customers.rules import Channel
from zhiyin.kit.audit import audited
from zhiyin.kit.db import choice, one_of
from zhiyin.people.models import Department, Staff, Team

DONE = (Stage.ARCHIVED,)


class NumberSeries(models.Model):
    """The last number given in a month; locked while a case is opened, so numbers have no gaps and no doubles."""

    month = models.CharField(max_length=4, primary_key=True)  # yymm
    last = models.PositiveIntegerField(default=0)


@audited()
class Case(models.Model):
    number = models.CharField(_("number"), max_length=12, unique=True)
    kind = choice(Kind, verbose_name=_("kind"))
    subject = models.CharField(_("in one line"), max_length=120)
    description = models.TextField(_("what happened"))
    remedy_sought = models.TextField(_("what the customer asks for"), blank=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"))
    service_object = models.ForeignKey(
        ServiceObject, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about")
    )
    service_item = models.ForeignKey(
        ServiceItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("service")
    )
    touchpoint = models.ForeignKey(
        Touchpoint, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("touchpoint")
    )
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="+")
    channel = choice(Channel, verbose_name=_("channel"))
    severity = choice(Severity, default=Severity.MEDIUM, verbose_name=_("severity"))
    in_danger = models.BooleanField(_("people or property in danger"), default=False)
    helped_at = models.DateTimeField(null=True, blank=True)
    emotion = choice(Emotion, default=Emotion.CALM, verbose_name=_("feeling on arrival"))
    intensity = models.PositiveSmallIntegerField(_("how strong"), default=1)

    stage = choice(Stage, default=Stage.RECEIVED)
    stage_since = models.DateTimeField()
    round = models.PositiveSmallIntegerField(default=1)  # grows with every reopening
    outcome = choice(Outcome, blank=True, verbose_name=_("outcome"))
    version = models.PositiveIntegerField(default=1)  # grows with every action; a stale page is told so

    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("team"))
    owner = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("in charge")
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible department"),
    )
    handler = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("department handler")
    )
    root_cause = models.TextField(_("root cause"), blank=True)
    gap = choice(Gap, blank=True, verbose_name=_("service gap"))
    handovers = models.PositiveSmallIntegerField(default=0)
    cost = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    client_token = models.UUIDField(null=True, blank=True, unique=True)  # a form sent twice opens one case
    resolved_at = models.DateTimeField(
        null=True, blank=True
    )  # the last time it was remedied, answered or explained
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-opened_at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["-opened_at", "-id"], name="case_newest"),
            models.Index(fields=["team", "stage", "-opened_at", "-id"], name="case_team_stage"),
            models.Index(fields=["owner", "stage", "-opened_at", "-id"], name="case_owner_stage"),
            models.Index(fields=["department", "stage", "-opened_at", "-id"], name="case_department_stage"),
            models.Index(fields=["customer", "-opened_at", "-id"], name="case_customer"),
            models.Index(fields=["conversation"], name="case_conversation"),
            models.Index(fields=["touchpoint", "-opened_at", "-id"], name="case_touchpoint"),
            models.Index(fields=["service_item", "-opened_at", "-id"], name="case_service_item"),
            models.Index(
                fields=["team", "stage", "stage_since", "id"],
                condition=~Q(stage="archived"),
                name="case_team_open",
            ),
            models.Index(
                fields=["department", "stage_since", "id"],
                condition=~Q(stage="archived"),
                name="case_department_open",
            ),
            models.Index(
                fields=["resolved_at", "id"], condition=Q(resolved_at__isnull=False), name="case_settled"
            ),
        ]
        constraints: ClassVar = [
            one_of("kind", Kind, model="case"),
            one_of("stage", Stage, model="case"),
            one_of("channel", Channel, model="case"),
            one_of("severity", Severity, model="case"),
            one_of("emotion", Emotion, model="case"),
            one_of("outcome", Outcome, model="case", blank=True),
            one_of("gap", Gap, model="case", blank=True),
            models.CheckConstraint(condition=Q(intensity__gte=1, intensity__lte=3), name="case_intensity"),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.CLOSED, Stage.ARCHIVED]) | ~Q(outcome=""),
                name="case_outcome_before_end",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.ARCHIVED, archived_at__isnull=False)
                | (~Q(stage=Stage.ARCHIVED) & Q(archived_at__isnull=True)),
                name="case_archived_when",
            ),
            models.CheckConstraint(condition=~Q(duplicate_of=F("id")), name="case_not_its_own_duplicate"),
            models.CheckConstraint(condition=Q(cost__gte=0), name="case_cost"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"
