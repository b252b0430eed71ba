"""The forms of money on a case: goodwill given or more asked for, and a colleague's answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhiyin.cases.queries import money
from zhiyin.cases.rules import moves
from zhiyin.cases.rules.money import ExpenseState, Nature, limit_for
from zhiyin.cases.rules.moves import Step
from zhiyin.desk.forms import fields
from zhiyin.desk.forms.deeds.base import Deed
from zhiyin.desk.words_money import expense_kind
from zhiyin.kit import figures
from zhiyin.kit.language import say

APPROVE, REFUSE = "approve", "refuse"


class Spend(Deed):
    kind_id = fields.Number(label=_("Kind of expense"), empty=_("Choose a kind"))
    amount = fields.Money(
        label=_("Amount"),
        help_text=_("Within your limit and the budget it is booked at once; else it waits."),
    )
    text = fields.Words(label=_("What for"), rows=2)

    def prepare(self) -> None:
        limits = money.limits()
        facts = self.case.facts
        ahead = facts.kind not in moves.ANSWERED_KINDS and not facts.ended and facts.step is not Step.CONFIRM
        groups: dict[Nature, list[tuple[str, str]]] = {}
        for kind in money.kinds():
            nature = Nature(kind.nature)
            if nature is Nature.REMEDY and not ahead:
                continue
            groups.setdefault(nature, []).append((str(kind.pk), _with_limit(kind, limits, self.staff.role)))
        field = self.fields["kind_id"]
        field.choices = [  # type: ignore[attr-defined]
            ("", _("Choose a kind")),
            *(
                (str(say(nature)), groups[nature])
                for nature in (Nature.GOODWILL, Nature.REMEDY)
                if nature in groups
            ),
        ]


def _with_limit(kind: Any, limits: Any, role: str) -> str:
    """The kind, and what may be spent in one act without asking."""
    if kind.nature == Nature.REMEDY:
        return gettext("%(kind)s, waits for approval") % {"kind": expense_kind(kind.name)}
    limit = figures.money(limit_for(limits, role, kind.pk))
    return gettext("%(kind)s, up to %(limit)s at once") % {"kind": expense_kind(kind.name), "limit": limit}


class DecideExpense(Deed):
    """The oldest expense this person may decide on."""

    expense_id = fields.Number(label=_("Expense"))
    decision = fields.Radio(
        label=_("Your answer"), choices=[(APPROVE, _("Approve this")), (REFUSE, _("Refuse"))], initial=APPROVE
    )
    reason = fields.Words(
        label=_("Reason"),
        required=False,
        rows=2,
        help_text=_("Needed when it is refused, and when a budget does not suffice."),
    )

    def prepare(self) -> None:
        rows = [
            one
            for one in self.case.expenses
            if one.state == ExpenseState.WAITING
            and one.asked_by_id != self.staff.pk
            and one.amount <= self.staff.approval_limit
        ]
        self.fields["expense_id"].offer((one.pk, _asked(one)) for one in rows)  # type: ignore[attr-defined]
        if rows:
            self.fields["expense_id"].initial = rows[0].pk


def _asked(one: Any) -> str:
    facts = {
        "amount": figures.money(one.amount),
        "kind": expense_kind(one.kind.name),
        "name": one.asked_by.name,
        "what": one.text,
    }
    return gettext("%(amount)s %(kind)s, %(name)s: %(what)s") % facts


class TakeBackExpense(Deed):
    expense_id = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
