"""The tables of the loop."""

from zhiyin.cases.models.case import Case, NumberSeries
from zhiyin.cases.models.money import Budget, Expense, ExpenseKind, ExpenseLimit
from zhiyin.cases.models.record import (
    Archive,
    CaseEvent,
    CaseFile,
    CasePromise,
    CustomerLink,
    Escalation,
    Merge,
    RelatedCase,
)
from zhiyin.cases.models.time import Clock, ClockRule
from zhiyin.cases.models.work import (
    Assignment,
    Choosing,
    Confirmation,
    Investigation,
    Judgement,
    Proposal,
    Remedy,
)

__all__ = [
    "Archive",
    "Assignment",
    "Budget",
    "Case",
    "CaseEvent",
    "CaseFile",
    "CasePromise",
    "Choosing",
    "Clock",
    "ClockRule",
    "Confirmation",
    "CustomerLink",
    "Escalation",
    "Expense",
    "ExpenseKind",
    "ExpenseLimit",
    "Investigation",
    "Judgement",
    "Merge",
    "NumberSeries",
    "Proposal",
    "RelatedCase",
    "Remedy",
]
