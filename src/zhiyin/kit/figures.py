"""Dates, durations, money and telephone numbers as a reader of this language expects them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

MOBILE_DIGITS = 11
SHOWN_DIGITS = 7  # the first three and the last four


def listed(words: Iterable[object]) -> str:
    """Water, power, lifts: as this language sets words in a row."""
    return pgettext("between words in a row", ", ").join(map(str, words))


def clauses(said: Iterable[object]) -> str:
    """Handed to the supervisor; both are over my limit: as this language sets clauses in a row."""
    return pgettext("between clauses in a row", "; ").join(map(str, said))


def aside(text: object, more: object) -> str:
    """A word with something in brackets behind it."""
    return pgettext("a word and an aside", "%(text)s (%(more)s)") % {"text": text, "more": more}


def speaks(name: object, words: object) -> str:
    """A name, a colon, and what is said."""
    return pgettext("who says what", "%(name)s: %(words)s") % {"name": name, "words": words}


def when(moment: dt.datetime | dt.date | None, now: dt.datetime, *, brief: bool = False) -> str:
    """Today 09:12, yesterday 19:40, 17 Nov 19:40, 17 Nov 2025; `brief`: no clock time before today."""
    if moment is None:
        return ""
    today = timezone.localtime(now).date()
    if not isinstance(moment, dt.datetime):
        return day(moment, today)
    local = timezone.localtime(moment)
    if local.year != today.year and local.date() not in _near(today):
        return day(local.date(), today)
    if brief and local.date() != today:
        return day(local.date(), today)
    return _("%(day)s %(time)s") % {"day": day(local.date(), today), "time": f"{local:%H:%M}"}


def _near(today: dt.date) -> set[dt.date]:
    return {today + dt.timedelta(days=offset) for offset in (-1, 0, 1)}


def day(date: dt.date, today: dt.date) -> str:
    """Today, yesterday, tomorrow, 17 Nov, 17 Nov 2025."""
    named = {0: _("today"), -1: _("yesterday"), 1: _("tomorrow")}.get((date - today).days)
    if named:
        return named
    return plain_day(date, today.year)


def plain_day(date: dt.date, year: int) -> str:
    """17 Nov; with the year where it is not `year`."""
    facts = {"year": date.year, "day": date.day, "name": month(date.month)}
    return (_("%(day)d %(name)s") if date.year == year else _("%(day)d %(name)s %(year)d")) % facts


def month(number: int) -> str:
    names = (
        pgettext("short month", "Jan"), pgettext("short month", "Feb"), pgettext("short month", "Mar"),
        pgettext("short month", "Apr"), pgettext("short month", "May"), pgettext("short month", "Jun"),
        pgettext("short month", "Jul"), pgettext("short month", "Aug"), pgettext("short month", "Sep"),
        pgettext("short month", "Oct"), pgettext("short month", "Nov"), pgettext("short month", "Dec"),
    )  # fmt: skip
    return names[number - 1]


def weekday(date: dt.date) -> str:
    names = (
        pgettext("short weekday", "Mon"), pgettext("short weekday", "Tue"), pgettext("short weekday", "Wed"),
        pgettext("short weekday", "Thu"), pgettext("short weekday", "Fri"), pgettext("short weekday", "Sat"),
        pgettext("short weekday", "Sun"),
    )  # fmt: skip
    return names[date.weekday()]


def duration(delta: dt.timedelta | None) -> str:
    """The two largest units: 2 d 4 h, 3 h 12 min, 41 min. The sign is said in words by whoever asks."""
    if delta is None:
        return ""
    minutes = int(abs(delta).total_seconds() // 60)
    if minutes == 0:
        return _("under 1 min")
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    units = ((days, _("%(n)d d")), (hours, _("%(n)d h")), (left, _("%(n)d min")))
    first = next(index for index, (count, _text) in enumerate(units) if count)
    said = [text % {"n": count} for count, text in units[first : first + 2] if count]
    return said[0] if len(said) == 1 else _("%(big)s %(small)s") % {"big": said[0], "small": said[1]}


def money(amount: Decimal | float | None) -> str:
    """¥1,260; ¥230.10 where cents exist; a true minus sign."""
    if amount is None:
        return ""
    value = Decimal(str(amount)).quantize(Decimal("0.01"))
    digits = f"{abs(value):,.0f}" if value == value.to_integral_value() else f"{abs(value):,.2f}"
    return f"{'−' if value < 0 else ''}¥{digits}"


def masked_phone(number: str | None) -> str:
    """139****4471 for +8613900214471; of any other number, too, the first three and the last four figures."""
    if not number:
        return ""
    digits = "".join(figure for figure in number if figure.isdigit())
    national = digits.removeprefix("86") if number.startswith("+86") else digits
    if number.startswith("+86") and len(national) != MOBILE_DIGITS:
        national = "0" + national
    foreign = "+" if number.startswith("+") and not number.startswith("+86") else ""
    return (
        f"{foreign}{national[:3]}****{national[-4:]}"
        if len(national) > SHOWN_DIGITS
        else f"****{national[-2:]}"
    )
