"""How long a step may take: which rule holds, and when a clock is due. Pure; times are aware, budgets working time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhiyin.cases.rules.moves import JUDGED_KINDS
from zhiyin.cases.rules.words import ClockKind, Kind, Severity
from zhiyin.libs import worktime


@dataclass(frozen=True, slots=True)
class Allowance:
    """One rule as data: minutes of working time for one clock; empty kind or severity means every one."""

    clock: ClockKind
    kind: str
    severity: str
    minutes: int
    warn_share: int
    round_the_clock: bool
    effective_from: date
    effective_to: date | None


@dataclass(frozen=True, slots=True)
class Due:
    """When a clock warns and when it is over; `provisional` when a year without announced holidays is touched."""

    warn_at: datetime
    due_at: datetime
    provisional: bool


def clocks_for(kind: Kind) -> tuple[ClockKind, ...]:
    """The clocks a case of this kind starts with."""
    judged = (ClockKind.JUDGE,) if kind in JUDGED_KINDS else ()
    return (ClockKind.ACKNOWLEDGE, *judged, ClockKind.RESPOND, ClockKind.RESOLVE)


def rule_in_force(
    rules: Iterable[Allowance], *, clock: ClockKind, kind: Kind, severity: Severity, on: date
) -> Allowance | None:
    """The most specific rule in force on a day: kind before severity before age of the rule."""
    holding = [
        rule
        for rule in rules
        if rule.clock == clock
        and rule.kind in {"", kind}
        and rule.severity in {"", severity}
        and rule.effective_from <= on
        and (rule.effective_to is None or on <= rule.effective_to)
    ]
    return max(
        holding, key=lambda rule: (bool(rule.kind), bool(rule.severity), rule.effective_from), default=None
    )


def due(
    calendar: worktime.Calendar, *, start: datetime, remaining: timedelta, budget: timedelta, warn_share: int
) -> Due:
    """From `start` with `remaining` working time: when `warn_share` per cent of the budget and when all of it is used.

    A clock that goes on after a stop starts anew with what was left; one that was over is due at once.
    """
    until_over = max(remaining, timedelta())
    until_warning = max(remaining - budget * (100 - warn_share) / 100, timedelta())
    due_at = worktime.add(calendar, start, until_over) if until_over else start
    warn_at = worktime.add(calendar, start, until_warning) if until_warning else start
    return Due(warn_at=warn_at, due_at=due_at, provisional=worktime.is_provisional(calendar, due_at))


def left(calendar: worktime.Calendar, *, now: datetime, due_at: datetime) -> timedelta:
    """Working time left; negative when over."""
    return worktime.between(calendar, now, due_at)
