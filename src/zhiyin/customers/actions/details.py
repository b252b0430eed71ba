"""Who a customer is: create and change, in one piece with contact points and rest hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction

from zhiyin.customers import rules
from zhiyin.customers.actions import contacts as points
from zhiyin.customers.actions import locked
from zhiyin.customers.actions.contacts import ContactEntry
from zhiyin.customers.models import Customer, RestPeriod
from zhiyin.customers.rules import Channel, ContactKind, Nature, Rest, Side
from zhiyin.kit.errors import Invalid, NotFound, gettext_noop
from zhiyin.libs import hanzi
from zhiyin.people.models import Department, Staff, Team

SERVICE_ROLES = ("agent", "supervisor")


class OwnerUnfit(Invalid):
    code = "customers.owner_unfit"
    message = gettext_noop("%(owner)s does not look after customers. Choose an agent or a supervisor.")


class Details(TypedDict, total=False):
    """What may be changed about a customer."""

    name: str
    salutation: str
    nature: Nature
    side: Side
    department_id: int | None
    is_member: bool
    preferred_channel: Channel | str
    since: date | None
    note: str
    team_id: int | None
    owner_id: int | None


@transaction.atomic
def create_customer(
    *,
    name: str,
    nature: Nature = Nature.PERSON,
    side: Side = Side.EXTERNAL,
    contacts: Sequence[tuple[ContactKind, str] | ContactEntry] = (),
    team_id: int | None = None,
    rest: Iterable[Rest] = (),
    source: str = "",
    external_id: str = "",
    by: Staff | None,
    now: datetime,
    **more: Unpack[_More],
) -> Customer:
    """A new customer. Raises Invalid with a sentence, Forbidden."""
    locked.check_may_edit(by)
    customer = Customer(source=source, external_id=external_id, created_at=now)
    _set(customer, {"name": name, "nature": nature, "side": side, "team_id": team_id, **more})
    customer.save()
    points.replace(customer, [_entry(contact) for contact in contacts], now=now)
    _set_rest(customer, rest)
    locked.index(customer)
    return customer


class _More(TypedDict, total=False):
    salutation: str
    department_id: int | None
    is_member: bool
    preferred_channel: Channel | str
    since: date | None
    note: str
    owner_id: int | None


def _entry(contact: tuple[ContactKind, str] | ContactEntry) -> ContactEntry:
    return contact if isinstance(contact, ContactEntry) else ContactEntry(*contact)


@transaction.atomic
def update_customer(
    *,
    customer_id: int,
    version: int | None = None,
    contacts: Sequence[ContactEntry] | None = None,
    rest: Iterable[Rest] | None = None,
    by: Staff | None,
    now: datetime,
    **changes: Unpack[Details],
) -> Customer:
    """Change what is named; `contacts` and `rest`, where given, replace what was there.

    Raises NotFound, Forbidden, Invalid, and Conflict when somebody changed the customer after `version`.
    """
    locked.check_may_edit(by)
    customer = locked.customer(customer_id, version=version)
    columns = _set(customer, changes)
    if contacts is not None:
        points.replace(customer, contacts, now=now)
    if rest is not None:
        _set_rest(customer, rest)
    locked.changed(customer, *columns, findable="name" in changes or contacts is not None)
    return customer


@transaction.atomic
def set_rest_periods(
    *, customer_id: int, periods: Iterable[Rest], by: Staff | None, now: datetime
) -> list[Rest]:
    """The daily hours in which the customer is left in peace, instead of those before. Raises Invalid."""
    locked.check_may_edit(by)
    customer = locked.customer(customer_id)
    tidy = _set_rest(customer, periods)
    locked.changed(customer)
    return tidy


def _set_rest(customer: Customer, periods: Iterable[Rest]) -> list[Rest]:
    tidy = rules.check_rest(periods)
    rows = RestPeriod.objects.filter(customer=customer)
    there = {Rest(row.start, row.end): row for row in rows}
    for period, row in there.items():
        if period not in tidy:
            row.delete()
    for period in tidy:
        if period not in there:
            RestPeriod.objects.create(customer=customer, start=period.start, end=period.end)
    return tidy


def _set(customer: Customer, changes: Details) -> list[str]:
    """Put the changes on the row and check how they stand together; the columns to save."""
    for column, value in changes.items():
        setattr(customer, column, value)
    if "name" in changes:
        customer.name = rules.clean_name(changes["name"])
        customer.initials = hanzi.pinyin_initials(customer.name)[:60]
        customer.sort_key = hanzi.sort_key(customer.name)[:400]
    customer.salutation = rules.clean_line(customer.salutation)[:40]
    customer.note = rules.clean_text(customer.note)
    if customer.side == Side.EXTERNAL:
        customer.department_id = None
    _check_belonging(customer)
    derived = {"initials", "sort_key"} if "name" in changes else set()
    return [*{*changes, *derived, "department_id", "team_id"}]


def _check_belonging(customer: Customer) -> None:
    """The people and parts of the house named must exist and fit together; an owner brings her team along."""
    owner = Staff.objects.filter(pk=customer.owner_id).first() if customer.owner_id else None
    if (customer.owner_id and owner is None) or not _exist(customer):
        raise NotFound
    if owner is not None:
        if owner.role not in SERVICE_ROLES or not owner.is_active:
            raise OwnerUnfit(field="owner", owner=owner.name)
        customer.team_id = customer.team_id or owner.team_id
    rules.check_belonging(
        side=Side(customer.side),
        department_id=customer.department_id,
        team_id=customer.team_id,
        owner_team_id=owner.team_id if owner else None,
        owner=owner.name if owner else "",
    )


def _exist(customer: Customer) -> bool:
    team = not customer.team_id or Team.objects.filter(pk=customer.team_id).exists()
    return team and (
        not customer.department_id or Department.objects.filter(pk=customer.department_id).exists()
    )
