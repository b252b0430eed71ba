"""Cases beside other cases: of one customer, of one conversation, alike, or looked up to be linked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from zhiyin.cases.models import Case
from zhiyin.cases.queries.cards import Card, cards
from zhiyin.cases.queries.listing import matching
from zhiyin.cases.queries.sight import visible
from zhiyin.cases.rules.words import Stage
from zhiyin.kit import search
from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import gettext_noop
from zhiyin.people.models import Staff

ALIKE_WITHIN = timedelta(days=120)
MOST = 6


class Alike(Choice):
    """Why another case is shown beside this one."""

    CAUSE = "cause", gettext_noop("same cause")
    PLACE = "place", gettext_noop("same place")
    CUSTOMER = "customer", gettext_noop("same customer")


@dataclass(frozen=True, slots=True)
class Similar:
    """Another case and what it shares with this one."""

    id: int
    number: str
    subject: str
    customer: str
    place: str
    opened_at: datetime
    is_open: bool
    why: Alike


def for_customer(staff: Staff, customer_id: int, *, now: datetime, most: int = 20) -> list[Card]:
    """A customer's cases that `staff` may see, newest first."""
    newest = visible(staff).filter(customer_id=customer_id).order_by("-opened_at", "-pk")[:most]
    return cards(
        Case.objects.filter(pk__in=[case.pk for case in newest]).order_by("-opened_at", "-pk"), now=now
    )


def for_conversation(staff: Staff, conversation_id: int, *, now: datetime) -> list[Card]:
    """Cases opened from one conversation, newest first."""
    mine = visible(staff).filter(conversation_id=conversation_id).order_by("-opened_at", "-pk")[:MOST]
    return cards(
        Case.objects.filter(pk__in=[case.pk for case in mine]).order_by("-opened_at", "-pk"), now=now
    )


def for_conversations(staff: Staff, conversation_ids: Iterable[int], *, now: datetime) -> dict[int, Card]:
    """The newest case of each of these conversations, for a list of them."""
    rows = visible(staff).filter(conversation_id__in=list(conversation_ids)).order_by("opened_at", "pk")
    by_case = {case.pk: case.conversation_id for case in rows}
    found = cards(Case.objects.filter(pk__in=by_case).order_by("opened_at", "pk"), now=now)
    return {by_case[row.id]: row for row in found}


def similar(case: Case, staff: Staff, *, now: datetime) -> list[Similar]:
    """Cases with the same cause, about the same place, or of the same customer lately; the closest first."""
    since = now - ALIKE_WITHIN
    alike = Q(customer_id=case.customer_id)
    if case.service_object_id is not None:
        alike |= Q(service_object_id=case.service_object_id)
    near = Q(opened_at__gte=since) & alike
    if case.root_cause:
        near |= Q(root_cause=case.root_cause, opened_at__gte=since)
    rows = (
        visible(staff)
        .filter(near)
        .exclude(pk=case.pk)
        .select_related("customer", "service_object")
        .order_by("-opened_at", "-pk")[: MOST * 2]
    )
    order = list(Alike)
    found = [_similar(case, other) for other in rows]
    return sorted(found, key=lambda other: order.index(other.why))[:MOST]


def lookup(staff: Staff, query: str, *, exclude_id: int | None = None) -> list[Case]:
    """A few cases for a person who types a number or words, to link or merge."""
    if not query.strip() or search.too_short(query):
        return []
    rows = visible(staff).filter(matching(query).condition)
    if exclude_id is not None:
        rows = rows.exclude(pk=exclude_id)
    return list(rows.select_related("customer", "service_object").order_by("-opened_at", "-pk")[:MOST])


def _similar(case: Case, other: Case) -> Similar:
    if case.root_cause and other.root_cause == case.root_cause:
        why = Alike.CAUSE
    elif case.service_object_id is not None and other.service_object_id == case.service_object_id:
        why = Alike.PLACE
    else:
        why = Alike.CUSTOMER
    return Similar(
        id=other.pk,
        number=other.number,
        subject=other.subject,
        customer=other.customer.name,
        place=other.service_object.name if other.service_object else "",
        opened_at=other.opened_at,
        is_open=other.stage not in {Stage.ARCHIVED, Stage.CLOSED, Stage.CONFIRMED},
        why=why,
    )
