"""Jobs survive what kills their workers: real processes, killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.exceptions import TaskNotFound

from zhiyin.kit.errors import NotFound
from zhiyin.kit.jobs import defer, watchdog
from zhiyin.kit.jobs.watchdog import Watchdog
from zhiyin.kit.models import DeadLetter, KilledJob, SearchEntry
from zhiyin.kit.tests import probe_jobs
from zhiyin.kit.tests.factories import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.crash]
PATIENCE_SECONDS = 60


def database_url():
    parts = urlsplit(os.environ["DATABASE_URL"])
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}/{connection.settings_dict['NAME']}{query}"


@pytest.fixture
def ear():
    """Hears what the jobs say; `hear` returns when it was said."""
    with psycopg.connect(database_url(), autocommit=True) as listening:
        listening.execute("LISTEN probe")
        heard = []

        def hear(text):
            if text in heard:
                heard.remove(text)
                return
            for notify in listening.notifies(timeout=PATIENCE_SECONDS):
                if notify.payload == text:
                    return
                heard.append(notify.payload)
            raise AssertionError(f"{text} was never said; heard {heard}")

        yield hear


@pytest.fixture
def gate():
    """While closed, jobs stop in their middle."""
    with psycopg.connect(database_url(), autocommit=True) as holding:
        holding.execute("SELECT pg_advisory_lock(%s)", [probe_jobs.GATE])
        yield lambda: holding.execute("SELECT pg_advisory_unlock(%s)", [probe_jobs.GATE])


@contextmanager
def worker():
    command = [sys.executable, "-m", "zhiyin.kit.tests.probe_jobs"]
    environment = os.environ | {"DATABASE_URL": database_url(), "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(command, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def look_twice(seconds=watchdog.PATIENCE_SECONDS):
    dog = Watchdog()
    dog.look(now=NOW, at=0.0)
    return dog.look(now=NOW, at=seconds)


def status(job_id):
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job_id])
        row = cursor.fetchone()
        return row and row[0]


def effects(probe_id):
    return SearchEntry.objects.filter(kind="probe", object_id=probe_id).count()


def kill_in_the_middle(ear, probe_id):
    with worker() as process:
        ear(f"begun:{probe_id}")
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE_SECONDS)


def test_the_job_of_a_killed_worker_runs_once_more_and_leaves_one_effect(ear, gate):
    job_id = defer("probe.pass", probe_id=1)
    kill_in_the_middle(ear, 1)
    assert status(job_id) == "doing"
    assert look_twice() == 1
    assert status(job_id) == "todo"
    assert KilledJob.objects.get(pk=job_id).kills == 1
    gate()
    with worker():
        ear("done:1")
    assert effects(1) == 1


def test_a_heart_that_beats_or_has_not_stood_still_long_enough_is_left_alone(ear, gate):
    job_id = defer("probe.pass", probe_id=1)
    kill_in_the_middle(ear, 1)
    assert look_twice(watchdog.PATIENCE_SECONDS - 1) == 0
    dog = Watchdog()
    dog.look(now=NOW, at=0.0)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat + interval '1 second'"
        )
    assert dog.look(now=NOW, at=100.0) == 0
    assert status(job_id) == "doing"


def test_a_job_that_kills_three_workers_is_buried_and_the_next_of_its_lock_runs(ear):
    poisonous = defer("probe.poison", lock="case:1", probe_id=1)
    defer("probe.pass", lock="case:1", probe_id=2)
    for _ in range(watchdog.MOST_KILLS):
        with worker() as process:
            ear("begun:1")
            process.wait(PATIENCE_SECONDS)
        assert look_twice() == 1
    assert status(poisonous) == "failed"
    letter = watchdog.dead_letters().get()
    assert (letter.job_id, letter.task, letter.arguments) == (poisonous, "probe.poison", {"probe_id": 1})
    assert (letter.kills, letter.buried_at) == (3, NOW)
    with worker():
        ear("done:2")
    assert effects(2) == 1


def test_a_buried_job_can_be_revived_once(ear):
    job_id = defer("probe.pass", probe_id=1)
    for _ in range(watchdog.MOST_KILLS):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job_id])
        Watchdog().look(now=NOW, at=0.0)
    letter = DeadLetter.objects.get()
    watchdog.revive(letter.pk, by_id=9, now=NOW + timedelta(hours=1))
    assert status(job_id) == "todo"
    assert not watchdog.dead_letters().exists()
    with pytest.raises(NotFound):
        watchdog.revive(letter.pk, by_id=9, now=NOW)
    with worker():
        ear("done:1")


def test_suspects_run_one_at_a_time_so_that_neighbours_of_a_killer_survive():
    jobs = [defer("probe.pass", probe_id=probe) for probe in range(3)]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = ANY(%s)", [jobs])
        assert Watchdog().look(now=NOW, at=0.0) == len(jobs)
        cursor.execute("SELECT id FROM procrastinate_register_worker_v1() AS w(id)")
        me = cursor.fetchone()[0]
        taken = []
        for _ in jobs:
            cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [me])
            taken.append(cursor.fetchone()[0])
    assert taken == [jobs[0], None, None]


def test_two_watchdogs_settle_a_death_once(ear, gate):
    job_id = defer("probe.pass", probe_id=1)
    kill_in_the_middle(ear, 1)
    first, second = Watchdog(), Watchdog()
    first.look(now=NOW, at=0.0)
    second.look(now=NOW, at=0.0)
    assert (first.look(now=NOW, at=99.0), second.look(now=NOW, at=99.0)) == (1, 0)
    assert KilledJob.objects.get(pk=job_id).kills == 1


def test_a_worker_told_to_stop_finishes_what_it_has_begun(ear, gate):
    defer("probe.pass", probe_id=1)
    with worker() as process:
        ear("begun:1")
        process.terminate()
        gate()
        ear("done:1")
        assert process.wait(PATIENCE_SECONDS) == 0
    assert look_twice() == 0
    assert not KilledJob.objects.exists()


def test_a_job_queued_in_a_transaction_that_fails_was_never_queued():
    with transaction.atomic():
        job_id = defer("probe.pass", probe_id=1)
        assert status(job_id) == "todo"
        transaction.set_rollback(True)
    assert status(job_id) is None


def test_a_job_queues_in_its_own_transaction(ear):
    defer("probe.chain", probe_id=1)
    defer("probe.failing", lock="after", probe_id=2)
    defer("probe.pass", lock="after", probe_id=3)
    with worker():
        for said in ("done:1", "begun:2", "done:3"):
            ear(said)
        ear("done:1")
    assert (effects(1), effects(2)) == (2, 0)


def test_jobs_take_ids_and_nothing_else():
    for wrong in ({"a": 1}, "x" * 65, 1.5, None, True):
        with pytest.raises(TypeError):
            defer("probe.pass", probe_id=wrong)
    with pytest.raises(TaskNotFound):
        defer("probe.unknown", probe_id=1)
