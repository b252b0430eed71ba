"""How the desk says what the catalogue and the guarantee hold: targets, periods, what is still owed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from zhiyin.catalogue.rules.words import Measure
from zhiyin.guarantees.rules import Period, quarter_before
from zhiyin.kit import figures, ui
from zhiyin.kit.language import say

SOON = timedelta(minutes=30)
HOUR, DAY = 60, 60 * 24


def owed(one: Any, *, now: datetime) -> ui.Clock:
    """A promise to everybody that is still open for a case."""
    if one.due_at is None:
        return ui.paused(_("stopped"))
    left = one.due_at - now
    return ui.running(left, share=50, soon=left < SOON, title=figures.when(one.due_at, now))


def span(minutes: int) -> str:
    """A budget of time: whole hours and minutes; days only where it counts round the clock is for the caller."""
    hours, rest = divmod(minutes, HOUR)
    said = [_("%(n)d h") % {"n": hours}] if hours else []
    said += [_("%(n)d min") % {"n": rest}] if rest or not hours else []
    return said[0] if len(said) == 1 else _("%(big)s %(small)s") % {"big": said[0], "small": said[1]}


def target(row: Any) -> str:
    """The measurable target of a service or a clause as one phrase; empty without one."""
    if not row.measure:
        return ""
    facts = {"what": say(Measure(row.measure)), "span": span(row.minutes)}
    if row.calendar_id is None:
        return _("%(what)s within %(span)s, round the clock") % facts
    return _("%(what)s within %(span)s of working time (%(hours)s)") % {**facts, "hours": row.calendar.name}


def periods(today: date) -> list[tuple[Period, Any]]:
    """The usual ones with their labels, the first is what a page begins with."""
    return [
        (Period("90", today - timedelta(days=89), today), _("90 days")),
        (Period("30", today - timedelta(days=29), today), _("30 days")),
        (quarter_before(today), _("Last quarter")),
        (Period("year", date(today.year, 1, 1), today), _("This year")),
    ]


def period(asked: QueryDict, now: datetime) -> Period:
    """The period an address asks for."""
    known = [one for one, _label in periods(timezone.localdate(now))]
    return next((one for one in known if one.name == asked.get("period")), known[0])
