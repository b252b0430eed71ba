"""What the coach says of a whole conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhiyin.libs.coach.readings import Said


class Step(StrEnum):
    """The three steps before the matter: 意愿、同理、责任."""

    WILLINGNESS = "willingness"
    EMPATHY = "empathy"
    RESPONSIBILITY = "responsibility"


class Act(StrEnum):
    """The matter in five acts: 收集、分析、告知、确认理解、总结."""

    GATHER = "gather"
    ANALYSE = "analyse"
    INFORM = "inform"
    CHECK = "check"
    SUM_UP = "sum_up"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something shows: the turn, counted from 0, and the characters of its text, end exclusive."""

    turn: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TalkFinding:
    """Something that went wrong over several turns.

    `turn` counts from 0; `start` and `end` are offsets in that turn's text. `severity`: 1 a remark, 2 worth a word
    with the agent, 3 the customer is being lost. `suggestion` is in the language and the script of the
    conversation; what only the agent can know stands in ［ ］. Seconds in `why.data` are rounded to tenths.
    """

    rule: str
    turn: int
    start: int
    end: int
    severity: int
    why: Said
    suggestion: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A whole conversation: what of it showed, in which order, and what was found.

    `steps` and `acts` say where each showed first, in order of appearance; what never showed is missing.
    `troubled`: the customer told of trouble or showed a feeling. `matter`: more than a short enquiry. `settled`:
    his last words agree, thank or leave. `waits`: seconds from each customer's run of messages to the answer,
    where timed.
    """

    findings: tuple[TalkFinding, ...]
    steps: Mapping[Step, Place]
    acts: Mapping[Act, Place]
    troubled: bool
    matter: bool
    settled: bool
    waits: tuple[float, ...]

    @property
    def steps_in_order(self) -> bool | None:
        """Whether the steps that showed came as willingness, empathy, responsibility; None with fewer than two.

        Steps within one turn count as in order: a good sentence may hold all three.
        """
        turns = [self.steps[step].turn for step in Step if step in self.steps]
        return turns == sorted(turns) if len(turns) > 1 else None
