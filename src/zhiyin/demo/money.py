"""What the house lets itself spend on putting things right: limits and budgets, set by the administrator."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from zhiyin.cases import actions as cases
from zhiyin.cases.queries import money
from zhiyin.cases.rules.money import Period
from zhiyin.demo import plays
from zhiyin.demo.deeds import Stage
from zhiyin.kit import audit
from zhiyin.people.rules import Role

BEFORE = timedelta(days=90)


def settle(stage: Stage) -> None:
    """Limits, and the budgets that run on the day the demo is built."""
    content = plays.table("money")
    kinds = {kind.name: kind.pk for kind in money.kinds()}
    by = next(person for person in stage.staff.values() if person.role == Role.ADMINISTRATOR)
    now, day = stage.now - BEFORE, timezone.localdate(stage.now)
    with audit.acting("demo", staff_id=by.pk):
        for row in content["limit"]:
            cases.save_expense_limit(
                role=Role(row["role"]),
                kind_id=kinds[row["kind"]],
                amount=Decimal(row["amount"]),
                by=by,
                now=now,
            )
        for row in content["budget"]:
            cases.save_budget(**_place(row, stage, kinds), period=Period(row["period"]), day=day,
                              amount=Decimal(row["amount"]), warn_share=80, by=by, now=now)  # fmt: skip


def _place(row: dict[str, Any], stage: Stage, kinds: dict[str, int]) -> dict[str, int | None]:
    teams = {person.team.name: person.team_id for person in stage.staff.values() if person.team}
    return {
        "kind_id": kinds[row["kind"]] if "kind" in row else None,
        "department_id": stage.departments[row["department"]] if "department" in row else None,
        "team_id": teams[row["team"]] if "team" in row else None,
    }
