"""Reading promises. Visibility is a queryset; nothing here reads the clock."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from zhiyin.customers import queries as customers
from zhiyin.kit.errors import NotFound
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff
from zhiyin.promises.models import Promise
from zhiyin.promises.rules import KeptShare, State


def visible(staff: Staff | None) -> QuerySet[Promise]:
    """Those made or owed by this person or a colleague of the department, or to a customer in sight."""
    promises = Promise.objects.all()
    if access.may(staff, Deed.SEE_ALL_CASES):
        return promises
    if staff is None or not access.may(staff, Deed.PROMISE):
        return promises.none()
    own = Q(owner=staff.pk) | Q(made_by=staff.pk) | Q(customer__in=customers.visible(staff))
    if staff.department_id is not None and access.may(staff, Deed.SEE_DEPARTMENT_CASES):
        own |= Q(owner__department=staff.department_id)
    return promises.filter(own)


def get(staff: Staff | None, pk: int) -> Promise:
    """A promise in sight; raises NotFound, the same whether or not it exists."""
    promise = visible(staff).select_related("owner", "customer").filter(pk=pk).first()
    if promise is None:
        raise NotFound
    return promise


def open_for(customer_id: int) -> QuerySet[Promise]:
    """What this customer was told and still waits for, the nearest first."""
    return (
        Promise.objects.filter(customer=customer_id, state=State.OPEN)
        .select_related("owner")
        .order_by("due_at", "pk")
    )


def for_customer(staff: Staff | None, customer_id: int, *, limit: int = 20) -> list[Promise]:
    """The promises to a customer in sight: open ones by nearness, then the settled ones, newest first."""
    promises = visible(staff).filter(customer=customer_id).select_related("owner", "settled_by")
    waiting = list(promises.filter(state=State.OPEN).order_by("due_at", "pk")[:limit])
    settled = promises.exclude(state=State.OPEN).order_by("-settled_at", "-pk")
    return waiting + list(settled[: max(0, limit - len(waiting))])


def due(staff: Staff, until: datetime) -> QuerySet[Promise]:
    """What this person owes by `until`, the nearest first; what is overdue stands before."""
    return (
        Promise.objects.filter(owner=staff, state=State.OPEN, due_at__lte=until)
        .select_related("customer")
        .order_by("due_at", "pk")
    )


def kept_share(staff: Staff | None, since: datetime) -> KeptShare:
    """Of the promises in sight settled since then: how many were kept, with interval and n."""
    counts = (
        visible(staff)
        .filter(settled_at__gte=since)
        .aggregate(
            kept=Count("pk", filter=Q(state=State.KEPT)),
            broken=Count("pk", filter=Q(state=State.BROKEN)),
            made_good=Count("pk", filter=Q(state=State.BROKEN, made_good_at__isnull=False)),
            released=Count("pk", filter=Q(state=State.RELEASED)),
        )
    )
    return KeptShare(**counts)
