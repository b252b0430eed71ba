"""What can be done with conversations and their messages."""

from __future__ import annotations

from zhiyin.conversations.actions.many import Letter, reply_many
from zhiyin.conversations.actions.messages import acknowledge, note, receive, reply
from zhiyin.conversations.actions.outbox import (
    begin,
    bounced,
    can_leave,
    claim_due,
    leaves,
    resend,
    settle_failed,
    settle_sent,
    settle_unavailable,
)
from zhiyin.conversations.actions.threads import assign, finish, place, reopen, snooze, start

__all__ = [
    "Letter",
    "acknowledge",
    "assign",
    "begin",
    "bounced",
    "can_leave",
    "claim_due",
    "finish",
    "leaves",
    "note",
    "place",
    "receive",
    "reopen",
    "reply",
    "reply_many",
    "resend",
    "settle_failed",
    "settle_sent",
    "settle_unavailable",
    "snooze",
    "start",
]
