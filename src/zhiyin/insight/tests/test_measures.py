"""A golden set of nine cases, reckoned by hand, through the rules and through the house."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from zhiyin.cases import actions
from zhiyin.cases.models import Case, ExpenseKind
from zhiyin.cases.rules.words import Kind, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.conversations import actions as conversations
from zhiyin.conversations.models import Conversation
from zhiyin.customers.rules import Channel
from zhiyin.insight import queries as insight
from zhiyin.insight.queries import Asked
from zhiyin.insight.queries.columns import micro
from zhiyin.insight.rules import measures
from zhiyin.insight.rules.measures import NEVER, NO, UNKNOWN, YES, Cases, Course, Elapsed
from zhiyin.insight.rules.spans import By, Span, Stretch, buckets, stretch
from zhiyin.libs.worktime import Calendar, Period
from zhiyin.people.access import NotYours
from zhiyin.people.models import Staff

MONDAY = datetime(2026, 11, 9, 1, tzinfo=UTC)  # 09:00 in Shanghai
HOUR = timedelta(hours=1)
WORKDAYS = Calendar(
    zone="Asia/Shanghai", week=(*[(Period.at("09:00", "12:00"), Period.at("13:00", "18:00"))] * 5, (), ())
)


SECOND = 1_000_000


def settled(
    number: int, *, handovers: int = 0, cost: float = 0, hours: float = 1, **more: object
) -> dict[str, object]:
    span = int(hours * 3600 * SECOND)
    rest: dict[str, object] = {"goodwill": 0.0, "rounds": 1, "once": UNKNOWN, "recovered": UNKNOWN} | more
    return {
        "id": number,
        "settled_at": micro(MONDAY),
        "handovers": handovers,
        "cost": cost,
        "wall": 3 * span,
        "working": span,
        "paused": 0,
        **rest,
    }


def columns(rows: list[dict[str, object]]) -> Cases:
    return Cases(**{name: np.array([row[name] for row in rows]) for name in rows[0]})


GOLDEN = [
    settled(1, handovers=0, cost=0, hours=1, once=YES),
    settled(2, handovers=1, cost=100, hours=2, once=NO),
    settled(3, handovers=0, cost=0, hours=3, once=YES),
    settled(4, handovers=2, cost=500, hours=4, goodwill=80.0, once=NO, rounds=2, recovered=YES),
    settled(5, handovers=1, cost=60, hours=5, once=NO, rounds=2, recovered=YES),
    settled(6, handovers=0, cost=0, hours=6, once=YES),
    settled(7, handovers=3, cost=240, hours=7, once=NO, rounds=3, recovered=NO),
    settled(8, handovers=1, cost=0, hours=8, rounds=2, recovered=YES),
    settled(9, handovers=1, cost=0, hours=9, once=UNKNOWN, rounds=2, recovered=YES),
]


class TestTheGoldenSet:
    found = measures.measure(columns(GOLDEN))

    def test_hand_overs_are_the_mean_with_student_s_interval(self) -> None:
        """9 hand-overs in 9 cases: mean 1, s² = 8/8 = 1, se = 1/3, t(8; .975) = 2.306: 1 ± 0.7687."""
        assert self.found.handovers is not None
        assert self.found.handovers.value == 1
        assert self.found.handovers.low == pytest.approx(0.2313, abs=1e-4)
        assert self.found.handovers.high == pytest.approx(1.7687, abs=1e-4)
        assert self.found.handed == 6

    def test_costs_add_up_and_are_never_less_than_nothing(self) -> None:
        """¥900 over 9 cases: mean ¥100; Σx² = 321,200, s² = 28,900, se = 56.667: 100 ± 130.7, cut at 0."""
        assert self.found.cost is not None
        assert self.found.cost.value == 100
        assert (self.found.cost.low, self.found.cost.high) == (0, pytest.approx(230.67, abs=0.01))
        assert (self.found.remedy, self.found.goodwill) == (820, 80)

    def test_the_median_lies_between_the_second_and_the_eighth_of_nine(self) -> None:
        """P(B < 2) = 10/512 = .0195 ≤ .025 < P(B < 3): the second smallest to the second largest, 96.1 %."""
        assert self.found.working is not None
        assert (self.found.working.value, self.found.working.low, self.found.working.high) == (5, 2, 8)
        assert self.found.wall is not None
        assert self.found.wall.value == 15

    def test_settled_at_first_contact_by_wilson(self) -> None:
        """3 of 7, Wilson 95 %: centre (3/7 + 1.9207/7)/(1 + 3.8415/7) = 0.4539, half 0.2957."""
        assert (self.found.once_count, self.found.once_n) == (3, 7)
        assert self.found.once is not None
        assert (self.found.once.low, self.found.once.high) == (
            pytest.approx(0.1582, abs=1e-4),
            pytest.approx(0.7495, abs=1e-4),
        )

    def test_who_was_dissatisfied_and_won_back(self) -> None:
        assert (self.found.recovered_count, self.found.recovered_n, self.found.reopened) == (4, 5, 5)
        assert self.found.recovered is not None
        assert self.found.recovered.value == 0.8

    def test_of_four_cases_no_figure_is_shown(self) -> None:
        few = measures.measure(columns(GOLDEN[:4]))
        assert (few.handovers, few.cost, few.working, few.once, few.recovered) == (None,) * 5
        assert few.n == 4


@pytest.mark.parametrize(("n", "cut"), [(5, 0), (6, 0), (9, 1), (20, 5), (50, 17), (100, 39), (201, 86)])
def test_the_ranks_that_hold_the_median(n: int, cut: int) -> None:
    """Counted from 0, as in the tables of the sign test (two-sided 5 %), and by the normal beyond two hundred."""
    assert measures._rank(n) == cut


class TestElapsed:
    def test_leaves_nights_lunch_and_the_customers_own_time_out(self) -> None:
        """Monday 09:00 to Wednesday 11:00: 8 + 8 + 2 working hours; she chose from Monday 16:00 to Tuesday 10:00."""
        found = measures.elapsed(
            MONDAY, MONDAY + 50 * HOUR, [(MONDAY + 7 * HOUR, MONDAY + 25 * HOUR)], WORKDAYS
        )
        assert found == Elapsed(wall=50 * HOUR, working=15 * HOUR, paused=18 * HOUR)

    def test_a_pause_that_goes_on_ends_with_the_case(self) -> None:
        found = measures.elapsed(MONDAY, MONDAY + 3 * HOUR, [(MONDAY + HOUR, MONDAY + 30 * HOUR)], WORKDAYS)
        assert found == Elapsed(wall=3 * HOUR, working=HOUR, paused=2 * HOUR)


class TestTheFirstContact:
    def judged(self, *, now: datetime, **more: object) -> int:
        usual: dict[str, object] = {
            "counts": True,
            "handovers": 0,
            "wrote_again": False,
            "by_the_first": True,
            "settled_at": micro(MONDAY),
            "reopened_at": NEVER,
        }
        course = Course(**{name: np.array([value]) for name, value in (usual | more).items()})
        return int(measures.once(course, now=micro(now))[0])

    @pytest.mark.parametrize(
        ("more", "counts"),
        [
            ({}, YES),
            ({"handovers": 1}, NO),
            ({"wrote_again": True}, NO),
            ({"by_the_first": False}, NO),
            ({"reopened_at": micro(MONDAY + timedelta(days=7))}, NO),
            ({"reopened_at": micro(MONDAY + timedelta(days=7, seconds=1))}, YES),
            ({"counts": False}, UNKNOWN),
        ],
    )
    def test_settles_it_by_one_person_for_good(self, more, counts) -> None:
        assert self.judged(now=MONDAY + timedelta(days=30), **more) == counts

    def test_is_judged_when_the_week_is_over_for_failures_too(self) -> None:
        soon = MONDAY + timedelta(days=7) - timedelta(seconds=1)
        assert self.judged(now=soon) == UNKNOWN
        assert self.judged(now=soon, handovers=3) == UNKNOWN
        assert self.judged(now=soon + timedelta(seconds=1), handovers=3) == NO


@pytest.mark.parametrize(
    ("rounds", "ended", "satisfied", "won"),
    [
        (1, True, True, UNKNOWN),
        (2, False, False, UNKNOWN),
        (2, True, True, YES),
        (3, True, False, NO),  # nobody was reached, or it was answered and nobody confirmed it
    ],
)
def test_won_back_is_who_says_so(rounds, ended, satisfied, won) -> None:
    row = {"rounds": rounds, "ended": ended, "satisfied": satisfied}
    assert measures.recovered(**{name: np.array([value]) for name, value in row.items()}).tolist() == [won]


def test_a_change_is_said_only_where_the_difference_leaves_zero_out() -> None:
    assert measures.changed(measures.share(30, 100), measures.share(60, 100)) == 1
    assert measures.changed(measures.share(60, 100), measures.share(30, 100)) == -1
    assert measures.changed(measures.share(5, 10), measures.share(6, 10)) == 0
    assert measures.changed(None, measures.share(6, 10)) is None


class TestStretches:
    def test_twelve_weeks_begin_on_a_monday_and_end_today(self) -> None:
        whole = stretch(Span.WEEKS, date(2026, 11, 18))
        assert whole == Stretch(date(2026, 8, 31), date(2026, 11, 18))
        cut = buckets(whole, By.WEEK)
        assert len(cut) == 12
        assert cut[-1] == Stretch(date(2026, 11, 16), date(2026, 11, 18))

    def test_months_go_over_the_new_year(self) -> None:
        cut = buckets(stretch(Span.HALF, date(2027, 2, 3)), By.MONTH)
        assert [part.first for part in cut] == [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1),
                                                date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]  # fmt: skip

    def test_the_stretch_before_is_as_long_and_ends_the_day_before(self) -> None:
        assert Stretch(date(2026, 11, 8), date(2026, 11, 14)).before() == Stretch(
            date(2026, 11, 1), date(2026, 11, 7)
        )


def november(road: Road) -> Asked:
    day = timezone.localdate(road.now)
    return Asked(Stretch(day - timedelta(days=20), day + timedelta(days=20)))


def rows(road: Road, staff: Staff, **more: object) -> dict[str, dict[str, Any]]:
    asked = november(road)
    found = insight.settled(
        staff, Asked(asked.stretch, **more), first=asked.stretch.first, now=road.now + timedelta(days=20)
    )
    numbers = dict(Case.objects.values_list("pk", "number"))
    listed = [
        {one.name: getattr(found, one.name)[place] for one in fields(found)} for place in range(len(found))
    ]
    return {numbers[row["id"]]: row for row in listed}


def span(value: int) -> timedelta:
    return timedelta(microseconds=int(value))


@pytest.mark.django_db
class TestTheHouse:
    def test_a_complaint_round_the_whole_loop(self, road: Road) -> None:
        """Ten minutes a step; the choice is asked for at the approval and comes ten minutes later."""
        case = road.to(Stage.APPROVED)
        actions.spend(
            case_id=case.pk, kind_id=ExpenseKind.objects.get(name="Gift").pk, amount=Decimal(80), text="一束花",
            by=road.agent, now=road.tick(),
        )  # fmt: skip
        approved_at = road.now - timedelta(minutes=10)
        road.choose(case)
        chosen_at = road.now
        road.remedy(case)
        case.refresh_from_db()
        row = rows(road, road.supervisor)[case.number]
        assert (row["handovers"], row["cost"], row["goodwill"], row["rounds"]) == (1, 1340, 80, 1)
        assert span(row["paused"]) == chosen_at - approved_at == timedelta(minutes=20)
        assert span(row["wall"]) == case.resolved_at - case.opened_at
        assert row["once"] == NO  # a department took part

    def test_a_case_taken_up_again_leaves_the_figures_until_it_is_settled_anew(self, road: Road) -> None:
        case = road.to(Stage.REMEDIED)
        assert case.number in rows(road, road.supervisor)
        actions.confirm(
            case_id=case.pk,
            satisfied=False,
            words="还有味道",
            channel=Channel.PHONE,
            by=road.colleague,
            now=road.tick(),
        )
        assert case.number not in rows(road, road.supervisor)
        report = insight.report(road.supervisor, november(road), by=By.WEEK, now=road.now)
        assert report.going_on == 1
        case.refresh_from_db()
        for step in (
            road.investigate,
            road.submit,
            road.approve,
            road.choose_latest,
            road.remedy,
            road.confirm,
        ):
            step(case)
            case.refresh_from_db()
        row = rows(road, road.supervisor)[case.number]
        assert (row["rounds"], row["recovered"], row["cost"]) == (2, YES, 1260 + 380)
        assert span(row["wall"]) == case.resolved_at - case.opened_at  # from the first receipt

    def test_an_enquiry_answered_at_once_is_settled_at_the_first_contact(self, road: Road) -> None:
        case = road.open(kind=Kind.ENQUIRY)
        actions.answer(case_id=case.pk, text="周末也开", by=road.agent, now=road.tick())
        assert rows(road, road.supervisor)[case.number]["once"] == YES

    def test_not_so_where_the_customer_had_to_write_again(self, road: Road) -> None:
        case = road.open(kind=Kind.ENQUIRY)
        conversations.receive(conversation_id=case.conversation_id, text="还在吗？", now=road.tick())
        actions.answer(case_id=case.pk, text="周末也开", by=road.agent, now=road.tick())
        assert rows(road, road.supervisor)[case.number]["once"] == NO

    def test_not_so_where_a_colleague_answered_it(self, road: Road) -> None:
        case = road.open(kind=Kind.ENQUIRY)
        actions.answer(case_id=case.pk, text="周末也开", by=road.colleague, now=road.tick())
        assert rows(road, road.supervisor)[case.number]["once"] == NO

    def test_history_and_what_was_withdrawn_or_merged_are_left_out(self, road: Road) -> None:
        old, gone, twice = (road.open(kind=Kind.ENQUIRY) for _ in range(3))
        actions.answer(case_id=old.pk, text="好", by=road.agent, now=road.tick())
        Conversation.objects.filter(pk=old.conversation_id).update(is_history=True)
        actions.withdraw(case_id=gone.pk, words="不用了", by=road.agent, now=road.tick())
        into = road.open(kind=Kind.ENQUIRY)
        actions.merge(case_id=twice.pk, into_id=into.pk, by=road.supervisor, now=road.tick())
        assert rows(road, road.supervisor) == {}

    def test_it_is_narrowed_to_a_kind_and_a_department(self, road: Road) -> None:
        complaint = road.to(Stage.REMEDIED)
        enquiry = road.open(kind=Kind.ENQUIRY)
        actions.answer(case_id=enquiry.pk, text="好", by=road.agent, now=road.tick())
        assert set(rows(road, road.supervisor, kind=Kind.ENQUIRY)) == {enquiry.number}
        assert set(rows(road, road.supervisor, department_id=road.house.engineering.pk)) == {complaint.number}
        assert rows(road, road.supervisor, department_id=road.house.order.pk) == {}

    def test_it_takes_as_many_queries_for_many_cases_as_for_one(
        self, road: Road, django_assert_num_queries
    ) -> None:
        asked = november(road)
        road.to(Stage.REMEDIED)
        insight.report(road.supervisor, asked, by=By.WEEK, now=road.now)  # the calendars are in mind
        with django_assert_num_queries(6):
            insight.report(road.supervisor, asked, by=By.WEEK, now=road.now)
        for _ in range(3):
            road.to(Stage.CONFIRMED)
        with django_assert_num_queries(6):
            insight.report(road.supervisor, asked, by=By.WEEK, now=road.now)

    def test_it_is_for_managers(self, road: Road, researcher: Staff) -> None:
        for staff in (road.agent, road.handler, researcher):
            with pytest.raises(NotYours):
                insight.report(staff, november(road), by=By.WEEK, now=road.now)
            with pytest.raises(NotYours):
                insight.case_ids(staff, november(road), "all", now=road.now)

    def test_the_cases_behind_a_figure_are_those_it_counts(self, road: Road) -> None:
        handed = road.to(Stage.REMEDIED)
        enquiry = road.open(kind=Kind.ENQUIRY)
        actions.answer(case_id=enquiry.pk, text="好", by=road.agent, now=road.tick())
        later = road.now + timedelta(days=8)
        found = {of: insight.case_ids(road.supervisor, november(road), of, now=later) for of in insight.OF}
        assert set(found["all"]) == {handed.pk, enquiry.pk}
        assert found["handed"] == found["costly"] == found["not_once"] == [handed.pk]
        assert found["once"] == [enquiry.pk]
        assert set(found["judged"]) == {handed.pk, enquiry.pk}
        assert found["reopened"] == found["goodwill"] == found["back"] == []
        assert found["recovered"] == found["not_recovered"] == []

    def test_a_case_says_its_own_measures_while_it_waits_for_its_customer(self, road: Road) -> None:
        case = road.to(Stage.APPROVED)
        later = road.now + timedelta(minutes=30)
        found = insight.of_case(case, now=later)
        assert (found.settled, found.handovers, found.reopened) == (False, 1, 0)
        assert found.elapsed.paused == timedelta(minutes=30)
        assert found.elapsed.wall == later - case.opened_at
