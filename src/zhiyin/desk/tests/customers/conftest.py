"""The customer these pages are about."""

from __future__ import annotations

import pytest

from zhiyin.customers import actions
from zhiyin.customers.models import Customer
from zhiyin.customers.rules import ContactKind, Relation
from zhiyin.people.tests.fixtures import NOW


@pytest.fixture
def customer(agent) -> Customer:
    row = actions.create_customer(
        name="苏文秀",
        salutation="苏女士",
        contacts=[(ContactKind.PHONE, "13912344471"), (ContactKind.EMAIL, "su@example.com")],
        team_id=agent.team_id,
        owner_id=agent.pk,
        is_member=True,
        by=agent,
        now=NOW,
    )
    actions.relate_object(
        customer_id=row.pk, code="3-2-1902", name="3栋2单元1902", relation=Relation.OWNER, by=agent, now=NOW
    )
    return row
