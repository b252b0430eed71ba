"""The stretch of time a page looks at, and the weeks or months it is cut into. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import gettext_noop

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


class Span(Choice):
    WEEKS = "12w", gettext_noop("The last 12 weeks")
    HALF = "6m", gettext_noop("The last 6 months")
    YEAR = "12m", gettext_noop("The last 12 months")
    THIS = "year", gettext_noop("This year")


class By(Choice):
    WEEK = "week", gettext_noop("By week")
    MONTH = "month", gettext_noop("By month")


MONTHS = {Span.HALF: 6, Span.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the first to the last day, both counted."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> Stretch:
        """As many days, just before."""
        return Stretch(self.first - timedelta(days=self.days), self.first - DAY)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def stretch(span: Span, today: date) -> Stretch:
    """The days of a span, until today; weeks begin on Monday."""
    if span is Span.WEEKS:
        return Stretch(monday(today) - 11 * WEEK, today)
    if span is Span.THIS:
        return Stretch(date(today.year, 1, 1), today)
    months = today.year * 12 + today.month - MONTHS[span]
    return Stretch(date(months // 12, months % 12 + 1, 1), today)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def buckets(whole: Stretch, by: By) -> list[Stretch]:
    """The weeks or months of a stretch in order; the first and the last may be cut short by its ends."""
    found, first = [], whole.first
    while first <= whole.last:
        after = monday(first) + WEEK if by is By.WEEK else _next_month(first)
        found.append(Stretch(first, min(after - DAY, whole.last)))
        first = after
    return found


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
