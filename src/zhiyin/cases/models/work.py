"""What is done on the way round the loop, one row a deed, kept for every round."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.models.case import Case
from zhiyin.cases.rules.words import AssignmentState, Gap, ProposalState
from zhiyin.customers.rules import Channel
from zhiyin.kit.audit import audited
from zhiyin.kit.db import choice, one_of
from zhiyin.people.models import Department, Staff
from zhiyin.promises.models import Promise


@audited()
class Judgement(models.Model):
    """Two answers, each with its reason: is the ground sufficient, is the demand reasonable."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="judgements")
    round = models.PositiveSmallIntegerField()
    ground_sufficient = models.BooleanField(_("the ground is sufficient"))
    ground_reason = models.TextField(_("why"))
    demand_reasonable = models.BooleanField(_("the demand is reasonable"))
    demand_reason = models.TextField(_("why"))
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("case", "-at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(ground_reason="") & ~Q(demand_reason=""), name="judgement_reasons"
            ),
        ]


@audited()
class Assignment(models.Model):
    """The case offered to a department, and its answer."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="assignments")
    round = models.PositiveSmallIntegerField()
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("department"))
    state = choice(AssignmentState, default=AssignmentState.OFFERED)
    message = models.TextField(_("what the department should know"), blank=True)
    offered_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ("case", "-offered_at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["department", "state", "case"], name="assignment_department")
        ]
        constraints: ClassVar = [
            one_of("state", AssignmentState, model="assignment"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=[AssignmentState.OFFERED, AssignmentState.ACCEPTED]),
                name="assignment_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssignmentState.REFUSED) | ~Q(reason=""), name="assignment_refusal_reason"
            ),
        ]


@audited()
class Investigation(models.Model):
    """How long it will take, agreed with the customer (a promise), and what was found."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="investigations")
    round = models.PositiveSmallIntegerField()
    promise = models.ForeignKey(Promise, models.PROTECT, null=True, blank=True, related_name="+")
    findings = models.TextField(_("what was found"), blank=True)
    root_cause = models.TextField(_("root cause"), blank=True)
    gap = choice(Gap, blank=True, verbose_name=_("service gap"))
    by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("case", "-round", "-pk")
        constraints: ClassVar = [
            one_of("gap", Gap, model="investigation", blank=True),
            models.UniqueConstraint(fields=["case", "round"], name="investigation_once_a_round"),
        ]


@audited()
class Proposal(models.Model):
    """One way to put it right: in the customer's words, with what it costs us and what it asks of the customer."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="proposals")
    round = models.PositiveSmallIntegerField()
    title = models.CharField(_("in the customer's words"), max_length=80)
    description = models.TextField(_("what will be done, one line each"))
    duration = models.CharField(_("how soon"), max_length=60)
    effort = models.CharField(_("what it asks of the customer"), max_length=80, blank=True)
    feasibility = models.TextField(_("feasibility, seen by us only"))
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=2)
    is_recommended = models.BooleanField(_("recommended by the department"), default=False)
    state = choice(ProposalState, default=ProposalState.PROPOSED)
    proposed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_limit = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True
    )  # the approver's limit at that time
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ("case", "round", "pk")
        constraints: ClassVar = [
            one_of("state", ProposalState, model="proposal"),
            models.CheckConstraint(condition=Q(cost__gte=0), name="proposal_cost"),
            models.CheckConstraint(
                condition=~Q(decided_by=models.F("proposed_by")), name="proposal_never_ones_own"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ProposalState.APPROVED, ProposalState.CHOSEN])
                | Q(decision_limit__gte=models.F("cost")),
                name="proposal_within_limit",
            ),
            models.UniqueConstraint(
                fields=["case", "round"], condition=Q(state=ProposalState.CHOSEN), name="proposal_one_chosen"
            ),
        ]


@audited()
class Choosing(models.Model):
    """What the customer picked, when, and by which way; or that none of them fits, in the customer's words."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="choosings")
    round = models.PositiveSmallIntegerField()
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(_("in the customer's words"), blank=True)
    channel = choice(Channel)
    recorded_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )  # empty: the customer's own hand
    at = models.DateTimeField()

    class Meta:
        ordering = ("case", "-at", "-pk")
        constraints: ClassVar = [
            one_of("channel", Channel, model="choosing"),
            models.CheckConstraint(
                condition=Q(proposal__isnull=False) | ~Q(words=""), name="choosing_something"
            ),
        ]


@audited()
class Remedy(models.Model):
    """What was done in the end, and what it cost."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="remedies")
    round = models.PositiveSmallIntegerField()
    text = models.TextField(_("what was done"))
    prevention = models.TextField(_("so that it does not happen again"), blank=True)
    cost = models.DecimalField(_("actual cost"), max_digits=12, decimal_places=2, default=0)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("case", "-at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "round"], name="remedy_once_a_round"),
            models.CheckConstraint(condition=Q(cost__gte=0), name="remedy_cost"),
        ]


@audited()
class Confirmation(models.Model):
    """Satisfied or not, with the result and, apart from it, with how it was handled (ISO 10002:2018, 8.3)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="confirmations")
    round = models.PositiveSmallIntegerField()
    reached = models.BooleanField(default=True)
    satisfied = models.BooleanField(null=True, blank=True)
    handling = models.PositiveSmallIntegerField(_("how it was handled, 1 to 10"), null=True, blank=True)
    words = models.TextField(_("in the customer's words"), blank=True)
    channel = choice(Channel)
    by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )  # empty: the customer's own hand
    at = models.DateTimeField()

    class Meta:
        ordering = ("case", "-at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["at", "case"], condition=Q(reached=True), name="confirmation_answered"),
            models.Index(fields=["case", "at"], condition=Q(reached=True), name="confirmation_first"),
        ]
        constraints: ClassVar = [
            one_of("channel", Channel, model="confirmation"),
            models.CheckConstraint(
                condition=Q(reached=False, satisfied__isnull=True) | Q(reached=True, satisfied__isnull=False),
                name="confirmation_answer",
            ),
            models.CheckConstraint(
                condition=Q(handling__isnull=True) | Q(handling__gte=1, handling__lte=10),
                name="confirmation_handling",
            ),
        ]
