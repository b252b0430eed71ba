"""Customers who come by themselves, and those who stand in for somebody unknown in imported history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from zhiyin.customers import queries, rules
from zhiyin.customers.actions import contacts as points
from zhiyin.customers.actions import locked
from zhiyin.customers.actions.contacts import ContactEntry
from zhiyin.customers.actions.details import create_customer
from zhiyin.customers.models import Customer
from zhiyin.customers.rules import Channel, ContactKind, Nature, Side
from zhiyin.kit import search
from zhiyin.libs import hanzi
from zhiyin.people import queries as people
from zhiyin.people.models import Staff


@transaction.atomic
def find_or_create(
    *,
    name: str,
    contacts: Sequence[tuple[ContactKind, str]],
    team_id: int | None,
    channel: Channel,
    by: Staff | None,
    now: datetime,
) -> Customer:
    """The customer with exactly one of these contact points and this (folded) name; else a new one.

    Never by name alone. Contact points we did not know are added; from an unknown hand (`by` None) unconfirmed, so
    that nobody can turn our messages to a customer towards himself. Two at once find the same one. Raises Invalid.
    """
    wanted = [(kind, rules.normalise_contact(kind, value)) for kind, value in contacts]
    _one_at_a_time(wanted)
    known = queries.namesakes(wanted, rules.clean_name(name))
    if not known:
        return create_customer(
            name=name,
            contacts=list(dict.fromkeys(wanted)),
            team_id=team_id,
            preferred_channel=_preferred(channel, wanted),
            by=by,
            now=now,
        )
    customer = locked.customer(known[0].pk)
    there = set(customer.contact_points.values_list("kind", "value"))
    fresh = [entry for entry in wanted if entry not in there]
    for kind, value in fresh:
        points.put(customer, ContactEntry(kind, value), confirmed=by is not None, now=now)
    if fresh:
        locked.changed(customer, findable=True)
    return customer


def _preferred(channel: Channel, contacts: Sequence[tuple[ContactKind, str]]) -> Channel | str:
    """How somebody came is how he likes to be answered, where we can."""
    kinds = {kind for kind, _value in contacts}
    if channel in {Channel.EMAIL, Channel.PORTAL} and ContactKind.EMAIL in kinds:
        return Channel.EMAIL
    if channel in {Channel.PHONE, Channel.NIGHT} and ContactKind.PHONE in kinds:
        return Channel.PHONE
    return ""


def _one_at_a_time(contacts: Sequence[tuple[ContactKind, str]]) -> None:
    """Whoever looks for the same contact point waits until this transaction ends."""
    with connection.cursor() as cursor:
        for kind, value in sorted(set(contacts)):
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"customers.contact:{kind}:{value}"]
            )


def placeholder(*, source: str, external_id: str, now: datetime) -> Customer:
    """Stands in for somebody unknown in imported history; the same one for the same source and id, always."""
    return placeholders(source=source, external_ids=[external_id], now=now)[external_id]


@transaction.atomic
def placeholders(*, source: str, external_ids: Sequence[str], now: datetime) -> dict[str, Customer]:
    """`placeholder` for many at once, by their ids, in as many queries as for one."""
    source = rules.clean_line(source)[:120]
    kept = {external_id: rules.clean_line(external_id)[:120] for external_id in external_ids}
    there = Customer.objects.filter(source=source, external_id__in=kept.values())
    known = set(there.values_list("external_id", flat=True))
    with translation.override(people.organisation().language):
        fresh = [
            _placeholder(source, external_id, _("Unnamed customer %(id)s") % {"id": external_id}, now)
            for external_id in dict.fromkeys(kept.values())
            if external_id not in known
        ]
    # Somebody else may load the same at this moment; whoever comes second takes the first one's.
    Customer.objects.bulk_create(fresh, ignore_conflicts=True)
    found = {customer.external_id: customer for customer in there.all()}
    search.index_new(
        kind=queries.KIND,
        objects=[(found[row.external_id].pk, [], [row.name]) for row in fresh],
    )
    return {external_id: found[clean] for external_id, clean in kept.items()}


def _placeholder(source: str, external_id: str, name: str, now: datetime) -> Customer:
    return Customer(
        source=source,
        external_id=external_id,
        name=name[: rules.MAX_NAME],
        initials=hanzi.pinyin_initials(name)[:60],
        sort_key=hanzi.sort_key(name)[:400],
        nature=Nature.PERSON,
        side=Side.EXTERNAL,
        is_placeholder=True,
        created_at=now,
    )
