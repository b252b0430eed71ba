"""The demo organisation in an empty house: all of it or nothing, and once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext

from zhiyin.cases.models import Case
from zhiyin.conversations.models import Conversation
from zhiyin.customers.models import Customer
from zhiyin.demo import house, money, outside, performance, plays, promised, texts
from zhiyin.kit.errors import DomainError, gettext_noop
from zhiyin.people.models import Staff
from zhiyin.people.rules import Role
from zhiyin.promises.models import Promise

Progress = Callable[[int, int], None]
FEW = 3  # customers whose names tell the language


class HouseInUse(DomainError):
    """Somebody works here already: demo people are not mixed with real ones."""

    code = "demo.house_in_use"
    message = gettext_noop(
        "This database belongs to a house of its own (%(staff)s people, %(customers)s customers). "
        "Start the demo with an empty one: set DATA_DIR or DATABASE_URL to another place."
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """What the house has; `built` says whether this call made it."""

    built: bool
    staff: int
    customers: int
    cases: int
    conversations: int
    promises: int
    password: str = house.PASSWORD


def present() -> bool:
    """Whether the demo organisation is in this database."""
    return Customer.objects.filter(source=house.SOURCE).exists()


def held() -> str | None:
    """The language of the demo organisation in this database: that in which its customers came by their names."""
    ours = Customer.objects.filter(source=house.SOURCE)
    for language in texts.LANGUAGES:
        with texts.speaking(language):
            names = [row["name"] for row in house.rows()]
        if ours.filter(external_id__in=names[:FEW]).exists():
            return language
    return None


def accounts() -> list[tuple[str, str, str, str]]:
    """Name, role, sign-in name and password of everybody who can sign in to the demo."""
    from zhiyin.people import queries

    order = {role: place for place, role in enumerate(Role)}
    people = sorted(queries.active(), key=lambda person: (order[Role(person.role)], person.pk))
    return [
        (person.name, gettext(Role(person.role).label), person.username, house.PASSWORD) for person in people
    ]


def build(*, now: datetime, progress: Progress | None = None, language: str = texts.HANS) -> Summary:
    """Make the demo organisation as if it had been at work for weeks until `now`. A second call changes nothing.

    One transaction: an interrupted build leaves nothing behind. Raises `HouseInUse`.
    """
    with transaction.atomic(), texts.speaking(language), translation.override(language):
        _one_at_a_time()
        if present():
            return _summary(built=False)
        _check_empty()
        stage, teams = house.build(now)
        money.settle(stage)
        customers = house.settle_customers(stage, teams)
        shelf = promised.build(stage)
        stage.services = shelf.by_play
        outside.letterhead(stage)
        performance.perform(plays.load(), stage, customers, progress)
        promised.settle(stage, shelf)
        return _summary(built=True)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('zhiyin.demo', 0))")


def _check_empty() -> None:
    staff, customers = Staff.objects.count(), Customer.objects.count()
    if staff or customers:
        raise HouseInUse(staff=staff, customers=customers)


def _summary(*, built: bool) -> Summary:
    return Summary(
        built=built,
        staff=Staff.objects.count(),
        customers=Customer.objects.filter(source=house.SOURCE).count(),
        cases=Case.objects.count(),
        conversations=Conversation.objects.count(),
        promises=Promise.objects.count(),
    )
