"""Attempts counted before they are looked at, so that a thousand at once are not a thousand free ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from zhiyin.people.guessing import FORGOTTEN_AFTER, NO_WAIT, Counter, remaining
from zhiyin.people.models import Attempt, Session


@transaction.atomic
def begin_attempt(*, counters: Sequence[Counter], now: datetime) -> timedelta:
    """Count an attempt as failed, which `settle_attempt` takes back; or refuse it, and tell how long to wait."""
    keys = [_key(counter) for counter in counters]
    Attempt.objects.bulk_create(
        (Attempt(key=key, last_at=now) for key in sorted(keys)), ignore_conflicts=True
    )
    locked = Attempt.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    rows = {row.key: row for row in locked}
    for row in rows.values():
        if now - row.last_at > FORGOTTEN_AFTER:
            row.failures = 0
    wait = remaining(counters, [(rows[key].failures, rows[key].last_at) for key in keys], now)
    if wait > NO_WAIT:
        return wait
    for row in rows.values():
        row.failures, row.last_at = row.failures + 1, now
    Attempt.objects.bulk_update(rows.values(), ["failures", "last_at"])
    return NO_WAIT


@transaction.atomic
def settle_attempt(*, counters: Sequence[Counter], now: datetime) -> None:
    """It was right: what is the person's own is forgotten; where others count too, only this one goes."""
    Attempt.objects.filter(pk__in=[_key(counter) for counter in counters if not counter.shared]).delete()
    shared = [_key(counter) for counter in counters if counter.shared]
    Attempt.objects.filter(pk__in=shared, failures__gt=0).update(failures=F("failures") - 1)


def clear_leftovers(now: datetime) -> int:
    """Clear away counters that no longer count and sessions that have run out; a timer's work."""
    attempts, _rows = Attempt.objects.filter(last_at__lt=now - FORGOTTEN_AFTER).delete()
    sessions, _rows = Session.objects.filter(expire_date__lt=now).delete()
    return attempts + sessions


def _key(counter: Counter) -> str:
    return salted_hmac("people.attempt", "\x1f".join((counter.kind, *counter.subject))).hexdigest()
