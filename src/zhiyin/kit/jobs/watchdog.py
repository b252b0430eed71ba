"""Gives back the jobs of workers that were killed, and buries the job that keeps killing them.

Procrastinate leaves the job of a killed worker `doing` for ever, and with it every job of the same lock. Here a
worker whose heart this process has watched stand still for `PATIENCE_SECONDS` is dead: its jobs return to the
queue. Watching on a clock that stops while the machine sleeps, a laptop that wakes up finds its workers alive.

Jobs that were under way at a death run one at a time afterwards (unless they have a lock of their own), so that
the innocent neighbours of a job that kills are not under way again when it kills again. Three deaths bury a job.
"""

from __future__ import annotations

import json
import time
from datetime import datetime
from typing import NamedTuple

import structlog
from django.db import connection, transaction
from django.db.models import F, QuerySet

from zhiyin.kit.errors import NotFound
from zhiyin.kit.models import DeadLetter, KilledJob

PATIENCE_SECONDS = 8.0
MOST_KILLS = 3
ONE_AT_A_TIME = "kit.suspects"

log = structlog.get_logger(__name__)


class _Pulse(NamedTuple):
    """A heartbeat and since when this process has seen it unchanged."""

    beat: datetime
    since: float


class _Job(NamedTuple):
    id: int
    task: str
    arguments: str  # JSON
    lock: str | None


class Watchdog:
    """Looks at the workers' hearts; keeps what it saw between looks."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self.patience = patience
        self._pulses: dict[int, _Pulse] = {}

    def claim(self, now: datetime) -> int:
        """A look, as a timer: how many jobs were given back or buried."""
        return self.look(now=now, at=time.monotonic())

    def look(self, *, now: datetime, at: float) -> int:
        """Declare dead whose heart stood still for `patience` seconds before `at`; `at` only ever grows."""
        beats = _beats()
        self._pulses = {
            worker: seen if (seen := self._pulses.get(worker)) and seen.beat == beat else _Pulse(beat, at)
            for worker, beat in beats.items()
        }
        still = [worker for worker, pulse in self._pulses.items() if at - pulse.since >= self.patience]
        settled = sum(_bury_worker(worker, self._pulses.pop(worker).beat, now) for worker in still)
        settled += _orphans(now)
        if settled:
            _forget_survivors()
        return settled


def dead_letters() -> QuerySet[DeadLetter]:
    """Jobs that were buried, newest first."""
    return DeadLetter.objects.filter(revived_at=None)


@transaction.atomic
def revive(dead_letter_id: int, *, by_id: int, now: datetime) -> DeadLetter:
    """Queue a buried job again, with a clean record. The caller has checked that this person may."""
    letter = DeadLetter.objects.select_for_update().filter(pk=dead_letter_id, revived_at=None).first()
    if letter is None:
        raise NotFound
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_retry_job_v2(%s, NULL, NULL, NULL, NULL)", [letter.job_id])
    letter.revived_at, letter.revived_by = now, by_id
    letter.save(update_fields=["revived_at", "revived_by"])
    return letter


def _beats() -> dict[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, last_heartbeat FROM procrastinate_workers")
        return dict(cursor.fetchall())


def _bury_worker(worker: int, beat: datetime, now: datetime) -> int:
    """Settle the jobs of a dead worker and forget it; nothing if its heart has beaten or another was faster."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM procrastinate_workers WHERE id = %s AND last_heartbeat = %s FOR UPDATE SKIP LOCKED",
            [worker, beat],
        )
        if cursor.fetchone() is None:
            return 0
        jobs = _settle_under_way("worker_id = %s", [worker], now)
        cursor.execute("DELETE FROM procrastinate_workers WHERE id = %s", [worker])
    log.warning("worker_dead", worker=worker, jobs=jobs)
    return jobs


def _orphans(now: datetime) -> int:
    """Jobs under way whose worker is not even known any more."""
    with transaction.atomic():
        return _settle_under_way("worker_id IS NULL", [], now)


def _settle_under_way(condition: str, parameters: list[int], now: datetime) -> int:
    asked = f"SELECT id, task_name, args::text, lock FROM procrastinate_jobs WHERE status = 'doing' AND {condition}"  # noqa: S608 - ours
    with connection.cursor() as cursor:
        cursor.execute(f"{asked} ORDER BY id FOR UPDATE SKIP LOCKED", parameters)
        jobs = [_Job(*row) for row in cursor.fetchall()]
    for job in jobs:
        _settle(job, now)
    return len(jobs)


def _settle(job: _Job, now: datetime) -> None:
    kills = _count_kill(job.id, now)
    with connection.cursor() as cursor:
        if kills < MOST_KILLS:
            lock = job.lock or ONE_AT_A_TIME
            cursor.execute("SELECT procrastinate_retry_job_v2(%s, NULL, NULL, NULL, %s)", [job.id, lock])
            return
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job.id])
    KilledJob.objects.filter(pk=job.id).delete()
    DeadLetter.objects.update_or_create(
        job_id=job.id,
        defaults={
            "task": job.task,
            "arguments": json.loads(job.arguments),
            "kills": kills,
            "buried_at": now,
            "revived_at": None,
            "revived_by": None,
        },
    )
    log.error("job_buried", job_id=job.id, task=job.task)


def _forget_survivors() -> None:
    """Jobs that got through after all have no record of deaths any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM kit_killedjob WHERE NOT EXISTS (SELECT FROM procrastinate_jobs j "
            "WHERE j.id = job_id AND j.status IN ('todo', 'doing'))"
        )


def _count_kill(job_id: int, now: datetime) -> int:
    killed, new = KilledJob.objects.get_or_create(job_id=job_id, defaults={"kills": 1, "killed_at": now})
    if new:
        return 1
    KilledJob.objects.filter(pk=job_id).update(kills=F("kills") + 1, killed_at=now)
    return killed.kills + 1
