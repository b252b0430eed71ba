"""Many customers who tell of one thing, for the tests of mass incidents."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from zhiyin.cases import actions
from zhiyin.cases.actions.shared import carry_on
from zhiyin.cases.models import Case, Incident, SharedDeed
from zhiyin.cases.rules.incidents import SharedKind
from zhiyin.cases.rules.words import Kind, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.conversations.models import Conversation
from zhiyin.customers.models import ContactPoint, Customer
from zhiyin.customers.rules import Channel, ContactKind, Nature, Side


def neighbour(road: Road, number: int, channel: Channel = Channel.EMAIL, kind: Kind = Kind.REQUEST) -> Case:
    """One more customer without water, through the doors a customer uses."""
    from zhiyin.customers import actions as customers

    contacts = [(ContactKind.PHONE, f"1390001{number:04d}")]
    if channel in {Channel.EMAIL, Channel.PORTAL}:
        contacts.append((ContactKind.EMAIL, f"n{number}@example.com"))
    customer = customers.create_customer(
        name=f"邻居{number}",
        nature=Nature.PERSON,
        contacts=contacts,
        team_id=road.house.team.pk,
        by=None,
        now=road.now,
    )
    return road.open(
        kind=kind,
        subject="家里没水了",
        description=f"7栋{number}室，一打开龙头就停水。",
        customer_id=customer.pk,
        channel=channel,
        by=None,
        told=False,
    )


def many(road: Road, count: int) -> list[Case]:
    """Hundreds of them at once, written straight into the tables: what is tested is what comes after."""
    now = road.tick()
    people = Customer.objects.bulk_create(
        [
            Customer(
                name=f"住户{n}",
                nature=Nature.PERSON,
                side=Side.EXTERNAL,
                team=road.house.team,
                created_at=now,
            )
            for n in range(count)
        ]
    )
    ContactPoint.objects.bulk_create(
        [
            ContactPoint(
                customer=one,
                kind=ContactKind.EMAIL,
                value=f"r{one.pk}@example.com",
                is_primary=True,
                created_at=now,
            )
            for one in people
        ]
    )
    threads = Conversation.objects.bulk_create(
        [
            Conversation(
                customer=one,
                channel=Channel.EMAIL,
                subject="停水",
                team=road.house.team,
                created_at=now,
                waiting_since=now,
            )
            for one in people
        ]
    )
    return Case.objects.bulk_create(
        [
            Case(
                number=f"2611-{number:05d}",
                kind=Kind.REQUEST,
                subject="停水",
                description="7栋没有水",
                customer=thread.customer,
                conversation=thread,
                channel=Channel.EMAIL,
                stage=Stage.RECEIVED,
                stage_since=now,
                team=road.house.team,
                opened_at=now,
            )
            for number, thread in enumerate(threads, 30001)
        ]
    )


def water(road: Road, cases: list[Case]) -> Incident:
    return actions.open_incident(
        title="7栋水泵房总管爆裂停水",
        what_happened="负一层水泵房DN100主管焊口裂开，全楼停水。",
        since=road.now - timedelta(hours=3),
        place="7栋",
        words="停水 没水",
        department_id=road.house.engineering.pk,
        case_ids=[case.pk for case in cases],
        by=road.supervisor,
        now=road.tick(),
    )


def shared(road: Road, incident: Incident, kind: SharedKind, text: str, **details: object) -> SharedDeed:
    """Begun and carried out to its end."""
    token: UUID = uuid4()
    by = road.handler if kind is SharedKind.ACCEPT else road.supervisor
    deed = actions.share(
        incident_id=incident.pk, kind=kind, text=text, details=details, token=token, by=by, now=road.tick()
    )
    while carry_on(deed_id=deed.pk, now=road.now):
        pass
    deed.refresh_from_db()
    return deed
