"""A whole conversation: the three steps, the five acts, and what went wrong over several turns.

from zhiyin.libs.coach import conversation
told = conversation.read(turns, readings)
told.findings[0].rule, told.findings[0].turn, told.steps_in_order
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from zhiyin.libs.coach import measures as lines
from zhiyin.libs.coach.conversation import course, opening, shape
from zhiyin.libs.coach.conversation.ground import Ground, Reading, lay_out
from zhiyin.libs.coach.conversation.results import Act, Conversation, Place, Step, TalkFinding
from zhiyin.libs.coach.readings import Turn

RULES: tuple[Callable[[Ground], Iterator[TalkFinding]], ...] = (
    opening.no_greeting,
    opening.no_name,
    opening.missing_steps,
    opening.feeling_late,
    opening.no_restating,
    opening.guessing,
    course.unanswered,
    course.told_twice,
    course.left_waiting,
    course.unfinished,
    course.closed_early,
    course.no_close,
)
IDS = (
    "no_greeting",
    "no_name",
    "no_willingness",
    "no_empathy",
    "no_responsibility",
    "feeling_late",
    "no_restating",
    "guessing",
    "unanswered",
    "told_twice",
    "left_waiting",
    "no_check",
    "no_summary",
    "closed_early",
    "no_anything_else",
    "no_thanks",
)
"""Every rule id over a conversation."""


def read(
    turns: Sequence[Turn], readings: Sequence[Reading], *, measures: lines.Measures | None = None
) -> Conversation:
    """Read a whole conversation from its turns and the reading of each.

    `turns[i].start` and `end` in seconds where known; waits are looked at where both sides are timed.
    Raises ValueError where turns and readings do not belong together.
    """
    return judge(lay_out(turns, readings, measures or lines.shipped()))


def judge(ground: Ground) -> Conversation:
    """The conversation laid out on `ground`; findings in order of appearance."""
    findings = (
        [finding for rule in RULES for finding in rule(ground)] if ground.agent and ground.customer else []
    )
    findings.sort(key=lambda finding: (finding.turn, finding.start, IDS.index(finding.rule)))
    return Conversation(
        findings=tuple(findings),
        steps=shape.steps(ground),
        acts=shape.acts(ground),
        troubled=ground.troubled,
        matter=ground.matter,
        settled=ground.settled,
        waits=tuple(wait for _, _, wait in course.timed(ground)),
    )


__all__ = [
    "IDS",
    "RULES",
    "Act",
    "Conversation",
    "Ground",
    "Place",
    "Reading",
    "Step",
    "TalkFinding",
    "judge",
    "lay_out",
    "read",
]
