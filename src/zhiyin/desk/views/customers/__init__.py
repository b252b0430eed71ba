"""Customers as staff see them: the list, one customer, and what is written down about her."""

from zhiyin.desk.views.customers.edit import create, edit
from zhiyin.desk.views.customers.listing import listing
from zhiyin.desk.views.customers.page import confirm, page, reveal
from zhiyin.desk.views.customers.promises import keep, promise, release, renew
from zhiyin.desk.views.customers.records import (
    consent_again,
    consents,
    object_again,
    object_end,
    objects,
    withdraw,
)

__all__ = [
    "confirm",
    "consent_again",
    "consents",
    "create",
    "edit",
    "keep",
    "listing",
    "object_again",
    "object_end",
    "objects",
    "page",
    "promise",
    "release",
    "renew",
    "reveal",
    "withdraw",
]
