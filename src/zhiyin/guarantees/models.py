"""What the guarantee means for one case, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.models import Case, Expense
from zhiyin.catalogue.models import Clause
from zhiyin.conversations.models import Message
from zhiyin.guarantees.rules import State, Told
from zhiyin.kit.audit import audited
from zhiyin.kit.db import choice, one_of
from zhiyin.people.models import Staff


class Reckoning(models.Model):
    """When a case is to be held against the guarantee next: when something happened, or when a time runs out."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="+")
    look_at = models.DateTimeField(null=True, blank=True)  # empty: nothing to look for until the case changes

    class Meta:
        ordering = ("look_at", "pk")
        indexes: ClassVar = [
            models.Index(fields=["look_at", "id"], condition=Q(look_at__isnull=False), name="reckoning_due")
        ]


@audited()
class Undertaking(models.Model):
    """One clause as it holds for one round of a case: by when, and whether it was kept."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="+")
    state = choice(State, default=State.OPEN)
    due_at = models.DateTimeField(null=True, blank=True)  # empty while it stands still
    settled_at = models.DateTimeField(null=True, blank=True)  # kept then, or broken from then on

    class Meta:
        ordering = ("case", "pk")
        indexes: ClassVar = [
            models.Index(fields=["clause", "state", "settled_at"], name="undertaking_clause"),
            models.Index(fields=["settled_at", "state"], name="undertaking_settled"),
        ]
        constraints: ClassVar = [
            one_of("state", State, model="undertaking"),
            models.UniqueConstraint(fields=["case", "clause", "round"], name="undertaking_once_a_round"),
            models.CheckConstraint(
                condition=~Q(state__in=[State.KEPT, State.BROKEN]) | Q(settled_at__isnull=False),
                name="undertaking_settled_when",
            ),
        ]


@audited()
class Breach(models.Model):
    """Not kept: found once, told to the customer, and made good with what the clause itself promises.

    That she knows is not ticked: it follows from the message that left (`message`), from her own page (`seen_at`),
    or from the words somebody spoke to her (`told` by voice, the words in the thread).
    """

    undertaking = models.OneToOneField(Undertaking, models.CASCADE, related_name="breach")
    found_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)  # facts were put right: it was kept after all
    seen_at = models.DateTimeField(
        null=True, blank=True
    )  # the first time it stood on the customer's own page
    told = choice(Told, blank=True)
    message = models.ForeignKey(Message, models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)  # written or spoken then
    told_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    made_good_at = models.DateTimeField(null=True, blank=True)
    made_good_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    given = models.CharField(_("what was given"), max_length=200, blank=True)
    cost = models.DecimalField(_("what it cost us"), max_digits=9, decimal_places=2, default=0)
    expense = models.OneToOneField(Expense, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-found_at", "-pk")
        indexes: ClassVar = [
            models.Index(
                fields=["-found_at", "-id"], condition=Q(lifted_at__isnull=True), name="breach_newest"
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(made_good_at__isnull=True) | (~Q(given="") & Q(made_good_by__isnull=False)),
                name="breach_made_good",
            ),
            models.CheckConstraint(condition=Q(cost__gte=0), name="breach_cost"),
            one_of("told", Told, model="breach", blank=True),
            models.CheckConstraint(
                condition=Q(told="", told_at__isnull=True) | (~Q(told="") & Q(told_at__isnull=False)),
                name="breach_told_when",
            ),
            models.CheckConstraint(
                condition=~Q(told=Told.WRITTEN) | Q(message__isnull=False), name="breach_written_where"
            ),
        ]
