"""The rules of the loop, read aloud."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.cases.rules import clocks, decisions, moves, numbers
from zhiyin.cases.rules.words import ClockKind, Kind, Severity, Stage
from zhiyin.libs import worktime

ALWAYS = worktime.Calendar(zone="Asia/Shanghai", always=True)
NOON = datetime(2026, 11, 18, 4, tzinfo=UTC)


def test_a_complaint_goes_the_whole_way_and_nothing_can_be_left_out() -> None:
    path = moves.PATHS[Kind.COMPLAINT]
    for here, there in itertools.pairwise(path):
        moves.check_move(Kind.COMPLAINT, here, there)
    for position, here in enumerate(path):
        for there in path[position + 2 :]:
            with pytest.raises(moves.IllegalMove):
                moves.check_move(Kind.COMPLAINT, here, there)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_can_get_from_receipt_to_the_archive(kind: Kind) -> None:
    seen, edge = {Stage.RECEIVED}, {Stage.RECEIVED}
    while edge:
        edge = {to for stage in edge for to in moves.MOVES[kind].get(stage, frozenset())} - seen
        seen |= edge
    assert Stage.ARCHIVED in seen


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_leaves_the_archive(kind: Kind) -> None:
    assert not moves.MOVES[kind].get(Stage.ARCHIVED)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_stage_a_case_can_be_in_has_a_next_step(kind: Kind) -> None:
    for stage in moves.MOVES[kind]:
        assert (moves.current_step(kind, stage) is None) == (stage is Stage.ARCHIVED)


def test_a_dissatisfied_customer_brings_the_case_back_to_the_department_that_had_it() -> None:
    assert moves.reopened_stage(Kind.COMPLAINT, had_department=True) is Stage.ASSIGNED
    assert moves.reopened_stage(Kind.COMPLAINT, had_department=False) is Stage.JUDGED
    assert moves.reopened_stage(Kind.ENQUIRY, had_department=False) is Stage.RECEIVED


def test_nobody_approves_her_own_proposal() -> None:
    with pytest.raises(decisions.OwnProposal):
        decisions.check_may_approve(
            title="换阀", cost=Decimal(1), limit=Decimal(100), proposed_by=7, approver=7
        )


@given(cost=st.decimals(0, 100_000, places=2), limit=st.decimals(0, 100_000, places=2))
def test_an_approval_never_exceeds_the_limit(cost: Decimal, limit: Decimal) -> None:
    if cost > limit:
        with pytest.raises(decisions.OverLimit):
            decisions.check_may_approve(title="x", cost=cost, limit=limit, proposed_by=1, approver=2)
    else:
        decisions.check_may_approve(title="x", cost=cost, limit=limit, proposed_by=1, approver=2)


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity", "10000000"])
def test_an_amount_that_makes_no_sense_is_not_taken(amount: str) -> None:
    with pytest.raises(decisions.TooMuch):
        decisions.check_amount("cost", Decimal(amount))


def test_the_most_specific_rule_in_force_wins() -> None:
    def rule(
        kind: str, severity: str, minutes: int, start: date, end: date | None = None
    ) -> clocks.Allowance:
        return clocks.Allowance(ClockKind.RESPOND, kind, severity, minutes, 75, False, start, end)

    early, late = date(2026, 1, 1), date(2026, 6, 1)
    rules = [
        rule("", "", 120, early),
        rule("", "", 90, late),
        rule("complaint", "", 60, early, date(2026, 5, 31)),
        rule("complaint", "3", 30, late),
    ]

    def minutes(kind: Kind, severity: Severity, on: date) -> int | None:
        found = clocks.rule_in_force(rules, clock=ClockKind.RESPOND, kind=kind, severity=severity, on=on)
        return found.minutes if found else None

    assert minutes(Kind.REQUEST, Severity.LOW, early) == 120
    assert minutes(Kind.REQUEST, Severity.LOW, late) == 90
    assert minutes(Kind.COMPLAINT, Severity.LOW, early) == 60
    assert minutes(Kind.COMPLAINT, Severity.LOW, late) == 90
    assert minutes(Kind.COMPLAINT, Severity.HIGH, late) == 30
    assert minutes(Kind.COMPLAINT, Severity.HIGH, date(2025, 1, 1)) is None


@given(
    budget=st.integers(1, 5000).map(lambda minutes: timedelta(minutes=minutes)),
    used=st.integers(-3000, 6000).map(lambda minutes: timedelta(minutes=minutes)),
    share=st.integers(1, 99),
)
def test_a_clock_warns_before_it_is_over_and_never_gains_time_by_stopping(
    budget: timedelta, used: timedelta, share: int
) -> None:
    whole = clocks.due(ALWAYS, start=NOON, remaining=budget, budget=budget, warn_share=share)
    assert NOON <= whole.warn_at <= whole.due_at == NOON + budget
    left = clocks.left(ALWAYS, now=NOON + max(used, timedelta()), due_at=whole.due_at)
    again = clocks.due(ALWAYS, start=NOON, remaining=left, budget=budget, warn_share=share)
    assert NOON <= again.warn_at <= again.due_at <= NOON + budget


@given(st.integers(1, 99_999))
def test_a_number_is_read_as_it_was_given_however_it_is_typed(sequence: int) -> None:
    number = numbers.number("2611", sequence)
    assert numbers.SHAPE.match(number)
    full_width = number.translate({ord(digit): chr(0xFF10 + int(digit)) for digit in "0123456789"})
    for typed in (number, f" {number} ", number.replace("-", ""), number.replace("-", "－"), full_width):
        assert numbers.tidy(typed) == number
