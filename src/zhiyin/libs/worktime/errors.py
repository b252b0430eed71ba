"""What can be wrong with a calendar; doorways translate `message % data`."""

from __future__ import annotations

from typing import ClassVar


def gettext_noop(message: str) -> str:
    """Mark `message` for extraction without translating it."""
    return message


class WorktimeError(ValueError):
    """Base of this library's errors: a stable `code`, a marked `message` and the facts as `data`."""

    code: ClassVar[str] = "worktime"
    message: ClassVar[str] = gettext_noop("These working hours need another look.")

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(self.message % data if data else self.message)


class InvalidPeriod(WorktimeError):
    """A period that does not lie inside one day, or ends before it begins."""

    code = "worktime.invalid_period"
    message = gettext_noop("A working period begins before it ends, between 00:00 and 24:00: %(period)s.")


class OverlappingPeriods(WorktimeError):
    """Two periods of the same day cover the same minute."""

    code = "worktime.overlapping_periods"
    message = gettext_noop("Two working periods of one day overlap: %(first)s and %(second)s.")


class InvalidWeek(WorktimeError):
    """A week that does not have seven days."""

    code = "worktime.invalid_week"
    message = gettext_noop("A week has seven days, this one has %(days)s.")


class UnknownZone(WorktimeError):
    """A time zone that the IANA database does not know."""

    code = "worktime.unknown_zone"
    message = gettext_noop("There is no time zone called %(zone)s.")


class NaiveMoment(WorktimeError):
    """A moment without a time zone; a programming error rather than a person's."""

    code = "worktime.naive_moment"
    message = gettext_noop("A moment needs its time zone.")


class NoWorkingTime(WorktimeError):
    """No working time within the horizon: a calendar without hours, or one that closes for good."""

    code = "worktime.no_working_time"
    message = gettext_noop("This calendar has no working time within %(years)s years of %(moment)s.")


class OutOfRange(WorktimeError):
    """A moment at the edge of what the calendar of Python can hold."""

    code = "worktime.out_of_range"
    message = gettext_noop("The year %(year)s is too far away to reckon with.")
