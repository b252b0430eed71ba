"""What this room plugs into the floors below: the way out for e-mail, timers, the gate before files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.exceptions import AlreadyEnqueued

from zhiyin.conversations import actions, gate, queries, transport
from zhiyin.conversations.transport.smtp import SmtpTransport
from zhiyin.customers.rules import Channel
from zhiyin.kit import files, jobs
from zhiyin.kit.jobs import timers
from zhiyin.people import holdings
from zhiyin.people.holdings import Holding

FETCH_EVERY = timedelta(seconds=30)
FETCH_JOB = "conversations.fetch_mail"


def connect() -> None:
    """Called once, from `AppConfig.ready`.

    What was raised in the portal is answered there, and by e-mail too where the customer has left an address.
    """
    smtp = SmtpTransport()
    transport.register(Channel.EMAIL, smtp)
    transport.register(Channel.PORTAL, smtp)
    timers.register("outbox", _claim_outbox)
    timers.register("mailbox", _Mailbox())
    files.register_gate("conversations", gate.may_open)
    holdings.register("conversations", _held)


def _claim_outbox(now: datetime) -> int:
    return actions.claim_due(now=now)


class _Mailbox:
    """Asks for the mailbox to be emptied every FETCH_EVERY."""

    def __init__(self) -> None:
        self.last: datetime | None = None

    def __call__(self, now: datetime) -> int:
        if not settings.IMAP["host"] or (self.last is not None and now - self.last < FETCH_EVERY):
            return 0
        self.last = now
        # Where the last one still waits for a worker, a second would only wait behind it.
        with suppress(AlreadyEnqueued), transaction.atomic():
            jobs.defer(FETCH_JOB, once=FETCH_JOB)
        return 1


def _held(staff_id: int) -> Iterator[Holding]:
    yield Holding(label=_("Open conversations"), count=queries.open_of(staff_id).count())
