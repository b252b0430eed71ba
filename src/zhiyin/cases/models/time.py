"""Clocks: how long a step may take, as data with a source; and the clocks that run."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.models.case import Case
from zhiyin.cases.rules.words import ClockKind, ClockState, Kind, Severity
from zhiyin.kit.audit import audited
from zhiyin.kit.db import choice, one_of
from zhiyin.people.models import Calendar


@audited()
class ClockRule(models.Model):
    """Minutes allowed for one step; blank kind or severity means all. The most specific rule in force wins."""

    clock = choice(ClockKind, verbose_name=_("clock"))
    kind = choice(Kind, blank=True, verbose_name=_("kind"))
    severity = choice(Severity, blank=True, verbose_name=_("severity"))
    minutes = models.PositiveIntegerField(_("minutes"))
    warn_share = models.PositiveSmallIntegerField(_("warn when this share is used, %"), default=75)
    round_the_clock = models.BooleanField(_("counts round the clock"), default=False)
    effective_from = models.DateField(_("in force from"))
    effective_to = models.DateField(_("in force until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    to_confirm = models.BooleanField(_("to be confirmed by your counsel"), default=False)

    class Meta:
        ordering = ("clock", "kind", "severity", "-effective_from", "pk")
        constraints: ClassVar = [
            one_of("clock", ClockKind, model="clockrule"),
            one_of("kind", Kind, model="clockrule", blank=True),
            one_of("severity", Severity, model="clockrule", blank=True),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="clockrule_minutes"),
            models.CheckConstraint(
                condition=Q(warn_share__gte=1, warn_share__lte=99), name="clockrule_warn_share"
            ),
            models.UniqueConstraint(
                fields=["clock", "kind", "severity", "effective_from"], name="clockrule_once"
            ),
        ]


@audited()
class Clock(models.Model):
    """One running, stopped or settled clock of a case. Warned and breached are marked once by the scanner."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    kind = choice(ClockKind)
    round = models.PositiveSmallIntegerField(default=1)
    state = choice(ClockState, default=ClockState.RUNNING)
    calendar = models.ForeignKey(
        Calendar, models.PROTECT, null=True, blank=True, related_name="+"
    )  # empty: round the clock
    budget = models.DurationField()  # working time allowed
    started_at = models.DateTimeField()
    reckoned_from = models.DateTimeField()  # the start, or the last time it went on after a stop
    remaining = models.DurationField()  # working time left at that moment, or while it is stopped
    due_at = models.DateTimeField(null=True, blank=True)  # empty while paused
    warn_at = models.DateTimeField(null=True, blank=True)
    warn_share = models.PositiveSmallIntegerField(default=75)
    waiting_for = models.CharField(max_length=80, blank=True)
    is_provisional = models.BooleanField(default=False)  # due in a year whose holidays are not announced yet
    warned_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("case", "round", "pk")
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state="running", breached_at__isnull=True),
                name="clock_due",
            ),
            models.Index(
                fields=["warn_at", "id"],
                condition=Q(state="running", warned_at__isnull=True),
                name="clock_warn",
            ),
            models.Index(fields=["case", "due_at"], condition=Q(state="running"), name="clock_case_running"),
        ]
        constraints: ClassVar = [
            one_of("kind", ClockKind, model="clock"),
            one_of("state", ClockState, model="clock"),
            models.UniqueConstraint(fields=["case", "kind", "round"], name="clock_once_a_round"),
            models.CheckConstraint(
                condition=~Q(state=ClockState.RUNNING) | Q(due_at__isnull=False), name="clock_running_due"
            ),
            models.CheckConstraint(
                condition=~Q(state=ClockState.PAUSED) | Q(due_at__isnull=True), name="clock_paused_no_due"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ClockState.MET, ClockState.STOPPED]) | Q(settled_at__isnull=False),
                name="clock_settled_when",
            ),
        ]
