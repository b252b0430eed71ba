"""The one table of who may do what."""

from dataclasses import dataclass

import pytest

from zhiyin.kit.errors import Forbidden
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.rules import Role


@dataclass
class Someone:
    role: str
    is_active: bool = True


@pytest.mark.parametrize("role", Role)
def test_every_role_has_its_row(role):
    assert role in access.ALLOWED


def test_every_deed_belongs_to_somebody():
    assert frozenset().union(*access.ALLOWED.values()) == frozenset(Deed)


@pytest.mark.parametrize(
    ("role", "deed", "allowed"),
    [
        (Role.AGENT, Deed.REPLY, True),
        (Role.AGENT, Deed.APPROVE, False),
        (Role.AGENT, Deed.ANSWER_OFFER, False),
        (Role.AGENT, Deed.MERGE, False),
        (Role.AGENT, Deed.SEE_ALL_CASES, False),
        (Role.SUPERVISOR, Deed.APPROVE, True),
        (Role.SUPERVISOR, Deed.REPLY, True),
        (Role.SUPERVISOR, Deed.MANAGE_PEOPLE, False),
        (Role.HANDLER, Deed.ANSWER_OFFER, True),
        (Role.HANDLER, Deed.REPLY, False),
        (Role.HANDLER, Deed.SEE_CUSTOMERS, False),
        (Role.QUALITY, Deed.CONFIRM, True),
        (Role.QUALITY, Deed.JUDGE, False),
        (Role.RESEARCHER, Deed.SEE_CASES, False),
        (Role.ADMINISTRATOR, Deed.MANAGE_PEOPLE, True),
        (Role.ADMINISTRATOR, Deed.APPROVE, False),
        (Role.ADMINISTRATOR, Deed.REPLY, False),
    ],
)
def test_a_role_may_what_its_row_says(role, deed, allowed):
    assert access.may(Someone(role), deed) is allowed


def test_a_supervisor_may_all_that_an_agent_may():
    assert access.ALLOWED[Role.SUPERVISOR] >= access.ALLOWED[Role.AGENT]


def test_a_disabled_account_may_nothing():
    assert not access.may(Someone(Role.ADMINISTRATOR, is_active=False), Deed.SEE_CASES)


def test_nobody_may_nothing():
    assert not access.may(None, Deed.SEE_CASES)


def test_what_is_not_allowed_is_refused_with_the_deed_named():
    with pytest.raises(Forbidden) as refusal:
        access.require(Someone(Role.AGENT), Deed.APPROVE)
    assert "approve" in str(refusal.value)


def test_what_is_allowed_passes():
    access.require(Someone(Role.SUPERVISOR), Deed.APPROVE)


def test_a_supervisor_invites_nobody_mightier_than_herself():
    assert access.INVITABLE[Role.SUPERVISOR].isdisjoint({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.QUALITY})
