"""The tables of the loop."""

from zhiyin.cases.models.case import Case, NumberSeries
from zhiyin.cases.models.colleagues import HandoverNote, InternalAnswer, InternalRequest, Mention
from zhiyin.cases.models.expecting import Expectation, ExpectationOption
from zhiyin.cases.models.incident import Incident, IncidentEvent, IncidentMember, SharedDeed, SharedPart
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
    "Expectation",
    "ExpectationOption",
    "Expense",
    "ExpenseKind",
    "ExpenseLimit",
    "HandoverNote",
    "Incident",
    "IncidentEvent",
    "IncidentMember",
    "InternalAnswer",
    "InternalRequest",
    "Investigation",
    "Judgement",
    "Mention",
    "Merge",
    "NumberSeries",
    "Proposal",
    "RelatedCase",
    "Remedy",
    "SharedDeed",
    "SharedPart",
]
