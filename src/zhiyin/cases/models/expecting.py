"""What a customer expects, and what could be done about it. Every change is a sheet of its own; the newest counts."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.models.case import Case
from zhiyin.cases.rules.expectations import Effect, Genuine, Who
from zhiyin.kit.audit import audited
from zhiyin.kit.db import choice, one_of
from zhiyin.people.models import Staff


@audited()
class Expectation(models.Model):
    """One sheet about an expectation. It is about the expectation; nothing here grades the person who has it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="expectations")
    edition = models.PositiveSmallIntegerField()  # the highest is the current one
    stated = models.TextField(_("what is expected, in the customer's words"))
    genuine = choice(Genuine, verbose_name=_("is it what is really expected?"))
    genuine_reason = models.TextField(_("why it seems so"), blank=True)
    practical_need = models.TextField(_("practical need"), blank=True)
    welcomed = models.BooleanField(_("to be welcomed"), default=False)
    understood = models.BooleanField(_("to be understood"), default=False)
    respected = models.BooleanField(_("to be respected"), default=False)
    psychological_need = models.TextField(_("how that shows"), blank=True)
    uncertainty = models.TextField(_("what is uncertain"), blank=True)
    uncertainty_told_at = models.DateTimeField(_("told when"), null=True, blank=True)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("case", "-edition")
        constraints: ClassVar = [
            one_of("genuine", Genuine, model="expectation"),
            models.UniqueConstraint(fields=["case", "edition"], name="expectation_edition"),
            models.CheckConstraint(condition=~Q(stated=""), name="expectation_stated"),
            models.CheckConstraint(
                condition=Q(uncertainty_told_at__isnull=True) | ~Q(uncertainty=""),
                name="expectation_told_what",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


@audited()
class ExpectationOption(models.Model):
    """What I, we, or a changed rule could do; its rough cost against how much of the expectation it would meet."""

    expectation = models.ForeignKey(Expectation, models.CASCADE, related_name="options")
    who = choice(Who)
    text = models.TextField(_("what could be done"))
    cost = models.DecimalField(_("rough cost"), max_digits=12, decimal_places=2, null=True, blank=True)
    effect = choice(Effect, blank=True, verbose_name=_("how much of it that would meet"))

    class Meta:
        ordering = ("expectation", "pk")
        indexes: ClassVar = [
            models.Index(fields=["-id"], condition=Q(who="rule"), name="expectationoption_rules")
        ]
        constraints: ClassVar = [
            one_of("who", Who, model="expectationoption"),
            one_of("effect", Effect, model="expectationoption", blank=True),
            models.UniqueConstraint(fields=["expectation", "who"], name="expectationoption_once"),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0), name="expectationoption_cost"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="expectationoption_text"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
