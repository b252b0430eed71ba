"""What customers have to do with rooms, vehicles, orders, contracts."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from zhiyin.customers import rules
from zhiyin.customers.actions import locked
from zhiyin.customers.models import Customer, ObjectRelation, ServiceObject
from zhiyin.customers.rules import ObjectKind, Relation
from zhiyin.kit.errors import NotFound
from zhiyin.people.models import Staff


@transaction.atomic
def relate_object(
    *,
    customer_id: int,
    code: str,
    relation: Relation,
    kind: ObjectKind = ObjectKind.ROOM,
    name: str = "",
    note: str = "",
    since: date | None = None,
    until: date | None = None,
    by: Staff | None,
    now: datetime,
) -> ObjectRelation:
    """Say what the customer has to do with the object of this code; an unknown code makes a new object.

    A known code keeps its kind and name. Saying it again brings an ended relation back. Raises Invalid.
    """
    locked.check_may_edit(by)
    rules.check_period(since, until)
    customer = locked.customer(customer_id)
    code = rules.clean_code(code)
    thing, _created = ServiceObject.objects.get_or_create(
        code=code,
        defaults={
            "kind": kind,
            "name": rules.clean_line(name)[:120] or code,
            "note": rules.clean_line(note)[:200],
        },
    )
    row, _created = ObjectRelation.objects.update_or_create(
        customer=customer, object=thing, relation=relation, defaults={"since": since, "until": until}
    )
    locked.changed(customer, findable=True)
    return row


@transaction.atomic
def end_relation(
    *, customer_id: int, relation_id: int, until: date, by: Staff | None, now: datetime
) -> ObjectRelation:
    """From `until` on the customer has nothing more to do with it; the past stays. Raises NotFound, Invalid."""
    locked.check_may_edit(by)
    customer = locked.customer(customer_id)
    row = _own(customer, relation_id)
    rules.check_period(row.since, until)
    return _until(customer, row, until)


@transaction.atomic
def reopen_relation(*, customer_id: int, relation_id: int, by: Staff | None, now: datetime) -> ObjectRelation:
    """Take the end of a relation back. Raises NotFound."""
    locked.check_may_edit(by)
    customer = locked.customer(customer_id)
    return _until(customer, _own(customer, relation_id), None)


def _own(customer: Customer, relation_id: int) -> ObjectRelation:
    row = ObjectRelation.objects.filter(customer=customer, pk=relation_id).select_related("object").first()
    if row is None:
        raise NotFound
    return row


def _until(customer: Customer, row: ObjectRelation, until: date | None) -> ObjectRelation:
    row.until = until
    row.save(update_fields=["until"])
    locked.changed(customer, findable=True)
    return row
