"""When each step of a play happens, reckoned back from the moment the demo is built. Pure.

Colleagues act in their working hours, customers while they are awake, and nothing happens after `now`: a play
that would reach beyond it begins earlier, together with the plays it belongs to (`group`).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from zhiyin.demo import texts
from zhiyin.demo.plays import CUSTOMER, Play
from zhiyin.libs import worktime
from zhiyin.libs.worktime import Calendar

ZONE = ZoneInfo("Asia/Shanghai")
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
AWAKE = time(7, 20), time(22, 30)
LEAST = timedelta(seconds=75)  # between two steps, and between the last one and now
_ANCHOR = re.compile(r"([BD])-(\d+) (\d\d):(\d\d)|([WN])-(\d+):(\d\d)")
_DELAY = re.compile(r"([+~])(\d+)([mh])|(\d+)d@(\d\d):(\d\d)")
_DUE = re.compile(r"\+(\d+)h|d\+(\d+) (\d\d):(\d\d)|now([+-])(\d+)h")


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours: the service's own, and each colleague's by name."""

    service: Calendar
    of: Mapping[str, Calendar]


def times(play: Play, *, hours: Hours, now: datetime, earlier: timedelta = timedelta()) -> list[datetime]:
    """The moments of the opening and of every step, with the opening moved `earlier`."""
    moment = anchor(play.at, hours=hours, now=now) - earlier
    moments = [at_hand(moment, play.cast[0], hours)] if play.via != "night" else [moment]
    for number, step in enumerate(play.steps):
        later = after(moments[-1], step.delay, step.who, hours)
        later += timedelta(seconds=zlib.crc32(f"{play.key}{number}".encode()) % 50)
        moments.append(max(later, moments[-1] + LEAST))
    return moments


def plan(plays: Iterable[Play], *, hours: Hours, now: datetime) -> dict[str, list[datetime]]:
    """The moments of every play by its key, none after `now`."""
    groups: dict[str, list[Play]] = {}
    for play in plays:
        groups.setdefault(play.group, []).append(play)
    found: dict[str, list[datetime]] = {}
    for members in groups.values():
        found |= _fitted(members, hours=hours, now=now)
    return found


def _fitted(members: list[Play], *, hours: Hours, now: datetime) -> dict[str, list[datetime]]:
    """The members' moments, all of them moved back by the same whole days or minutes until they are past."""
    earlier = timedelta()
    while True:
        moments = {play.key: times(play, hours=hours, now=now, earlier=earlier) for play in members}
        over = max(row[-1] for row in moments.values()) - (now - LEAST)
        if over <= timedelta():
            return moments
        by_day = any(play.at[0] in "BD" for play in members)
        earlier += -(-over // DAY) * DAY if by_day else over


def anchor(text: str, *, hours: Hours, now: datetime) -> datetime:
    """Where a play begins; see `plays`."""
    read = _ANCHOR.fullmatch(text)
    if read is None:
        raise ValueError(text)
    unit, count, hour, minute, short, ago, rest = read.groups()
    if short:
        span = timedelta(hours=int(ago), minutes=int(rest))
        return now - span if short == "N" else worktime.add(hours.service, now, -span)
    today = now.astimezone(ZONE).date()
    day = today - int(count) * DAY if unit == "D" else _working_day_before(today, int(count), hours.service)
    return _at(day, int(hour), int(minute))


def after(moment: datetime, delay: str, who: str, hours: Hours) -> datetime:
    """The moment a step happens that follows another one by `delay`."""
    read = _DELAY.fullmatch(delay)
    if read is None:
        raise ValueError(delay)
    sign, count, unit, days, hour, minute = read.groups()
    if days is not None:
        day = moment.astimezone(ZONE).date() + int(days) * DAY
        return at_hand(max(_at(day, int(hour), int(minute)), moment), who, hours)
    span = timedelta(minutes=int(count) * (60 if unit == "h" else 1))
    if sign == "~":
        return moment + span
    if who == CUSTOMER:
        return at_hand(moment + span, who, hours)
    return worktime.add(hours.of[who], worktime.next_open(hours.of[who], moment), span)


def at_hand(moment: datetime, who: str, hours: Hours) -> datetime:
    """`moment`, or when this person is next at work (a customer: awake)."""
    if who != CUSTOMER:
        return worktime.next_open(hours.of[who], moment)
    local = moment.astimezone(ZONE)
    first, last = AWAKE
    if first <= local.time() <= last:
        return moment
    morning = local.date() if local.time() < first else local.date() + DAY
    return _at(morning, 8, zlib.crc32(str(local.minute).encode()) % 50)


def due(text: str, *, hours: Hours, at: datetime, now: datetime) -> datetime:
    """Until when something is promised at `at`: `+4h` of service time, `d+1 18:00` on the first working day from
    tomorrow, `now+2h` and `now-3h` of service time from the moment of building.
    """
    read = _DUE.fullmatch(text)
    if read is None:
        raise ValueError(text)
    span, days, hour, minute, sign, count = read.groups()
    if span:
        found = _round(worktime.add(hours.service, at, timedelta(hours=int(span))))
    elif sign:
        away = timedelta(hours=int(count)) * (1 if sign == "+" else -1)
        found = _round(worktime.add(hours.service, now, away))
    else:
        day = at.astimezone(ZONE).date() + int(days) * DAY
        while not hours.service.periods_on(day):
            day += DAY
        found = _at(day, int(hour), int(minute))
    return max(found, at + 30 * MINUTE)


def say(moment: datetime) -> str:
    """A moment as colleagues write it to customers."""
    local = moment.astimezone(ZONE)
    if texts.language() == texts.ENGLISH:
        return f"{local:%H:%M} on {local.day} {local:%B}"
    return f"{local.month}月{local.day}日{local:%H:%M}"


def _working_day_before(day: date, count: int, calendar: Calendar) -> date:
    while count:
        day -= DAY
        count -= bool(calendar.periods_on(day))
    return day


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


def _round(moment: datetime) -> datetime:
    """Up to the next ten minutes, as people name times."""
    local = moment.astimezone(ZONE).replace(second=0, microsecond=0)
    return local + MINUTE * (-local.minute % 10)
