"""`zhiyin migrate`: bring the database to the shape that this version works with."""

from __future__ import annotations

from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import warn


def pending() -> list[str]:
    """Names of the migrations that are not applied yet, in order."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, backwards in plan if not backwards]


def migrate_quietly() -> int:
    """Apply what is pending; how many there were."""
    from django.core.management import call_command

    names = pending()
    if names:
        warn(_("Bringing the database up to date: this takes a moment, once."))
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    return len(names)
