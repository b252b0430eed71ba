"""One matter and everybody who might want to look at it, for the tests of who finds what."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from zhiyin.cases import actions as cases
from zhiyin.cases import links
from zhiyin.cases.models import Case, ClockRule
from zhiyin.cases.rules.words import EscalationKind, LinkPurpose, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.conversations.models import Delivery
from zhiyin.customers import actions as customers
from zhiyin.customers.rules import Channel, ContactKind, Nature, ObjectKind, Relation
from zhiyin.kit import files
from zhiyin.people import actions as people
from zhiyin.people.models import Calendar, Department, Skill, Staff, Team
from zhiyin.people.rules import Role

PEOPLE = (
    "nobody",
    "customer",  # with the link to this very case
    "other customer",  # with a link to another one
    "agent of another team",
    "handler of another department",
    "researcher",
    "handler",
    "owner",
    "supervisor",
    "quality manager",
    "administrator",
)


@dataclass
class World:
    """`numbers` fills the places in addresses; `browsers` has everybody's browser."""

    case: Case
    other: Case
    numbers: dict[str, dict[str, object]]
    browsers: dict[str, Client]


def signed_in(staff: Staff) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(staff)
    return client


def with_link(case: Case) -> Client:
    client = Client(raise_request_exception=False)
    key = links.issue(case=case, purpose=LinkPurpose.CHOOSE, now=timezone.now())
    client.post("/portal/k/", {"key": key})
    return client
