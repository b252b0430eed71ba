"""Money on a case: asked for, approved by somebody else within her limit and the budgets, spent.

What lies within one's own limit, and within every budget that covers it, is spent at once; the rest waits. Nobody
approves her own, and a budget is overspent only by a supervisor who writes down why.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from zhiyin.cases.actions.hold import allow, hold, keep, record
from zhiyin.cases.models import Budget, Case, Expense, ExpenseKind, Remedy
from zhiyin.cases.queries import money as reading
from zhiyin.cases.rules import decisions, money, moves
from zhiyin.cases.rules.money import ExpenseState, Nature
from zhiyin.cases.rules.moves import Step
from zhiyin.cases.rules.words import EventKind, Kind, Outcome, Stage
from zhiyin.kit.errors import NotFound
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


@transaction.atomic
def spend(
    *,
    case_id: int,
    kind_id: int,
    amount: Decimal,
    text: str,
    by: Staff,
    now: datetime,
    version: int | None = None,
) -> Expense:
    """Goodwill given, or more money asked for a remedy that will cost more than was approved.

    Goodwill within one's limit and every budget is spent, counting what this case was given of the kind without asking;
    all else waits for a colleague's approval.
    """
    case = hold(case_id, version=version)
    allow(case, by, Deed.SPEND)
    kind = _kind(kind_id)
    if kind.nature == Nature.REMEDY:
        _check_remedy_ahead(case)
    elif case.outcome == Outcome.MERGED:
        raise moves.AlreadyEnded
    amount = money.check_spent("amount", decisions.check_amount("amount", amount))
    words = decisions.check_words("text", text)
    today = timezone.localdate(now)
    given = reading.given_unasked(case, kind.pk)  # a large sum is not small in pieces
    within = kind.nature == Nature.GOODWILL and given + amount <= reading.limit_of(by, kind.pk)
    spent = within and _tight(case, kind.pk, amount, now=now) is None
    expense = Expense.objects.create(
        case=case,
        round=case.round,
        kind=kind,
        nature=kind.nature,
        amount=amount,
        text=words,
        department_id=case.department_id,
        team_id=case.team_id,
        state=ExpenseState.SPENT if spent else ExpenseState.WAITING,
        asked_by=by,
        asked_at=now,
        booked_on=today,
    )
    if spent:
        case.cost += amount
    keep(case, "cost")
    _record(expense, EventKind.MONEY_SPENT if spent else EventKind.MONEY_ASKED, case=case, by=by, now=now)
    return expense


@transaction.atomic
def approve_expense(
    *, case_id: int, expense_id: int, by: Staff, now: datetime, reason: str = "", version: int | None = None
) -> Expense:
    """A supervisor's yes, within her limit, never to her own; where a budget does not suffice, with her reason.

    Goodwill is spent with it; money for a remedy is spent when the remedy is done. Raises OwnExpense,
    OverExpenseLimit, OverBudget, NotWaiting.
    """
    case = hold(case_id, version=version)
    allow(case, by, Deed.APPROVE)
    expense = _waiting(case, expense_id)
    money.check_may_grant(
        amount=expense.amount, limit=by.approval_limit, asked_by=expense.asked_by_id, by=by.pk
    )
    tight = _tight(case, expense.kind_id, expense.amount, now=now, but_expense=expense.pk)
    if tight is not None and not reason.strip():
        raise tight
    goodwill = expense.nature == Nature.GOODWILL
    expense.state = ExpenseState.SPENT if goodwill else ExpenseState.APPROVED
    expense.is_over_budget = tight is not None
    expense.booked_on = timezone.localdate(now)
    _decide(expense, by=by, now=now, reason=reason)
    if goodwill:
        case.cost += expense.amount
    keep(case, "cost")
    _record(expense, EventKind.MONEY_APPROVED, case=case, by=by, now=now, more=reason)
    return expense


@transaction.atomic
def refuse_expense(
    *, case_id: int, expense_id: int, reason: str, by: Staff, now: datetime, version: int | None = None
) -> Expense:
    """A no, with its reason."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.APPROVE)
    expense = _waiting(case, expense_id)
    if expense.asked_by_id == by.pk:
        raise money.OwnExpense
    words = decisions.check_words("reason", reason)
    expense.state = ExpenseState.REFUSED
    _decide(expense, by=by, now=now, reason=words)
    keep(case)
    _record(expense, EventKind.MONEY_REFUSED, case=case, by=by, now=now, more=words)
    return expense


@transaction.atomic
def withdraw_expense(
    *, case_id: int, expense_id: int, by: Staff, now: datetime, version: int | None = None
) -> Expense:
    """It is not needed after all: taken back while nobody has decided, or, approved for a remedy, not yet spent."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.SPEND)
    expense = _one(case, expense_id, ExpenseState.WAITING, ExpenseState.APPROVED)
    keep(case)
    _take_back(expense, case=case, by=by, now=now)
    return expense


def check_remedy(
    case: Case, *, cost: Decimal, kind_id: int | None, by: Staff, now: datetime
) -> ExpenseKind | None:
    """A remedy may cost what was approved, and where nothing was chosen, what one's limit and the budgets allow.

    Returns the kind it counts as. Raises OverApproved, BudgetSpent, NoKind.
    """
    if not cost:
        return None
    kind = _kind(kind_id) if kind_id is not None else reading.remedy_kind()
    if kind is None or kind.nature != Nature.REMEDY:
        raise money.NoKind(field="kind_id")
    allowed, chosen = reading.allowed(case, by, kind.pk)
    money.check_within_approved(cost=cost, allowed=allowed)
    unasked = cost - reading.granted(case)
    if not chosen and unasked > 0:
        tight = _tight(case, kind.pk, unasked, now=now)
        if tight is not None:
            raise money.BudgetSpent(**{**tight.data, "field": "cost"})
    return kind


def book_remedy(case: Case, remedy: Remedy, kind: ExpenseKind | None, *, by: Staff, now: datetime) -> None:
    """The cost of a remedy counts in the budgets from today; what was approved on top has gone into it.

    A remedy that was approved in time is booked even where the budget has run out meanwhile, and marked.
    """
    extras = case.expenses.filter(
        round=case.round, nature=Nature.REMEDY, state__in=(ExpenseState.APPROVED, ExpenseState.WAITING)
    )
    for extra in extras:
        if extra.state == ExpenseState.APPROVED and kind is not None:
            extra.state = ExpenseState.USED
            extra.save(update_fields=["state"])
        else:
            _take_back(extra, case=case, by=by, now=now)
    if kind is None:
        return
    tight = _tight(case, kind.pk, remedy.cost, now=now)
    Expense.objects.create(
        case=case,
        round=case.round,
        kind=kind,
        nature=kind.nature,
        remedy=remedy,
        amount=remedy.cost,
        text=remedy.text,
        department_id=case.department_id,
        team_id=case.team_id,
        state=ExpenseState.SPENT,
        asked_by=by,
        asked_at=now,
        booked_on=timezone.localdate(now),
        is_over_budget=tight is not None,
    )


def compensate(
    case: Case,
    *,
    amount: Decimal,
    promised: Decimal,
    text: str,
    by: Staff,
    now: datetime,
    kind_id: int | None = None,
) -> Expense | None:
    """What was promised to everybody and is owed to this customer is given; None where it costs nothing.

    Up to `promised` it needs nobody's leave: it was published. Beyond that it is held to the limit of one act and to
    the budgets. It counts in budgets like any remedy, and in the case's cost unless the case is archived, which stays
    as it was. Raises OverPromised, BudgetSpent, NoKind.
    """
    if not amount:
        return None
    kind = _kind(kind_id) if kind_id is not None else reading.compensation_kind()
    if kind is None or kind.nature != Nature.REMEDY:
        raise money.NoKind(field="kind_id")
    money.check_promised(amount=amount, promised=promised, limit=reading.limit_of(by, kind.pk))
    tight = _tight(case, kind.pk, amount, now=now)
    if tight is not None and amount > promised:
        raise money.BudgetSpent(**{**tight.data, "field": "cost"})
    expense = Expense.objects.create(
        case=case,
        round=case.round,
        kind=kind,
        nature=kind.nature,
        amount=amount,
        text=text,
        department_id=case.department_id,
        team_id=case.team_id,
        state=ExpenseState.SPENT,
        asked_by=by,
        asked_at=now,
        booked_on=timezone.localdate(now),
        is_over_budget=tight is not None,
    )
    if case.stage != Stage.ARCHIVED:
        case.cost += amount
        keep(case, "cost")
    return expense


def check_budget(case: Case, amount: Decimal, *, reason: str, now: datetime) -> None:
    """Approving a proposal that no budget can bear takes a reason. Raises OverBudget."""
    kind = reading.remedy_kind()
    if kind is None or not amount or reason.strip():
        return
    tight = _tight(case, kind.pk, amount, now=now)
    if tight is not None:
        raise tight


def release(case: Case, *, by: Staff, now: datetime) -> None:
    """At the end of a case: what was approved and never spent is free again."""
    for expense in case.expenses.filter(state=ExpenseState.APPROVED):
        _take_back(expense, case=case, by=by, now=now)


def check_no_open_expense(case: Case) -> None:
    """Raise ExpenseWaiting while money asked for has not been decided."""
    first = case.expenses.filter(state=ExpenseState.WAITING).order_by("asked_at", "pk").first()
    if first is not None:
        raise money.ExpenseWaiting(amount=money.said(first.amount))


def _tight(
    case: Case, kind_id: int, amount: Decimal, *, now: datetime, but_expense: int | None = None
) -> money.OverBudget | None:
    """The budget that would be overspent most, as the sentence about it; the budgets stay locked until the commit."""
    today = timezone.localdate(now)
    covering = reading.covering(kind_id, case.department_id, case.team_id, on=today)
    budgets = list(covering.select_for_update(of=("self",)))
    if not budgets:
        return None
    lines = reading.lines(
        min(one.starts_on for one in budgets),
        max(one.ends_on for one in budgets),
        today=today,
        but_case=case.pk,
        but_expense=but_expense,
    )
    left = {
        one.pk: money.standing(reading.scope_of(one), lines, amount=one.amount, today=today).left
        for one in budgets
    }
    worst = min(budgets, key=lambda one: (left[one.pk], one.pk))
    if left[worst.pk] >= amount:
        return None
    return money.OverBudget(
        field="reason",
        budget=_name(worst),
        left=money.said(left[worst.pk]),
        amount=money.said(amount),
    )


def _name(budget: Budget) -> Any:
    """What a budget is called in the reader's language; the kinds a house starts with are kept in English."""
    place = budget.department or budget.team
    kind = gettext_lazy(budget.kind.name) if budget.kind else ""
    if place and kind:
        return format_lazy("{} {}", place.name, kind)
    return (place.name if place else kind) or gettext_lazy(money.WHOLE)


def _kind(kind_id: int) -> ExpenseKind:
    kind = ExpenseKind.objects.filter(pk=kind_id, is_active=True).first()
    if kind is None:
        raise money.NoKind(field="kind_id")
    return kind


def _check_remedy_ahead(case: Case) -> None:
    """More money for a remedy makes sense while it is still to be done, by a kind of case that has one."""
    if Kind(case.kind) in moves.ANSWERED_KINDS or Stage(case.stage) in {*moves.ENDED, Stage.REMEDIED}:
        raise moves.NotYet(step=Step.REMEDY)


def _one(case: Case, expense_id: int, *states: ExpenseState) -> Expense:
    expense = (
        case.expenses.select_for_update(of=("self",)).select_related("kind").filter(pk=expense_id).first()
    )
    if expense is None:
        raise NotFound
    if expense.state not in states:
        raise money.NotWaiting
    return expense


def _waiting(case: Case, expense_id: int) -> Expense:
    return _one(case, expense_id, ExpenseState.WAITING)


def _take_back(expense: Expense, *, case: Case, by: Staff, now: datetime) -> None:
    expense.state = ExpenseState.WITHDRAWN
    expense.save(update_fields=["state"])
    _record(expense, EventKind.MONEY_BACK, case=case, by=by, now=now)


def _decide(expense: Expense, *, by: Staff, now: datetime, reason: str) -> None:
    expense.decided_by, expense.decided_at = by, now
    expense.decision_limit, expense.reason = by.approval_limit, reason.strip()
    expense.save(
        update_fields=[
            "state",
            "booked_on",
            "is_over_budget",
            "decided_by",
            "decided_at",
            "decision_limit",
            "reason",
        ]
    )


def _record(
    expense: Expense, kind: EventKind, *, case: Case, by: Staff, now: datetime, more: str = ""
) -> None:
    words = f"¥{money.said(expense.amount)}　{expense.text}\n{more.strip()}".strip()
    record(case, kind, now=now, by=by, text=words)
