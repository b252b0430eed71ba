"""People and a house for the tests of every room: `house`, `agent`, `supervisor` … and `client_of(staff)`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from zhiyin.people import actions
from zhiyin.people.models import Calendar, Department, Organisation, Session, Staff, Team
from zhiyin.people.rules import Role

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A Wednesday morning within working hours."""


@dataclass(frozen=True)
class House:
    """The organisation with its hours (Monday to Friday 9–12 and 13:30–18), teams and departments."""

    organisation: Organisation
    calendar: Calendar
    team: Team
    other_team: Team
    engineering: Department
    order: Department


@pytest.fixture
def house(db: None) -> House:
    week = [
        (weekday, start, end) for weekday in range(5) for start, end in ((9 * 60, 12 * 60), (810, 18 * 60))
    ]
    calendar = actions.save_calendar(name="工作日", periods=week, by=None, now=NOW)
    team, other_team = (
        actions.save_team(name=name, calendar_id=calendar.pk, by=None, now=NOW)
        for name in ("客服一组", "客服二组")
    )
    engineering, order = (
        actions.save_department(name=name, calendar_id=calendar.pk, by=None, now=NOW)
        for name in ("工程部", "秩序部")
    )
    organisation = actions.save_organisation(
        name="和院物业", mark="和院", phone="400-000-1234", default_team_id=team.pk, by=None, now=NOW
    )
    return House(organisation, calendar, team, other_team, engineering, order)


def make(username: str, name: str, role: Role, **more: object) -> Staff:
    """An account without a password; tests sign in with `client_of`."""
    return actions.create_staff(
        username=username, name=name, role=role, email=f"{username}@example.com", by=None, now=NOW, **more
    )


@pytest.fixture
def agent(house: House) -> Staff:
    return make("lin", "林晓芸", Role.AGENT, team_id=house.team.pk)


@pytest.fixture
def colleague(house: House) -> Staff:
    """Another agent of the same team."""
    return make("zhao", "赵敏", Role.AGENT, team_id=house.team.pk)


@pytest.fixture
def other_agent(house: House) -> Staff:
    """An agent of the other team."""
    return make("wu", "吴桐", Role.AGENT, team_id=house.other_team.pk)


@pytest.fixture
def supervisor(house: House) -> Staff:
    return make("chen", "陈立", Role.SUPERVISOR, team_id=house.team.pk, approval_limit=Decimal(5000))


@pytest.fixture
def handler(house: House) -> Staff:
    return make("ma", "马建国", Role.HANDLER, department_id=house.engineering.pk)


@pytest.fixture
def other_handler(house: House) -> Staff:
    """A handler of the other department."""
    return make("he", "何平", Role.HANDLER, department_id=house.order.pk)


@pytest.fixture
def quality(house: House) -> Staff:
    return make("qin", "秦雨", Role.QUALITY)


@pytest.fixture
def researcher(house: House) -> Staff:
    return make("shen", "沈书", Role.RESEARCHER)


@pytest.fixture
def administrator(house: House) -> Staff:
    return make("admin", "郑文", Role.ADMINISTRATOR)


@pytest.fixture
def client_of() -> Callable[[Staff | None], Client]:
    """`client_of(agent)` is her browser, signed in; `client_of(None)` is nobody's."""

    def browser(staff: Staff | None) -> Client:
        client = Client()
        if staff is not None:
            sign_in(client, staff)
        return client

    return browser


def sign_in(client: Client, staff: Staff, *, ago: float = 0) -> None:
    """As if by password, so many seconds `ago`: what asks who is there passes for a quarter of an hour."""
    client.force_login(staff)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - ago}]
    session["account_authentication_methods_user"] = str(staff.pk)
    session.save()
    # Seen already, so that a page's queries are counted without the note of a first visit.
    Session.objects.filter(pk=session.session_key).update(address="127.0.0.1", seen_at=timezone.now())
