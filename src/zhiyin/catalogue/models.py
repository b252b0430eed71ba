"""Touchpoints, services with their procedures, and the versions of the guarantee with their clauses."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhiyin.catalogue.rules.words import GuaranteeState, Level, Measure
from zhiyin.kit.audit import audited
from zhiyin.kit.db import choice, one_of
from zhiyin.people.models import Calendar, Department, Staff


@audited()
class Touchpoint(models.Model):
    """Where customers meet the service, and what decides there whether they are content."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=1)
    key_factors = models.TextField(_("what decides here, one line each"), blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "name", "pk")

    def __str__(self) -> str:
        return self.name


@audited()
class ServiceItem(models.Model):
    """One service: how much of it is owed, the standard that can be measured and the side that can only be felt."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    level = choice(Level, default=Level.DUTY, verbose_name=_("level"))
    standard = models.TextField(_("hard standard, in words"), blank=True)
    soft_side = models.TextField(_("soft side"), blank=True)
    measure = choice(Measure, blank=True, verbose_name=_("measured by"))
    minutes = models.PositiveIntegerField(_("within, minutes"), null=True, blank=True)
    calendar = models.ForeignKey(
        Calendar, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("working hours")
    )  # empty: round the clock
    covers_all = models.BooleanField(_("holds for every case"), default=False)
    touchpoint = models.ForeignKey(
        Touchpoint, models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("touchpoint")
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible department"),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("name", "pk")
        indexes: ClassVar = [
            models.Index(fields=["is_active", "level", "name", "id"], name="serviceitem_listing"),
        ]
        constraints: ClassVar = [
            one_of("level", Level, model="serviceitem"),
            one_of("measure", Measure, model="serviceitem", blank=True),
            models.CheckConstraint(
                condition=Q(measure="", minutes__isnull=True, calendar__isnull=True)
                | (~Q(measure="") & Q(minutes__gte=1)),
                name="serviceitem_target",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class Procedure(models.Model):
    """How a service is carried out, one line a step. What has come into force is never changed again."""

    item = models.ForeignKey(ServiceItem, models.CASCADE, related_name="procedures")
    number = models.PositiveSmallIntegerField()
    steps = models.TextField(_("steps, one line each"))
    note = models.CharField(_("what is different, and why"), max_length=200, blank=True)
    effective_on = models.DateField(_("holds from"))
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("item", "-effective_on", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "number"], name="procedure_number"),
            models.UniqueConstraint(fields=["item", "effective_on"], name="procedure_day"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="stays_once_in_force",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition('OLD."effective_on" <= CURRENT_DATE'),
            ),
        ]


@audited()
class Guarantee(models.Model):
    """One version of what the house promises to everybody. From its day it holds until the next one's."""

    number = models.PositiveSmallIntegerField(null=True, blank=True, unique=True)  # given with publishing
    title = models.CharField(_("title"), max_length=80)
    intro = models.TextField(_("first words"), blank=True)
    closing = models.TextField(_("how to complain, one line a step"), blank=True)
    state = choice(GuaranteeState, default=GuaranteeState.DRAFT, verbose_name=_("state"))
    effective_on = models.DateField(_("holds from"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-effective_on", "-pk")
        constraints: ClassVar = [
            one_of("state", GuaranteeState, model="guarantee"),
            models.UniqueConstraint(
                fields=["effective_on"], condition=Q(state="published"), name="guarantee_one_a_day"
            ),
            models.UniqueConstraint(fields=["state"], condition=Q(state="draft"), name="guarantee_one_draft"),
            models.CheckConstraint(
                condition=Q(state=GuaranteeState.DRAFT, number__isnull=True, published_at__isnull=True)
                | Q(
                    number__isnull=False,
                    effective_on__isnull=False,
                    published_at__isnull=False,
                    published_by__isnull=False,
                ),
                name="guarantee_published_whole",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="published_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=("published", "withdrawn"))
                & (
                    pgtrigger.Q(old__title__df=pgtrigger.F("new__title"))
                    | pgtrigger.Q(old__intro__df=pgtrigger.F("new__intro"))
                    | pgtrigger.Q(old__closing__df=pgtrigger.F("new__closing"))
                    | pgtrigger.Q(old__number__df=pgtrigger.F("new__number"))
                    | pgtrigger.Q(old__effective_on__df=pgtrigger.F("new__effective_on"))
                    | pgtrigger.Q(old__published_at__df=pgtrigger.F("new__published_at"))
                    | pgtrigger.Q(new__state="draft")
                ),
            ),
            pgtrigger.Protect(
                name="published_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=("published", "withdrawn")),
            ),
        ]


FROZEN = """
    IF EXISTS (
        SELECT 1 FROM catalogue_guarantee
        WHERE id = {row}.guarantee_id AND state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'pgtrigger: Cannot change the clauses of a published guarantee';
    END IF;
    RETURN {row};
"""


@audited()
class Clause(models.Model):
    """One thing promised, as customers read it, copied from a service; fixed for good when its version is published."""

    guarantee = models.ForeignKey(Guarantee, models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(_("under the heading"), max_length=40, blank=True)
    title = models.CharField(_("in one line"), max_length=80)
    text = models.TextField(_("in one or two sentences more"), blank=True)
    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="+", verbose_name=_("service"))
    measure = choice(Measure, blank=True, verbose_name=_("measured by"))
    minutes = models.PositiveIntegerField(_("within, minutes"), null=True, blank=True)
    calendar = models.ForeignKey(
        Calendar, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("working hours")
    )
    covers_all = models.BooleanField(_("holds for every case"), default=False)
    remedy = models.CharField(_("what the customer gets when it is not kept"), max_length=200, blank=True)
    remedy_amount = models.DecimalField(_("worth"), max_digits=9, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ("guarantee", "position", "pk")
        constraints: ClassVar = [
            one_of("measure", Measure, model="clause", blank=True),
            models.CheckConstraint(
                condition=Q(measure="", minutes__isnull=True, calendar__isnull=True)
                | (~Q(measure="") & Q(minutes__gte=1)),
                name="clause_target",
            ),
            models.CheckConstraint(
                condition=Q(remedy_amount__isnull=True) | Q(remedy_amount__gte=0), name="clause_amount"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="frozen_new",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=FROZEN.format(row="NEW"),
            ),
            pgtrigger.Trigger(
                name="frozen_old",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=FROZEN.format(row="OLD"),
            ),
        ]
