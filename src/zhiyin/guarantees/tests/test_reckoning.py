"""Whether the guarantee was kept for a case: working time, holidays, pauses, versions, exactly once."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from zhiyin.cases import actions as cases
from zhiyin.cases.models import Archive, Budget, Case, CaseEvent, Expense
from zhiyin.cases.queries import money
from zhiyin.cases.rules.money import BudgetSpent, ExpenseState, OverPromised
from zhiyin.cases.rules.words import EventKind, Kind, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.catalogue.rules.words import Measure
from zhiyin.catalogue.tests.shelf import Shelf
from zhiyin.conversations import actions as conversations
from zhiyin.conversations.models import Delivery, Message
from zhiyin.guarantees import actions, queries, report
from zhiyin.guarantees.actions import reckoning
from zhiyin.guarantees.models import Breach, Undertaking
from zhiyin.guarantees.rules import Knows, State, ToldAlready, WordsMissing
from zhiyin.kit.jobs import timers
from zhiyin.people import actions as people
from zhiyin.people.models import Staff

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def opened(road: Road, shelf: Shelf, when: str, **changes: Any) -> Case:
    road.now = at(when)
    return road.open(**({"service_item_id": shelf.item.pk, "now": at(when)} | changes))


def held(case: Case) -> Undertaking:
    return Undertaking.objects.get(case=case)


def test_a_breach_is_found_when_the_working_time_is_over_and_no_sooner(road: Road, shelf: Shelf) -> None:
    case = opened(road, shelf, "2026-11-18 11:30")  # the break from 12:00 to 13:30 does not count
    timers.tick(at("2026-11-18 15:00"))
    assert held(case).due_at == at("2026-11-18 15:00")
    assert not Breach.objects.exists()
    timers.tick(at("2026-11-18 15:01"))
    assert held(case).state == State.BROKEN
    assert Breach.objects.get().undertaking.settled_at == at("2026-11-18 15:00")


def test_holidays_and_weekends_do_not_count_and_a_swapped_saturday_does(road: Road, shelf: Shelf) -> None:
    """Received on the last afternoon before the National Day of 2026, which ends with a working Saturday, the 10th."""
    shelf.publish({"minutes": 60 * 8}, at=at("2026-09-01 09:00"))
    case = opened(road, shelf, "2026-09-30 17:00")  # one hour is left of that day
    timers.tick(at("2026-09-30 17:00"))
    due = held(case).due_at
    assert due == at("2026-10-08 17:30")  # seven hours of the first working day after the holiday
    timers.tick(at("2026-10-08 17:30"))
    assert not Breach.objects.exists()
    timers.tick(at("2026-10-08 17:31"))
    assert Breach.objects.count() == 1


def test_kept_is_kept_to_the_moment(road: Road, shelf: Shelf) -> None:
    case = opened(road, shelf, "2026-11-18 09:00", kind=Kind.ENQUIRY)
    cases.answer(case_id=case.pk, text="电梯年检是上周五", by=road.agent, now=at("2026-11-18 11:00"))
    timers.tick(at("2026-11-18 18:00"))
    assert (held(case).state, held(case).settled_at) == (State.KEPT, at("2026-11-18 11:00"))
    assert not Breach.objects.exists()


def test_done_late_is_broken_even_when_no_timer_ran_meanwhile(road: Road, shelf: Shelf) -> None:
    case = opened(road, shelf, "2026-11-18 09:00", kind=Kind.ENQUIRY)
    cases.answer(case_id=case.pk, text="电梯年检是上周五", by=road.agent, now=at("2026-11-18 11:01"))
    timers.tick(at("2026-11-19 18:00"))
    assert held(case).state == State.BROKEN


def test_however_often_the_timers_run_one_breach_and_one_line_come_of_it(road: Road, shelf: Shelf) -> None:
    case = opened(road, shelf, "2026-11-18 09:00")
    for minutes in range(0, 600, 60):
        timers.tick(at("2026-11-18 09:00") + timedelta(minutes=minutes))
    cases.note(case_id=case.pk, text="还在等配件", by=road.agent, now=at("2026-11-19 10:00"))
    timers.tick(at("2026-11-19 10:01"))
    assert Breach.objects.count() == 1
    assert CaseEvent.objects.filter(case=case, kind=EventKind.GUARANTEE_BROKEN).count() == 1
    assert reckoning.claim(at("2026-11-19 10:02")) == 0


def test_time_in_which_the_customer_chooses_does_not_count(road: Road, shelf: Shelf) -> None:
    shelf.publish({"minutes": 150}, at=at("2026-11-01 09:00"))
    road.now = at("2026-11-18 09:00")
    case = road.to(Stage.APPROVED, service_item_id=shelf.item.pk)
    asked = road.now
    road.tick(60 * 24 * 2)
    road.choose(case)
    chosen = road.now
    timers.tick(chosen)
    used = (asked - case.opened_at).total_seconds() / 60
    assert held(case).due_at == chosen + timedelta(minutes=150 - used)


@pytest.mark.parametrize("stands_still", [True, False])
def test_while_the_customer_chooses_nothing_runs_out(road: Road, shelf: Shelf, stands_still: bool) -> None:  # noqa: FBT001
    road.now = at("2026-11-18 09:00")
    case = road.to(Stage.APPROVED if stands_still else Stage.INVESTIGATED, service_item_id=shelf.item.pk)
    timers.tick(at("2026-11-30 09:00"))
    assert Breach.objects.exists() is not stands_still
    assert (held(case).due_at is None) is stands_still


def test_the_version_in_force_when_it_was_received_decides(road: Road, shelf: Shelf) -> None:
    later = shelf.publish({"minutes": 30}, at=at("2026-11-10 09:00"), effective_on=date(2026, 11, 20))
    before = opened(road, shelf, "2026-11-19 17:00")
    after = opened(road, shelf, "2026-11-20 09:00")
    timers.tick(at("2026-11-20 09:31"))
    assert held(before).clause.guarantee == shelf.guarantee
    assert held(after).clause.guarantee == later
    assert [breach.undertaking.case for breach in Breach.objects.all()] == [after]


def test_a_version_published_today_says_nothing_of_what_came_before_it(road: Road, shelf: Shelf) -> None:
    case = opened(road, shelf, "2026-11-20 09:00")
    shelf.publish({"minutes": 5}, at=at("2026-11-20 10:00"))
    timers.tick(at("2026-11-20 10:30"))
    assert held(case).clause.guarantee == shelf.guarantee


def test_put_to_another_service_it_is_lifted_and_put_back_it_stands_again(road: Road, shelf: Shelf) -> None:
    case = opened(road, shelf, "2026-11-18 09:00")
    timers.tick(at("2026-11-18 12:00"))
    place = {"case_id": case.pk, "touchpoint_id": None, "by": road.agent}
    cases.place(service_item_id=None, now=at("2026-11-18 14:00"), **place)
    timers.tick(at("2026-11-18 14:01"))
    assert Breach.objects.get().lifted_at is not None
    assert held(case).state == State.DROPPED
    cases.place(service_item_id=shelf.item.pk, now=at("2026-11-18 15:00"), **place)
    timers.tick(at("2026-11-18 15:01"))
    assert Breach.objects.get().lifted_at is None
    assert CaseEvent.objects.filter(case=case, kind=EventKind.GUARANTEE_BROKEN).count() == 1


def test_a_holiday_announced_meanwhile_moves_what_runs(road: Road, shelf: Shelf) -> None:
    case = opened(road, shelf, "2026-11-18 17:30")
    timers.tick(at("2026-11-18 17:31"))
    assert held(case).due_at == at("2026-11-19 10:30")
    people.save_calendar(
        calendar_id=shelf.house.calendar.pk,
        name="工作日",
        periods=[(day, 540, 720) for day in (0, 1, 2)],  # closed from Thursday on
        version=shelf.house.calendar.version,
        by=None,
        now=at("2026-11-18 17:40"),
    )
    timers.tick(at("2026-11-18 17:41"))
    assert held(case).due_at > at("2026-11-23 09:00")


def test_what_holds_for_every_case_needs_no_service_on_it(road: Road, shelf: Shelf) -> None:
    shelf.publish(
        {"measure": Measure.RESPOND, "minutes": 30, "covers_all": True, "calendar_id": None},
        at=at("2026-11-10 09:00"),
    )
    case = opened(road, shelf, "2026-11-18 09:00", service_item_id=None, channel="email", told=False)
    timers.tick(at("2026-11-18 09:31"))
    assert held(case).state == State.BROKEN


def test_help_on_the_spot_is_asked_only_where_something_is_in_danger(road: Road, shelf: Shelf) -> None:
    shelf.publish({"measure": Measure.HELP, "minutes": 30, "calendar_id": None}, at=at("2026-11-10 09:00"))
    calm = opened(road, shelf, "2026-11-18 02:00")
    urgent = opened(road, shelf, "2026-11-18 02:10", in_danger=True)
    cases.give_help(case_id=urgent.pk, text="水关了，人到了", by=road.agent, now=at("2026-11-18 02:35"))
    timers.tick(at("2026-11-18 09:00"))
    assert not Undertaking.objects.filter(case=calm).exists()
    assert held(urgent).state == State.KEPT


def test_what_comes_back_is_held_to_the_guarantee_once_more(road: Road, shelf: Shelf) -> None:
    """Settled in time and not to her content: the second round has its own time, from the day it came back."""
    case = opened(road, shelf, "2026-11-18 09:00", kind=Kind.ENQUIRY)
    cases.answer(case_id=case.pk, text="电梯年检是上周五", by=road.agent, now=at("2026-11-18 10:00"))
    cases.reopen(case_id=case.pk, reason="没说清下次几号", by=road.agent, now=at("2026-11-19 09:00"))
    timers.tick(at("2026-11-19 09:01"))
    first, second = Undertaking.objects.filter(case=case).order_by("round")
    assert (first.state, first.settled_at) == (State.KEPT, at("2026-11-18 10:00"))
    assert (second.round, second.state, second.due_at) == (2, State.OPEN, at("2026-11-19 11:00"))
    timers.tick(at("2026-11-19 11:01"))
    [breach] = Breach.objects.all()
    assert breach.undertaking == second
    cases.answer(case_id=case.pk, text="下次是明年十一月", by=road.agent, now=at("2026-11-19 12:00"))
    timers.tick(at("2026-11-19 14:00"))
    first.refresh_from_db()
    assert first.state == State.KEPT
    assert Breach.objects.count() == 1


def test_a_round_is_held_to_the_version_in_force_when_it_came_back(road: Road, shelf: Shelf) -> None:
    later = shelf.publish({"minutes": 30}, at=at("2026-11-10 09:00"), effective_on=date(2026, 11, 20))
    case = opened(road, shelf, "2026-11-18 09:00", kind=Kind.ENQUIRY)
    cases.answer(case_id=case.pk, text="上周五", by=road.agent, now=at("2026-11-18 10:00"))
    cases.reopen(case_id=case.pk, reason="没说清", by=road.agent, now=at("2026-11-20 09:00"))
    timers.tick(at("2026-11-20 09:01"))
    versions = (
        Undertaking.objects.filter(case=case).order_by("round").values_list("clause__guarantee", flat=True)
    )
    assert list(versions) == [shelf.guarantee.pk, later.pk]


def test_it_is_received_and_judged_once_however_often_it_comes_back(road: Road, shelf: Shelf) -> None:
    shelf.publish(
        {"measure": Measure.ACKNOWLEDGE, "minutes": 30, "calendar_id": None}, at=at("2026-11-10 09:00")
    )
    case = opened(road, shelf, "2026-11-18 09:00", kind=Kind.ENQUIRY)
    cases.answer(case_id=case.pk, text="上周五", by=road.agent, now=at("2026-11-18 10:00"))
    cases.reopen(case_id=case.pk, reason="没说清", by=road.agent, now=at("2026-11-19 09:00"))
    timers.tick(at("2026-11-19 12:00"))
    assert Undertaking.objects.filter(case=case).count() == 1


def test_made_good_it_is_told_paid_and_written_down_once(road: Road, shelf: Shelf) -> None:
    case = opened(road, shelf, "2026-11-18 09:00")
    timers.tick(at("2026-11-18 12:00"))
    [breach] = queries.for_case(case.pk)
    actions.tell(
        breach_id=breach.pk,
        text="说好两小时，我们没做到，对不起。",
        by=road.agent,
        now=at("2026-11-18 14:00"),
    )
    actions.make_good(
        breach_id=breach.pk,
        given="物业费减免30元",
        cost=Decimal(30),
        by=road.agent,
        now=at("2026-11-18 14:05"),
    )
    [missed] = queries.for_customer(case.pk)
    assert (missed.remedy, missed.given) == ("物业费减免30元", "物业费减免30元")
    case.refresh_from_db()
    assert case.cost == 30
    assert (breach_expense(breach).amount, breach_expense(breach).state) == (30, ExpenseState.SPENT)
    with pytest.raises(Exception, match="made good already"):
        actions.make_good(
            breach_id=breach.pk, given="再来一次", cost=Decimal(30), by=road.agent, now=at("2026-11-18 15:00")
        )


def test_the_archive_of_a_case_holds_what_the_guarantee_asked_and_what_became_of_it(
    road: Road, shelf: Shelf
) -> None:
    case = opened(road, shelf, "2026-11-18 09:00", kind=Kind.ENQUIRY)
    timers.tick(at("2026-11-18 11:30"))
    [breach] = queries.for_case(case.pk)
    actions.make_good(
        breach_id=breach.pk,
        given="物业费减免30元",
        cost=Decimal(30),
        by=road.agent,
        now=at("2026-11-18 14:00"),
    )
    cases.answer(case_id=case.pk, text="上周五", by=road.agent, now=at("2026-11-18 14:10"))
    cases.archive(case_id=case.pk, by=road.agent, now=at("2026-11-18 14:20"))
    [kept] = json.loads(Archive.objects.get(case=case).document)["enclosed"]["guarantee"]
    assert (kept["state"], kept["round"], kept["breach"]["given"]) == ("broken", 1, "物业费减免30元")
    with translation.override("zh-hans"):
        [table] = report.tables([kept])
    assert table.rows[0][2].startswith("没做到")
    assert table.rows[0][3:] == ["还没告知", "物业费减免30元 2026-11-18 14:00"]


def breach_expense(breach: Breach) -> Expense:
    breach.refresh_from_db()
    assert breach.expense is not None
    return breach.expense


class TestWhatItCosts:
    """The remedy the guarantee promises is money of the house: an expense, in the budgets, within somebody's limit."""

    def missed(self, road: Road, shelf: Shelf) -> Breach:
        case = opened(road, shelf, "2026-11-18 09:00")
        timers.tick(at("2026-11-18 12:00"))
        return queries.for_case(case.pk)[0]

    def give(self, breach: Breach, cost: int, by: Staff) -> Breach:
        given = {"breach_id": breach.pk, "given": "物业费减免", "cost": Decimal(cost)}
        return actions.make_good(**given, by=by, now=at("2026-11-18 14:00"))

    def budget(self, road: Road, amount: int) -> Budget:
        return Budget.objects.create(
            period="year", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), amount=Decimal(amount)
        )

    def test_what_was_promised_counts_in_the_budget(self, road: Road, shelf: Shelf) -> None:
        self.budget(road, 1000)
        self.give(self.missed(road, shelf), 30, road.agent)
        [row] = money.standings(Budget.objects.all(), today=date(2026, 11, 18))
        assert (row.standing.spent, row.standing.left) == (30, 970)

    def test_nobody_gives_more_than_promised_above_her_limit(self, road: Road, shelf: Shelf) -> None:
        breach = self.missed(road, shelf)
        with pytest.raises(OverPromised):
            self.give(breach, 5000, road.agent)
        breach.refresh_from_db()
        assert breach.made_good_at is None
        assert not Expense.objects.exists()
        assert self.give(breach, 200, road.agent).cost == 200  # the limit of one act of an agent

    def test_what_was_promised_is_given_though_the_budget_has_run_out_and_that_is_marked(
        self, road: Road, shelf: Shelf
    ) -> None:
        self.budget(road, 10)
        breach = self.missed(road, shelf)
        with pytest.raises(BudgetSpent):
            self.give(breach, 31, road.agent)
        assert breach_expense(self.give(breach, 30, road.agent)).is_over_budget


class TestThatSheKnows:
    def missed(self, road: Road, shelf: Shelf, channel: str = "email") -> Breach:
        case = opened(road, shelf, "2026-11-18 09:00", channel=channel)
        timers.tick(at("2026-11-18 12:00"))
        return queries.for_case(case.pk)[0]

    def tell(self, breach: Breach, road: Road, **more: Any) -> Breach:
        now = at("2026-11-18 14:00")
        actions.tell(
            breach_id=breach.pk, **({"text": "说好两小时，我们没做到。"} | more), by=road.agent, now=now
        )
        return queries.get(road.agent, breach.pk)

    def known(self, breach: Breach, road: Road) -> Knows:
        found = queries.get(road.agent, breach.pk)
        asked = queries.Filters(date(2026, 11, 1), date(2026, 11, 30), state="untold")
        untold = {row.pk for row in queries.breaches(road.supervisor, asked)}
        assert (found.pk not in untold) == queries.knowledge(found).sure
        assert queries.counts(asked).told == int(queries.knowledge(found).sure)
        return queries.knowledge(found)

    def test_follows_from_the_letter_once_it_has_left(self, road: Road, shelf: Shelf) -> None:
        breach = self.missed(road, shelf)
        assert self.known(breach, road) is Knows.NOT_YET
        breach = self.tell(breach, road)
        delivery = breach.message.delivery
        assert self.known(breach, road) is Knows.LEAVING
        conversations.settle_sent(delivery_id=delivery.pk, now=at("2026-11-18 14:01"))
        assert self.known(breach, road) is Knows.SENT

    def test_a_letter_that_came_back_tells_nothing_and_may_be_written_again(
        self, road: Road, shelf: Shelf
    ) -> None:
        breach = self.tell(self.missed(road, shelf), road)
        with pytest.raises(ToldAlready):
            self.tell(breach, road)
        Delivery.objects.update(state="failed")
        assert self.known(breach, road) is Knows.FAILED
        assert self.known(self.tell(breach, road), road) is Knows.LEAVING
        assert Message.objects.filter(text="说好两小时，我们没做到。").count() == 2

    def test_a_call_is_written_down_in_its_words(self, road: Road, shelf: Shelf) -> None:
        breach = self.missed(road, shelf, channel="phone")
        with pytest.raises(WordsMissing):
            self.tell(breach, road, text=" ", by_voice=True)
        breach = self.tell(breach, road, by_voice=True)
        assert self.known(breach, road) is Knows.VOICE
        assert (breach.message.channel, breach.message.staff) == ("phone", road.agent)

    def test_what_only_lies_on_her_page_is_known_when_she_has_opened_it(
        self, road: Road, shelf: Shelf
    ) -> None:
        breach = self.tell(self.missed(road, shelf, channel="counter"), road)
        assert self.known(breach, road) is Knows.LAID_OUT
        actions.shown(case_id=breach.undertaking.case_id, now=at("2026-11-19 20:00"))
        assert self.known(breach, road) is Knows.SEEN
        actions.shown(case_id=breach.undertaking.case_id, now=at("2026-11-20 20:00"))
        breach.refresh_from_db()
        assert breach.seen_at == at("2026-11-19 20:00")
