"""A migration operation that adds all triggers of a room at once.

One operation a trigger makes Django render every model anew for each; with the audit that is most of the time a
first `migrate` takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger import compiler


class AddTriggers(Operation):
    """Add `triggers`, pairs of a model's name and its compiled trigger, to models of this app."""

    reversible = True

    def __init__(self, triggers: Sequence[tuple[str, compiler.Trigger]]) -> None:
        self.triggers = triggers

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return (type(self).__name__, [], {"triggers": self.triggers})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        for name, trigger in self.triggers:
            options = state.models[app_label, name].options
            options["triggers"] = [*options.get("triggers", []), trigger]
        state.clear_delayed_apps_cache()

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for _name, trigger in self.triggers:
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for _name, trigger in reversed(self.triggers):
            schema_editor.execute(trigger.uninstall_sql, params=None)

    def describe(self) -> str:
        return f"Add {len(self.triggers)} triggers"
