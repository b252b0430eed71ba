"""The rules see what they are there for: a sound house breaks none, and each kind of damage breaks its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from tests.crash import verdict

from zhiyin.cases.actions.hold import record
from zhiyin.cases.models import Case, CaseEvent
from zhiyin.cases.rules.words import EventKind, Stage
from zhiyin.cases.tests.road import Road, customer, road
from zhiyin.people.tests.fixtures import NOW, agent, colleague, handler, house, supervisor

__all__ = ["agent", "colleague", "customer", "handler", "house", "road", "supervisor"]


def without_triggers(statement: str) -> None:
    """What a write would be that no trigger saw."""
    table = statement.removeprefix("DELETE FROM").removeprefix("UPDATE").split()[0]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def skip_a_stage(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(stage=Stage.CONFIRMED)


def leave_the_path(case: Case) -> None:
    CaseEvent.objects.create(
        case=case, kind="archived", at=case.opened_at, stage_before=case.stage, stage_after=Stage.ARCHIVED
    )


def lose_a_line(case: Case) -> None:
    """What a deed in two transactions leaves behind: the stage, and no line that led there."""
    without_triggers(f"DELETE FROM cases_caseevent WHERE case_id = {case.pk} AND stage_after = 'judged'")
    CaseEvent.objects.create(
        case=case, kind="accepted", at=case.opened_at, stage_before=Stage.JUDGED, stage_after=Stage.ASSIGNED
    )
    Case.objects.filter(pk=case.pk).update(stage=Stage.ASSIGNED)


def change_unseen(case: Case) -> None:
    without_triggers(f"UPDATE cases_case SET subject = '别的' WHERE id = {case.pk}")


def audit_what_was_not_made(case: Case) -> None:
    record(case, EventKind.NOTED, now=case.opened_at)
    without_triggers(f"DELETE FROM cases_caseevent WHERE case_id = {case.pk} AND kind = 'noted'")


def tell_twice(case: Case) -> None:
    clock = case.clocks.get(kind="judge")
    for _ in range(2):
        CaseEvent.objects.create(case=case, kind="clock_over", text=clock.kind, at=case.opened_at)


def lose_the_way_to_find_it(case: Case) -> None:
    from zhiyin.kit import search

    search.remove("case", case.pk)


DAMAGES: dict[Callable[[Case], Any], str] = {
    skip_a_stage: "stages_follow_their_path",
    leave_the_path: "stages_follow_their_path",
    lose_a_line: "stages_follow_their_path",
    change_unseen: "every_row_is_as_its_last_audit_row",
    audit_what_was_not_made: "no_audit_row_tells_of_what_never_was",
    tell_twice: "every_clock_had_its_effect_once",
    lose_the_way_to_find_it: "every_case_can_be_found",
}
OF_TODAY = {
    "every_change_names_its_doorway",
    "every_clock_had_its_effect_once",
}  # the fixtures' clock is not ours


def test_a_sound_house_breaks_no_rule(road: Road) -> None:
    road.to(Stage.ARCHIVED)
    broken = verdict.verdict(NOW)
    assert set(broken) <= OF_TODAY, broken


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damage_is_seen(road: Road, damage: Callable[[Case], Any]) -> None:
    case = road.to(Stage.JUDGED)
    name = DAMAGES[damage]
    find = getattr(verdict, name)
    before = find(NOW)
    damage(case)
    assert set(find(NOW)) - set(before), name
