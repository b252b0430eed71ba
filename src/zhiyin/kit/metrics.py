"""The house in figures for a monitor: what waits, what failed, and whether the timers look. Read from the database,
so that every web process gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from zhiyin.kit.jobs.watchdog import dead_letters
from zhiyin.kit.models import TimerState

UNFINISHED = ("todo", "doing", "failed")


def exposition(now: datetime) -> str:
    """Prometheus' text format, version 0.0.4."""
    return "".join(f"{line}\n" for line in _lines(now))


def _lines(now: datetime) -> Iterator[str]:
    yield "# HELP zhiyin_jobs Jobs by queue and status."
    yield "# TYPE zhiyin_jobs gauge"
    for queue, status, count in _jobs():
        yield f'zhiyin_jobs{{queue="{queue}",status="{status}"}} {count}'
    yield "# HELP zhiyin_oldest_job_seconds How long the job that has waited longest has been due."
    yield "# TYPE zhiyin_oldest_job_seconds gauge"
    yield f"zhiyin_oldest_job_seconds {_oldest(now):.0f}"
    yield "# HELP zhiyin_dead_letters Jobs that were buried after killing three workers."
    yield "# TYPE zhiyin_dead_letters gauge"
    yield f"zhiyin_dead_letters {dead_letters().count()}"
    yield "# HELP zhiyin_timer_lag_seconds Since when a timer has not looked."
    yield "# TYPE zhiyin_timer_lag_seconds gauge"
    yield "# HELP zhiyin_timer_failures How often in a row a timer has failed."
    yield "# TYPE zhiyin_timer_failures gauge"
    for timer in TimerState.objects.all():
        yield f'zhiyin_timer_lag_seconds{{timer="{timer.name}"}} {(now - timer.looked_at).total_seconds():.0f}'
        yield f'zhiyin_timer_failures{{timer="{timer.name}"}} {timer.failures}'


def _jobs() -> list[tuple[str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs "
            "WHERE status::text = ANY(%s) GROUP BY 1, 2 ORDER BY 1, 2",
            [list(UNFINISHED)],
        )
        return list(cursor.fetchall())


def _oldest(now: datetime) -> float:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(coalesce(job.scheduled_at, event.at)) FROM procrastinate_jobs job "
            "JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred' "
            "WHERE job.status = 'todo'"
        )
        row = cursor.fetchone()
    return max(0.0, (now - row[0]).total_seconds()) if row and row[0] else 0.0
