"""What putting things right may cost: kinds of expense, limits for each act, budgets, and how they stand. Pure.

An *expense* is money spent on a case: for its **remedy** (what was owed) or out of **goodwill** (what was not). A
*budget* covers the expenses of one kind, or of all, in one department or team, or in the whole house, for a month, a
quarter or a year. Budgets overlap; an expense counts in each that covers it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import DomainError, Forbidden, Invalid, gettext_noop

LEAST_TO_FORECAST = 5
"""From fewer expenses nothing is foretold."""
EARLIEST_FORECAST = 0.1
"""Nor before a tenth of the period is over."""
Z95 = 1.959964
COMPENSATION = "Compensation"  # as a house begins; once renamed, the first kind of remedy stands for it
WHOLE = gettext_noop("Whole house, all kinds")


class Nature(Choice):
    REMEDY = "remedy", gettext_noop("Making good")
    GOODWILL = "goodwill", gettext_noop("Goodwill")


class ExpenseState(Choice):
    """`USED` is what was approved on top for a remedy and went into its cost."""

    WAITING = "waiting", gettext_noop("Waits for approval")
    APPROVED = "approved", gettext_noop("Approved, not spent yet")
    SPENT = "spent", gettext_noop("Spent")
    USED = "used", gettext_noop("Went into the remedy")
    REFUSED = "refused", gettext_noop("Not approved")
    WITHDRAWN = "withdrawn", gettext_noop("Taken back")


COMMITTED = frozenset({ExpenseState.WAITING, ExpenseState.APPROVED})


class Period(Choice):
    MONTH = "month", gettext_noop("Month")
    QUARTER = "quarter", gettext_noop("Quarter")
    YEAR = "year", gettext_noop("Calendar year")


MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}


class OverApproved(Invalid):
    code = "case.over_approved"
    message = gettext_noop(
        "¥%(allowed)s is approved for this remedy, and it comes to ¥%(cost)s. Ask for the other ¥%(more)s first: "
        "“Record an expense”."
    )


class OverPromised(Invalid):
    code = "case.over_promised"
    message = gettext_noop(
        "¥%(promised)s is promised for this, and by yourself you may give up to ¥%(limit)s; this comes to "
        "¥%(amount)s. Give what was promised, and ask for the rest: “Record an expense”."
    )


class OwnExpense(Forbidden):
    code = "case.own_expense"
    message = gettext_noop("You asked for this money yourself; a colleague has to approve it.")


class OverExpenseLimit(Forbidden):
    code = "case.over_expense_limit"
    message = gettext_noop(
        "¥%(amount)s is above your limit of ¥%(limit)s. Leave it to somebody with a higher one."
    )


class OverBudget(Invalid):
    code = "case.over_budget"
    message = gettext_noop(
        "The budget “%(budget)s” has ¥%(left)s left, and this takes ¥%(amount)s. "
        "Write the reason why it is spent all the same."
    )


class BudgetSpent(Invalid):
    code = "case.budget_spent"
    message = gettext_noop(
        "The budget “%(budget)s” has ¥%(left)s left, and this takes ¥%(amount)s. "
        "Choose “Record an expense”: a supervisor decides."
    )


class NotWaiting(DomainError):
    code = "case.expense_not_waiting"
    message = gettext_noop("This expense has been decided already.")


class ExpenseWaiting(DomainError):
    code = "case.expense_waiting"
    message = gettext_noop(
        "¥%(amount)s still waits for approval. Decide on it, or take it back, then archive."
    )


class NothingSpent(Invalid):
    code = "case.expense_nothing"
    message = gettext_noop("An expense is more than ¥0.")


class NoKind(Invalid):
    code = "case.expense_kind"
    message = gettext_noop("This kind of expense is no longer in use. Choose another.")


class TwoPlaces(Invalid):
    code = "case.budget_two_places"
    message = gettext_noop("A budget belongs to a department or to a team. Leave one of the two open.")


class BudgetTwice(Invalid):
    code = "case.budget_twice"
    message = gettext_noop("There is a budget for the same kind, place and period already. Change that one.")


class NameTaken(Invalid):
    code = "case.expense_kind_twice"
    message = gettext_noop("There is a kind with this name already.")


def bounds(period: Period, day: date) -> tuple[date, date]:
    """The first and the last day of the month, quarter or year in which `day` lies."""
    months = MONTHS[period]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    after = date(first.year + (first.month - 1 + months) // 12, (first.month - 1 + months) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def check_spent(field: str, amount: Decimal) -> Decimal:
    """Raise NothingSpent unless there is something to spend."""
    if amount <= 0:
        raise NothingSpent(field=field)
    return amount


def check_may_grant(*, amount: Decimal, limit: Decimal, asked_by: int, by: int) -> None:
    """Never one's own, never above one's limit."""
    if asked_by == by:
        raise OwnExpense
    if amount > limit:
        raise OverExpenseLimit(amount=said(amount), limit=said(limit))


def check_within_approved(*, cost: Decimal, allowed: Decimal) -> None:
    """A remedy costs no more than was approved for it."""
    if cost > allowed:
        raise OverApproved(field="cost", cost=said(cost), allowed=said(allowed), more=said(cost - allowed))


def check_promised(*, amount: Decimal, promised: Decimal, limit: Decimal) -> None:
    """What was promised may be given by everybody; more than that only within one's limit."""
    if amount > max(promised, limit):
        raise OverPromised(field="cost", amount=said(amount), promised=said(promised), limit=said(limit))


def said(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def limit_for(limits: Mapping[tuple[str, int | None], Decimal], role: str, kind_id: int) -> Decimal:
    """What one act of this role may cost without being asked: the limit for the kind, else for all kinds, else nothing."""
    found = limits.get((role, kind_id), limits.get((role, None)))
    return found if found is not None else Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """Some expenses added up: of one kind, booked on one department and team, on one day. `squares` is the sum of
    the squared amounts, for the forecast; `committed` is what waits or was approved and is not spent yet.
    """

    kind_id: int
    department_id: int | None
    team_id: int | None
    day: date
    spent: Decimal = Decimal(0)
    committed: Decimal = Decimal(0)
    count: int = 0
    squares: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a budget covers; None covers all."""

    kind_id: int | None
    department_id: int | None
    team_id: int | None
    first: date
    last: date

    def covers(self, line: Line) -> bool:
        """Whether these expenses count in it."""
        return (
            self.kind_id in {None, line.kind_id}
            and self.department_id in {None, line.department_id}
            and self.team_id in {None, line.team_id}
            and self.first <= line.day <= self.last
        )


@dataclass(frozen=True, slots=True)
class Forecast:
    """What will have been spent at the end of the period, with its 95 % interval; n expenses stand behind it."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A budget as it stands. `left` is what is neither spent nor committed, negative when overspent."""

    amount: Decimal
    spent: Decimal
    committed: Decimal
    forecast: Forecast | None
    warn_share: int = 80
    count: int = 0

    @property
    def left(self) -> Decimal:
        return self.amount - self.spent - self.committed

    @property
    def share(self) -> int:
        """Spent and committed, in per cent of the amount; more than 100 when overspent."""
        return math.floor(100 * (self.spent + self.committed) / self.amount) if self.amount else 100

    @property
    def spent_share(self) -> int:
        return math.floor(100 * self.spent / self.amount) if self.amount else 100

    @property
    def state(self) -> str:
        """over, soon (the warning share is reached, or it will not last), or empty."""
        if self.left < 0:
            return "over"
        runs_out = self.forecast is not None and self.forecast.low > self.amount
        return "soon" if self.share >= self.warn_share or runs_out else ""


def standing(
    scope: Scope, lines: Iterable[Line], *, amount: Decimal, today: date, warn_share: int = 80
) -> Standing:
    """How a budget stands at the end of `today`."""
    mine = [line for line in lines if scope.covers(line)]
    spent = sum((line.spent for line in mine), Decimal(0))
    committed = sum((line.committed for line in mine), Decimal(0))
    count = sum(line.count for line in mine)
    return Standing(amount, spent, committed, forecast(scope, mine, today=today), warn_share, count)


def forecast(scope: Scope, mine: Iterable[Line], *, today: date) -> Forecast | None:
    """Spending goes on as it did: a compound Poisson process at the rate seen so far.

    With n amounts a seen in the share t of the period, the rest r = 1 - t brings Σa·r/t, with the variance
    Σa²·(r/t)·(1 + r/t): that of the expenses to come and of the rate they are foretold from. Nothing is foretold
    from fewer than five expenses, before a tenth of the period is over, or when it has ended.
    """
    mine = list(mine)
    days = (scope.last - scope.first).days + 1
    gone = ((min(today, scope.last) - scope.first).days + 1) / days
    n = sum(line.count for line in mine)
    if n < LEAST_TO_FORECAST or not EARLIEST_FORECAST <= gone < 1:
        return None
    spent = float(sum(line.spent for line in mine))
    ratio = (1 - gone) / gone
    half = Z95 * math.sqrt(float(sum(line.squares for line in mine)) * ratio * (1 + ratio))
    value = spent * (1 + ratio)
    return Forecast(value, max(spent, value - half), value + half, n)
