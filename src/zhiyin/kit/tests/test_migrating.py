"""Several changes to the tables carried out in one step."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from zhiyin.kit.migrating import InOneStep

pytestmark = pytest.mark.django_db


def columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def indexes(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, table))


@pytest.fixture(scope="module")
def house() -> ProjectState:
    """All tables as the migrations leave them."""
    return MigrationLoader(None).project_state()


def changes() -> list[Any]:
    return [
        migrations.CreateModel(
            "Shelf", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]
        ),
        migrations.AddField("team", "shelf", models.ForeignKey("people.Shelf", models.PROTECT, null=True)),
        migrations.AddField("team", "pace", models.IntegerField(default=7)),
        migrations.AddIndex("team", models.Index(fields=["pace"], name="team_pace")),
    ]


def test_every_change_is_made_and_every_change_is_taken_back(house: ProjectState) -> None:
    step, before, after = InOneStep(changes()), house.clone(), house.clone()
    step.state_forwards("people", after)
    with connection.schema_editor() as editor:
        step.database_forwards("people", editor, before, after)
    assert {"shelf_id", "pace"} <= columns("people_team")
    assert columns("people_shelf") == {"id", "name"}
    assert "team_pace" in indexes("people_team")
    assert step.reversible
    with connection.schema_editor() as editor:
        step.database_backwards("people", editor, after, before)
    assert not {"shelf_id", "pace"} & columns("people_team")
    assert "people_shelf" not in connection.introspection.table_names()


def test_the_models_are_drawn_up_once_however_many_changes_there_are(
    house: ProjectState, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = house.clone()
    assert state.apps  # as Django leaves it after the operation before
    drawn: list[object] = []
    monkeypatch.setattr(ProjectState, "_reload", lambda *_rest: drawn.append(_rest))
    InOneStep(changes()).state_forwards("people", state)
    assert not drawn
    assert state.apps.get_model("people", "Team")._meta.get_field("pace").default == 7
