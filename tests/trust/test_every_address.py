"""Every address of the house, and what each kind of person finds behind it. A new address without a row fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from zhiyin.cases import links
from zhiyin.cases.models import Case, Proposal
from zhiyin.cases.rules.words import LinkPurpose, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.conversations import actions as conversations
from zhiyin.customers import actions as customers
from zhiyin.customers.rules import ContactKind, Nature
from zhiyin.kit import files
from zhiyin.people import actions as people
from zhiyin.people.models import Staff

PEOPLE = (
    "nobody",
    "customer",  # by the link to this very case
    "other customer",  # by a link to another one
    "agent of another team",
    "handler of another department",
    "researcher",
    "handler",
    "owner",
    "supervisor",
    "quality",
    "administrator",
)

# What is found: open, login (sent to sign in), hidden (404, as if it did not exist), closed (403, in words).
O, L, H, C = "open", "login", "hidden", "closed"


def row(*found: str) -> dict[str, str]:
    assert len(found) == len(PEOPLE)
    return dict(zip(PEOPLE, found, strict=True))


ALL = row(*[O] * 11)
STAFF = row(L, L, L, O, O, O, O, O, O, O, O)
ADMINISTRATOR = row(L, L, L, C, C, C, C, C, C, C, O)
