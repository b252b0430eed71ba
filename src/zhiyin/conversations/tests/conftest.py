"""A customer with an address, a conversation by e-mail, and somebody to answer."""

from __future__ import annotations

import pytest

from zhiyin.conversations import actions
from zhiyin.conversations.importing import import_dialogues
from zhiyin.conversations.tests.dialogues import as_bytes
from zhiyin.customers import actions as customers
from zhiyin.customers.rules import Channel, ContactKind
from zhiyin.people.tests.fixtures import (
    NOW,
    administrator,
    agent,
    client_of,
    colleague,
    handler,
    house,
    other_agent,
    quality,
    researcher,
    supervisor,
)

__all__ = [
    "administrator",
    "agent",
    "client_of",
    "colleague",
    "handler",
    "house",
    "other_agent",
    "quality",
    "researcher",
    "supervisor",
]


@pytest.fixture
def customer(house):
    return customers.create_customer(
        name="周慧敏",
        contacts=[(ContactKind.EMAIL, "zhou@example.com")],
        team_id=house.team.pk,
        by=None,
        now=NOW,
    )


@pytest.fixture
def conversation(customer, house):
    return actions.start(
        customer_id=customer.pk, channel=Channel.EMAIL, subject="停水", team_id=house.team.pk, now=NOW
    )


@pytest.fixture
def talk(customer, house):
    """`talk("电梯坏了")` is a conversation with that message; `talk("…", channel=…)` elsewhere."""

    def begin(text, *, now=NOW, channel=Channel.EMAIL, **more):
        options = {"team_id": house.team.pk, "subject": "", "customer_id": customer.pk} | more
        begun = actions.start(channel=channel, now=now, **options)
        actions.receive(conversation_id=begun.pk, text=text, now=now)
        begun.refresh_from_db()
        return begun

    return begin


@pytest.fixture
def load(tmp_path, house):
    """Load these lines (dialogues, text or bytes) from a file."""

    def loaded(*lines, end="\n", encoding="utf-8", name="chats.jsonl"):
        file = tmp_path / name
        file.write_bytes(b"".join(as_bytes(line, encoding) + end.encode() for line in lines))
        return import_dialogues(file, now=NOW)

    return loaded
