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
    """Apply what is pending and lay in the statutory days this version knows; how many migrations there were."""
    from django.core.management import call_command
    from django.utils import timezone

    from zhiyin.kit.audit import acting
    from zhiyin.people import actions

    names = pending()
    if names:
        warn(_("Bringing the database up to date: this takes a moment, once."))
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    with acting("command"):
        actions.refresh_statutory(now=timezone.now())
    return len(names)
