"""Everything that can be done to a case: one function a deed, each in one transaction."""

from zhiyin.cases.actions.budgets import save_budget, save_expense_kind, save_expense_limit
from zhiyin.cases.actions.choosing import answer, choose, none_fits, remedy
from zhiyin.cases.actions.clockrules import end_clock_rule, save_clock_rule
from zhiyin.cases.actions.closing import archive, close_unreached, confirm, not_reached, reopen, withdraw
from zhiyin.cases.actions.department import accept, agree_time, investigate, offer, refuse
from zhiyin.cases.actions.intake import correct, give_help, hand_over, open_case, take, tell
from zhiyin.cases.actions.judging import explain, judge
from zhiyin.cases.actions.placing import place
from zhiyin.cases.actions.proposing import approve, propose, send_back, submit, withdraw_proposal
from zhiyin.cases.actions.relations import answer_escalation, escalate, merge, relate, unmerge, unrelate
from zhiyin.cases.actions.spending import approve_expense, refuse_expense, spend, withdraw_expense
from zhiyin.cases.actions.talking import (
    conversation_of,
    keep_promise,
    note,
    promise,
    release_promise,
    reply,
    send_link,
)

__all__ = [
    "accept",
    "agree_time",
    "answer",
    "answer_escalation",
    "approve",
    "approve_expense",
    "archive",
    "choose",
    "close_unreached",
    "confirm",
    "conversation_of",
    "correct",
    "end_clock_rule",
    "escalate",
    "explain",
    "give_help",
    "hand_over",
    "investigate",
    "judge",
    "keep_promise",
    "merge",
    "none_fits",
    "not_reached",
    "note",
    "offer",
    "open_case",
    "place",
    "promise",
    "propose",
    "refuse",
    "refuse_expense",
    "relate",
    "release_promise",
    "remedy",
    "reopen",
    "reply",
    "save_budget",
    "save_clock_rule",
    "save_expense_kind",
    "save_expense_limit",
    "send_back",
    "send_link",
    "spend",
    "submit",
    "take",
    "tell",
    "unmerge",
    "unrelate",
    "withdraw",
    "withdraw_expense",
    "withdraw_proposal",
]
