"""`zhiyin coach turns FILE`."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from zhiyin.cli import exits
from zhiyin.cli.coach import clock, engine, rows
from zhiyin.libs.coach.conversation import TalkFinding
from zhiyin.libs.coach.readings import (
    AgentReading,
    CustomerReading,
    Emotion,
    Finding,
    Promise,
    Role,
    Satisfaction,
)

AT_ONCE = 64
"""Lines written at once."""
CALM: dict[str, Any] = {
    "emotion": Emotion.CALM.value,
    "intensity": 0,
    "urgency": 0,
    "danger": 0,
    "leave_intent": 0,
    "escalate": 0,
    "clamour": 0,
    "satisfaction": Satisfaction.NEUTRAL.value,
}
"""What stands in an agent's line where a customer's feeling would stand."""


def turns(file: Path, *, now: str, calendar: str, packs: Sequence[Path], models: Path | None) -> int:
    """Check every line, then write a reading for each."""
    moment, hours = clock.given(now, calendar)
    coach = engine.reader(packs, models)
    with rows.opened(file) as stream:
        if not rows.sound(stream):
            return exits.UNUSABLE
        _written(reading(coach, row, now=moment, hours=hours) for _, row in rows.rows(stream))
    return exits.OK


def _written(records: Iterable[dict[str, Any]]) -> None:
    """One JSON line each, as bytes: the terminal's own encoding could not write every name."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    held: list[str] = []
    for record in records:
        held.append(encode(record))
        if len(held) == AT_ONCE:
            sys.stdout.buffer.write(("\n".join(held) + "\n").encode())
            held.clear()
    if held:
        sys.stdout.buffer.write(("\n".join(held) + "\n").encode())
    sys.stdout.buffer.flush()


def reading(
    coach: engine.Reader, row: rows.Row, *, now: dt.datetime | None = None, hours: Any = None
) -> dict[str, Any]:
    """One line of the answer; both roles have every key."""
    if row.role is Role.AGENT:
        return {"id": row.id, **agent(coach.agent(row.text, row.context, now=now, hours=hours))}
    return {"id": row.id, **customer(coach, row)}


def agent(read: AgentReading) -> dict[str, Any]:
    """An agent's turn."""
    return {
        "flags": list(read.flags),
        "positives": list(dict.fromkeys(mark.rule for mark in read.positives)),
        "severity": read.severity,
        "question": read.question.value,
        "promises": [promise(each) for each in read.promises],
        **CALM,
        "findings": [finding(each) for each in read.findings],
    }


def customer(coach: engine.Reader, row: rows.Row) -> dict[str, Any]:
    """A customer's turn: nothing to find fault with, nothing promised."""
    read: CustomerReading = coach.customer(row.text, row.context)
    return {
        "flags": [],
        "positives": [],
        "severity": 0,
        "question": coach.question(row.text, row.context).value,
        "promises": [],
        "emotion": read.emotion.value,
        "intensity": read.intensity,
        "urgency": read.urgency,
        "danger": read.danger,
        "leave_intent": read.leave_intent,
        "escalate": read.escalate,
        "clamour": read.clamour,
        "satisfaction": read.satisfaction.value,
        "findings": [],
    }


def promise(each: Promise) -> dict[str, Any]:
    """A promise; `due_at` only where a moment to reckon from was given and the words name one."""
    record: dict[str, Any] = {
        "text": each.text,
        "kind": each.kind.value,
        "due": each.due,
        "owner": each.owner.value,
        "start": each.start,
        "end": each.end,
    }
    return record | ({"due_at": each.due_at.isoformat()} if each.due_at else {})


def finding(each: Finding | TalkFinding) -> dict[str, Any]:
    """A finding, its reason in the terminal's language."""
    return {
        "rule": each.rule,
        "start": each.start,
        "end": each.end,
        "severity": each.severity,
        "why": engine.said(each.why),
        "suggestion": each.suggestion,
    }
