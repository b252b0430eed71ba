"""Reading money: kinds, limits, expenses, and how budgets stand. Expenses are added up by the database, once a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from zhiyin.cases.models import Budget, Case, Expense, ExpenseKind, ExpenseLimit, Proposal
from zhiyin.cases.queries.sight import visible
from zhiyin.cases.rules import money
from zhiyin.cases.rules.money import COMMITTED, ExpenseState, Line, Nature, Scope, Standing
from zhiyin.cases.rules.words import ProposalState, Stage
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff

MOST_WAITING = 50
RECENT = 20


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One budget with how it stands on the day asked for."""

    budget: Budget
    standing: Standing


@dataclass(frozen=True, slots=True)
class Account:
    """What one case has cost and may still cost: `waiting` is asked for and not decided."""

    remedy: Decimal
    goodwill: Decimal
    waiting: Decimal


def kinds(*, with_unused: bool = False) -> QuerySet[ExpenseKind]:
    """The register, in its order."""
    found = ExpenseKind.objects.order_by("position", "pk")
    return found if with_unused else found.filter(is_active=True)


def remedy_kind() -> ExpenseKind | None:
    """What the cost of a remedy counts as unless somebody says otherwise: the first remedy kind in use."""
    return kinds().filter(nature=Nature.REMEDY).first()


def compensation_kind() -> ExpenseKind | None:
    """What the guarantee's own remedies count as unless somebody says otherwise: compensation, as long as it is so
    called, else whatever remedies count as.
    """
    return kinds().filter(nature=Nature.REMEDY, name=money.COMPENSATION).first() or remedy_kind()


def limits() -> dict[tuple[str, int | None], Decimal]:
    """The limit for each act by role and kind; kind None is for all others."""
    return {(row.role, row.kind_id): row.amount for row in ExpenseLimit.objects.order_by("pk")}


def limit_of(staff: Staff, kind_id: int) -> Decimal:
    """What `staff` may spend in one act of this kind without being asked."""
    return money.limit_for(limits(), staff.role, kind_id)


def given_unasked(case: Case, kind_id: int) -> Decimal:
    """Goodwill of this kind that the case was given so far without anybody being asked."""
    found = case.expenses.filter(
        kind_id=kind_id, nature=Nature.GOODWILL, state=ExpenseState.SPENT, decided_by__isnull=True
    )
    return found.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def granted(case: Case) -> Decimal:
    """What was approved on top for the remedy of this round and is not spent yet."""
    found = case.expenses.filter(round=case.round, nature=Nature.REMEDY, state=ExpenseState.APPROVED)
    return found.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def allowed(case: Case, by: Staff, kind_id: int) -> tuple[Decimal, bool]:
    """What the remedy of this round may cost, and whether the customer's choice set it.

    The cost of the proposal chosen, or, where there was nothing to choose, what `by` may spend in one act; and what
    was approved on top.
    """
    chosen = case.proposals.filter(round=case.round, state=ProposalState.CHOSEN).first()
    base = chosen.cost if chosen is not None else limit_of(by, kind_id)
    return base + granted(case), chosen is not None


def scope_of(budget: Budget) -> Scope:
    return Scope(budget.kind_id, budget.department_id, budget.team_id, budget.starts_on, budget.ends_on)


def lines(
    first: date, last: date, *, today: date, but_case: int | None = None, but_expense: int | None = None
) -> list[Line]:
    """Everything spent and committed from `first` to `last`, by kind, place and month; two queries.

    Proposals chosen and not carried out yet are committed today, as the kind a remedy counts as by default.
    `but_case` leaves the choice of one case out, `but_expense` one expense.
    """
    spent, committed = Q(state=ExpenseState.SPENT), Q(state__in=COMMITTED)
    others = Expense.objects if but_expense is None else Expense.objects.exclude(pk=but_expense)
    rows = (
        others.filter(spent | committed, booked_on__gte=first, booked_on__lte=last)
        .annotate(month=TruncMonth("booked_on"))
        .order_by()
        .values("kind_id", "department_id", "team_id", "month")
        .annotate(
            spent=Sum("amount", filter=spent, default=Decimal(0)),
            committed=Sum("amount", filter=committed, default=Decimal(0)),
            count=Count("pk", filter=spent),
            squares=Sum(F("amount") * F("amount"), filter=spent, default=Decimal(0)),
        )
    )
    found = [
        Line(
            kind_id=row["kind_id"],
            department_id=row["department_id"],
            team_id=row["team_id"],
            day=row["month"],
            spent=row["spent"],
            committed=row["committed"],
            count=row["count"],
            squares=row["squares"],
        )
        for row in rows
    ]
    return found + (_chosen(today, but_case) if first <= today <= last else [])


def _chosen(today: date, but_case: int | None) -> list[Line]:
    default = remedy_kind()
    if default is None:
        return []
    others = Proposal.objects if but_case is None else Proposal.objects.exclude(case_id=but_case)
    rows = (
        others.filter(
            state=ProposalState.CHOSEN, cost__gt=0, case__stage=Stage.CHOSEN, round=F("case__round")
        )
        .order_by()
        .values(department=F("case__department_id"), team=F("case__team_id"))
        .annotate(sum=Sum("cost"))
    )
    return [
        Line(default.pk, row["department"], row["team"], today.replace(day=1), committed=row["sum"])
        for row in rows
    ]


def covering(kind_id: int, department_id: int | None, team_id: int, *, on: date) -> QuerySet[Budget]:
    """The budgets in which an expense of this kind and place counts on a day."""
    return (
        Budget.objects.select_related("kind", "department", "team")
        .filter(
            Q(kind=None) | Q(kind_id=kind_id),
            Q(department=None) | Q(department_id=department_id),
            Q(team=None) | Q(team_id=team_id),
            starts_on__lte=on,
            ends_on__gte=on,
        )
        .order_by("pk")
    )


def running_out(expense: Expense) -> list[BudgetRow]:
    """The budgets that this expense has brought near their end, or beyond it."""
    found = covering(expense.kind_id, expense.department_id, expense.team_id, on=expense.booked_on)
    return [row for row in standings(found, today=expense.booked_on) if row.standing.state]


def standings(budgets: Iterable[Budget], *, today: date) -> list[BudgetRow]:
    """How these budgets stand; the expenses are read once for all of them."""
    budgets = list(budgets)
    if not budgets:
        return []
    found = lines(min(one.starts_on for one in budgets), max(one.ends_on for one in budgets), today=today)
    return [
        BudgetRow(
            one,
            money.standing(scope_of(one), found, amount=one.amount, today=today, warn_share=one.warn_share),
        )
        for one in budgets
    ]


def budgets(staff: Staff, *, on: date, today: date | None = None) -> list[BudgetRow]:
    """The budgets that run on a day, with how they stand `today`, else on that day. Raises NotYours.

    A budget of the past stands as its whole period left it; nothing is foretold of what is over.
    """
    access.require(staff, Deed.SEE_MONEY)
    running = (
        Budget.objects.filter(starts_on__lte=on, ends_on__gte=on)
        .select_related("kind", "department", "team")
        .order_by("department__name", "team__name", "kind__position", "starts_on", "pk")
    )
    return standings(sorted(running, key=_wide_first), today=today or on)


def all_budgets() -> QuerySet[Budget]:
    """For the settings: the newest periods first."""
    return Budget.objects.select_related("kind", "department", "team").order_by(
        "-starts_on", "period", "kind__position", "pk"
    )[:200]


def _wide_first(budget: Budget) -> tuple[bool, bool, int, int]:
    """The whole house and all kinds first; then places, then kinds; longer periods before shorter ones."""
    placed = budget.department_id is not None or budget.team_id is not None
    return (placed, budget.kind_id is not None, -(budget.ends_on - budget.starts_on).days, budget.pk)


def waiting(staff: Staff) -> list[Expense]:
    """Money asked for in cases this person sees, the longest waiting first."""
    access.require(staff, Deed.SEE_MONEY)
    return list(
        Expense.objects.filter(state=ExpenseState.WAITING, case__in=visible(staff))
        .select_related("case", "kind", "asked_by")
        .order_by("asked_at", "pk")[:MOST_WAITING]
    )


def overspent(staff: Staff, *, first: date, last: date) -> list[Expense]:
    """Where a budget was overspent, who decided so and why; the newest first."""
    access.require(staff, Deed.SEE_MONEY)
    return list(
        Expense.objects.filter(
            is_over_budget=True,
            state__in=(ExpenseState.SPENT, ExpenseState.APPROVED),
            booked_on__gte=first,
            booked_on__lte=last,
        )
        .select_related("case", "kind", "asked_by", "decided_by")
        .order_by("-booked_on", "-pk")[:RECENT]
    )


def account(expenses: Iterable[Expense]) -> Account:
    """The expenses of one case added up."""
    spent = {nature: Decimal(0) for nature in Nature}
    asked = Decimal(0)
    for one in expenses:
        if one.state == ExpenseState.SPENT:
            spent[Nature(one.nature)] += one.amount
        elif one.state == ExpenseState.WAITING:
            asked += one.amount
    return Account(remedy=spent[Nature.REMEDY], goodwill=spent[Nature.GOODWILL], waiting=asked)
