"""Statutory rules: as data for reckoning, and as the settings list them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhiyin.statutory.models import StatutoryRule
from zhiyin.statutory.queries.letters import profile
from zhiyin.statutory.rules import deadlines
from zhiyin.statutory.rules.deadlines import Term
from zhiyin.statutory.rules.words import Body, Duty, Mark, Region, Sector, Start, Unit


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One version. `state`: now, later, past (ended, or a newer version holds), off (not in use).

    `ours`: whether it can hold for the trade of the house where it is; an authority elsewhere has rules of its own.
    """

    id: int
    code: str
    duty: Duty
    body: Body | None
    sector: Sector | None
    region: Region | None
    city: str
    amount: int
    unit: Unit
    starts_from: Start
    rolls: bool
    remind_days: int
    effective_from: date
    effective_to: date | None
    basis: str
    remark: str
    mark: Mark
    active: bool
    state: str
    ours: bool


def terms() -> list[Term]:
    """Every version in use, as the rules reckon with them. One query."""
    return [
        Term(
            id=row.pk,
            code=row.code,
            duty=Duty(row.duty),
            body=row.body,
            sector=row.sector,
            region=row.region,
            city=row.city,
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
    """Every version of every rule, what holds first. Two queries."""
    rows = list(StatutoryRule.objects.all())
    newest: dict[str, date] = {}
    for row in rows:
        if row.active and row.effective_from <= on:
            newest[row.code] = max(newest.get(row.code, row.effective_from), row.effective_from)
    order = {"now": 0, "later": 1, "off": 2, "past": 3}
    duties = list(Duty)
    here = profile()
    sector = Sector(here.sector) if here.sector else None
    region = Region(here.region) if here.region else None
    found = [
        _row(
            row,
            _state(row, on, newest.get(row.code)),
            ours=deadlines.concerns(row, sector=sector, region=region, city=here.city),
        )
        for row in rows
    ]
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


def _row(row: StatutoryRule, state: str, *, ours: bool) -> RuleRow:
    return RuleRow(
        id=row.pk,
        code=row.code,
        duty=Duty(row.duty),
        body=Body(row.body) if row.body else None,
        sector=Sector(row.sector) if row.sector else None,
        region=Region(row.region) if row.region else None,
        city=row.city,
        amount=row.amount,
        unit=Unit(row.unit),
        starts_from=Start(row.starts_from),
        rolls=row.rolls,
        remind_days=row.remind_days,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        basis=row.basis,
        remark=row.remark,
        mark=Mark(row.mark),
        active=row.active,
        state=state,
        ours=ours,
    )
