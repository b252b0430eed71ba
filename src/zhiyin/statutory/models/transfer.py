"""What an authority passed on to the house, and the statutory times that run with it."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.models import Case, Escalation
from zhiyin.kit.audit import audited
from zhiyin.kit.db import choice, one_of
from zhiyin.people.models import Staff
from zhiyin.statutory.models.rule import StatutoryRule
from zhiyin.statutory.rules.words import OPEN, Body, Duty, DutyState, Region, TransferStage


@audited()
class Transfer(models.Model):
    """A complaint passed on by an authority (转办). Its number and its answer stand in the case's outside escalation."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    escalation = models.OneToOneField(Escalation, models.PROTECT, related_name="+")
    body = choice(Body, verbose_name=_("authority"))
    office = models.CharField(_("which office"), max_length=80, blank=True)
    region = choice(Region, blank=True, verbose_name=_("region"))  # where the authority is: its rules hold
    city = models.CharField(_("city"), max_length=40, blank=True)
    demand = models.TextField(_("what is demanded"))
    received_at = models.DateTimeField(_("reached us"))
    stated_due_on = models.DateField(_("deadline on the slip"), null=True, blank=True)
    stage = choice(TransferStage, default=TransferStage.RECEIVED)
    answered_at = models.DateTimeField(null=True, blank=True)  # accepted or not accepted
    ground = models.TextField(_("why it is not accepted"), blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    result = models.TextField(_("what the authority said"), blank=True)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-received_at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["case", "-received_at", "-id"], name="transfer_case"),
            models.Index(fields=["case"], condition=Q(stage__in=sorted(OPEN)), name="transfer_open"),
        ]
        constraints: ClassVar = [
            one_of("body", Body, model="transfer"),
            one_of("region", Region, model="transfer", blank=True),
            one_of("stage", TransferStage, model="transfer"),
            models.CheckConstraint(condition=~Q(demand=""), name="transfer_demand"),
            models.CheckConstraint(
                condition=~Q(stage=TransferStage.REFUSED) | ~Q(ground=""), name="transfer_refused_why"
            ),
            models.CheckConstraint(
                condition=~Q(stage=TransferStage.REPLIED) | Q(replied_at__isnull=False),
                name="transfer_replied_when",
            ),
            models.CheckConstraint(
                condition=~Q(stage=TransferStage.CLOSED) | ~Q(result=""), name="transfer_closed_how"
            ),
            models.CheckConstraint(
                condition=Q(stage=TransferStage.CLOSED, closed_at__isnull=False)
                | (~Q(stage=TransferStage.CLOSED) & Q(closed_at__isnull=True)),
                name="transfer_closed_when",
            ),
        ]


@audited()
class StatutoryDuty(models.Model):
    """One statutory time that runs for a case: by a rule as it was when the time began, or as the slip states it.

    `theirs` is the authority's own time: shown, never reminded of. Warned and breached are marked once.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    transfer = models.ForeignKey(Transfer, models.PROTECT, null=True, blank=True, related_name="duties")
    rule = models.ForeignKey(StatutoryRule, models.PROTECT, null=True, blank=True, related_name="+")
    duty = choice(Duty)
    theirs = models.BooleanField(default=False)
    state = choice(DutyState, default=DutyState.RUNNING)
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()  # the first moment after the last day
    warn_at = models.DateTimeField()
    given_on = models.DateField(null=True, blank=True)  # a last day stated or extended to; not reckoned
    is_provisional = models.BooleanField(default=False)
    warned_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("case", "due_at", "pk")
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state="running", theirs=False, breached_at__isnull=True),
                name="duty_due",
            ),
            models.Index(
                fields=["warn_at", "id"],
                condition=Q(state="running", theirs=False, warned_at__isnull=True),
                name="duty_warn",
            ),
            models.Index(
                fields=["case", "due_at"],
                condition=Q(state="running", theirs=False),
                name="duty_case_running",
            ),
        ]
        constraints: ClassVar = [
            one_of("duty", Duty, model="statutoryduty"),
            one_of("state", DutyState, model="statutoryduty"),
            models.UniqueConstraint(
                fields=["case", "transfer", "duty"], nulls_distinct=False, name="duty_once"
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("starts_at")), name="duty_order"),
            models.CheckConstraint(
                condition=Q(rule__isnull=False) | Q(given_on__isnull=False), name="duty_rests_on_something"
            ),
            models.CheckConstraint(
                condition=Q(state=DutyState.RUNNING, settled_at__isnull=True)
                | (~Q(state=DutyState.RUNNING) & Q(settled_at__isnull=False)),
                name="duty_settled_when",
            ),
        ]


@audited()
class Extension(models.Model):
    """More time granted for an answer: on what ground, until when, and what the deadline was before."""

    duty = models.ForeignKey(StatutoryDuty, models.PROTECT, related_name="extensions")
    ground = models.TextField(_("ground"))
    granted_on = models.DateField(_("granted on"))
    until = models.DateField(_("until"))
    before_at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("duty", "at", "pk")
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(ground=""), name="extension_ground")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
