"""What this room plugs into the floors below: every change of a case, changed hours, its timer, its part of archives."""

from __future__ import annotations

from datetime import datetime

from zhiyin.cases import enclosures, hooks
from zhiyin.guarantees import queries, report
from zhiyin.guarantees.actions import reckoning
from zhiyin.kit.jobs import timers
from zhiyin.people import calendars


def connect() -> None:
    hooks.on_changed(reckoning.watch)
    calendars.on_changed(hours_changed)
    timers.register("guarantees", reckoning.claim)
    enclosures.register(
        enclosures.Enclosure(name="guarantee", content=queries.enclosed, tables=report.tables)
    )


def hours_changed(*, calendar_ids: frozenset[int] | None, now: datetime) -> None:
    """Hours have changed: what runs by them is looked at again."""
    reckoning.look_again(calendar_ids, now=now)
