"""What happens beside the pages: messages leave, and the mailbox is emptied."""

from __future__ import annotations

import structlog
from django.utils import timezone

from zhiyin.conversations import actions
from zhiyin.conversations.actions.outbox import JOB, Outgoing
from zhiyin.conversations.mail import imap
from zhiyin.conversations.rules import Trouble
from zhiyin.conversations.transport import NotDelivered, Refused, Unavailable
from zhiyin.kit import jobs

log = structlog.get_logger(__name__)


@jobs.job(JOB, queue="mail")
def deliver(*, delivery_id: int, claim: int) -> None:
    """One attempt at one delivery. Safe to repeat: a settled delivery, or an older claim, does nothing."""
    outgoing = actions.begin(delivery_id=delivery_id, claim=claim, now=timezone.now())
    if outgoing is None:
        return
    try:
        _send(outgoing)
    except Refused as error:
        actions.settle_failed(delivery_id=delivery_id, claim=claim, error=error, now=timezone.now())
    except Unavailable as error:
        actions.settle_unavailable(delivery_id=delivery_id, claim=claim, error=error, now=timezone.now())
    else:
        actions.settle_sent(delivery_id=delivery_id, now=timezone.now())


def _send(outgoing: Outgoing) -> None:
    try:
        outgoing.transport.send(
            envelope_id=outgoing.envelope_id,
            address=outgoing.address,
            subject=outgoing.subject,
            text=outgoing.text,
            attachments=outgoing.attachments,
            thread=outgoing.thread,
            automatic=outgoing.automatic,
        )
    except NotDelivered:
        raise
    except Exception as error:
        # One letter that breaks the transport must not be retried without patience, nor stop the others.
        log.exception("conversations.delivery_broke")
        raise Unavailable(Trouble.UNEXPECTED, type(error).__name__) from error


@jobs.job("conversations.fetch_mail", queue="mail")
def fetch_mail() -> None:
    """Empty the mailbox once."""
    imap.fetch(now=timezone.now())
