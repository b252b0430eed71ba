"""Every address of the house, and what each kind of person finds behind it. A new address without a row fails."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLResolver, get_resolver, reverse
from tests.trust import table
from tests.trust.world import PEOPLE, World, build

from zhiyin.cases.tests.road import Road
from zhiyin.people.models import Staff

METHODS = ("get", "post")


def routes(resolver: Any = None, space: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every named address with the names of its places."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, f"{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name}", tuple(entry.pattern.regex.groupindex)


def finding(response: HttpResponse) -> str:
    """One letter: o open, l sent to sign in, h hidden (404), c closed (403), - no such method, X broken."""
    if response.status_code == 302 and "/accounts/login/" in response.headers["Location"]:
        return "l"
    return {404: "h", 403: "c", 405: "-"}.get(
        response.status_code, "X" if response.status_code >= 500 else "o"
    )


def visit(world: World, who: str, method: str, address: str) -> str:
    browser = world.browsers[who]
    cookies = copy(browser.cookies)
    with transaction.atomic():
        found = finding(getattr(browser, method)(address))
        transaction.set_rollback(True)  # the next visitor finds everything as it was
    browser.cookies = cookies
    return found


@pytest.fixture
def world(
    road: Road,
    other_agent: Staff,
    other_handler: Staff,
    researcher: Staff,
    quality: Staff,
    administrator: Staff,
) -> World:
    return build(
        road,
        {
            "agent of another team": other_agent,
            "handler of another department": other_handler,
            "researcher": researcher,
            "handler": road.handler,
            "owner": road.agent,
            "supervisor": road.supervisor,
            "quality manager": quality,
            "administrator": administrator,
        },
    )


def address(world: World, name: str, places: tuple[str, ...]) -> str:
    word = name.rpartition(":")[2].split("_")[0]
    word = name.rpartition(":")[2] if name.endswith("intake_customer") else word
    filled = {place: world.owned[word] if place == "pk" else world.places[place] for place in places}
    return reverse(name, kwargs=filled)


def test_the_table_knows_every_address() -> None:
    assert {name for name, _ in routes()} == table.FOUND.keys()


def test_everybody_finds_what_the_table_says_and_nothing_breaks(world: World) -> None:
    wrong = []
    for name, places in routes():
        where = address(world, name, places)
        for method, expected in zip(METHODS, table.FOUND[name], strict=True):
            found = "".join(visit(world, who, method, where) for who in PEOPLE)
            if found != expected:
                wrong.append(f"{name} {method}: found {found}, the table says {expected}")
    assert not wrong, "\n".join(["People: " + ", ".join(PEOPLE), *wrong])
