"""Jobs for the tests of jobs, and a worker process that knows them: `python -m zhiyin.kit.tests.probe_jobs`.

Every job says `begun:<id>` on the channel `probe`, waits for the gate (a shared lock the test may hold), leaves
an effect, and says `done:<id>` when that is committed.
"""

from __future__ import annotations

import os
import signal

import django
from django.apps import apps
from django.db import connection, transaction

if not apps.ready:
    django.setup()

from zhiyin.kit import search
from zhiyin.kit.jobs import defer, job

GATE = 8_190_551


def say(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('probe', %s)", [text])


def _pass(probe_id: int) -> None:
    say(f"begun:{probe_id}")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [GATE])
        search.add(kind="probe", object_id=probe_id, texts=[f"effect {probe_id}"])
        say(f"done:{probe_id}")


@job("probe.pass")
def work(*, probe_id: int) -> None:
    _pass(probe_id)


@job("probe.poison")
def poison(*, probe_id: int) -> None:
    say(f"begun:{probe_id}")
    os.kill(os.getpid(), signal.SIGKILL)


@job("probe.chain")
def chain(*, probe_id: int) -> None:
    """Queues another job, in its transaction, and fails: nothing may come of either."""
    with transaction.atomic():
        defer("probe.pass", probe_id=probe_id)
        _pass(probe_id)
    if probe_id < 0:
        raise RuntimeError


@job("probe.failing", attempts=1)
def failing(*, probe_id: int) -> None:
    say(f"begun:{probe_id}")
    with transaction.atomic():
        defer("probe.pass", probe_id=probe_id)
        raise RuntimeError("on purpose")


if __name__ == "__main__":
    from zhiyin.kit.jobs.worker import run_worker

    run_worker(beat_seconds=0.2)
