"""Statutory rules: as data for reckoning, and as the settings list them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhiyin.statutory.models import StatutoryRule
from zhiyin.statutory.rules.deadlines import Term
from zhiyin.statutory.rules.words import Body, Duty, Mark, Sector, Start, Unit


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One version. `state`: now, later, past (ended, or a newer version holds), off (not in use)."""

    id: int
    code: str
    duty: Duty
    body: Body | None
    sector: Sector | None
    amount: int
    unit: Unit
    starts_from: Start
    rolls: bool
    remind_days: int
    effective_from: date
    effective_to: date | None
    basis: str
    mark: Mark
    active: bool
    state: str

    @property
    def to_confirm(self) -> bool:
        """Whether counsel has yet to look it up."""
        return self.mark is not Mark.VERIFIED


def terms() -> list[Term]:
    """Every version in use, as the rules reckon with them. One query."""
    return [
        Term(
            id=row.pk,
            code=row.code,
            duty=Duty(row.duty),
            body=row.body,
            sector=row.sector,
            amount=row.amount,
            unit=Unit(row.unit),
            starts_from=row.starts_from,
            rolls=row.rolls,
            remind_days=row.remind_days,
            effective_from=row.effective_from,
            effective_to=row.effective_to,
        )
        for row in StatutoryRule.objects.filter(active=True)
    ]


def rule_rows(*, on: date) -> list[RuleRow]:
    """Every version of every rule, what holds first. One query."""
    rows = list(StatutoryRule.objects.all())
    newest: dict[str, date] = {}
    for row in rows:
        if row.active and row.effective_from <= on:
            newest[row.code] = max(newest.get(row.code, row.effective_from), row.effective_from)
    order = {"now": 0, "later": 1, "off": 2, "past": 3}
    duties = list(Duty)
    found = [_row(row, _state(row, on, newest.get(row.code))) for row in rows]
    return sorted(
        found,
        key=lambda row: (duties.index(row.duty), order[row.state], row.body or "", row.sector or "", -row.id),
    )


def _state(row: StatutoryRule, on: date, newest: date | None) -> str:
    if not row.active:
        return "off"
    if row.effective_from > on:
        return "later"
    ended = row.effective_to is not None and row.effective_to < on
    return "past" if ended or row.effective_from != newest else "now"


def _row(row: StatutoryRule, state: str) -> RuleRow:
    return RuleRow(
        id=row.pk,
        code=row.code,
        duty=Duty(row.duty),
        body=Body(row.body) if row.body else None,
        sector=Sector(row.sector) if row.sector else None,
        amount=row.amount,
        unit=Unit(row.unit),
        starts_from=Start(row.starts_from),
        rolls=row.rolls,
        remind_days=row.remind_days,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        basis=row.basis,
        mark=Mark(row.mark),
        active=row.active,
        state=state,
    )
