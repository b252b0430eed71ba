"""Labelled dialogues as people write them: one message a line, its labels behind it.

    ## 家电 · 洗衣机异响
    客 昨天刚装的，一脱水就哐哐响 @anxiety1 neg
    服* 响声是正常现象哦 | -unclear1 -missing_empathy1
    服 刚装就响确实闹心，我先帮您约师傅上门看 | +empathy +solution !soft:self:我先帮您约师傅上门看

`客` is a customer's message; behind the last @ its emotion and intensity, then signals: u1 u2 (urgency), d1 (danger),
l1 l2 (leave intent), e1 e2 (escalation), c1 (clamour), neg or pos. `服` is an agent's message and `服*` another that
might have been sent at this point: judged in the same context, but no part of the course. Behind the last | stand
-finding with its severity, +positive, ?open or ?closed, !kind:owner:the promise in its own words. A line that begins
with ## opens a dialogue. Labels as in the handbook of the coach.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from zhiyin.libs.coach.readings import Emotion, Kind, Owner, Question, Role, Satisfaction

SIGHT = 8
"""So many earlier messages are the context of a record."""

FINDINGS = frozenset(
    [
        "neg_cannot",
        "neg_unwilling",
        "neg_dontknow",
        "neg_but",
        "jargon",
        "rhetorical",
        "stacked_q",
        "argue_blame",
        "buck_pass",
        "rule_hide",
        "curt",
        "unclear",
        "vague_promise",
        "review_solicit",
        "impolite_ni",
        "missing_empathy",
        "missing_solution",
        "doubt",
        "overpromise",
        "cut_off",
    ]
)
POSITIVES = frozenset(
    [
        "greet",
        "own_name",
        "willing",
        "empathy",
        "apology",
        "own_I",
        "own_we",
        "solution",
        "explains",
        "confirm_other",
        "confirm_consent",
        "thanks",
        "discloses",
        "benefit",
        "reason_one",
    ]
)
SIGNALS = {"u": "urgency", "d": "danger", "l": "leave_intent", "e": "escalate", "c": "clamour"}
_LEVELS = {"urgency": 2, "danger": 1, "leave_intent": 2, "escalate": 2, "clamour": 1}
_PROMISE = re.compile(rf"!({'|'.join(Kind)}):({'|'.join(Owner)}):")


class BadLine(ValueError):
    """A line that is no message, or a label that does not exist."""

    def __init__(self, place: str, number: int, what: str) -> None:
        """`what` is wrong in line `number` of `place`."""
        super().__init__(f"{place}, line {number}: {what}")


@dataclass
class _Course:
    """A dialogue so far."""

    place: str
    dialogue: int = 0
    message: int = 0
    said: list[str] = field(default_factory=list)

    def record(self, role: Role, text: str) -> dict[str, Any]:
        self.message += 1
        name = f"{self.place}-{self.dialogue:03d}#{self.message}"
        return {"id": name, "role": role.value, "context": self.said[-SIGHT:], "text": text}


def records(place: Path | Traversable) -> Iterator[dict[str, Any]]:
    """The messages of a file as labelled records, in order. Raises BadLine."""
    course = _Course(place.name.rpartition(".")[0] or place.name)
    with place.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield from _read(line.strip(), course)
            except ValueError as error:
                raise BadLine(place.name, number, str(error)) from error


def _read(line: str, course: _Course) -> Iterator[dict[str, Any]]:
    if line.startswith("##"):
        course.dialogue += 1
        course.message, course.said = 0, []
    elif line.startswith("客"):
        text, labels = _parted(line[1:], "@")
        yield course.record(Role.CUSTOMER, text) | _feeling(labels)
        course.said.append(f"客户:{text}")
    elif line.startswith("服"):
        another = line.startswith("服*")
        text, labels = _parted(line[2 if another else 1 :], "|")
        yield course.record(Role.AGENT, text) | _judgement(labels, text)
        if not another:
            course.said.append(f"客服:{text}")
    elif line:
        raise ValueError("a message begins with 客 or 服")


def _parted(line: str, mark: str) -> tuple[str, str]:
    text, found, labels = line.rpartition(mark)
    if not found:
        raise ValueError(f"no {mark} before the labels")
    return text.strip(), labels.strip()


def _feeling(labels: str) -> dict[str, Any]:
    emotion, *signals = labels.split() or [""]
    name = emotion.rstrip("123")
    level = emotion.removeprefix(name)
    if name not in set(Emotion) or len(level) > 1 or (level and name == Emotion.CALM):
        raise ValueError(f"there is no emotion {emotion}")
    found: dict[str, Any] = {
        "emotion": name,
        "intensity": 0 if name == Emotion.CALM else int(level or 1),
        **dict.fromkeys(SIGNALS.values(), 0),
        "satisfaction": Satisfaction.NEUTRAL.value,
    }
    for signal in signals:
        if signal in set(Satisfaction):
            found["satisfaction"] = signal
        else:
            found |= _signal(signal)
    return found


def _signal(signal: str) -> dict[str, int]:
    name = SIGNALS.get(signal[:1], "")
    if not name or not signal[1:].isdigit() or int(signal[1:]) > _LEVELS[name]:
        raise ValueError(f"there is no signal {signal}")
    return {name: int(signal[1:])}


def _judgement(labels: str, text: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "flags": [],
        "severity": 0,
        "positives": [],
        "question": Question.NONE.value,
        "promises": [],
    }
    first = _PROMISE.search(labels)
    for label in (labels[: first.start()] if first else labels).split():
        _label(label, found)
    marks = list(_PROMISE.finditer(labels))
    ends = [*(mark.start() for mark in marks[1:]), len(labels)] if marks else []
    for mark, end in zip(marks, ends, strict=True):
        said = labels[mark.end() : end].strip()
        if said not in text:
            raise ValueError(f"“{said}” does not stand in the message")
        found["promises"].append({"text": said, "kind": mark[1], "owner": mark[2]})
    return found


def _label(label: str, found: dict[str, Any]) -> None:
    name = label[1:].rstrip("123")
    level = label[1:].removeprefix(name)
    if label[0] == "-" and name in FINDINGS and len(level) <= 1:
        found["flags"].append(name)
        found["severity"] = max(found["severity"], int(level or 1))
    elif label[0] == "+" and label[1:] in POSITIVES:
        found["positives"].append(label[1:])
    elif label[0] == "?" and label[1:] in set(Question):
        found["question"] = label[1:]
    else:
        raise ValueError(f"there is no label {label}")
