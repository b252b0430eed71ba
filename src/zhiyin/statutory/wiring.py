"""What this room plugs into the floors below: timers, the board's lane, its part of the archive, recomputed times."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from zhiyin.cases import enclosures, lanes
from zhiyin.kit.jobs import timers
from zhiyin.people import calendars
from zhiyin.statutory import queries, report
from zhiyin.statutory.actions import duties

LANE = "transfers"


def connect() -> None:
    timers.register("statutory_reminders", duties.claim_reminders)
    timers.register("statutory_breaches", duties.claim_breaches)
    timers.register("statutory_handling", duties.claim_handling, every=30)
    timers.register("statutory_handled", duties.claim_handled, every=30)
    calendars.on_changed(recompute)
    lanes.register(
        lanes.Lane(
            name=LANE,
            label=_("Passed on by authorities"),
            held=queries.held,
            nearest=queries.nearest,
            due=queries.due,
        )
    )
    enclosures.register(
        enclosures.Enclosure(name="statutory_time", content=queries.handling_enclosed, tables=report.times)
    )
    enclosures.register(
        enclosures.Enclosure(name="transfers", content=queries.enclosed, tables=report.tables)
    )


def recompute(*, calendar_ids: frozenset[int] | None, now: datetime) -> None:
    """Statutory days have changed: running times are reckoned anew. One calendar's own hours do not matter here."""
    if calendar_ids is None:
        duties.recompute()
