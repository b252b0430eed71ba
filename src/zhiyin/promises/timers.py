"""Promises falling due: claimed row by row, each in its own transaction, by as many scanners as there are."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from zhiyin.promises import actions, hooks
from zhiyin.promises.models import Promise
from zhiyin.promises.rules import State

BATCH = 100
log = logging.getLogger(__name__)


def remind(now: datetime) -> int:
    """Note once that a promise will fall due and tell those who asked; how many."""
    due = Promise.objects.filter(
        state=State.OPEN, reminded_at__isnull=True, remind_at__lte=now, due_at__gte=now
    ).order_by("remind_at", "pk")
    return _each(due, now, _remind)


def expire(now: datetime) -> int:
    """Break, once, each open promise whose time has passed; how many."""
    due = Promise.objects.filter(state=State.OPEN, due_at__lt=now).order_by("due_at", "pk")
    return _each(due, now, actions.break_promise)


def _remind(promise: Promise, now: datetime) -> None:
    promise.reminded_at = now
    promise.save(update_fields=["reminded_at"])
    hooks.reminded(promise, now)


def _each(due: QuerySet[Promise], now: datetime, effect: Callable[[Promise, datetime], None]) -> int:
    """One row at a time: a crash loses none, another scanner skips what is held here, a failing one holds up none."""
    done, failed = 0, set[int]()
    while done + len(failed) < BATCH:
        promise_id = None
        try:
            with transaction.atomic():
                promise = due.exclude(pk__in=failed).select_for_update(skip_locked=True).first()
                if promise is None:
                    break
                promise_id = promise.pk
                effect(promise, now)
        except Exception:
            if promise_id is None:
                raise
            failed.add(promise_id)
            log.exception("promise %s could not be settled", promise_id)
            continue
        done += 1
    return done
