"""Statutory times reckoned by hand against the State Council's notice for 2026.

2026: National Day off 1–7 October, worked Sunday 20 September and Saturday 10 October; Mid-Autumn off 25–27 September;
Spring Festival off 15–23 February, worked Saturday 14 and Saturday 28 February. Nothing is announced for 2027.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from zhiyin.libs import worktime
from zhiyin.statutory.rules import deadlines
from zhiyin.statutory.rules.deadlines import Term
from zhiyin.statutory.rules.words import Body, Duty, Region, Sector, Start, Unit

HERE = ZoneInfo("Asia/Shanghai")
DAYS = deadlines.calendar(worktime.table(), "Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def last_day(start: str, amount: int, unit: Unit = Unit.WORKING_DAYS, *, rolls: bool = True) -> date:
    found = deadlines.deadline(DAYS, start=at(start), amount=amount, unit=unit, rolls=rolls, remind_days=1)
    return deadlines.last_day(found.due_at, "Asia/Shanghai")


@pytest.mark.parametrize(
    ("start", "amount", "expected"),
    [
        # Wednesday 18 November: 19, 20, 23, 24, 25.
        ("2026-11-18 10:00", 5, date(2026, 11, 25)),
        # The day it came in is not counted, early or late in the day.
        ("2026-11-18 00:00", 1, date(2026, 11, 19)),
        ("2026-11-18 23:59", 1, date(2026, 11, 19)),
        # Came in on a Saturday: Monday is the first day.
        ("2026-11-21 09:00", 1, date(2026, 11, 23)),
        # Before National Day: 29, 30 September; 8, 9, then the worked Saturday 10 October.
        ("2026-09-28 15:00", 5, date(2026, 10, 10)),
        # The worked Sunday 20 September counts: 18, 20, 21, 22, 23.
        ("2026-09-17 15:00", 5, date(2026, 9, 23)),
        # Over Mid-Autumn and National Day: 24, 28, 29, 30 September, 8 October.
        ("2026-09-23 09:00", 5, date(2026, 10, 8)),
        # Spring Festival: 13, worked Saturday 14, then nothing until 24, 25, 26 February.
        ("2026-02-12 09:00", 5, date(2026, 2, 26)),
        # 24 to 27, worked Saturday 28 February, 2 and 3 March: seven.
        ("2026-02-23 09:00", 7, date(2026, 3, 3)),
    ],
)
def test_working_days_over_holidays_and_swapped_days(start, amount, expected):
    assert last_day(start, amount) == expected


def test_it_is_in_time_until_midnight_of_the_last_day():
    found = deadlines.deadline(
        DAYS, start=at("2026-11-18 10:00"), amount=5, unit=Unit.WORKING_DAYS, rolls=True, remind_days=1
    )
    assert found.due_at == at("2026-11-26 00:00")
    assert found.warn_at == at("2026-11-25 00:00")


def test_a_reminder_of_two_working_days_jumps_over_the_holiday():
    found = deadlines.deadline(
        DAYS, start=at("2026-09-23 09:00"), amount=5, unit=Unit.WORKING_DAYS, rolls=True, remind_days=2
    )
    # The last two working days are 30 September and 8 October.
    assert found.warn_at == at("2026-09-30 00:00")


def test_calendar_days_whose_last_day_is_off_move_to_the_next_working_day():
    # Seven days from 24 September end on 1 October: the next working day is the 8th.
    assert last_day("2026-09-24 10:00", 7, Unit.DAYS) == date(2026, 10, 8)
    assert last_day("2026-09-24 10:00", 7, Unit.DAYS, rolls=False) == date(2026, 10, 1)
    # A worked Saturday is no day off.
    assert last_day("2026-10-03 10:00", 7, Unit.DAYS) == date(2026, 10, 10)


def test_hours_run_round_the_clock():
    found = deadlines.deadline(
        DAYS, start=at("2026-10-01 10:00"), amount=24, unit=Unit.HOURS, rolls=True, remind_days=1
    )
    assert found.due_at == at("2026-10-02 10:00")
    assert found.warn_at == at("2026-10-02 04:00")


def test_a_deadline_in_a_year_without_a_notice_is_provisional():
    soon = deadlines.deadline(
        DAYS, start=at("2026-12-24 10:00"), amount=5, unit=Unit.WORKING_DAYS, rolls=True, remind_days=1
    )
    over = deadlines.deadline(
        DAYS, start=at("2026-12-24 10:00"), amount=6, unit=Unit.WORKING_DAYS, rolls=True, remind_days=1
    )
    assert deadlines.last_day(soon.due_at, "Asia/Shanghai") == date(2026, 12, 31)
    assert not soon.provisional, "the last moment of 2026 is known"
    assert over.provisional


def term(
    code: str,
    begins: str,
    *,
    body: str = "",
    sector: str = "",
    region: str = "",
    city: str = "",
    ends: str = "",
    amount: int = 5,
) -> Term:
    return Term(
        id=amount,
        code=code,
        duty=Duty.RETURN,
        body=body,
        sector=sector,
        region=region,
        city=city,
        amount=amount,
        unit=Unit.WORKING_DAYS,
        starts_from=Start.RECEIVED,
        rolls=True,
        remind_days=1,
        effective_from=date.fromisoformat(begins),
        effective_to=date.fromisoformat(ends) if ends else None,
    )


def test_the_version_of_the_day_holds_and_the_narrower_rule_goes_first():
    rules = [
        term("any", "2020-01-01", amount=10),
        term("hotline", "2020-01-01", body="hotline", ends="2026-06-30", amount=5),
        term("hotline", "2026-04-15", body="hotline", amount=4),
        term("hotline-express", "2026-01-01", body="hotline", sector="express", amount=3),
    ]

    def amount(day: str, body: Body | None, sector: Sector | None = None) -> int | None:
        found = deadlines.in_force(
            rules, duty=Duty.RETURN, body=body, sector=sector, on=date.fromisoformat(day)
        )
        return found.amount if found else None

    assert amount("2026-04-14", Body.HOTLINE) == 5
    assert amount("2026-04-15", Body.HOTLINE) == 4, "the newer version takes over on its first day"
    assert amount("2026-07-01", Body.HOTLINE) == 4
    assert amount("2026-07-01", Body.HOTLINE, Sector.EXPRESS) == 3
    assert amount("2026-07-01", Body.INDUSTRY) == 10
    assert amount("2019-12-31", Body.HOTLINE) is None


def test_a_rule_of_the_city_goes_before_one_of_its_region_and_that_before_the_countrys() -> None:
    rules = [
        term("all", "2026-04-15", body="market", amount=45),
        term("shanghai", "2020-01-01", body="market", region="31", amount=60),
        term("guangdong", "2020-01-01", body="market", region="44", amount=20),
        term("shenzhen", "2020-01-01", body="market", region="44", city="深圳市", amount=8),
    ]

    def amount(region: Region | None, city: str = "") -> int | None:
        found = deadlines.in_force(
            rules,
            duty=Duty.RETURN,
            body=Body.MARKET,
            sector=None,
            region=region,
            city=city,
            on=date(2026, 11, 22),
        )
        return found.amount if found else None

    assert amount(Region.SHANGHAI, "上海市") == 60, (
        "an older rule of the region is not pushed aside by a newer one of all"
    )
    assert amount(Region.GUANGDONG, "深圳") == 8
    assert amount(Region.GUANGDONG, "广州") == 20
    assert amount(Region.GUANGDONG) == 20
    assert amount(None) == 45
    assert amount(Region.BEIJING, "深圳") == 45


def test_an_extension_lasts_until_midnight_of_its_day():
    end = deadlines.end_of(date(2026, 10, 20), "Asia/Shanghai")
    found = deadlines.by(DAYS, start=at("2026-10-01 09:00"), due_at=end, remind_days=1)
    assert found.due_at - at("2026-10-20 00:00") == timedelta(days=1)
    assert found.warn_at == at("2026-10-20 00:00")
