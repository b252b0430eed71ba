"""A case somebody complained about at an authority, and the transfer that came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from zhiyin.cases.models import Case
from zhiyin.cases.tests.road import Road
from zhiyin.statutory import actions
from zhiyin.statutory.models import Letter, Transfer
from zhiyin.statutory.rules.words import Body

WORDS = {
    "finding": "排风机每周六23点至次日6点停机，公共风道倒灌。",
    "remedy": "已恢复整夜运行，并为住户加装止逆阀。",
    "prevention": "停机计划改由值班经理书面批准，每月抽查风道压力。",
}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def passed_on(road: Road) -> Callable[..., Transfer]:
    """`passed_on(case=…, body=…)` enters a transfer by the agent's hand."""

    def enter(case: Case | None = None, **changes: Any) -> Transfer:
        now = changes.pop("now", None) or road.tick()
        wanted: dict[str, Any] = {
            "case_id": (case or road.open()).pk,
            "body": Body.HOTLINE,
            "external_number": f"GZ2026111800{len(road.made):03d}",
            "demand": "要求物业查清异味原因并书面答复。",
            "received_at": road.now,
            "by": road.agent,
            "now": road.now,
        }
        return actions.receive(**(wanted | {"now": max(now, road.now)} | changes))

    return enter


@pytest.fixture
def waiting_letter(road: Road, passed_on: Callable[..., Transfer]) -> Callable[..., Letter]:
    """`waiting_letter()` is a letter that waits for the supervisor."""

    def write(transfer: Transfer | None = None) -> Letter:
        letter = actions.draft(transfer_id=(transfer or passed_on()).pk, by=road.agent, now=road.tick())
        actions.rewrite(letter_id=letter.pk, by=road.agent, now=road.tick(), words=WORDS)
        return actions.submit(letter_id=letter.pk, by=road.agent, now=road.tick())

    return write
