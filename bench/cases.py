"""List, case page, board and two-character search with 50,000 cases: `zhiyin bench cases`.

Makes a database of its own on the same server, fills it set-based (its own random words, the same every time), asks
for each page as a signed-in agent would, and drops it. Prints the median and the slowest of the counted requests in
milliseconds, and how many queries each page took.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CASES, CUSTOMERS, OPEN = 50_000, 10_000, 5_000
COUNTED, WARM = 21, 3
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英"
THINGS = [
    "电梯",
    "停车费",
    "漏水",
    "门禁",
    "暖气",
    "噪声",
    "保洁",
    "绿化",
    "充电桩",
    "快递柜",
    "路灯",
    "空调",
    "消防",
    "装修",
    "水压",
    "异味",
]
TROUBLES = ["又停了", "多扣了", "没人管", "坏了", "很慢", "说了三次", "没修好", "太吵"]
STEP = 5_000


def main(script: str = __file__) -> None:
    import psycopg
    from psycopg import sql

    url = os.environ["DATABASE_URL"]
    name = f"zhiyin_bench_{Path(script).stem}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        parts = urlsplit(url)
        own = (
            parts._replace(path=f"/{name}").geturl()
            if parts.netloc
            else url.replace(parts.path, f"/{name}", 1)
        )
        try:
            # A process of its own: settings are read once.
            subprocess.run(
                [sys.executable, script, "filled"], env=os.environ | {"DATABASE_URL": own}, check=True
            )
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def filled() -> None:
    """In the empty database: fill it and measure."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiyin.config.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    agent = people()
    begun = time.perf_counter()
    fill(agent, random.Random(3))
    print(f"{CASES:,} cases filled in {time.perf_counter() - begun:.0f} s", flush=True)
    measure(agent)


def people() -> Any:
    from django.utils import timezone

    from zhiyin.people import actions
    from zhiyin.people.rules import Role

    now = timezone.now()
    hours = [(day, 8 * 60, 20 * 60) for day in range(7)]
    calendar = actions.save_calendar(name="工作日", periods=hours, by=None, now=now)
    team = actions.save_team(name="客服一组", calendar_id=calendar.pk, by=None, now=now)
    actions.save_department(name="工程部", calendar_id=calendar.pk, by=None, now=now)
    actions.save_organisation(name="禾安物业", default_team_id=team.pk, by=None, now=now)
    return actions.create_staff(
        username="lin",
        name="林晓芸",
        role=Role.AGENT,
        email="lin@example.com",
        team_id=team.pk,
        by=None,
        now=now,
    )


def fill(agent: Any, chance: random.Random) -> None:
    import pgtrigger
    from django.db import connection

    with pgtrigger.ignore():
        rows = cases(agent, chance)
        around(rows)
    index(rows)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def cases(agent: Any, chance: random.Random, prepare: Callable[[Any], None] = lambda case: None) -> list[Any]:
    """Customers, conversations and cases; `prepare` may change each case before it is written."""
    from django.utils import timezone

    from zhiyin.cases.models import Case
    from zhiyin.cases.rules import moves
    from zhiyin.cases.rules.words import Emotion, Kind, Stage
    from zhiyin.conversations.models import Conversation
    from zhiyin.customers.models import ContactPoint, Customer
    from zhiyin.people.models import Department

    now, department = timezone.now(), Department.objects.get()
    served = [
        Customer(
            name=chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2)),
            team=agent.team,
            created_at=now,
        )
        for _ in range(CUSTOMERS)
    ]
    Customer.objects.bulk_create(served, STEP)
    phones = [f"+8613{chance.randrange(10**9):09d}" for _ in served]
    ContactPoint.objects.bulk_create(
        [
            ContactPoint(customer=customer, kind="phone", value=phone, is_primary=True, created_at=now)
            for customer, phone in zip(served, phones, strict=True)
        ],
        STEP,
    )
    talks = [
        Conversation(
            customer=chance.choice(served), channel="phone", team=agent.team, assignee=agent, created_at=now,
            last_message_at=now - timedelta(minutes=9 * turn), message_count=1,
        )
        for turn in range(CASES)
    ]  # fmt: skip
    Conversation.objects.bulk_create(talks, STEP)
    rows = []
    for turn, talk in enumerate(talks):
        kind = chance.choices([Kind.COMPLAINT, Kind.REQUEST, Kind.ENQUIRY], [6, 3, 1])[0]
        path = moves.PATHS[kind]
        stage = Stage.ARCHIVED if turn >= OPEN else chance.choice(path[:-1])
        opened = now - timedelta(minutes=9 * turn + 5)
        rows.append(
            Case(
                number=f"{turn // 9000:04d}-{turn % 9000:04d}", kind=kind, customer=talk.customer, conversation=talk,
                subject=f"{chance.randrange(1, 30)}栋{chance.choice(THINGS)}{chance.choice(TROUBLES)}",
                description=f"{chance.choice(THINGS)}{chance.choice(TROUBLES)}，麻烦看看{chance.choice(THINGS)}。",
                channel="phone", emotion=chance.choice(list(Emotion)), intensity=chance.randrange(1, 4), stage=stage,
                stage_since=opened, team=agent.team, owner=agent if chance.random() < 0.9 else None,
                department=department if Stage.ASSIGNED in path[: path.index(stage) + 1] else None, opened_at=opened,
                outcome="satisfied" if stage in {Stage.ARCHIVED, Stage.CONFIRMED} else "",
                archived_at=opened if stage is Stage.ARCHIVED else None,
            )
        )  # fmt: skip
    for row in rows:
        prepare(row)
    Case.objects.bulk_create(rows, STEP)
    return rows


def around(rows: list[Any]) -> None:
    """Four clocks, four events and one message to each case."""
    from zhiyin.cases.models import CaseEvent, Clock
    from zhiyin.cases.rules.words import ClockKind, ClockState, EventKind, Stage
    from zhiyin.conversations.models import Message

    minutes = {
        ClockKind.ACKNOWLEDGE: 30,
        ClockKind.JUDGE: 480,
        ClockKind.RESPOND: 120,
        ClockKind.RESOLVE: 2400,
    }
    clocks = []
    for case in rows:
        for kind, allowed in minutes.items():
            runs = case.stage != Stage.ARCHIVED and kind in {ClockKind.RESOLVE, ClockKind.RESPOND}
            budget = timedelta(minutes=allowed)
            clocks.append(
                Clock(
                    case=case, kind=kind, state=ClockState.RUNNING if runs else ClockState.MET, budget=budget,
                    started_at=case.opened_at, reckoned_from=case.opened_at, remaining=budget,
                    due_at=case.opened_at + 8 * budget, warn_at=case.opened_at + 6 * budget,
                    settled_at=None if runs else case.opened_at,
                )
            )  # fmt: skip
    Clock.objects.bulk_create(clocks, STEP)
    kinds = (EventKind.OPENED, EventKind.ACKNOWLEDGED, EventKind.TAKEN, EventKind.JUDGED)
    CaseEvent.objects.bulk_create(
        [CaseEvent(case=case, kind=kind, at=case.opened_at) for case in rows for kind in kinds], STEP
    )
    Message.objects.bulk_create(
        [
            Message(
                conversation_id=case.conversation_id, position=1, author="customer", kind="message", channel="phone",
                text=case.description, sent_at=case.opened_at,
            )
            for case in rows
        ],
        STEP,
    )  # fmt: skip


def index(rows: list[Any]) -> None:
    from zhiyin.kit import search

    for at in range(0, len(rows), STEP):
        some = rows[at : at + STEP]
        found = (
            (case.pk, [case.number, case.subject, case.description], [case.customer.name]) for case in some
        )
        search.index_new(kind="case", objects=found)
        said = ((case.conversation_id, [case.description], []) for case in some)
        search.index_new(kind="conversation", objects=said)


def measure(agent: Any) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from zhiyin.cases.models import Case

    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(agent)
    number = Case.objects.filter(stage="judged").order_by("pk")[0].number
    pages = {
        "list": "/cases/",
        "case page": f"/cases/{number}/",
        "search, two characters": "/search/?q=漏水",
        "list searched": "/cases/?q=漏水",
        "board": "/cases/board/",
        "today": "/",
        "inbox": "/inbox/",
        "customers": "/customers/",
    }
    print(f"{'':24}{'median ms':>10}{'slowest':>10}{'queries':>10}")
    for name, address in pages.items():
        took = []
        for turn in range(WARM + COUNTED):
            begun = time.perf_counter()
            answer = browser.get(address)
            if turn >= WARM:
                took.append((time.perf_counter() - begun) * 1000)
            if answer.status_code != 200:
                sys.exit(f"{address} answered {answer.status_code}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get(address)
        print(f"{name:24}{statistics.median(took):10.1f}{max(took):10.1f}{len(queries):10d}", flush=True)


if __name__ == "__main__":
    filled() if sys.argv[1:] == ["filled"] else main()
