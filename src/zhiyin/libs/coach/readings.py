"""What the coach says of a turn. Offsets count characters of the original text, end exclusive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


def gettext_noop(message: str) -> str:
    """Mark `message` for extraction without translating it."""
    return message


class Role(StrEnum):
    """Who speaks."""

    CUSTOMER = "customer"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of one side; `start` and `end` in seconds where the conversation is timed."""

    role: Role
    text: str
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for the reader: a marked message and its facts; doorways translate `message % data`."""

    message: str
    data: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The untranslated sentence: for developers and tests, never for a page."""
        return self.message % self.data if self.data else self.message


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a draft that would hurt: which rule, where, how much, why, and the sentence put better.

    `severity`: 1 a remark, 2 should be rewritten, 3 must not be sent. `suggestion` is in the language and the
    script of the draft and built from it; what only the agent can know stands in ［ ］.
    """

    rule: str
    start: int
    end: int
    severity: int
    why: Said
    suggestion: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something good in a turn, or a signal of a customer, with the words that show it."""

    rule: str
    start: int
    end: int


class Kind(StrEnum):
    """Whether a promise can be checked by the clock."""

    HARD = "hard"
    SOFT = "soft"


class Owner(StrEnum):
    """Who is to keep a promise."""

    SELF = "self"
    ORGANISATION = "org"
    THIRD_PARTY = "third_party"


@dataclass(frozen=True, slots=True)
class Promise:
    """What a member of staff says will be done.

    `due` is the time as written ("周五前", empty where none), `due_at` the latest moment it means, resolved
    against the clock and the calendar that were passed in; None without them, or where it names no moment.
    """

    text: str
    kind: Kind
    owner: Owner
    start: int
    end: int
    due: str = ""
    due_at: dt.datetime | None = None


class Question(StrEnum):
    """How a turn asks."""

    OPEN = "open"
    CLOSED = "closed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class AgentReading:
    """An agent's turn: findings in order of appearance, what is good, what is asked, what is promised."""

    findings: tuple[Finding, ...]
    positives: tuple[Mark, ...]
    question: Question
    promises: tuple[Promise, ...]
    severity: int

    @property
    def flags(self) -> tuple[str, ...]:
        """The ids of the findings, each once, in order of appearance."""
        return tuple(dict.fromkeys(finding.rule for finding in self.findings))


class Emotion(StrEnum):
    """The dominant feeling of a customer's turn."""

    ANGER = "anger"
    VENTING = "venting"
    ANXIETY = "anxiety"
    SADNESS = "sadness"
    POSITIVE = "positive"
    CALM = "calm"


class Satisfaction(StrEnum):
    """Whether a turn shows its speaker content."""

    NEGATIVE = "neg"
    NEUTRAL = "neu"
    POSITIVE = "pos"


@dataclass(frozen=True, slots=True)
class CustomerReading:
    """A customer's turn. `intensity` 0–3 (0 exactly when calm), `urgency` 0–2, `danger` 0–1, `leave_intent` 0–2,
    `escalate` 0–2, `clamour` 0–1, as the labels define them; `dissatisfied` the probability of `satisfaction` neg.
    """

    emotion: Emotion
    intensity: int
    urgency: int
    danger: int
    leave_intent: int
    escalate: int
    clamour: int
    satisfaction: Satisfaction
    dissatisfied: float
    evidence: tuple[Mark, ...]
    """The words that spoke for it, strongest first; the rule is the signal or emotion they speak for."""
