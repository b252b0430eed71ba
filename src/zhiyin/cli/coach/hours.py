"""Working hours for the coach's promises, told by a working calendar; libs do not know one another, doorways do."""

from __future__ import annotations

import datetime as dt

from zhiyin.libs import worktime
from zhiyin.libs.worktime import zones

_DAY = dt.timedelta(days=1)
_LONGEST = worktime.HORIZON_YEARS * 366


class CalendarHours:
    """`zhiyin.libs.coach.promises.Hours` by a calendar of `zhiyin.libs.worktime`."""

    def __init__(self, calendar: worktime.Calendar) -> None:
        """Days are those of the calendar's zone."""
        self.calendar = calendar
        self._zone = zones.load(calendar.zone)

    def add_days(self, moment: dt.datetime, working_days: int) -> dt.datetime:
        """Closing time of the `working_days`-th working day after that of `moment`; raises `NoWorkingTime`."""
        day = moment.astimezone(self._zone).date()
        left = working_days
        for _ in range(_LONGEST):
            closing = self.closing(day)
            if closing is not None and left <= 0:
                return closing
            day += _DAY
            if self.calendar.periods_on(day):
                left -= 1
        raise worktime.NoWorkingTime(years=worktime.HORIZON_YEARS, moment=moment.isoformat())

    def add_time(self, moment: dt.datetime, duration: dt.timedelta) -> dt.datetime:
        """The moment at which `duration` of working time has passed; raises `NoWorkingTime`."""
        return worktime.add(self.calendar, moment, duration)

    def closing(self, day: dt.date) -> dt.datetime | None:
        """When the last period of `day` ends; None on a day off."""
        periods = self.calendar.periods_on(day)
        if not periods:
            return None
        midnight = dt.datetime.combine(day, dt.time(), self._zone)
        hour, minute = divmod(periods[-1].end, 60)
        if hour == 24:  # noqa: PLR2004
            return midnight + _DAY
        return midnight.replace(hour=hour, minute=minute)
