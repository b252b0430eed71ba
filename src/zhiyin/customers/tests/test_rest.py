"""Rest hours, over midnight too, against a minute-by-minute oracle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.customers import rules
from zhiyin.customers.rules import DAY, Rest
from zhiyin.kit.errors import Invalid

NIGHT, NOON = Rest(21 * 60 + 30, 8 * 60 + 30), Rest(12 * 60, 14 * 60)
periods = st.lists(
    st.builds(Rest, st.integers(0, DAY - 1), st.integers(0, DAY)).filter(lambda p: p.start != p.end % DAY),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize(
    ("time", "ends"),
    [
        ("08:29", "08:30"),
        ("08:30", None),
        ("12:00", "14:00"),
        ("13:59", "14:00"),
        ("14:00", None),
        ("23:00", "08:30"),
        ("00:00", "08:30"),
    ],
)
def test_rest_hours_run_over_midnight_and_end_on_time(time: str, ends: str | None) -> None:
    rest = rules.rest_at([NOON, NIGHT], rules.minutes(time))
    assert (rules.clock(rest.end) if rest else None) == ends


@given(periods, st.integers(0, DAY - 1))
def test_the_end_of_a_rest_is_the_first_free_minute(given_periods: list[Rest], minute: int) -> None:
    busy = [any(period.holds(at) for period in given_periods) for at in range(DAY)]
    rest = rules.rest_at(given_periods, minute)
    assert (rest is not None) == busy[minute]
    if rest and not all(busy):
        first_free = next(at % DAY for at in range(minute, minute + DAY) if not busy[at % DAY])
        assert rest.end == first_free


@pytest.mark.parametrize(
    ("text", "value"), [("21:30", 1290), ("8:05", 485), ("24:00", 1440), ("0830", 510), ("8：05", 485)]
)
def test_times_are_read_as_people_type_them(text: str, value: int) -> None:
    assert rules.minutes(text) == value


@pytest.mark.parametrize("text", ["", "25:00", "24:01", "12:60", "noon", "-1:00"])
def test_a_time_that_is_none_gets_a_sentence(text: str) -> None:
    with pytest.raises(Invalid, match="21:30"):
        rules.minutes(text)


def test_a_rest_must_have_a_length_and_leave_some_of_the_day() -> None:
    with pytest.raises(Invalid, match="begins and ends at 12:00"):
        rules.check_rest([Rest(720, 720)])
    with pytest.raises(Invalid, match="no time of day"):
        rules.check_rest([Rest(0, 720), Rest(700, 1440)])
    assert rules.check_rest([NIGHT, NOON, NOON]) == [NOON, NIGHT]
