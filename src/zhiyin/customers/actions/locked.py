"""The lock every change of a customer begins with, and the marks it leaves."""

from __future__ import annotations

from zhiyin.customers import queries
from zhiyin.customers.models import Customer
from zhiyin.kit import search
from zhiyin.kit.errors import Conflict, NotFound
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


def check_may_edit(by: Staff | None) -> None:
    """Staff need the deed; nobody (intake, import, the customer's own hand) comes through its own door."""
    if by is not None:
        access.require(by, Deed.EDIT_CUSTOMERS)


def customer(customer_id: int, *, version: int | None = None) -> Customer:
    """The row, locked. Raises NotFound, or Conflict when the form was rendered from an older `version`."""
    row = Customer.objects.select_for_update().filter(pk=customer_id).first()
    if row is None:
        raise NotFound
    if version is not None and version != row.version:
        raise Conflict
    return row


def changed(row: Customer, *columns: str, findable: bool = False) -> None:
    """Save the named columns, count the change, and index anew where it changes what the customer is found by."""
    row.version += 1
    row.save(update_fields=[*columns, "version"])
    if findable:
        index(row)


def index(row: Customer) -> None:
    """Put into the search index what this customer is found by."""
    search.index(kind=queries.KIND, object_id=row.pk, texts=queries.search_texts(row), names=[row.name])
