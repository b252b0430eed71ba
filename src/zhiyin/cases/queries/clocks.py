"""The rules of time, as the settings page lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from zhiyin.cases.models import ClockRule
from zhiyin.cases.rules.words import ClockKind, Kind, Severity


@dataclass(frozen=True, slots=True)
class ClockRuleRow:
    """One rule; empty kind or severity means every one."""

    id: int
    clock: ClockKind
    kind: Kind | None
    severity: Severity | None
    minutes: int
    span: timedelta
    warn_share: int
    round_the_clock: bool
    effective_from: date
    effective_to: date | None
    source: str
    to_confirm: bool
    state: str  # "now", "later", "past"


def clock_rules(*, on: date) -> list[ClockRuleRow]:
    """Every rule, those in force first within each clock."""
    order = {"now": 0, "later": 1, "past": 2}
    clocks = list(ClockKind)
    rows = [_row(rule, on) for rule in ClockRule.objects.all()]
    return sorted(
        rows,
        key=lambda row: (
            clocks.index(row.clock),
            order[row.state],
            row.kind or "",
            row.severity or "",
            row.id,
        ),
    )


def _row(rule: ClockRule, on: date) -> ClockRuleRow:
    past = rule.effective_to is not None and rule.effective_to < on
    return ClockRuleRow(
        id=rule.pk,
        clock=ClockKind(rule.clock),
        kind=Kind(rule.kind) if rule.kind else None,
        severity=Severity(rule.severity) if rule.severity else None,
        minutes=rule.minutes,
        span=timedelta(minutes=rule.minutes),
        warn_share=rule.warn_share,
        round_the_clock=rule.round_the_clock,
        effective_from=rule.effective_from,
        effective_to=rule.effective_to,
        source=rule.source,
        to_confirm=rule.to_confirm,
        state="past" if past else "later" if rule.effective_from > on else "now",
    )
