"""What putting things right costs: kinds of expense, limits for each act, budgets, and the expenses themselves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.models.case import Case
from zhiyin.cases.models.work import Remedy
from zhiyin.cases.rules.money import ExpenseState, Nature, Period
from zhiyin.kit.audit import audited
from zhiyin.kit.db import choice, one_of
from zhiyin.people.models import Department, Staff, Team
from zhiyin.people.rules import Role


@audited()
class ExpenseKind(models.Model):
    """A kind of expense, such as a discount or a visit to apologise; remedies count as the first remedy kind in use."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    nature = choice(Nature, verbose_name=_("remedy or goodwill"))
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar = [one_of("nature", Nature, model="expensekind")]

    def __str__(self) -> str:
        return self.name


@audited()
class ExpenseLimit(models.Model):
    """What one act of a role may cost without being asked; an empty kind stands for all that have no limit of their own."""

    role = choice(Role, verbose_name=_("role"))
    kind = models.ForeignKey(
        ExpenseKind, models.CASCADE, null=True, blank=True, related_name="limits", verbose_name=_("kind")
    )
    amount = models.DecimalField(_("for each act"), max_digits=12, decimal_places=2)

    class Meta:
        ordering = ("role", "kind", "pk")
        constraints: ClassVar = [
            one_of("role", Role, model="expenselimit"),
            models.UniqueConstraint(fields=["role", "kind"], nulls_distinct=False, name="expenselimit_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="expenselimit_amount"),
        ]


@audited()
class Budget(models.Model):
    """Money for one kind of expense or all, in one place or the whole house, for a month, a quarter or a year."""

    kind = models.ForeignKey(
        ExpenseKind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kind")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("department")
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team")
    )
    period = choice(Period, verbose_name=_("period"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    warn_share = models.PositiveSmallIntegerField(_("warn when this share is used, %"), default=80)

    class Meta:
        ordering = ("-starts_on", "period", "pk")
        indexes: ClassVar = [models.Index(fields=["starts_on", "ends_on"], name="budget_period")]
        constraints: ClassVar = [
            one_of("period", Period, model="budget"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="budget_amount"),
            models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name="budget_order"),
            models.CheckConstraint(
                condition=Q(warn_share__gte=1, warn_share__lte=99), name="budget_warn_share"
            ),
            models.CheckConstraint(
                condition=Q(department__isnull=True) | Q(team__isnull=True), name="budget_one_place"
            ),
            models.UniqueConstraint(
                fields=["kind", "department", "team", "period", "starts_on"],
                nulls_distinct=False,
                name="budget_once",
            ),
        ]


@audited()
class Expense(models.Model):
    """Money asked for or spent on a case, who decided on it within which limit, and why a budget was overspent."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="expenses")
    round = models.PositiveSmallIntegerField()
    kind = models.ForeignKey(ExpenseKind, models.PROTECT, related_name="+", verbose_name=_("kind"))
    nature = choice(Nature)  # as it was then; the register may change
    remedy = models.OneToOneField(
        Remedy, models.CASCADE, null=True, blank=True, related_name="expense"
    )  # the cost of this remedy
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    text = models.TextField(_("what for"))
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    state = choice(ExpenseState)
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    booked_on = models.DateField()  # the day it counts on in budgets: asked, and once spent the day it was
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_limit = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True
    )  # the decider's limit at that time; empty: within one's own
    reason = models.TextField(_("reason"), blank=True)
    is_over_budget = models.BooleanField(default=False)

    class Meta:
        ordering = ("case", "asked_at", "pk")
        indexes: ClassVar = [
            models.Index(fields=["case", "asked_at"], name="expense_case"),
            models.Index(fields=["booked_on", "state"], name="expense_booked"),
            models.Index(
                fields=["asked_at", "id"], condition=Q(state=ExpenseState.WAITING), name="expense_waiting"
            ),
        ]
        constraints: ClassVar = [
            one_of("nature", Nature, model="expense"),
            one_of("state", ExpenseState, model="expense"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="expense_amount"),
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="expense_never_ones_own"),
            models.CheckConstraint(
                condition=~Q(state=ExpenseState.APPROVED) | Q(decided_by__isnull=False),
                name="expense_approved_by",
            ),
            models.CheckConstraint(
                condition=Q(decision_limit__isnull=True)
                | Q(state=ExpenseState.REFUSED)
                | Q(decision_limit__gte=F("amount")),
                name="expense_within_limit",
            ),
        ]
