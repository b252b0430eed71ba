"""What the tests of facts do again and again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse

from zhiyin.cases.models import Case
from zhiyin.facts.models import Column, FactTable

GOLDEN = Path(__file__).parents[3] / "libs/contrast/tests/golden"


def at(case: Case, name: str = "facts", **places: int) -> str:
    return reverse(f"desk:{name}", kwargs={"number": case.number, **places})


def begun(client: Client, case: Case, starter: str = "own") -> FactTable:
    assert client.post(at(case, "facts_begin"), {"starter": starter}).status_code == 302
    return FactTable.objects.latest("pk")


def named(table: FactTable, name: str) -> str:
    return f"c{Column.objects.get(table=table, name=name).pk}"


def pasted(client: Client, case: Case, text: str, outcome: str, **more: Any) -> Any:
    return client.post(
        at(case, "facts_paste"), {"text": text, "outcome": outcome, "new_columns": "on", **more}
    )


def golden(client: Client, case: Case, name: str, outcome: str) -> str:
    """A table with the rows of a golden case, and its page."""
    begun(client, case)
    answer = pasted(client, case, (GOLDEN / f"{name}.csv").read_text("utf-8-sig"), outcome)
    assert answer.status_code == 302, answer.content.decode()
    return str(client.get(at(case)).content.decode())
