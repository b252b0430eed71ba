"""Money on a case: bound to what was approved, within limits and budgets, never one's own, never in silence."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from zhiyin.cases import actions
from zhiyin.cases.models import Archive, Budget, Expense, ExpenseKind
from zhiyin.cases.queries import money as reading
from zhiyin.cases.queries.deeds import deeds
from zhiyin.cases.queries.doing import Do
from zhiyin.cases.rules import decisions, money
from zhiyin.cases.rules.money import ExpenseState, Line, Nature, Period, Scope
from zhiyin.cases.rules.words import EventKind, Kind, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.people.access import NotYours
from zhiyin.people.models import Staff
from zhiyin.people.rules import Role

pytestmark = pytest.mark.django_db


def kind(name: str = "Gift") -> int:
    return ExpenseKind.objects.get(name=name).pk


def spend(road: Road, case, amount: str, by=None, name: str = "Gift") -> Expense:
    return actions.spend(
        case_id=case.pk,
        kind_id=kind(name),
        amount=Decimal(amount),
        text="送一盆绿萝",
        by=by or road.agent,
        now=road.tick(),
    )


def budget(road: Road, administrator: Staff, amount: str, **changes) -> Budget:
    wanted = {"kind_id": None, "department_id": None, "team_id": None, "period": Period.MONTH}
    day = timezone.localdate(road.now)
    return actions.save_budget(
        **(wanted | changes), day=day, amount=Decimal(amount), warn_share=80, by=administrator, now=road.now
    )


class TestARemedy:
    def test_costs_no_more_than_was_approved_for_what_the_customer_chose(self, road: Road) -> None:
        case = road.to(Stage.CHOSEN)
        with pytest.raises(money.OverApproved, match=r"1,260\.00 is approved"):
            actions.remedy(
                case_id=case.pk, text="换好了", cost=Decimal("1260.01"), by=road.handler, now=road.tick()
            )
        case.refresh_from_db()
        assert case.stage == Stage.CHOSEN
        assert not Expense.objects.exists()

    def test_may_cost_more_once_a_colleague_has_approved_the_rest(self, road: Road) -> None:
        case = road.to(Stage.CHOSEN)
        asked = spend(road, case, "140", by=road.handler, name="Repair or redo")
        assert asked.state == ExpenseState.WAITING
        with pytest.raises(money.OverApproved):
            actions.remedy(
                case_id=case.pk, text="换好了", cost=Decimal(1400), by=road.handler, now=road.tick()
            )
        actions.approve_expense(case_id=case.pk, expense_id=asked.pk, by=road.supervisor, now=road.tick())
        case = actions.remedy(
            case_id=case.pk, text="换好了", cost=Decimal(1400), by=road.handler, now=road.tick()
        )
        assert case.cost == 1400
        booked = Expense.objects.get(state=ExpenseState.SPENT)
        assert (booked.amount, booked.nature, booked.department_id) == (
            1400,
            Nature.REMEDY,
            road.house.engineering.pk,
        )
        asked.refresh_from_db()
        assert asked.state == ExpenseState.USED  # not spent a second time

    def test_never_done_leaves_what_was_approved_for_it_free_again(self, road: Road) -> None:
        case = road.to(Stage.CHOSEN)
        asked = spend(road, case, "140", by=road.handler, name="Repair or redo")
        actions.approve_expense(case_id=case.pk, expense_id=asked.pk, by=road.supervisor, now=road.tick())
        actions.withdraw(case_id=case.pk, words="不用了", by=road.agent, now=road.tick())
        road.archive(case)
        asked.refresh_from_db()
        assert asked.state == ExpenseState.WITHDRAWN

    def test_of_a_request_nobody_chose_for_stays_within_the_limit_of_who_does_it(self, road: Road) -> None:
        case = road.open(kind=Kind.REQUEST)
        road.assign(case)
        with pytest.raises(money.OverApproved, match=r"2,000\.00 is approved"):
            actions.remedy(
                case_id=case.pk, text="装好了", cost=Decimal(2001), by=road.handler, now=road.tick()
            )
        case = actions.remedy(
            case_id=case.pk, text="装好了", cost=Decimal(2000), by=road.handler, now=road.tick()
        )
        assert case.stage == Stage.REMEDIED

    def test_of_a_request_takes_a_supervisor_where_the_budget_is_used_up(
        self, road: Road, administrator: Staff
    ) -> None:
        case = road.open(kind=Kind.REQUEST)
        road.assign(case)
        budget(road, administrator, "100")
        with pytest.raises(money.BudgetSpent, match=r"100\.00 left"):
            actions.remedy(
                case_id=case.pk, text="装好了", cost=Decimal(300), by=road.handler, now=road.tick()
            )
        asked = spend(road, case, "300", by=road.handler, name="Repair or redo")
        actions.approve_expense(
            case_id=case.pk, expense_id=asked.pk, reason="安全隐患，先修", by=road.supervisor, now=road.tick()
        )
        case = actions.remedy(
            case_id=case.pk, text="装好了", cost=Decimal(300), by=road.handler, now=road.tick()
        )
        assert Expense.objects.get(state=ExpenseState.SPENT).is_over_budget

    def test_approved_in_time_is_booked_even_where_the_budget_has_run_out_and_says_so(
        self, road: Road, administrator: Staff
    ) -> None:
        case = road.to(Stage.CHOSEN)
        budget(road, administrator, "500")
        road.remedy(case)
        assert Expense.objects.get().is_over_budget

    def test_above_the_budget_is_approved_with_a_reason_only(self, road: Road, administrator: Staff) -> None:
        case = road.to(Stage.PROPOSED)
        budget(road, administrator, "1000")
        dear = case.proposals.get(cost=1260).pk
        with pytest.raises(money.OverBudget):
            actions.approve(case_id=case.pk, proposal_ids=[dear], by=road.supervisor, now=road.tick())
        actions.approve(
            case_id=case.pk, proposal_ids=[dear], reason="老人在家，值得", by=road.supervisor, now=road.tick()
        )
        assert case.proposals.get(pk=dear).state == "approved"


class TestGoodwill:
    def test_within_ones_limit_is_spent_at_once_and_told_on_the_timeline(self, road: Road) -> None:
        case = road.to(Stage.JUDGED)
        assert spend(road, case, "200").state == ExpenseState.SPENT
        case.refresh_from_db()
        assert case.cost == 200
        told = case.events.latest("pk")
        assert (told.kind, told.is_public) == (
            EventKind.MONEY_SPENT,
            False,
        )  # customers never read what it cost
        assert "¥200.00" in told.text

    def test_in_pieces_is_added_up_so_that_a_large_sum_is_not_given_by_small_ones(self, road: Road) -> None:
        case, other = road.to(Stage.JUDGED), road.to(Stage.JUDGED)
        assert spend(road, case, "150").state == ExpenseState.SPENT
        assert spend(road, case, "50").state == ExpenseState.SPENT
        assert spend(road, case, "1", by=road.colleague).state == ExpenseState.WAITING
        assert spend(road, other, "200").state == ExpenseState.SPENT

    def test_approved_by_a_colleague_takes_nothing_from_ones_own_limit(self, road: Road) -> None:
        case = road.to(Stage.JUDGED)
        asked = spend(road, case, "300")
        actions.approve_expense(case_id=case.pk, expense_id=asked.pk, by=road.supervisor, now=road.tick())
        assert spend(road, case, "200").state == ExpenseState.SPENT

    def test_above_it_waits_and_nobody_approves_her_own(self, road: Road) -> None:
        case = road.to(Stage.JUDGED)
        asked = spend(road, case, "1200", by=road.supervisor)
        assert asked.state == ExpenseState.WAITING
        with pytest.raises(money.OwnExpense):
            actions.approve_expense(case_id=case.pk, expense_id=asked.pk, by=road.supervisor, now=road.tick())
        assert Do.DECIDE_EXPENSE not in [one.do for one in deeds(case, road.supervisor)]

    def test_is_approved_within_the_approvers_limit(self, road: Road) -> None:
        case = road.to(Stage.JUDGED)
        asked = spend(road, case, "600")
        Staff.objects.filter(pk=road.supervisor.pk).update(approval_limit=500)
        road.supervisor.refresh_from_db()
        with pytest.raises(money.OverExpenseLimit, match=r"500\.00"):
            actions.approve_expense(case_id=case.pk, expense_id=asked.pk, by=road.supervisor, now=road.tick())

    def test_that_was_approved_once_is_not_approved_twice(self, road: Road) -> None:
        case = road.to(Stage.JUDGED)
        asked = spend(road, case, "600")
        actions.approve_expense(case_id=case.pk, expense_id=asked.pk, by=road.supervisor, now=road.tick())
        with pytest.raises(money.NotWaiting):
            actions.approve_expense(case_id=case.pk, expense_id=asked.pk, by=road.supervisor, now=road.tick())
        case.refresh_from_db()
        assert case.cost == 600

    def test_refused_costs_nothing_and_says_why(self, road: Road) -> None:
        case = road.to(Stage.JUDGED)
        asked = spend(road, case, "600")
        actions.refuse_expense(
            case_id=case.pk, expense_id=asked.pk, reason="先把事情办好", by=road.supervisor, now=road.tick()
        )
        case.refresh_from_db()
        assert (case.cost, case.expenses.get().reason) == (0, "先把事情办好")

    def test_that_no_budget_can_bear_waits_for_a_supervisor_with_a_reason(
        self, road: Road, administrator: Staff
    ) -> None:
        case = road.to(Stage.JUDGED)
        budget(road, administrator, "150", kind_id=kind())
        assert spend(road, case, "100").state == ExpenseState.SPENT
        asked = spend(road, case, "60")
        assert asked.state == ExpenseState.WAITING
        with pytest.raises(money.OverBudget, match=r"50\.00 left"):
            actions.approve_expense(case_id=case.pk, expense_id=asked.pk, by=road.supervisor, now=road.tick())
        actions.approve_expense(
            case_id=case.pk, expense_id=asked.pk, reason="答应过她的", by=road.supervisor, now=road.tick()
        )
        asked.refresh_from_db()
        assert (asked.state, asked.is_over_budget, asked.reason) == (ExpenseState.SPENT, True, "答应过她的")

    @pytest.mark.parametrize("amount", ["0", "-5", "NaN", "10000000"])
    def test_of_no_sensible_amount_is_not_taken(self, road: Road, amount: str) -> None:
        case = road.to(Stage.JUDGED)
        with pytest.raises((money.NothingSpent, decisions.TooMuch)):
            spend(road, case, amount)

    def test_still_waiting_keeps_the_case_from_the_archive(self, road: Road) -> None:
        case = road.to(Stage.CONFIRMED)
        asked = spend(road, case, "600")
        with pytest.raises(money.ExpenseWaiting, match=r"600\.00"):
            road.archive(case)
        actions.withdraw_expense(case_id=case.pk, expense_id=asked.pk, by=road.agent, now=road.tick())
        road.archive(case)
        assert '"expenses":[{' in Archive.objects.get().document

    def test_is_not_given_on_another_teams_case(self, road: Road, other_agent: Staff) -> None:
        case = road.to(Stage.JUDGED)
        with pytest.raises(decisions.OutOfReach):
            spend(road, case, "50", by=other_agent)


class TestABudget:
    def test_counts_what_it_covers_and_nothing_else(self, road: Road, administrator: Staff) -> None:
        mine = budget(road, administrator, "1000", team_id=road.house.team.pk)
        theirs = budget(road, administrator, "1000", team_id=road.house.other_team.pk)
        gifts = budget(road, administrator, "1000", kind_id=kind())
        visits = budget(road, administrator, "1000", kind_id=kind("Visit to apologise"))
        spend(road, road.to(Stage.JUDGED), "120")
        rows = reading.budgets(administrator, on=timezone.localdate(road.now))
        left = {row.budget.pk: row.standing.left for row in rows}
        assert left == {mine.pk: 880, theirs.pk: 1000, gifts.pk: 880, visits.pk: 1000}

    def test_commits_what_waits_and_what_a_customer_chose(self, road: Road, administrator: Staff) -> None:
        budget(road, administrator, "5000")
        spend(road, road.to(Stage.CHOSEN), "300")
        standing = reading.budgets(administrator, on=timezone.localdate(road.now))[0].standing
        assert (standing.spent, standing.committed, standing.left) == (0, 1560, 3440)

    def test_of_the_past_stands_as_its_period_left_it_and_foretells_nothing(
        self, road: Road, administrator: Staff
    ) -> None:
        budget(road, administrator, "100000", period=Period.QUARTER)
        first = timezone.localdate(road.now)
        for _ in range(6):
            spend(road, road.to(Stage.JUDGED), "200")
        [row] = reading.budgets(road.supervisor, on=first, today=first + timedelta(days=200))
        assert (row.standing.spent, row.standing.count) == (1200, 6)
        assert row.standing.forecast is None

    def test_is_read_with_as_many_queries_however_many_there_are(
        self, road: Road, administrator: Staff, django_assert_num_queries
    ) -> None:
        today = timezone.localdate(road.now)
        budget(road, administrator, "1000")
        with django_assert_num_queries(4):
            reading.budgets(administrator, on=today)
        for name in ("Gift", "Discount", "Compensation"):
            budget(road, administrator, "1000", kind_id=kind(name))
        with django_assert_num_queries(4):
            reading.budgets(administrator, on=today)

    def test_is_set_once_for_a_place_and_a_period_and_by_an_administrator(
        self, road: Road, administrator: Staff
    ) -> None:
        budget(road, administrator, "1000")
        with pytest.raises(money.BudgetTwice):
            budget(road, administrator, "2000")
        with pytest.raises(money.TwoPlaces):
            budget(road, administrator, "1", team_id=road.house.team.pk, department_id=road.house.order.pk)
        with pytest.raises(NotYours):
            budget(road, road.supervisor, "2000", period=Period.YEAR)
        with pytest.raises(NotYours):
            reading.budgets(road.agent, on=date(2026, 11, 1))


class TestTheRegister:
    def test_takes_new_kinds_and_limits(self, road: Road, administrator: Staff) -> None:
        voucher = actions.save_expense_kind(
            name="代金券", nature=Nature.GOODWILL, is_active=True, by=administrator, now=road.now
        )
        assert reading.limit_of(road.agent, voucher.pk) == 200  # what holds for every kind
        actions.save_expense_limit(
            role=Role.AGENT, kind_id=voucher.pk, amount=Decimal(30), by=administrator, now=road.now
        )
        assert reading.limit_of(road.agent, voucher.pk) == 30
        actions.save_expense_limit(
            role=Role.AGENT, kind_id=voucher.pk, amount=None, by=administrator, now=road.now
        )
        assert reading.limit_of(road.agent, voucher.pk) == 200
        with pytest.raises(money.NameTaken):
            actions.save_expense_kind(
                name="代金券", nature=Nature.REMEDY, is_active=True, by=administrator, now=road.now
            )

    def test_a_kind_out_of_use_takes_no_more(self, road: Road, administrator: Staff) -> None:
        actions.save_expense_kind(
            kind_id=kind(),
            name="礼品",
            nature=Nature.GOODWILL,
            is_active=False,
            by=administrator,
            now=road.now,
        )
        with pytest.raises(money.NoKind):
            actions.spend(
                case_id=road.to(Stage.JUDGED).pk,
                kind_id=ExpenseKind.objects.get(name="礼品").pk,
                amount=Decimal(1),
                text="花",
                by=road.agent,
                now=road.tick(),
            )


def test_the_database_itself_lets_nobody_approve_her_own(road: Road) -> None:
    asked = spend(road, road.to(Stage.JUDGED), "600")
    with pytest.raises(IntegrityError, match="expense_never_ones_own"), transaction.atomic():
        Expense.objects.filter(pk=asked.pk).update(decided_by=asked.asked_by)


def test_a_supervisor_finds_what_waits_in_her_day(road: Road) -> None:
    from zhiyin.cases.queries import due

    case = road.to(Stage.JUDGED)
    spend(road, case, "600")
    waiting = [one for one in due(road.supervisor, road.tick()) if one.kind == "approval"]
    assert [one.card.number for one in waiting] == [case.number]


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (Period.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        (Period.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_holds_the_day_it_was_named_by(period: Period, first: date, last: date) -> None:
    assert money.bounds(period, date(2026, 11, 17)) == (first, last)


class TestTheForecast:
    scope = Scope(None, None, None, date(2026, 11, 1), date(2026, 11, 30))

    def line(self, spent: str, count: int, squares: str) -> Line:
        return Line(
            1, None, 1, date(2026, 11, 1), spent=Decimal(spent), count=count, squares=Decimal(squares)
        )

    def test_goes_on_at_the_rate_seen_with_its_uncertainty(self) -> None:
        """By hand: 15 of 30 days gone, 9 × ¥100: 900·(1 + 1) = 1,800 ± 1.96·√(90,000·1·2) = ± 831.5."""
        found = money.forecast(self.scope, [self.line("900", 9, "90000")], today=date(2026, 11, 15))
        assert found is not None
        assert (found.value, found.n) == (1800, 9)
        assert found.low == pytest.approx(968.5, abs=0.1)
        assert found.high == pytest.approx(2631.5, abs=0.1)

    def test_is_not_made_from_little_too_early_or_afterwards(self) -> None:
        few, enough = self.line("400", 4, "40000"), self.line("500", 5, "50000")
        assert money.forecast(self.scope, [few], today=date(2026, 11, 15)) is None
        assert money.forecast(self.scope, [enough], today=date(2026, 11, 2)) is None
        assert money.forecast(self.scope, [enough], today=date(2026, 12, 9)) is None

    def test_warns_before_the_money_has_gone(self) -> None:
        lines = [self.line("500", 25, "10000")]
        at = money.standing(self.scope, lines, amount=Decimal(700), today=date(2026, 11, 10))
        assert (at.share, at.state) == (71, "soon")  # 71 % gone after a third of the month
        later = money.standing(
            self.scope, lines, amount=Decimal(700), today=date(2026, 11, 10) + timedelta(days=19)
        )
        assert later.state == ""
