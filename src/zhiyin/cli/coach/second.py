"""A second opinion by a language model, where the house has set one up (see zhiyin.kit.llm); nothing otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from zhiyin.cli.language import describe
from zhiyin.cli.screen import warn
from zhiyin.libs.coach import second
from zhiyin.libs.coach.readings import AgentReading, Finding, Turn

LONGEST = 4000
"""Characters of a draft that are shown to a model; nobody waits for its view of a longer one."""


def opinion(draft: str, context: Sequence[Turn], read: AgentReading) -> tuple[Finding, ...]:
    """Further remarks of the language model; nothing where it is not set up, set up wrongly, late, or makes no sense."""
    from zhiyin.kit import llm

    try:
        to = llm.settings()
    except llm.Unusable as error:
        warn(describe(error))
        return ()
    if to is None or len(draft) > LONGEST:
        return ()
    mask = llm.Mask()
    asked = second.question(draft, context, mask.hide)
    answer = llm.ask(to, instructions=second.INSTRUCTIONS, question=asked, form=second.Opinion)
    return () if answer is None else second.believed(answer, draft, read.findings, mask.show)
