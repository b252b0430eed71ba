"""What this room plugs into the floors below: its part of a case's archive, and what a merge means here."""

from __future__ import annotations

from zhiyin.cases import enclosures, hooks
from zhiyin.facts import report
from zhiyin.facts.actions import merging
from zhiyin.facts.queries import enclosed


def connect() -> None:
    hooks.on_changed(merging.watch)
    enclosures.register(enclosures.Enclosure(name="facts", content=enclosed, tables=report.tables))
