"""The forms that carry a case on, step by step."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.queries import money
from zhiyin.cases.rules.money import Nature
from zhiyin.cases.rules.words import (
    Gap,
    ProposalState,
)
from zhiyin.customers.rules import Channel
from zhiyin.desk.forms import fields
from zhiyin.desk.forms.deeds.base import Deed, Reason
from zhiyin.desk.words_money import expense_kind
from zhiyin.kit import figures
from zhiyin.people import queries as people

SPOKEN = (Channel.PHONE, Channel.COUNTER, Channel.WECHAT, Channel.EMAIL, Channel.LETTER, Channel.CHAT)


class Help(Deed):
    text = fields.Words(label=_("What was done to help"), help_text=_("Whose fault it is waits."), rows=2)


class Judge(Deed):
    ground_sufficient = fields.YesNo(
        _("Sufficient"), _("Not sufficient"), label=_("Is the ground sufficient?")
    )
    ground_reason = fields.Words(
        label=_("Why"), help_text=_("The fact, the standard, the contract it rests on."), rows=2
    )
    demand_reasonable = fields.YesNo(_("Reasonable"), _("Goes too far"), label=_("Is the demand reasonable?"))
    demand_reason = fields.Words(label=_("Why so"), rows=2)


class Explain(Deed):
    text = fields.Words(
        label=_("To the customer, in plain words"),
        help_text=_(
            "It is sent, and kept with the case. Say what you understand, then why, then what you can do all the same."
        ),
        rows=5,
    )


class Offer(Deed):
    department_id = fields.Number(label=_("Department"), empty=_("Choose a department"))
    text = fields.Words(label=_("What the department should know"), required=False, rows=2)

    def prepare(self) -> None:
        self.fields["department_id"].offer((row.pk, row.name) for row in people.departments())  # type: ignore[attr-defined]


class Refuse(Deed):
    reason = fields.Words(
        label=_("Why it is not for your department"),
        help_text=_("Name who could do it, if you know."),
        rows=2,
    )


class AgreeTime(Deed):
    text = fields.Line(label=_("What the customer was told"), max_length=300)
    due_at = fields.Moment(label=_("By when the cause is known"), help_text=_("It is kept as a promise."))

    def prepare(self) -> None:
        self.fields["text"].initial = _("Find the cause and tell you")


class Investigate(Deed):
    findings = fields.Words(
        label=_("What was found"), help_text=_("When, where, under which conditions."), rows=4
    )
    root_cause = fields.Words(label=_("Root cause"), rows=2)
    gap = fields.Pick(
        label=_("Which service gap"), required=False, choices=fields.choices(Gap, empty=_("Not sure yet"))
    )

    def prepare(self) -> None:
        before = self.case.investigation
        if before is not None:
            self.initial = {
                "findings": before.findings,
                "root_cause": before.root_cause,
                "gap": before.gap,
                **self.initial,
            }

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return {**given, "gap": Gap(given["gap"]) if given["gap"] else None}


class Propose(Deed):
    title = fields.Line(
        label=_("In one sentence, as we tell the customer"),
        max_length=80,
        help_text=_("What they will read and choose."),
    )
    description = fields.Words(label=_("What will be done, one line each"), rows=3)
    duration = fields.Line(label=_("How soon"), max_length=60)
    cost = fields.Money(label=_("Cost to us"), help_text=_("Customers never see it."))
    effort = fields.Line(label=_("What it asks of the customer"), max_length=80, required=False)
    feasibility = fields.Words(label=_("Feasibility, seen by us only"), rows=2)
    is_recommended = forms.BooleanField(label=_("We recommend this one"), required=False)


class Decide(Deed):
    """The supervisor's answer to each proposal: approve, refuse, or leave to somebody with a higher limit."""

    reason = fields.Words(
        label=_("Reason"), required=False, help_text=_("Needed when something is refused."), rows=2
    )

    def prepare(self) -> None:
        for proposal in self.waiting:
            why = self.obstacle(proposal)
            options = [("approve", _("Approve this")), ("refuse", _("Refuse")), ("leave", _("Leave open"))]
            self.fields[f"p{proposal.pk}"] = fields.Radio(
                label=proposal.title,
                choices=options[1:] if why else options,
                initial="leave" if why else "approve",
                help_text=why,
                required=False,
            )

    @property
    def waiting(self) -> list[Any]:
        this_round = self.case.case.round
        return sorted(
            (p for p in self.case.proposals if p.round == this_round and p.state == ProposalState.PROPOSED),
            key=lambda proposal: proposal.pk,
        )

    def obstacle(self, proposal: Any) -> str:
        """Why this person does not approve this one, in a sentence; empty when she may."""
        if proposal.proposed_by_id == self.staff.pk:
            return gettext("You made this one; a colleague approves it.")
        if proposal.cost > self.staff.approval_limit:
            facts = {"limit": figures.money(self.staff.approval_limit)}
            return gettext("Above your limit of %(limit)s; somebody with a higher one approves it.") % facts
        return ""

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """Each waiting proposal with its field, for the page."""
        return [(proposal, self[f"p{proposal.pk}"]) for proposal in self.waiting]

    def arguments(self) -> dict[str, Any]:
        said = {proposal.pk: self.cleaned_data.get(f"p{proposal.pk}") for proposal in self.waiting}
        return {
            "proposal_ids": [pk for pk, word in said.items() if word == "approve"],
            "refused_ids": [pk for pk, word in said.items() if word == "refuse"],
            "reason": self.cleaned_data["reason"],
        }


class SendBack(Reason):
    reason = fields.Words(
        label=_("What is missing"), help_text=_("The department reads this and proposes anew."), rows=2
    )


class Choose(Deed):
    proposal_id = fields.Number(label=_("What the customer chose"), widget=forms.RadioSelect)
    channel = fields.Pick(label=_("How the customer said so"), initial=Channel.PHONE)
    words = fields.Words(label=_("In the customer's words"), required=False, rows=2)

    def prepare(self) -> None:
        self.fields["proposal_id"].offer(  # type: ignore[attr-defined]
            (p.pk, p.title)
            for p in self.case.proposals
            if p.round == self.case.case.round and p.state == ProposalState.APPROVED
        )
        self.fields["channel"].choices = fields.some(SPOKEN)  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return {**given, "channel": Channel(given["channel"])}


class NoneFits(Deed):
    words = fields.Words(label=_("Why, in the customer's words"), rows=3)
    channel = fields.Pick(label=_("How the customer said so"), initial=Channel.PHONE)

    def prepare(self) -> None:
        self.fields["channel"].choices = fields.some(SPOKEN)  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return {**given, "channel": Channel(given["channel"])}


class Remedy(Deed):
    text = fields.Words(
        label=_("What was done in the end"),
        help_text=_("The customer reads this and is asked whether it is settled."),
    )
    prevention = fields.Words(label=_("So that it does not happen again"), required=False, rows=2)
    cost = fields.Money(label=_("Actual cost"), required=False)
    kind_id = fields.Number(label=_("Counts as"), required=False)

    def prepare(self) -> None:
        chosen = self.case.choosing.proposal if self.case.choosing else None
        extra = sum(
            (
                e.amount
                for e in self.case.expenses
                if e.round == self.case.case.round and e.state == "approved"
            ),
            Decimal(0),
        )
        if chosen is not None and "cost" not in self.initial:
            self.fields["cost"].initial = chosen.cost + extra
            approved = figures.money(chosen.cost + extra)
            self.fields["cost"].help_text = gettext("%(amount)s is approved.") % {"amount": approved}
        kinds = [(kind.pk, expense_kind(kind.name)) for kind in money.kinds() if kind.nature == Nature.REMEDY]
        self.fields["kind_id"].offer(kinds)  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return {**given, "cost": given["cost"] or Decimal(0)}


class Answer(Deed):
    text = fields.Words(label=_("Your answer"), help_text=_("It is sent to the customer."), rows=5)


class Confirm(Deed):
    satisfied = fields.YesNo(_("Satisfied"), _("Not yet"), label=_("Is it settled for the customer?"))
    handling = forms.TypedChoiceField(
        label=_("How it was handled, 1 to 10"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Not asked")), *((str(n), str(n)) for n in range(10, 0, -1))],
        error_messages=fields.MISSING_CHOICE,
    )
    words = fields.Words(
        label=_("In the customer's words"),
        required=False,
        help_text=_("Needed when it is not settled: the case goes on."),
        rows=3,
    )
    channel = fields.Pick(label=_("How we spoke"), initial=Channel.PHONE)

    def prepare(self) -> None:
        self.fields["channel"].choices = fields.some(SPOKEN)  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return {**given, "channel": Channel(given["channel"])}


class Text(Deed):
    text = fields.Words(label=_("What happened"), required=False, rows=2)


class CloseUnreached(Text):
    text = fields.Words(label=_("What was tried"), rows=2)
