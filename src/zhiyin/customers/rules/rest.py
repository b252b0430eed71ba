"""Hours in which a customer is left in peace. Pure; times are minutes after local midnight."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhiyin.kit.errors import Invalid, gettext_noop

HOUR = 60
DAY = 24 * HOUR
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:：.]?([0-5]\d)")


class ClockUnknown(Invalid):
    code = "customers.clock_unknown"
    message = gettext_noop("Write the time as 21:30.")


class RestEmpty(Invalid):
    code = "customers.rest_empty"
    message = gettext_noop("The rest period begins and ends at %(at)s. Change one of the two times.")


class RestAllDay(Invalid):
    code = "customers.rest_all_day"
    message = gettext_noop("This leaves no time of day to reach the customer. Leave an hour free.")


@dataclass(frozen=True, slots=True)
class Rest:
    """A daily period; over midnight when `end` comes before `start`. `end` may be 1440."""

    start: int
    end: int

    def holds(self, minute: int) -> bool:
        """Whether the customer rests at `minute`; the end itself is free again."""
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def __str__(self) -> str:
        return f"{clock(self.start)}–{clock(self.end)}"


def minutes(text: str) -> int:
    """`21:30` as minutes after midnight, `24:00` as 1440; raises Invalid."""
    found = _CLOCK.fullmatch(text.strip())
    if not found or (value := int(found[1]) * HOUR + int(found[2])) > DAY:
        raise ClockUnknown(field="rest")
    return value


def clock(minute: int) -> str:
    """Minutes after midnight as `21:30`."""
    return f"{minute // HOUR:02}:{minute % HOUR:02}"


def check_rest(periods: Iterable[Rest]) -> list[Rest]:
    """The periods in order and without repeats; raises Invalid when one is empty or the whole day is taken."""
    tidy = sorted(
        {Rest(period.start % DAY, period.end) for period in periods}, key=lambda p: (p.start, p.end)
    )
    for period in tidy:
        if period.start == period.end:
            raise RestEmpty(field="rest", at=clock(period.start))
    if tidy and all(any(period.holds(minute) for period in tidy) for minute in range(DAY)):
        raise RestAllDay(field="rest")
    return tidy


def rest_at(periods: Sequence[Rest], minute: int) -> Rest | None:
    """The rest that `minute` lies in, as one period to where it really ends; None when the customer may be called.

    Periods that touch or overlap run on into each other, over midnight too.
    """
    here = [period for period in periods if period.holds(minute)]
    if not here:
        return None
    end, limit = here[0].end % DAY, len(periods) + 1
    for _ in range(limit):
        onward = [period for period in periods if period.holds(end)]
        if not onward:
            break
        end = max(onward, key=lambda period: (period.end - end) % DAY).end % DAY
    return Rest(here[0].start, end)
