"""Reading customers. Visibility is a queryset; nothing here reads the clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from zhiyin.customers import rules
from zhiyin.customers.models import (
    Consent,
    ContactPoint,
    ContactReveal,
    Customer,
    ObjectRelation,
    RestPeriod,
    ServiceObject,
)
from zhiyin.customers.rules import ContactKind, ObjectKind, Purpose, Relation, Rest, Side
from zhiyin.kit import search
from zhiyin.kit.errors import NotFound
from zhiyin.libs import hanzi
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff

KIND = "customer"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of customers is narrowed to; empty values narrow nothing."""

    text: str = ""
    side: Side | None = None
    is_member: bool | None = None
    mine: bool = False
    team_id: int | None = None


@dataclass(frozen=True, slots=True)
class ConsentState:
    """One purpose: the consent in force, or the last one, or none; with all that went before."""

    purpose: Purpose
    in_force: Consent | None
    history: tuple[Consent, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A customer with everything of this room, in a constant number of queries."""

    customer: Customer
    contacts: Sequence[ContactPoint]
    rest: Sequence[Rest]
    relations: Sequence[ObjectRelation]
    consents: Sequence[ConsentState]
    sharing: Sequence[Customer]  # others in sight with one of these contact points

    @property
    def phone(self) -> ContactPoint | None:
        """The telephone to dial first."""
        return next((point for point in self.contacts if point.kind == ContactKind.PHONE), None)


def visible(staff: Staff | None) -> QuerySet[Customer]:
    """The customers this person may see: all, those of the own team or of none, one's own, or none."""
    customers = Customer.objects.all()
    if access.may(staff, Deed.SEE_ALL_CASES):
        return customers
    if staff is None or not access.may(staff, Deed.SEE_CUSTOMERS):
        return customers.none()
    return customers.filter(Q(team=staff.team_id) | Q(team__isnull=True) | Q(owner=staff.pk))


def get(staff: Staff | None, pk: int) -> Customer:
    """A customer in sight; raises NotFound, the same whether or not it exists."""
    customer = visible(staff).select_related("team", "owner", "department").filter(pk=pk).first()
    if customer is None:
        raise NotFound
    return customer


def card(staff: Staff | None, pk: int) -> Card:
    """Everything of a customer's page that this room knows; raises NotFound. Seven queries at most."""
    customer = get(staff, pk)
    contacts = list(_ordered(ContactPoint.objects.filter(customer=customer)))
    relations = sorted(
        ObjectRelation.objects.filter(customer=customer).select_related("object"), key=_nearness
    )
    return Card(
        customer=customer,
        contacts=contacts,
        rest=rest_periods(customer.pk),
        relations=relations,
        consents=consents(customer.pk),
        sharing=list(_sharing(staff, customer, contacts)),
    )


def _nearness(row: ObjectRelation) -> tuple[bool, int, int, str, int]:
    """What is hers now comes first: rooms before cars, owners before tenants."""
    kinds, relations = list(ObjectKind), list(Relation)
    kind, relation = kinds.index(ObjectKind(row.object.kind)), relations.index(Relation(row.relation))
    return row.until is not None, kind, relation, row.object.name, row.pk


def _ordered(points: QuerySet[ContactPoint]) -> QuerySet[ContactPoint]:
    order = Case(
        *(When(kind=kind, then=Value(place)) for place, kind in enumerate(ContactKind)),
        output_field=IntegerField(),
    )
    return points.order_by(order, "-is_primary", "pk")


def _sharing(staff: Staff | None, customer: Customer, contacts: Sequence[ContactPoint]) -> QuerySet[Customer]:
    same = Q(pk__in=[])
    for point in contacts:
        same |= Q(kind=point.kind, value=point.value)
    owners = ContactPoint.objects.filter(same).values("customer")
    return visible(staff).filter(pk__in=owners).exclude(pk=customer.pk).order_by("sort_key", "pk")[:10]


def rest_periods(customer_id: int) -> list[Rest]:
    """The daily hours in which this customer is left in peace."""
    rows = RestPeriod.objects.filter(customer=customer_id).order_by("start", "end")
    return [Rest(row.start, row.end) for row in rows]


def revealed_since(staff: Staff, moment: datetime) -> int:
    """How many contact points this person has looked at in full since then."""
    return ContactReveal.objects.filter(staff=staff, at__gte=moment).count()


def consents(customer_id: int) -> list[ConsentState]:
    """Every purpose with the consent in force and the history, newest first."""
    rows = list(
        Consent.objects.filter(customer=customer_id)
        .select_related("recorded_by")
        .order_by("-given_at", "-pk")
    )
    states = []
    for purpose in Purpose:
        history = tuple(row for row in rows if row.purpose == purpose)
        in_force = next((row for row in history if row.withdrawn_at is None), None)
        states.append(ConsentState(purpose, in_force, history))
    return states


def has_consent(customer_id: int, purpose: Purpose) -> bool:
    """Whether this customer has agreed to `purpose` and not withdrawn it."""
    return Consent.objects.filter(customer=customer_id, purpose=purpose, withdrawn_at__isnull=True).exists()


def in_rest_hours(customer: Customer, now: datetime, zone: tzinfo | None = None) -> Rest | None:
    """The rest the customer is in at `now`, to where it really ends; None when she may be called."""
    return rest_now(rest_periods(customer.pk), now, zone)


def rest_now(periods: Sequence[Rest], now: datetime, zone: tzinfo | None = None) -> Rest | None:
    """As `in_rest_hours`, for periods already at hand. `zone` defaults to the house's own."""
    local = timezone.localtime(now, zone)
    return rules.rest_at(periods, local.hour * rules.HOUR + local.minute)


def listing(staff: Staff | None, filters: Filters) -> QuerySet[Customer]:
    """Customers in sight, in order of sound, with what a row shows already fetched (three queries a page)."""
    customers = matching(visible(staff), filters.text)
    if filters.side is not None:
        customers = customers.filter(side=filters.side)
    if filters.is_member is not None:
        customers = customers.filter(is_member=filters.is_member)
    if filters.mine and staff is not None:
        customers = customers.filter(owner=staff.pk)
    if filters.team_id is not None:
        customers = customers.filter(team=filters.team_id)
    current = ObjectRelation.objects.filter(until__isnull=True).select_related("object").order_by("pk")
    return (
        customers.select_related("owner", "team", "department")
        .prefetch_related(
            Prefetch("contact_points", _ordered(ContactPoint.objects.all())),
            Prefetch("object_relations", current),
        )
        .order_by("sort_key", "pk")
    )


def matching(customers: QuerySet[Customer], text: str) -> QuerySet[Customer]:
    """Those found by name, its pinyin, the last figures of a telephone, an e-mail, an object; all for no text.

    What could be a telephone is also looked for without its spaces and dashes.
    """
    text = rules.clean_line(text)
    if not text:
        return customers
    found_by = Q(pk__in=search.ids(KIND, text))
    if (digits := rules.dialled(text)) and digits != text:
        found_by |= Q(pk__in=search.ids(KIND, digits))
    return customers.filter(found_by)


def found(staff: Staff | None, text: str, *, limit: int = 10) -> list[Customer]:
    """The first few customers in sight that match, for a palette or a picker; none for no text."""
    if not rules.clean_line(text):
        return []
    return list(matching(visible(staff), text).select_related("team").order_by("sort_key", "pk")[:limit])


def search_texts(customer: Customer) -> list[str]:
    """What this customer is found by besides the name and its sound. Queries contact points and relations."""
    texts = [customer.salutation]
    for kind, value in customer.contact_points.values_list("kind", "value"):
        if kind == ContactKind.PHONE:
            texts += rules.phone_terms(value)
        elif kind != ContactKind.POST:
            texts.append(value)
    objects = ServiceObject.objects.filter(relations__customer=customer, relations__until__isnull=True)
    for name, code in objects.values_list("name", "code").order_by("pk").distinct():
        texts += [name, code]
    return [text for text in texts if text]


def normalise_phone(text: str) -> str:
    """A telephone number as E.164 (with `;ext=` where there is an extension); raises Invalid."""
    return rules.normalise_phone(text)


def by_contact(kind: ContactKind, value: str) -> QuerySet[Customer]:
    """Every customer with exactly this contact point, as stored; families share numbers."""
    points = ContactPoint.objects.filter(kind=kind, value=value).values("customer")
    return Customer.objects.filter(pk__in=points).order_by("pk")


def namesakes(contacts: Iterable[tuple[ContactKind, str]], name: str) -> list[Customer]:
    """Customers with one of these contact points and the same folded name, oldest first."""
    same = Q(pk__in=[])
    for kind, value in contacts:
        same |= Q(kind=kind, value=value)
    wanted = folded_name(name)
    points = ContactPoint.objects.filter(same).values("customer")
    return [
        customer
        for customer in Customer.objects.filter(pk__in=points, is_placeholder=False).order_by("pk")
        if folded_name(customer.name) == wanted
    ]


def folded_name(name: str) -> str:
    """A name for comparing: script, width, case, spaces and form of address aside."""
    return rules.fold_name(hanzi.fold(name))


def address(customer_id: int, kind: ContactKind) -> str:
    """Where messages of this kind go: the first choice, else the oldest; confirmed ones only; empty for none."""
    points = ContactPoint.objects.filter(customer=customer_id, kind=kind, is_confirmed=True)
    return points.order_by("-is_primary", "pk").values_list("value", flat=True).first() or ""


def addresses(customer_ids: Iterable[int], kind: ContactKind) -> dict[int, str]:
    """`address` for many customers, in one query; those without one are left out."""
    points = ContactPoint.objects.filter(customer__in=set(customer_ids), kind=kind, is_confirmed=True)
    rows = points.order_by("is_primary", "-pk").values_list("customer_id", "value")
    return dict(rows)  # the last one stays: the first choice, else the oldest


def contact(customer: Customer, contact_id: int) -> ContactPoint:
    """One contact point of this customer; raises NotFound."""
    point = ContactPoint.objects.filter(customer=customer, pk=contact_id).first()
    if point is None:
        raise NotFound
    return point


def relation(customer: Customer, relation_id: int) -> ObjectRelation:
    """One relation of this customer to an object; raises NotFound."""
    row = ObjectRelation.objects.filter(customer=customer, pk=relation_id).select_related("object").first()
    if row is None:
        raise NotFound
    return row


def objects_of(customer_id: int) -> QuerySet[ServiceObject]:
    """What this customer has to do with now: for choosing what a case is about."""
    current = ObjectRelation.objects.filter(customer=customer_id, until__isnull=True).values("object")
    return ServiceObject.objects.filter(pk__in=current).order_by("kind", "name", "pk")
