"""Everything that can be done about statutory time, transfers and letters: one function a deed."""

from zhiyin.statutory.actions.letters import correct, draft, issue, rewrite, send_back, submit
from zhiyin.statutory.actions.profile import save_profile
from zhiyin.statutory.actions.rules import end_rule, save_rule, use_rule
from zhiyin.statutory.actions.transfers import (
    accept,
    amend,
    close,
    extend,
    receive,
    refuse,
    reply,
    send_again,
    withdraw,
)

__all__ = [
    "accept",
    "amend",
    "close",
    "correct",
    "draft",
    "end_rule",
    "extend",
    "issue",
    "receive",
    "refuse",
    "reply",
    "rewrite",
    "save_profile",
    "save_rule",
    "send_again",
    "send_back",
    "submit",
    "use_rule",
    "withdraw",
]
