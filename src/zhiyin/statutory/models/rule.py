"""Statutory times as dated data."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhiyin.kit.audit import audited
from zhiyin.kit.db import choice, one_of
from zhiyin.statutory.rules.words import Body, Duty, Mark, Region, Sector, Start, Unit


@audited()
class StatutoryRule(models.Model):
    """One version of one rule. A newer version has the same code and begins later; none is ever overwritten.

    Blank body, sector, region or city means every one. `basis` quotes the law; what is to be said beside it stands in
    `remark`. Only the end and whether it is in use may change afterwards.
    """

    code = models.CharField(_("code"), max_length=40)
    duty = choice(Duty, verbose_name=_("what has to happen"))
    body = choice(Body, blank=True, verbose_name=_("authority"))
    sector = choice(Sector, blank=True, verbose_name=_("trade"))
    region = choice(Region, blank=True, verbose_name=_("region"))
    city = models.CharField(_("city"), max_length=40, blank=True)
    amount = models.PositiveSmallIntegerField(_("how long"))
    unit = choice(Unit, verbose_name=_("unit"))
    starts_from = choice(Start, verbose_name=_("counts from"))
    rolls = models.BooleanField(_("a last day off moves to the next working day"), default=True)
    remind_days = models.PositiveSmallIntegerField(_("remind so many working days before"), default=1)
    effective_from = models.DateField(_("in force from"))
    effective_to = models.DateField(_("in force until"), null=True, blank=True)
    basis = models.TextField(_("what it rests on"))
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    mark = choice(Mark, verbose_name=_("how well it is known"))
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("duty", "body", "sector", "-effective_from", "pk")
        constraints: ClassVar = [
            one_of("duty", Duty, model="statutoryrule"),
            one_of("body", Body, model="statutoryrule", blank=True),
            one_of("sector", Sector, model="statutoryrule", blank=True),
            one_of("region", Region, model="statutoryrule", blank=True),
            one_of("unit", Unit, model="statutoryrule"),
            one_of("starts_from", Start, model="statutoryrule"),
            one_of("mark", Mark, model="statutoryrule"),
            models.CheckConstraint(condition=Q(amount__gte=1, amount__lte=999), name="statutoryrule_amount"),
            models.CheckConstraint(condition=Q(remind_days__lte=60), name="statutoryrule_remind"),
            models.CheckConstraint(condition=~Q(basis=""), name="statutoryrule_basis"),
            models.CheckConstraint(condition=Q(city="") | ~Q(region=""), name="statutoryrule_city_lies_in"),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="statutoryrule_dates",
            ),
            models.UniqueConstraint(
                fields=["code", "effective_from"], condition=Q(active=True), name="statutoryrule_version"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="as_it_was",
                fields=[
                    "code",
                    "duty",
                    "body",
                    "sector",
                    "region",
                    "city",
                    "amount",
                    "unit",
                    "starts_from",
                    "rolls",
                    "remind_days",
                    "effective_from",
                    "basis",
                    "remark",
                    "mark",
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.effective_from}"
