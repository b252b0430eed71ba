"""The plays as data, and the times they are given, at moments when a demo may be started."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from zhiyin.demo import bonds, house, outside, plays, schedule
from zhiyin.demo.plays import CUSTOMER
from zhiyin.demo.schedule import ZONE
from zhiyin.libs import worktime
from zhiyin.libs.worktime import Calendar, Period

STARTS = {
    "a working afternoon": datetime(2026, 11, 18, 15, 20, tzinfo=ZONE),
    "the first minute of a day": datetime(2026, 11, 18, 8, 30, tzinfo=ZONE),
    "a lunch break": datetime(2026, 11, 18, 12, 45, tzinfo=ZONE),
    "a Sunday": datetime(2026, 11, 22, 10, 5, tzinfo=ZONE),
    "the middle of a night": datetime(2026, 11, 19, 3, 10, tzinfo=ZONE),
    "the spring festival": datetime(2026, 2, 19, 16, 0, tzinfo=ZONE),
    "a year without announced holidays": datetime(2027, 3, 3, 9, 15, tzinfo=ZONE),
}


@pytest.fixture(scope="module")
def hours() -> schedule.Hours:
    content = plays.table("house")
    known = worktime.table()
    by_name = {}
    for row in content["calendar"]:
        week: list[list[Period]] = [[] for _ in range(7)]
        for weekday, start, end in house.week(row.get("week", ())):
            week[weekday].append(Period(start, end))
        observed = row.get("statutory", True) and not row.get("always", False)
        by_name[row["name"]] = Calendar(
            zone="Asia/Shanghai",
            week=tuple(map(tuple, week)),
            always=row.get("always", False),
            holidays=known.holidays if observed else frozenset(),
            workdays=dict.fromkeys(known.workdays) if observed else {},
        )
    seat = {row["name"]: row["hours"] for row in (*content["department"], *content["team"])}
    service = by_name[content["team"][0]["hours"]]
    of = {
        row["name"]: by_name[seat[row.get("team") or row["department"]]]
        if row.get("team") or row.get("department")
        else service
        for row in content["staff"]
    }
    return schedule.Hours(service, of)


@pytest.fixture(scope="module")
def written() -> list[plays.Play]:
    return plays.load()


def test_every_play_speaks_of_people_and_verbs_that_exist(written: list[plays.Play]) -> None:
    staff = {row["name"] for row in plays.table("house")["staff"]}
    customers = {row["name"]: row for row in house.rows()}
    for play in written:
        assert play.who in customers, play.key
        assert set(play.cast) <= staff | {CUSTOMER}, play.key
        assert {step.verb for step in play.steps} <= {*bonds.VERBS, *outside.VERBS, "open"}, play.key
        codes = {line.split()[0] for line in customers[play.who].get("about", ())}
        assert not play.about or play.about in codes, play.key
    assert len({play.key for play in written}) == len(written)


def test_telephone_numbers_and_addresses_are_nobodys() -> None:
    for row in house.rows():
        assert all(phone.startswith("1390000") for phone in row.get("phones", ())), row["name"]
        assert row.get("email", "@example.com").endswith("@example.com"), row["name"]


@pytest.mark.parametrize("name", STARTS)
def test_everything_happens_in_order_and_before_the_demo_starts(
    name: str, written: list[plays.Play], hours: schedule.Hours
) -> None:
    now = STARTS[name]
    for key, moments in schedule.plan(written, hours=hours, now=now).items():
        assert moments[-1] <= now - schedule.LEAST, key
        assert all(first < second for first, second in pairwise(moments)), key
        assert moments[0] > now - timedelta(days=98), key  # the twelve weeks that are looked at, and two


@pytest.mark.parametrize("name", STARTS)
def test_colleagues_act_in_their_hours_unless_the_play_says_otherwise(
    name: str, written: list[plays.Play], hours: schedule.Hours
) -> None:
    leeway = timedelta(minutes=3)  # seconds of jitter, and the least pause between two steps
    planned = schedule.plan(written, hours=hours, now=STARTS[name])
    for play in written:
        for step, before, moment in zip(play.steps, planned[play.key], planned[play.key][1:], strict=False):
            if step.who == CUSTOMER or step.delay.startswith("~") or moment - before <= leeway:
                continue
            calendar = hours.of[step.who]
            assert worktime.between(calendar, moment - leeway, moment) > timedelta(), (play.key, step)


@pytest.mark.parametrize("name", STARTS)
def test_the_burst_lies_within_ninety_minutes_of_one_working_afternoon(
    name: str, written: list[plays.Play], hours: schedule.Hours
) -> None:
    planned = schedule.plan(written, hours=hours, now=STARTS[name])
    opened = sorted(planned[play.key][0] for play in written if play.group == "water")
    assert len(opened) == 14
    assert opened[-1] - opened[0] <= timedelta(minutes=90)
    assert worktime.is_open(hours.service, opened[0])


@pytest.mark.parametrize("text", ["tomorrow", "B-3", "+5", "d+1"])
def test_a_time_nobody_can_read_is_refused_by_its_words(text: str, hours: schedule.Hours) -> None:
    now = STARTS["a Sunday"]
    for read in (
        lambda: schedule.anchor(text, hours=hours, now=now),
        lambda: schedule.after(now, text, CUSTOMER, hours),
        lambda: schedule.due(text, hours=hours, at=now, now=now),
    ):
        with pytest.raises(ValueError, match=text.replace("+", r"\+")):
            read()
