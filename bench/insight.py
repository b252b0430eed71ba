"""The three measures and the budgets with 50,000 settled cases: `zhiyin bench insight`.

Makes a database of its own on the same server, fills it as `bench cases` does, settles every case (half of the
complaints waited for their customer's choice, a tenth were reopened, a fifth cost goodwill), asks for each page as a
signed-in supervisor would, and drops it. Twelve months hold all fifty thousand cases, twelve weeks about thirteen
thousand. Prints the median and the slowest of the counted requests in milliseconds, and how many queries each took.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from datetime import timedelta
from decimal import Decimal
from typing import Any

import cases as filling

COUNTED, WARM = 5, 1
PAGES = {
    "12 weeks": "/insight/",
    "12 months": "/insight/?span=12m",
    "12 months, one kind": "/insight/?span=12m&kind=complaint",
    "12 months, sheet": "/insight/measures.csv?span=12m",
    "budgets and goodwill": "/insight/budget/",
}


def filled() -> None:
    """In the empty database: fill it and measure."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiyin.config.settings")
    django.setup()
    import pgtrigger
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    agent = filling.people()
    begun, chance = time.perf_counter(), random.Random(3)
    with pgtrigger.ignore():
        rows = filling.cases(agent, chance, lambda case: finish(case, chance))
        filling.around(rows)
        settle(rows, agent, chance)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"{filling.CASES:,} cases settled in {time.perf_counter() - begun:.0f} s", flush=True)
    measure(agent)


def finish(case: Any, chance: random.Random) -> None:
    """Every case has its end."""
    case.stage, case.outcome, case.archived_at = "confirmed", "satisfied", None
    case.resolved_at = case.opened_at + timedelta(minutes=chance.randrange(5, 12_000))
    case.handovers, case.cost = chance.randrange(3), Decimal(chance.randrange(500))
    case.round = 2 if chance.random() < 0.1 else 1


def settle(rows: list[Any], agent: Any, chance: random.Random) -> None:
    """What came before the end of each."""
    from zhiyin.cases.models import CaseEvent, Confirmation, Expense, ExpenseKind, Remedy
    from zhiyin.cases.rules.words import EventKind, Kind

    gift = ExpenseKind.objects.get(name="Gift")
    events, answers, expenses, remedies = [], [], [], []
    for case in rows:
        remedies.append(
            Remedy(case=case, round=1, text="修好了", cost=case.cost, by=agent, at=case.resolved_at)
        )
        answers.append(
            Confirmation(case=case, round=1, satisfied=case.round == 1, channel="phone", at=case.resolved_at)
        )
        between = (case.resolved_at - case.opened_at) / 4
        if case.kind == Kind.COMPLAINT and chance.random() < 0.5:
            for place, (before, after) in enumerate((("proposed", "approved"), ("approved", "chosen")), 1):
                at = case.opened_at + place * between
                events.append(CaseEvent(case=case, kind=after, at=at, stage_before=before, stage_after=after))
        if case.round == 2:
            events += [
                CaseEvent(case=case, kind=EventKind.REMEDIED, at=case.opened_at + between),
                CaseEvent(case=case, kind=EventKind.REOPENED, at=case.opened_at + 2 * between),
            ]
        if chance.random() < 0.2:
            expenses.append(
                Expense(
                    case=case, round=1, kind=gift, nature="goodwill", amount=Decimal(80), text="花", team=agent.team,
                    state="spent", asked_by=agent, asked_at=case.opened_at, booked_on=case.opened_at.date(),
                )
            )  # fmt: skip
    for model, made in (
        (Remedy, remedies),
        (CaseEvent, events),
        (Confirmation, answers),
        (Expense, expenses),
    ):
        model.objects.bulk_create(made, filling.STEP)


def measure(agent: Any) -> None:
    """Ask for the pages as a supervisor."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from zhiyin.cases import actions
    from zhiyin.cases.models import Budget
    from zhiyin.cases.rules.money import Period, bounds
    from zhiyin.people.models import Staff

    Staff.objects.filter(pk=agent.pk).update(role="supervisor")
    agent.refresh_from_db()
    first, last = bounds(Period.YEAR, timezone.localdate())
    Budget.objects.create(period=Period.YEAR, starts_on=first, ends_on=last, amount=Decimal(900_000))
    case = filling_case()
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(agent)
    today = timezone.localdate()
    week = f"/cases/?state=all&settled={today - timedelta(days=14)}..{today - timedelta(days=8)}&of=not_once"
    print(f"{'':24}{'median ms':>10}{'slowest':>10}{'queries':>10}")
    for name, address in {
        **PAGES,
        "cases behind a week": week,
        "case page": f"/cases/{case.number}/",
    }.items():
        took = []
        for turn in range(WARM + COUNTED):
            begun = time.perf_counter()
            answer = browser.get(address)
            if turn >= WARM:
                took.append((time.perf_counter() - begun) * 1000)
            if answer.status_code != 200:
                sys.exit(f"{address} answered {answer.status_code}")
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        print(f"{name:24}{statistics.median(took):10.1f}{max(took):10.1f}{len(queries):10d}", flush=True)
    print("an expense within the limit, budgets checked:", spending(case, agent, actions), flush=True)


def filling_case() -> Any:
    """One of the newest cases."""
    from zhiyin.cases.models import Case

    return Case.objects.order_by("-opened_at")[20]


def spending(case: Any, agent: Any, actions: Any) -> str:
    """How long it takes to book an expense against a year of others."""
    from django.utils import timezone

    from zhiyin.cases.models import ExpenseKind

    gift, took = ExpenseKind.objects.get(name="Gift").pk, []
    for _ in range(COUNTED):
        begun = time.perf_counter()
        actions.spend(
            case_id=case.pk, kind_id=gift, amount=Decimal(10), text="花", by=agent, now=timezone.now()
        )
        took.append((time.perf_counter() - begun) * 1000)
    return f"{statistics.median(took):.1f} ms"


if __name__ == "__main__":
    if sys.argv[1:] == ["filled"]:
        filled()
    else:
        filling.main(__file__)
