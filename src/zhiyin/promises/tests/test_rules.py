"""What becomes of a promise, and when its owner is reminded."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.kit.errors import DomainError
from zhiyin.libs import worktime
from zhiyin.promises import rules
from zhiyin.promises.rules import KeptShare, State

ZONE = ZoneInfo("Asia/Shanghai")
WEEK = worktime.Calendar(
    zone="Asia/Shanghai",
    week=tuple(
        (worktime.Period.at("09:00", "12:00"), worktime.Period.at("13:30", "18:00")) if day < 5 else ()
        for day in range(7)
    ),
)


def at(day: int, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=ZONE)


@pytest.mark.parametrize(
    ("made", "due", "reminded"),
    [
        (at(18, "10:00"), at(18, "17:00"), at(18, "16:00")),  # one working hour before
        (at(18, "10:00"), at(18, "11:00"), at(18, "10:45")),  # a quarter of one hour
        (at(18, "10:00"), at(19, "09:30"), at(18, "17:30")),  # the working hour began yesterday
        (at(18, "10:00"), at(23, "09:00"), at(20, "17:00")),  # Monday at opening: Friday at five
        (at(21, "10:00"), at(21, "20:00"), at(21, "19:00")),  # a Saturday: by the clock on the wall
        (at(21, "10:00"), at(21, "10:20"), at(21, "10:15")),
    ],
)
def test_the_reminder_comes_while_there_is_still_time_to_work(made, due, reminded) -> None:
    assert rules.remind_at(WEEK, made, due) == reminded


@given(st.integers(0, 20_000), st.integers(1, 40_000))
def test_the_reminder_lies_between_making_and_falling_due(start: int, length: int) -> None:
    made = at(1, "00:00") + timedelta(minutes=start)
    due = made + timedelta(minutes=length)
    assert made <= rules.remind_at(WEEK, made, due) <= due


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("made_good", [False, True])
def test_what_keeping_makes_of_a_promise(state, late, made_good) -> None:
    due = at(18, "12:00")
    now = due + timedelta(microseconds=1) if late else due
    expected = {
        (State.OPEN, False, False): State.KEPT,
        (State.OPEN, False, True): State.KEPT,
        (State.OPEN, True, False): State.BROKEN,
        (State.OPEN, True, True): State.BROKEN,
        (State.BROKEN, False, False): State.BROKEN,
        (State.BROKEN, True, False): State.BROKEN,
    }.get((state, late, made_good))
    if expected is None:
        with pytest.raises(DomainError, match="settled already"):
            rules.on_keeping(state, due, now, made_good=made_good)
    else:
        assert rules.on_keeping(state, due, now, made_good=made_good) == expected


def test_a_share_comes_with_its_interval_and_n() -> None:
    share = KeptShare(kept=8, broken=2, made_good=1, released=5)
    assert (share.n, share.value) == (10, 0.8)
    assert share.interval == pytest.approx((0.4902, 0.9433), abs=1e-4)  # Wilson (1927)
    nothing = KeptShare(0, 0, 0, 3)
    assert (nothing.n, nothing.value, nothing.interval) == (0, None, None)
