"""A conversation laid out for the rules: turns with their readings, runs of one side, and light checks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from zhiyin.libs.coach import wording
from zhiyin.libs.coach.conversation.results import Place
from zhiyin.libs.coach.folding import folded
from zhiyin.libs.coach.measures import Measures
from zhiyin.libs.coach.readings import AgentReading, CustomerReading, Emotion, Question, Role, Turn

Reading = AgentReading | CustomerReading
SCANNED = 4000
"""Characters of a turn that the light checks look at: nobody says more than that and is still in a dialogue."""
_STOPS = "。！？!?；;~～…·，,、：:（）()[]“”\"' \t\n"
_STRIP = {ord(mark): None for mark in _STOPS}
UPSET = frozenset({Emotion.ANGER, Emotion.ANXIETY, Emotion.SADNESS, Emotion.VENTING})
ANSWERS = frozenset({"solution", "explains", "benefit", "discloses"})
PHRASES = ("greeting", "thanking", "acknowledging", "filler")
CLAUSES = ("waiting", "leaving", "more")
"""What is routine by itself, and what makes its whole clause routine."""
_CLAUSE = re.compile(r"[。！？!?；;，,~～…\n]+|(?<=[\u3400-\u9fff]) +|\.(?=\s|$)")
STRONG = 2
"""A feeling of this intensity colours the conversation; so do this many turns with a weaker one."""
QUESTION = 3
"""A question has this many characters; ?? alone only calls."""
LITTLE = 4
"""What is left of an agent's turn without its routine phrases says nothing below this many characters."""


class Talk:
    """One turn: its folded text and what was read in it."""

    def __init__(self, number: int, turn: Turn, reading: Reading, measures: Measures) -> None:
        """`number` counts from 0."""
        self.number, self.turn, self.reading = number, turn, reading
        self.text = turn.text
        self.folded = folded(turn.text[:SCANNED])
        self._words = measures.words

    def says(self, name: str) -> Place | None:
        """Where a named list of words shows first."""
        found = self._words[name].find(self.folded)
        return Place(self.number, *found) if found else None

    def positive(self, *rules: str) -> Place | None:
        """Where one of these positives was read first (agent's turns)."""
        if not isinstance(self.reading, AgentReading):
            return None
        marks = [mark for mark in self.reading.positives if mark.rule in rules]
        return Place(self.number, marks[0].start, marks[0].end) if marks else None

    @cached_property
    def whole(self) -> Place:
        """All of it."""
        return Place(self.number, 0, len(self.text))

    @cached_property
    def content(self) -> str:
        """What is really said: folded, without masks, emoticons, stops and blanks."""
        return folded(wording.bare(self.turn.text[:SCANNED])).translate(_STRIP)

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of neighbouring characters of what is said."""
        said = self.content[:400]
        return frozenset(said[at : at + 2] for at in range(len(said) - 1))

    @cached_property
    def asks(self) -> bool:
        """Whether a customer's turn is a question that wants an answer; a bare ?? only calls."""
        if len(self.content) < QUESTION:
            return False
        return (
            "?" in self.folded
            or "？" in self.folded
            or self.folded.rstrip("。.~～ ").endswith(("吗", "呢", "么"))
        )

    @property
    def upset(self) -> int:
        """A customer's intensity of feeling, 0 where calm or pleased."""
        reading = self.reading
        if isinstance(reading, CustomerReading) and reading.emotion in UPSET:
            return reading.intensity
        return 0

    @property
    def hurt(self) -> bool:
        """A customer's turn that reproaches, grieves or gives up; worry alone does not."""
        reading = self.reading
        return isinstance(reading, CustomerReading) and reading.emotion in UPSET - {Emotion.ANXIETY}

    @property
    def pleased(self) -> bool:
        """A customer's turn that shows him content."""
        return isinstance(self.reading, CustomerReading) and self.reading.emotion is Emotion.POSITIVE

    @cached_property
    def substance(self) -> bool:
        """Whether an agent's turn says anything beyond greeting, waiting and leave-taking."""
        reading = self.reading
        if not isinstance(reading, AgentReading):
            return False
        if reading.promises or self.positive(*ANSWERS):
            return True
        if reading.question is not Question.NONE and not self.says("more"):
            return True
        return any(self._says_something(clause) for clause in _CLAUSE.split(wording.bare(self.folded)))

    def _says_something(self, clause: str) -> bool:
        if any(self._words[name].find(clause) for name in CLAUSES):
            return False
        for name in PHRASES:
            clause = self._words[name].without(clause)
        rest = clause.translate(_STRIP)
        answer = self._words["yes_no"].find(rest)
        return len(rest) >= LITTLE or (answer is not None and answer[0] == 0)


@dataclass(frozen=True)
class Run:
    """Turns of one side in a row."""

    role: Role
    talks: tuple[Talk, ...]

    @property
    def first(self) -> Talk:
        """Its first turn."""
        return self.talks[0]

    @property
    def last(self) -> Talk:
        """Its last turn."""
        return self.talks[-1]

    @cached_property
    def upset(self) -> int:
        """The strongest feeling in it."""
        return max(talk.upset for talk in self.talks)

    def says(self, name: str) -> Place | None:
        """Where a named list of words shows first."""
        return next((place for talk in self.talks if (place := talk.says(name))), None)

    def positive(self, *rules: str) -> Place | None:
        """Where one of these positives was read first."""
        return next((place for talk in self.talks if (place := talk.positive(*rules))), None)

    @cached_property
    def substance(self) -> bool:
        """Whether any of its turns says something."""
        return any(talk.substance for talk in self.talks)

    @cached_property
    def size(self) -> int:
        """Characters really said."""
        return sum(len(talk.content) for talk in self.talks)


@dataclass(frozen=True)
class Ground:
    """Everything the rules ask about."""

    talks: tuple[Talk, ...]
    measures: Measures

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Runs of one side, in order; turns without any words are left out."""
        runs: list[list[Talk]] = []
        for talk in self.talks:
            if not talk.text.strip():
                continue
            if runs and runs[-1][0].turn.role is talk.turn.role:
                runs[-1].append(talk)
            else:
                runs.append([talk])
        return tuple(Run(run[0].turn.role, tuple(run)) for run in runs)

    @cached_property
    def agent(self) -> tuple[Talk, ...]:
        """The agent's turns."""
        return tuple(talk for run in self.runs if run.role is Role.AGENT for talk in run.talks)

    @cached_property
    def customer(self) -> tuple[Talk, ...]:
        """The customer's turns."""
        return tuple(talk for run in self.runs if run.role is Role.CUSTOMER for talk in run.talks)

    @cached_property
    def sample(self) -> str:
        """Some of what was said: shows language and script. Agent's words first."""
        return "".join(talk.text[:200] for talk in (*self.agent[:20], *self.customer[:20]))

    @cached_property
    def first_upset(self) -> int | None:
        """The run in which the customer first shows a feeling of some strength, or tells of trouble with one."""
        for number, run in enumerate(self.runs):
            if run.role is Role.CUSTOMER and run.upset >= STRONG:
                return number
        return None

    @cached_property
    def felt(self) -> bool:
        """Whether a feeling showed that wants an acknowledgement: a violent one, or more than one turn of it.

        A single turn may be misread; asking again whether anybody is there wants an answer, not consolation.
        """
        upset = [talk for talk in self.customer if talk.upset]
        if any(talk.upset > STRONG for talk in upset) or sum(talk.hurt for talk in upset) >= STRONG:
            return True
        return self.first_upset is not None and len(upset) >= STRONG

    @cached_property
    def troubled(self) -> bool:
        """Whether the customer told of trouble or showed a feeling."""
        if self.felt or self.first_upset is not None:
            return True
        return any(talk.says("trouble") and not talk.pleased for talk in self.customer)

    @cached_property
    def matter(self) -> bool:
        """Whether this is more than a short enquiry: trouble or a promise, and some turns on both sides."""
        turns = min(sum(run.role is role for run in self.runs) for role in Role)
        if self.troubled:
            return turns >= self.measures.line("acts_matter")
        promised = any(
            isinstance(talk.reading, AgentReading) and talk.reading.promises for talk in self.agent
        )
        return promised and turns >= self.measures.line("acts_long")

    @cached_property
    def settled(self) -> bool:
        """Whether the customer's last words agree, thank or leave, without a question or a feeling."""
        last = next((run for run in reversed(self.runs) if run.role is Role.CUSTOMER), None)
        if last is None or last.last.asks or last.last.upset:
            return False
        return bool(last.says("done")) or last.last.pleased

    @cached_property
    def ended(self) -> bool:
        """Whether the conversation was brought to an end rather than cut off: somebody took his leave."""
        return any(run.says("leaving") for run in self.runs[-2:]) or (
            self.settled and bool(self.runs) and bool(self.runs[-1].says("thanking"))
        )


def lay_out(turns: Sequence[Turn], readings: Sequence[Reading], measures: Measures) -> Ground:
    """The ground of a conversation.

    Raises ValueError where turns and readings do not belong together.
    """
    if len(turns) != len(readings):
        raise ValueError(f"{len(turns)} turns but {len(readings)} readings")
    for number, (turn, reading) in enumerate(zip(turns, readings, strict=True)):
        if (turn.role is Role.AGENT) is not isinstance(reading, AgentReading):
            raise ValueError(f"turn {number} is the {turn.role}'s, its reading is not")
    talks = (
        Talk(number, turn, reading, measures)
        for number, (turn, reading) in enumerate(zip(turns, readings, strict=True))
    )
    return Ground(tuple(talks), measures)
