"""Reading statutory time: rules, what authorities sent, letters, what falls due."""

from zhiyin.statutory.queries.letters import known_parts, letter, profile, register
from zhiyin.statutory.queries.rules import RuleRow, rule_rows, terms
from zhiyin.statutory.queries.transfers import (
    due,
    enclosed,
    for_customer,
    handling,
    handling_enclosed,
    held,
    may_transfer,
    nearest,
    of_case,
    outside,
    running,
    transfer_in,
)

__all__ = [
    "RuleRow",
    "due",
    "enclosed",
    "for_customer",
    "handling",
    "handling_enclosed",
    "held",
    "known_parts",
    "letter",
    "may_transfer",
    "nearest",
    "of_case",
    "outside",
    "profile",
    "register",
    "rule_rows",
    "running",
    "terms",
    "transfer_in",
]
