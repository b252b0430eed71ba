"""What this room plugs into the floors below: its part of a case's archive."""

from __future__ import annotations

from zhiyin.cases import enclosures
from zhiyin.facts import report
from zhiyin.facts.queries import enclosed


def connect() -> None:
    enclosures.register(enclosures.Enclosure(name="facts", content=enclosed, tables=report.tables))
