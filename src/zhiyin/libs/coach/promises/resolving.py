"""From a time as written to the latest moment it means, by a clock and a calendar that are passed in.

How a promise's time is read (decided 2026-11; alternatives in brackets)
- *The latest moment counts.* A range means its upper end, a part of the day its end, a day the close of that day's
  working hours, midnight where nobody works then or work is already over. A promise is called broken only when
  no reading of it is left under which it was kept.
- *周五前, 20号前, 月底前* include the day they name and end with its working hours. (The other reading, Thursday
  evening, is the stricter; but who hears "before Friday" and gets his call on Friday morning calls that kept more
  often than broken, and 民法典 §1259 lets 以内, 届满 include the named figure without settling 前.) What names a point
  within a day is that point: 18点前, 中午前 (12:00), 晚饭前. What names a time of rest ends before it: 周末前 is Friday,
  国庆前 the last day before the holiday.
- *The named day lies ahead, today included*: "5号" on the 6th is next month's, "周五" on Friday is today while work
  goes on and next week's after it. 下周 is the calendar week from Monday.
- *A bare hour is the next one by the wall clock*: 六点 said at ten is 18:00. On another day 1–6 are afternoon hours.
- *Hours and minutes run on*, across nights and clock changes; days, weeks and months end with the close of their last day;
  working days are the calendar's, counted from the day after. Without a calendar they resolve to nothing.
- *马上* is overdue after half an hour, *稍后* with the close of the day; 尽快 names no moment, nor does a time that hangs
  on an event ("签收后24小时内", "当天") or is masked.
"""

from __future__ import annotations

import datetime as dt
import re

from zhiyin.libs.coach.promises import days, times
from zhiyin.libs.coach.promises.hours import Hours
from zhiyin.libs.coach.promises.numerals import upper
from zhiyin.libs.coach.promises.times import When
from zhiyin.libs.coach.promises.tokens import Token

AT_ONCE = dt.timedelta(minutes=30)
NOON, LAST_MORNING_HOUR, DAY_HOURS = 12, 6, 24
_PARTS: dict[str, tuple[int, int]] = {
    "凌晨": (0, 6), "清晨": (5, 8), "早晨": (6, 10), "早上": (6, 10), "一早": (6, 10), "大早": (6, 10),
    "一大早": (6, 10), "早": (6, 10), "早饭": (8, 9), "上午": (8, 12), "午前": (12, 12),
    "中午": (12, 14), "午间": (12, 14), "午": (12, 14), "午饭": (12, 13), "下午": (12, 18), "午后": (12, 18),
    "傍晚": (18, 19), "天黑": (18, 19), "晚饭": (18, 20), "晚上": (18, 24), "晚": (18, 24),
    "夜里": (18, 24), "夜间": (18, 24), "半夜": (22, 24), "深夜": (22, 24),
    "morning": (6, 12), "noon": (12, 12), "midday": (12, 13), "afternoon": (12, 18), "evening": (18, 22),
    "night": (18, 24), "midnight": (24, 24),
}  # fmt: skip
"""Parts of the day: when each begins (what "before" it means) and ends, in hours."""
_CLOSING_WORDS = frozenset({"下班", "收工", "打烊"})
_LATER_TODAY = re.compile("稍[后晚]|晚[点些]|[待等]一?会|过?一?会|later|shortly")
_ELAPSED = {"秒": 1, "分": 60, "刻": 900, "小": 3600, "钟": 3600, "s": 1, "m": 60, "h": 3600}
_CALENDAR = {"天": 1, "日": 1, "自": 1, "周": 7, "星": 7, "礼": 7, "d": 1, "w": 7}
_MONTHS = {"月": 1, "季": 3, "年": 12}


def resolve(when: When, now: dt.datetime, hours: Hours | None = None) -> dt.datetime | None:
    """The latest moment `when` means, in the zone of `now`; None where it names none.

    Raises ValueError for a `now` without zone.
    """
    if now.utcoffset() is None:
        raise ValueError("now needs its time zone")
    try:
        moment = _Reckoner(now, hours).resolve(when)
    except (ValueError, OverflowError):  # 31 June, or beyond the years a datetime holds
        return None
    return None if moment is None else moment.astimezone(now.tzinfo)


class _Reckoner:
    def __init__(self, now: dt.datetime, hours: Hours | None) -> None:
        self.now, self.hours, self.today = now, hours, now.date()

    def resolve(self, when: When) -> dt.datetime | None:
        if when.word:
            return self._word(when)
        if when.anchored or when.past:
            return None
        if when.duration is not None:
            return self._duration(when.duration)
        if when.after and when.day is not None and when.clock is None and when.part is None:
            return None
        return self._calendar(when)

    def _word(self, when: When) -> dt.datetime | None:
        if when.word == "now":
            return self.now + AT_ONCE
        return self._close(self.today) if _LATER_TODAY.match(when.vague) else None

    def _duration(self, token: Token) -> dt.datetime | None:
        count, unit = times.amount(token), token.get("unit")
        if count is None:
            return None
        if unit.startswith("工作小时"):
            return self.hours.add_time(self.now, dt.timedelta(hours=count)) if self.hours else None
        if unit.startswith("工作") or token.get("working"):
            return self._working(token, count, unit)
        if unit[0] in _CALENDAR:
            return self._days_on(count * _CALENDAR[unit[0]])
        if unit[0] in _MONTHS or unit.startswith("month"):
            return self._months_on(count * _MONTHS.get(unit[0], 1))
        return self._elapsed(dt.timedelta(seconds=count * _ELAPSED[unit[0]]))

    def _working(self, token: Token, count: float, unit: str) -> dt.datetime | None:
        if self.hours is None:
            return None
        if unit[0] == "h":
            return self.hours.add_time(self.now, dt.timedelta(hours=count))
        return self.hours.add_days(self.now, -int(-count // 1))

    def _elapsed(self, duration: dt.timedelta) -> dt.datetime:
        return self.now.astimezone(dt.UTC) + duration

    def _days_on(self, count: float) -> dt.datetime:
        if count < 1:
            return self._elapsed(dt.timedelta(days=count))
        return self._close(self.today + dt.timedelta(days=-int(-count // 1)))

    def _months_on(self, count: float) -> dt.datetime:
        whole, half = int(count), count % 1
        day = days.months_on(self.today, whole) + dt.timedelta(days=15 if half else 0)
        return self._close(day)

    def _calendar(self, when: When) -> dt.datetime | None:
        if when.day is None:
            return self._within(when, None)
        if when.day.kind == "masked" or "[" in "".join(when.day.parts.values()):
            return None
        day = self._day(when)
        if day is None:
            return None
        if when.clock is None and when.part is None and not _part_of_word(when.day):
            return self._close(day)
        return self._within(when, day)

    def _day(self, when: When) -> dt.date | None:
        token = when.day
        assert token is not None  # noqa: S101
        return days.READERS[token.kind](token, self.today, self._closed_today(), when.before)

    def _closed_today(self) -> bool:
        closing = self.hours.closing(self.today) if self.hours else None
        return closing is not None and closing <= self.now

    def _within(self, when: When, day: dt.date | None) -> dt.datetime | None:
        part = when.part.get("part") if when.part else _part_of_word(when.day)
        part = "早" if part.endswith("早") else part
        if when.clock is not None:
            return self._clock(when.clock, part, day)
        if part in _CLOSING_WORDS:
            return self._close(day or self.today)
        starts, ends = _PARTS[part]
        return self._next_at(starts if when.before else ends, 0, day)

    def _clock(self, clock: Token, part: str, day: dt.date | None) -> dt.datetime | None:
        read = _clock(clock)
        if read is None:
            return None
        hour, minute = read
        if clock.get("ampm") or clock.get("ampm2") or (clock.get("colon") and hour > NOON):
            return self._next_at(hour, minute, day)
        if part:
            return self._next_at(_hour_in(part, hour), minute, day)
        if day is None and hour <= NOON and not clock.get("colon"):
            return self._soonest(hour, minute)
        if day is not None and 0 < hour <= LAST_MORNING_HOUR and not clock.get("colon"):
            hour += NOON
        return self._next_at(hour, minute, day)

    def _soonest(self, hour: int, minute: int) -> dt.datetime:
        for candidate in (hour, hour + NOON):
            moment = self._at(self.today, candidate, minute)
            if moment > self.now:
                return moment
        tomorrow = self.today + dt.timedelta(days=1)
        return self._at(tomorrow, hour + NOON if 0 < hour <= LAST_MORNING_HOUR else hour, minute)

    def _next_at(self, hour: int, minute: int, day: dt.date | None) -> dt.datetime:
        """That time on `day`, or where no day is said the next time the wall clock shows it."""
        moment = self._at(day or self.today, hour, minute)
        if day is None and moment <= self.now:
            return self._at(self.today + dt.timedelta(days=1), hour, minute)
        return moment

    def _at(self, day: dt.date, hour: int, minute: int) -> dt.datetime:
        more, hour = divmod(hour, DAY_HOURS)
        wall = dt.datetime.combine(day + dt.timedelta(days=more), dt.time(hour, minute), self.now.tzinfo)
        # An hour the clock skips is told as the one that follows.
        return wall.astimezone(dt.UTC).astimezone(self.now.tzinfo)

    def _close(self, day: dt.date) -> dt.datetime:
        closing = self.hours.closing(day) if self.hours else None
        if closing is not None and closing > self.now:
            return closing
        return self._at(day, DAY_HOURS, 0)


def _part_of_word(token: Token | None) -> str:
    """The part of the day within a word such as tonight or 当晚."""
    written = token.get("relday") if token else ""
    return "night" if written == "tonight" else ""


def _clock(clock: Token) -> tuple[int, int] | None:
    """Hour and minute as said; None behind a mask."""
    if clock.get("hidden"):
        return None
    hour = upper(clock.get("hour") or clock.get("hour12") or clock.get("hour2"))
    if hour is None or hour > DAY_HOURS:
        return None
    minute = _minute(clock)
    half_day = (clock.get("ampm") or clock.get("ampm2"))[:1]
    if half_day == "p" and hour < NOON:
        hour += NOON
    elif half_day == "a" and hour == NOON:
        hour = 0
    elif clock.get("hour2") and hour <= LAST_MORNING_HOUR:
        hour += NOON
    if clock.get("odd"):
        return int(hour) + 1, 0
    return int(hour), minute


def _minute(clock: Token) -> int:
    written = clock.get("minute") or clock.get("colon")
    fixed = {"": 0, "整": 0, "半": 30, "一刻": 15, "三刻": 45}
    if written in fixed:
        return fixed[written]
    value = upper(written.rstrip("分"))
    if value is None or value >= 60:  # noqa: PLR2004
        raise ValueError(written)
    return int(value)


def _hour_in(part: str, hour: int) -> int:
    """The hour of the day that `hour` o'clock is in a part of it; 24 and more lie in the night after."""
    starts, _ = _PARTS.get(part, (0, 0))
    if hour > NOON:
        return hour
    if part in {"凌晨", "清晨", "早晨", "早上", "一早", "大早", "早", "上午", "早饭", "morning"}:
        return 0 if hour == NOON and part == "凌晨" else hour
    if part in {"中午", "午间", "午", "午饭", "noon", "midday"}:
        return hour + NOON if hour <= 3 else hour  # noqa: PLR2004
    if starts >= 18:  # noqa: PLR2004
        return hour + DAY_HOURS if hour < 5 else 24 if hour == NOON else hour + NOON  # noqa: PLR2004
    return hour + NOON if hour < NOON else hour
