"""Nothing that anybody sends breaks a page: every route, with rubbish in every place, as everybody who may act."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from tests.trust.test_every_address import address, routes, world  # noqa: F401  # a fixture
from tests.trust.world import World

from zhiyin.cases import queries as cases

LONG = "长" * 120_000
RUBBISH = (
    "a\x00b",
    "9" * 30,
    "NaN",
    "１２３",
    "not-a-uuid",
    "9999-12-31T23:59",
    "\r\nBcc: x@example.com",
    LONG,
)
PEOPLE = ("customer", "owner", "administrator")
LEFT_OUT = {"account_logout", "desk:case_package"}

DEED_FIELDS = {"reason", "words", "text", "cost", "due_at", "proposal_id", "promise_id", "other_id", "number"}
DEED_FIELDS |= {
    "department_id",
    "to_id",
    "channel",
    "handling",
    "satisfied",
    "escalation_id",
    "client_token",
    "seen",
}


def names_of(page: Any) -> set[str]:
    """The fields a page asks for, and a few that pages ask for elsewhere."""
    found = {"version", "next", "to", "to_id", "text", "q", "page", "purpose", "number", "key", "contact"}
    contexts = page.context or []
    for context in contexts if isinstance(contexts, list) else [contexts]:
        for value in context.flatten().values():
            if hasattr(value, "fields") and hasattr(value, "is_valid"):
                found |= {value.add_prefix(name) for name in value.fields}
    return found


def send(browser: Client, method: str, where: str, data: dict[str, str]) -> int:
    """The status of one visit; what it changed is undone before the next."""
    with transaction.atomic():
        status: int = getattr(browser, method)(where, data).status_code
        transaction.set_rollback(True)
    return status


def addresses(world: World) -> list[tuple[str, str]]:  # noqa: F811
    return [(name, address(world, name, places)) for name, places in routes() if name not in LEFT_OUT]


@pytest.mark.parametrize("who", PEOPLE)
def test_rubbish_in_every_field_breaks_nothing(world: World, who: str) -> None:  # noqa: F811
    browser, broken = world.browsers[who], []
    deeds = [("desk:case_do", reverse("desk:case_do", args=[world.case.number, name])) for name in cases.Do]
    for name, where in [*addresses(world), *deeds]:
        fields = names_of(browser.get(where))
        fields |= DEED_FIELDS if name == "desk:case_do" else set()
        for rubbish in RUBBISH:
            data = dict.fromkeys(fields, rubbish)
            for method in ("post",) if rubbish is LONG else ("get", "post"):
                status = send(browser, method, where, data)
                if status >= 500:
                    broken.append(f"{method} {name} {where} with {rubbish[:20]!r}: {status}")
    assert not broken, "\n".join(sorted(set(broken)))


@pytest.mark.parametrize("who", PEOPLE)
def test_rubbish_in_every_place_of_an_address_breaks_nothing(world: World, who: str) -> None:  # noqa: F811
    browser, broken = world.browsers[who], []
    for name, places in routes():
        if name in LEFT_OUT or not places:
            continue
        for rubbish in ("\x00", "9" * 18, "9" * 30, "%", "..%2f..", "２６１１-０００１", "x" * 3000):
            try:
                where = reverse(name, kwargs=dict.fromkeys(places, rubbish))
            except NoReverseMatch:
                continue
            for method in ("get", "post"):
                status = send(browser, method, where, {})
                if status >= 500:
                    broken.append(f"{method} {name} {where[:80]!r}: {status}")
    assert not broken, "\n".join(sorted(set(broken)))
