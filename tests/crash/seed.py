"""The house to be crashed, made through the actions: `python -m tests.crash.seed`; prints one line of JSON.

Open round the clock. Some clocks and promises have run out before anybody looks, others fall due while things die.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import django

PASSWORD = "lu-ren-zhi-yin-2026"
STAFF = {"lin": "agent", "zhao": "agent", "chen": "supervisor", "ma": "handler"}
ACKNOWLEDGE = timedelta(minutes=30)
WARNING = ACKNOWLEDGE * 3 / 4
LATE = 5
SPREAD = range(15, 180, 15)  # seconds from now
LETTERS = 5
MEMBERS = 120


def seed(now: datetime) -> dict[str, Any]:
    from zhiyin.cases.rules.words import Stage

    staff = _house(now)
    road = _road(staff, now)
    _due(road, now)
    road.now = now - timedelta(hours=10)
    reopened = road.to(Stage.REMEDIED, subject="门禁又坏了")
    unfounded = road.open(subject="邻居的花开得太香")
    _judge_unfounded(road, unfounded)
    road.now = now - timedelta(minutes=5)
    incident = _burst(road)
    road.now = now - timedelta(minutes=1)
    _letters(road, now)
    return {
        "reopened": reopened.number,
        "unfounded": unfounded.number,
        "department": road.house.engineering.pk,
        "letters": road.customer.pk,
        "incident": incident.pk,
    }


def _house(now: datetime) -> dict[str, Any]:
    from zhiyin.people import actions
    from zhiyin.people.rules import Role

    hours = actions.save_calendar(name="全天", periods=[], always=True, by=None, now=now).pk
    team = actions.save_team(name="客服", calendar_id=hours, by=None, now=now)
    department = actions.save_department(name="工程部", calendar_id=hours, by=None, now=now)
    for name, role in STAFF.items():
        place = {"department_id": department.pk} if role == "handler" else {"team_id": team.pk}
        actions.create_staff(
            username=name, name=name, role=Role(role), email=f"{name}@heyuan.example.com", password=PASSWORD,
            approval_limit=Decimal(5000 if role == "supervisor" else 0), by=None, now=now, **place,
        )  # fmt: skip
    actions.save_organisation(
        name="和院物业", mark="和院", phone="400-000-1234", default_team_id=team.pk, by=None, now=now
    )
    return {"team": team, "department": department}


def _road(places: dict[str, Any], now: datetime) -> Any:
    from zhiyin.cases.tests.road import Road
    from zhiyin.customers import actions as customers
    from zhiyin.customers.rules import ContactKind
    from zhiyin.people.models import Organisation, Staff
    from zhiyin.people.tests.fixtures import House

    of = {one.username: one for one in Staff.objects.all()}
    team = places["team"]
    customer = customers.create_customer(
        name="苏文秀", contacts=[(ContactKind.PHONE, "13900004471"), (ContactKind.EMAIL, "su@example.com")],
        team_id=team.pk, by=None, now=now - timedelta(days=1),
    )  # fmt: skip
    house = House(
        Organisation.objects.get(), team.calendar, team, team, places["department"], places["department"]
    )
    return Road(house, of["lin"], of["zhao"], of["chen"], of["ma"], customer, now=now)


def _due(road: Any, now: datetime) -> None:
    """Clocks to warn of and run out, promises to remind of and break: late already, and one every quarter of a minute."""
    from zhiyin.customers.rules import Channel
    from zhiyin.promises import actions as promises

    moments = [now - timedelta(seconds=n) for n in range(LATE)] + [now + timedelta(seconds=n) for n in SPREAD]
    for at in moments:
        for budget in (ACKNOWLEDGE, WARNING):
            road.now = at - budget - timedelta(minutes=10)
            road.open(channel=Channel.LETTER, told=False, subject="楼道的灯不亮")
    made = now - timedelta(minutes=8)
    for at in moments:
        # Reminded of a quarter of the time before it is due.
        for due in (at, made + (at - made) / 3 * 4):
            promises.make(
                customer_id=road.customer.pk,
                text="回电",
                due_at=due,
                by=road.agent,
                now=made - timedelta(seconds=LATE),
            )


def _burst(road: Any) -> Any:
    """One burst main and more customers than one batch of a reply to all holds."""
    from zhiyin.cases.tests.burst import neighbour, water

    return water(road, [neighbour(road, number) for number in range(1, MEMBERS + 1)])


def _judge_unfounded(road: Any, case: Any) -> None:
    from zhiyin.cases import actions

    actions.judge(
        case_id=case.pk, ground_sufficient=False, ground_reason="花在自家阳台上", demand_reasonable=False,
        demand_reason="没有这样的规定", by=road.agent, now=road.tick(),
    )  # fmt: skip


def _letters(road: Any, now: datetime) -> None:
    """Matters that came by e-mail: each is acknowledged by a letter that waits in the outbox."""
    from zhiyin.customers.rules import Channel

    for _ in range(LETTERS):
        road.now = now - timedelta(minutes=10)
        road.open(channel=Channel.EMAIL, told=False, subject="请回信")


def main() -> None:
    django.setup()
    from django.utils import timezone

    from zhiyin.kit import audit

    with audit.acting("demo"):
        sys.stdout.write(json.dumps(seed(timezone.now())))


if __name__ == "__main__":
    main()
