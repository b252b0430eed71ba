"""Timed calls: who speaks how much, how fast, over whom; and the call as a conversation.

from zhiyin.libs.coach import calls
turns = calls.load(text, "srt")
heard = calls.read(turns, readings)
heard.figures.talk_share, heard.findings[0].rule
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from zhiyin.libs.coach import measures as lines
from zhiyin.libs.coach.calls import records, transcripts
from zhiyin.libs.coach.calls import rules as call_rules
from zhiyin.libs.coach.calls.errors import TranscriptError
from zhiyin.libs.coach.calls.figures import Crossing, Figures, Side, Silence, Stretch, measure
from zhiyin.libs.coach.conversation import Conversation, Reading, TalkFinding, judge, lay_out
from zhiyin.libs.coach.readings import Role, Turn, gettext_noop

FORMATS = ("json", "srt", "vtt")
IDS = tuple(call_rules.IDS)


@dataclass(frozen=True, slots=True)
class Call:
    """A timed call: its figures, the conversation it was, and all findings in order of appearance."""

    figures: Figures
    conversation: Conversation
    findings: tuple[TalkFinding, ...]


def load(
    text: str,
    form: str,
    *,
    names: Mapping[str, Role] | None = None,
    measures: lines.Measures | None = None,
) -> tuple[Turn, ...]:
    """The turns of a transcript in one of FORMATS; `names` says who is who where the labels do not.

    Raises TranscriptError with line and reason, ValueError for a form that is none of FORMATS.
    """
    if form not in FORMATS:
        raise ValueError(form)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise TranscriptError(1, gettext_noop("the file is empty"))
    spoken = records.utterances(text) if form == "json" else transcripts.cues(text, web=form == "vtt")
    return transcripts.turns(spoken, measures or lines.shipped(), names or {})


def read(
    turns: Sequence[Turn], readings: Sequence[Reading], *, measures: lines.Measures | None = None
) -> Call:
    """Read a timed call from its turns and the reading of each.

    Raises ValueError where a turn has no times, or turns and readings do not belong together.
    """
    measures = measures or lines.shipped()
    figures = measure(turns, measures)
    # Seconds between messages mean something else in a chat: the call's own lines judge them.
    untimed = [replace(turn, start=None, end=None) for turn in turns]
    conversation = judge(lay_out(untimed, readings, measures))
    heard = call_rules.Heard(lay_out(turns, readings, measures), figures)
    own = [finding for rule in call_rules.RULES for finding in rule(heard)] if heard.ground.agent else []
    there = {finding.rule for finding in conversation.findings}
    findings = [*conversation.findings, *(finding for finding in own if finding.rule not in there)]
    findings.sort(key=lambda finding: (finding.turn, finding.start, finding.rule))
    waits = figures.responses
    return Call(figures, replace(conversation, waits=waits), tuple(findings))


__all__ = [
    "FORMATS",
    "IDS",
    "Call",
    "Crossing",
    "Figures",
    "Side",
    "Silence",
    "Stretch",
    "TranscriptError",
    "load",
    "measure",
    "read",
]
