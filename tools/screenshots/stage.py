"""The demo organisation as the pictures show it; prints a line of JSON with its people, places and customers' keys.

Runs in a process of its own whose clock stands still (`clock/`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from zhiyin.cli import environment, language


def main() -> None:
    with environment.ready(tables=True):
        print(json.dumps(prepare()))


def prepare() -> dict[str, Any]:
    """Build, put every hint away, and find what the pictures are of."""
    from django.utils import timezone

    from zhiyin.demo import build
    from zhiyin.kit.audit import acting

    now = timezone.now()
    with acting("command"):
        build.build(now=now, language=language.django_code())
        people = settle(now)
        draft_guarantee(now)
    return {
        "people": people,
        "places": dict(places()),
        "keys": dict(keys(now)),
        "password": build.house.PASSWORD,
    }


def settle(now: datetime) -> dict[str, str]:
    """Everybody reads the language asked for and knows the house; the first of each role, by sign-in name."""
    from zhiyin.people import actions, queries
    from zhiyin.people.rules import HINTS, Language, Theme

    first: dict[str, str] = {}
    for person in sorted(queries.active(), key=lambda one: one.pk):
        for hint in HINTS:
            actions.put_hint_away(staff=person, hint=hint, now=now)
        actions.set_preferences(
            staff=person,
            language=Language(language.django_code()),
            theme=Theme.LIGHT,
            shortcuts=True,
            now=now,
        )
        first.setdefault(person.role, person.username)
    return first


def draft_guarantee(now: datetime) -> None:
    """A version that is being written, as the one who writes it sees it."""
    from zhiyin.catalogue import actions
    from zhiyin.people.models import Staff

    actions.draft(title="", by=Staff.objects.filter(role="quality").order_by("pk")[0], now=now)


def places() -> Iterator[tuple[str, dict[str, str]]]:
    """What addresses name, by a word of ours: its number, and who is to look at it."""
    yield from next_steps()
    yield from chosen_cases()
    yield from records()


def next_steps() -> Iterator[tuple[str, dict[str, str]]]:
    """By the name of a step: the first case where it is next, complaints before others, and who is to take it."""
    from zhiyin.cases import queries as cases
    from zhiyin.cases.models import Case

    found: dict[str, dict[str, str]] = {}
    open_cases = Case.objects.exclude(stage__in=("archived", "closed")).order_by("-intensity", "pk")
    for case in sorted(open_cases, key=lambda one: one.kind != "complaint"):
        for person in first_of_each_kind():
            step = next((str(one.do) for one in cases.deeds(case, person) if one.main and not one.why), "")
            if step and step not in found and cases.visible(person).filter(pk=case.pk).exists():
                found[step] = {"at": case.number, "who": person.username}
    yield from found.items()


def chosen_cases() -> Iterator[tuple[str, dict[str, str]]]:
    """Cases that show something a step does not: a second round, a finished one, facts, a broken guarantee."""
    from django.db.models import Count

    from zhiyin.cases.models import Case, Expectation, Incident
    from zhiyin.facts.models import FactTable
    from zhiyin.guarantees.models import Breach

    complaints = Case.objects.filter(kind="complaint").annotate(told=Count("events")).order_by("-told", "pk")
    table = FactTable.objects.annotate(rows=Count("observations")).order_by("-rows", "pk")[0]
    broken = Breach.objects.values("undertaking__case")
    breach = Breach.objects.filter(told_at=None, lifted_at=None).order_by("pk")[0]
    for name, case in (
        ("archived", complaints.filter(stage="archived", round=1).exclude(pk__in=broken)[0]),
        ("reopened", complaints.filter(round__gt=1)[0]),
        ("facts", table.members.order_by("pk")[0].case),
        ("broken", breach.undertaking.case),
    ):
        yield name, {"at": case.number, "who": (case.handler or case.owner).username}
    expected = Expectation.objects.annotate(n=Count("options")).order_by("-n", "pk")[0].case
    yield "expectation", {"at": expected.number, "who": (expected.owner or expected.handler).username}
    yield "incident", {"at": str(Incident.objects.order_by("pk")[0].pk), "who": ""}
    yield "breach", {"at": str(breach.pk), "who": breach.undertaking.case.owner.username}


def records() -> Iterator[tuple[str, dict[str, str]]]:
    """One conversation that waits, one customer with a history, one service with a procedure, one calendar."""
    from django.db.models import Count

    from zhiyin.cases.models import Case
    from zhiyin.catalogue.models import ServiceItem
    from zhiyin.people.models import Calendar, Staff

    agent = Staff.objects.filter(role="agent").order_by("pk")[0]
    talk = Case.objects.filter(team=agent.team, channel__in=("wechat", "chat", "email")).exclude(
        stage="archived"
    )
    raised = Case.objects.filter(team=agent.team, customer__side="external").values("customer")
    item = ServiceItem.objects.exclude(procedures=None).order_by("pk")[0]
    for name, pk in (
        ("conversation", talk.order_by("-conversation__message_count", "pk")[0].conversation_id),
        ("customer", raised.annotate(n=Count("pk")).order_by("-n", "customer")[0]["customer"]),
        ("item", item.pk),
        ("calendar", Calendar.objects.order_by("pk")[0].pk),
    ):
        yield name, {"at": str(pk), "who": agent.username}


def first_of_each_kind() -> list[Any]:
    """One person for every role and department, supervisors last: what an agent can do, an agent is shown doing."""
    from zhiyin.people import queries

    order = ("agent", "handler", "quality", "supervisor")
    staff = [one for one in queries.active() if one.role in order]
    return sorted(staff, key=lambda one: (order.index(one.role), one.pk))


def keys(now: datetime) -> Iterator[tuple[str, str]]:
    """What customers were sent, by what it opens."""
    from zhiyin.cases import links
    from zhiyin.cases.models import Case
    from zhiyin.cases.rules.words import LinkPurpose

    numbers = dict(places())
    for name, place, purpose in (
        ("choose", "choose", LinkPurpose.CHOOSE),
        ("confirm", "confirm", LinkPurpose.CONFIRM),
        ("follow", "investigate", LinkPurpose.FOLLOW),
        ("facts", "facts", LinkPurpose.FACTS),
    ):
        yield name, links.issue(case=Case.objects.get(number=numbers[place]["at"]), purpose=purpose, now=now)


if __name__ == "__main__":
    main()
