"""The register of kinds, the limits for each act, and the budgets: data a house sets for itself."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from zhiyin.cases.models import Budget, ExpenseKind, ExpenseLimit
from zhiyin.cases.rules import decisions, money
from zhiyin.cases.rules.money import Nature, Period
from zhiyin.kit.errors import NotFound
from zhiyin.people import access
from zhiyin.people import queries as people
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff
from zhiyin.people.rules import Role


@transaction.atomic
def save_expense_kind(
    *,
    name: str,
    nature: Nature,
    is_active: bool,
    by: Staff,
    now: datetime,
    kind_id: int | None = None,
) -> ExpenseKind:
    """Add a kind, or rename one, or take it out of use; what was spent under it stays as it was. Raises NameTaken."""
    access.require(by, Deed.MANAGE_MONEY)
    words = decisions.check_words("name", name)[:40]
    others = ExpenseKind.objects if kind_id is None else ExpenseKind.objects.exclude(pk=kind_id)
    if others.filter(name__iexact=words).exists():
        raise money.NameTaken(field="name")
    if kind_id is None:
        last = ExpenseKind.objects.order_by("-position").values_list("position", flat=True).first() or 0
        return ExpenseKind.objects.create(name=words, nature=nature, is_active=is_active, position=last + 1)
    kind = ExpenseKind.objects.select_for_update().filter(pk=kind_id).first()
    if kind is None:
        raise NotFound
    kind.name, kind.nature, kind.is_active = words, nature, is_active
    kind.save(update_fields=["name", "nature", "is_active"])
    return kind


@transaction.atomic
def save_expense_limit(
    *, role: Role, kind_id: int | None, amount: Decimal | None, by: Staff, now: datetime
) -> ExpenseLimit | None:
    """What one act of this role may cost; without an amount the limit is taken away, and the one for all kinds holds."""
    access.require(by, Deed.MANAGE_MONEY)
    if kind_id is not None and not ExpenseKind.objects.filter(pk=kind_id).exists():
        raise money.NoKind(field="kind_id")
    if amount is None:
        ExpenseLimit.objects.filter(role=role, kind_id=kind_id).delete()
        return None
    worth = decisions.check_amount("amount", amount)
    limit, _ = ExpenseLimit.objects.update_or_create(role=role, kind_id=kind_id, defaults={"amount": worth})
    return limit


@transaction.atomic
def save_budget(
    *,
    kind_id: int | None,
    department_id: int | None,
    team_id: int | None,
    period: Period,
    day: date,
    amount: Decimal,
    warn_share: int,
    by: Staff,
    now: datetime,
    budget_id: int | None = None,
) -> Budget:
    """A budget for the month, quarter or year in which `day` lies. Raises TwoPlaces, BudgetTwice, NothingSpent."""
    access.require(by, Deed.MANAGE_MONEY)
    budget = Budget()
    if budget_id is not None:
        found = Budget.objects.select_for_update().filter(pk=budget_id).first()
        if found is None:
            raise NotFound
        budget = found
    if department_id is not None and team_id is not None:
        raise money.TwoPlaces(field="team_id")
    first, last = money.bounds(period, day)
    place = {
        "kind_id": kind_id,
        "department_id": people.department(department_id).pk if department_id is not None else None,
        "team_id": people.team(team_id).pk if team_id is not None else None,
        "period": period,
        "starts_on": first,
    }
    if Budget.objects.filter(**place).exclude(pk=budget.pk).exists():
        raise money.BudgetTwice(field="kind_id")
    rest = {
        "ends_on": last,
        "amount": money.check_spent("amount", decisions.check_amount("amount", amount)),
        "warn_share": warn_share,
    }
    for column, value in {**place, **rest}.items():
        setattr(budget, column, value)
    if budget.pk is None:
        budget.save(force_insert=True)
    else:
        budget.save(update_fields=[*place, *rest])
    return budget
