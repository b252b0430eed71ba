"""What somebody finds who changes the numbers in addresses and forms."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from zhiyin.cases.tests.road import Road
from zhiyin.customers import actions as customers
from zhiyin.customers.models import Customer
from zhiyin.customers.rules import ContactKind, Nature, ObjectKind, Relation
from zhiyin.people.models import Staff

Browser = Callable[[Staff | None], Client]


@pytest.fixture
def stranger(road: Road) -> Customer:
    """A customer of the other team, who owns a flat."""
    made = customers.create_customer(
        name="许念",
        nature=Nature.PERSON,
        contacts=[(ContactKind.PHONE, "13900008888")],
        team_id=road.house.other_team.pk,
        by=None,
        now=road.now,
    )
    customers.relate_object(
        customer_id=made.pk,
        kind=ObjectKind.ROOM,
        name="9栋0303",
        code="9-0303",
        relation=Relation.OWNER,
        by=road.supervisor,
        now=road.now,
    )
    return made


def test_a_forged_customer_in_the_intake_shows_nothing_of_her(
    client_of: Browser, road: Road, stranger: Customer
) -> None:
    answer = client_of(road.agent).post("/cases/new/", {"customer_id": stranger.pk, "client_token": uuid4()})
    assert answer.status_code == 422
    assert "9栋0303" not in answer.content.decode()
    assert "许念" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/cases/%00/", "/cases/%00/news/", "/portal/%00/"])
def test_a_damaged_number_is_no_case(client_of: Browser, road: Road, address: str) -> None:
    assert client_of(road.agent).get(address).status_code == 404
