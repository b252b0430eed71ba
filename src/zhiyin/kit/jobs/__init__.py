"""Jobs that outlive the request, and the timers that watch rows falling due.

    @job("conversations.deliver")
    def deliver(*, delivery_id: int) -> None: ...

    defer("conversations.deliver", delivery_id=7)   # in the transaction that made the delivery

A job is named, takes ids only and is safe to repeat: a worker may die at any point of it, and then it runs again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager

from zhiyin.kit.audit import acting

__all__ = ["app", "defer", "job"]

ATTEMPTS = 5
WAIT_BASE_SECONDS = 3
LONGEST_ID = 64

Work = Callable[..., None]


def job(name: str, *, queue: str = "default", attempts: int = ATTEMPTS) -> Callable[[Work], Work]:
    """Register a function as the job `name`. After an error it runs again 3, 9, 27, 81 seconds later."""

    def register(work: Work) -> Work:
        @wraps(work)
        def run(**ids: Any) -> None:
            with acting("job", route=name), translation.override(settings.LANGUAGE_CODE):
                work(**ids)

        # To RetryStrategy no attempts at all would mean without end.
        again = attempts > 1 and RetryStrategy(max_attempts=attempts - 1, exponential_wait=WAIT_BASE_SECONDS)
        app.task(name=name, queue=queue, retry=again)(run)
        return work

    return register


def defer(
    name: str,
    *,
    lock: str | None = None,
    once: str | None = None,
    at: datetime | None = None,
    **ids: int | str | UUID,
) -> int:
    """Queue a job in the caller's transaction; returns its number.

    Jobs with the same `lock` run one after the other in the order they were queued. A second job with the same
    `once` while the first still waits raises `procrastinate.exceptions.AlreadyEnqueued`.
    """
    options: dict[str, Any] = {"lock": lock, "queueing_lock": once, "schedule_at": at}
    asked = app.configure_task(
        name, allow_unknown=False, **{k: v for k, v in options.items() if v is not None}
    )
    # Inside a worker the app talks over connections of its own; a job is always queued on Django's.
    inside = JobDeferrer(job_manager=JobManager(DjangoConnector()), job=asked.job)
    return inside.defer(**{key: _id(key, value) for key, value in ids.items()})


def _id(key: str, value: object) -> int | str:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str) and len(value) <= LONGEST_ID:
        return value
    raise TypeError(f"{key} is not an id: jobs take ids and read the rest from the database.")
