"""Ways to reach a customer: add, correct, remove, and look at in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhiyin.customers import rules
from zhiyin.customers.actions import locked
from zhiyin.customers.models import ContactPoint, ContactReveal, Customer
from zhiyin.customers.rules import ContactKind
from zhiyin.kit.errors import Invalid, NotFound, gettext_noop
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff

MOST = 40


class ContactTwice(Invalid):
    code = "customers.contact_twice"
    message = gettext_noop("%(value)s stands there twice. Once is enough.")


class TooManyContacts(Invalid):
    code = "customers.too_many_contacts"
    message = gettext_noop("At most %(most)s ways to reach one customer. Remove an old one first.")


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """A contact point as a form gives it: a new one with kind and value, or one that exists by its id."""

    kind: ContactKind = ContactKind.PHONE
    value: str = ""
    label: str = ""
    is_primary: bool = False
    id: int | None = None
    remove: bool = False


@transaction.atomic
def add_contact(
    *,
    customer_id: int,
    kind: ContactKind,
    value: str,
    label: str = "",
    is_primary: bool = False,
    by: Staff | None,
    now: datetime,
) -> ContactPoint:
    """A further way to reach the customer; one already there is left as it is. Raises Invalid."""
    locked.check_may_edit(by)
    customer = locked.customer(customer_id)
    point = put(customer, ContactEntry(kind, value, label, is_primary), confirmed=by is not None, now=now)
    _check_number(customer)
    locked.changed(customer, findable=True)
    return point


@transaction.atomic
def remove_contact(*, customer_id: int, contact_id: int, by: Staff | None, now: datetime) -> ContactPoint:
    """Take a contact point away; the audit keeps it. Returns it, for undo. Raises NotFound."""
    locked.check_may_edit(by)
    customer = locked.customer(customer_id)
    point = _own(customer, contact_id)
    pk = point.pk
    point.delete()
    point.pk = pk
    _settle_first(customer)
    locked.changed(customer, findable=True)
    return point


@transaction.atomic
def confirm_contact(*, customer_id: int, contact_id: int, by: Staff, now: datetime) -> ContactPoint:
    """Somebody has asked: this contact point is the customer's own. Raises NotFound."""
    locked.check_may_edit(by)
    customer = locked.customer(customer_id)
    point = _own(customer, contact_id)
    point.is_confirmed = True
    point.save(update_fields=["is_confirmed"])
    locked.changed(customer)
    return point


@transaction.atomic
def reveal_contact(*, customer_id: int, contact_id: int, by: Staff, now: datetime) -> ContactPoint:
    """The contact point in full, and a record of who looked. Raises Forbidden, NotFound."""
    access.require(by, Deed.REVEAL_CONTACT)
    customer = locked.customer(customer_id)
    point = _own(customer, contact_id)
    ContactReveal.objects.create(customer=customer, contact_point=point, staff=by, at=now)
    return point


def _own(customer: Customer, contact_id: int) -> ContactPoint:
    point = ContactPoint.objects.filter(customer=customer, pk=contact_id).first()
    if point is None:
        raise NotFound
    return point


def put(customer: Customer, entry: ContactEntry, *, confirmed: bool, now: datetime) -> ContactPoint:
    """Write one new contact point, or find the same one; the first of its kind comes first."""
    value = rules.normalise_contact(entry.kind, entry.value)
    label = rules.clean_line(entry.label)[:40]
    kin = ContactPoint.objects.filter(customer=customer, kind=entry.kind)
    if point := kin.filter(value=value).first():
        if confirmed and not point.is_confirmed:
            point.is_confirmed = True
            point.save(update_fields=["is_confirmed"])
    else:
        point = ContactPoint.objects.create(
            customer=customer,
            kind=entry.kind,
            value=value,
            label=label,
            is_confirmed=confirmed,
            created_at=now,
        )
    if confirmed and (entry.is_primary or not kin.filter(is_primary=True).exists()):
        prefer(customer, point)
    return point


def prefer(customer: Customer, point: ContactPoint) -> None:
    """Make this one the first choice of its kind."""
    kin = ContactPoint.objects.filter(customer=customer, kind=point.kind)
    kin.filter(is_primary=True).exclude(pk=point.pk).update(is_primary=False)
    if not point.is_primary:
        point.is_primary = True
        point.save(update_fields=["is_primary"])


def check_once(entries: Iterable[tuple[ContactKind, str]]) -> None:
    """Raises ContactTwice when the same value is given twice in one form."""
    seen: set[tuple[ContactKind, str]] = set()
    for kind, value in entries:
        if (kind, value) in seen:
            raise ContactTwice(field="value", value=rules.say_contact(kind, value))
        seen.add((kind, value))


def replace(customer: Customer, entries: Sequence[ContactEntry], *, now: datetime) -> None:
    """What an edit form says about all contact points: kept ones by id, removed ones, new ones."""
    known = {point.pk: point for point in ContactPoint.objects.filter(customer=customer)}
    there = [(known[entry.id], entry) for entry in entries if entry.id is not None and entry.id in known]
    for point, entry in there:
        if entry.remove:
            point.delete()
    for point, entry in there:
        if not entry.remove:
            _correct(customer, point, entry)
    fresh = [entry for entry in entries if entry.id is None]
    check_once((entry.kind, rules.normalise_contact(entry.kind, entry.value)) for entry in fresh)
    for entry in fresh:
        put(customer, entry, confirmed=True, now=now)
    _settle_first(customer)
    _check_number(customer)


def _correct(customer: Customer, point: ContactPoint, entry: ContactEntry) -> None:
    label = rules.clean_line(entry.label)[:40]
    if label != point.label:
        point.label = label
        point.save(update_fields=["label"])
    if entry.is_primary:
        prefer(customer, point)


def _settle_first(customer: Customer) -> None:
    """Where the first choice of a kind was removed, the oldest confirmed one steps in."""
    points = list(ContactPoint.objects.filter(customer=customer, is_confirmed=True).order_by("pk"))
    led = {point.kind for point in points if point.is_primary}
    for point in points:
        if point.kind not in led:
            prefer(customer, point)
            led.add(point.kind)


def _check_number(customer: Customer) -> None:
    if ContactPoint.objects.filter(customer=customer).count() > MOST:
        raise TooManyContacts(field="value", most=MOST)
