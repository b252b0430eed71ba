"""One matter and everybody who might want to look at it, for the tests of who finds what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from zhiyin.cases import actions as cases
from zhiyin.cases import jobs, links
from zhiyin.cases.models import Case, ClockRule, Mention, SharedDeed
from zhiyin.cases.rules.incidents import SharedKind
from zhiyin.cases.rules.words import EscalationKind, LinkPurpose, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.catalogue import actions as catalogue
from zhiyin.catalogue.tests.shelf import Shelf
from zhiyin.conversations.models import Delivery
from zhiyin.customers import actions as customers
from zhiyin.customers.rules import Channel, ContactKind, Nature, ObjectKind, Purpose, Relation
from zhiyin.facts import actions as facts
from zhiyin.facts.models import Column
from zhiyin.facts.rules.starters import BY_KEY
from zhiyin.guarantees.actions import reckoning
from zhiyin.guarantees.models import Breach
from zhiyin.kit import files
from zhiyin.people import actions as people
from zhiyin.people.models import Invitation, SecondFactor, Staff
from zhiyin.people.rules import Role
from zhiyin.people.tests.fixtures import sign_in
from zhiyin.promises import actions as promises
from zhiyin.statutory import actions as statutory
from zhiyin.statutory.models import StatutoryRule
from zhiyin.statutory.rules.words import Body

PEOPLE = (
    "nobody",
    "customer",  # with the link to this very case
    "other customer",  # with a link to another one
    "agent of another team",
    "handler of another department",
    "researcher",
    "handler",
    "owner",
    "supervisor",
    "quality manager",
    "administrator",
)


@dataclass
class World:
    """`places` and, for `pk`, `owned` by the first word of a route's name, fill the places in addresses."""

    case: Case
    other: Case
    places: dict[str, object]
    owned: dict[str, object]
    browsers: dict[str, Client]


def signed_in(staff: Staff) -> Client:
    client = Client(raise_request_exception=False)
    sign_in(client, staff)
    return client


def with_link(case: Case) -> Client:
    client = Client(raise_request_exception=False)
    key = links.issue(case=case, purpose=LinkPurpose.CHOOSE, now=timezone.now())
    client.post("/portal/k/", {"key": key})
    noting = links.issue(case=case, purpose=LinkPurpose.FACTS, now=timezone.now())
    client.post("/portal/k/", {"key": noting})
    return client


def burst(road: Road, case: Case, neighbour_id: int) -> tuple[int, int]:
    """An incident the case belongs to, and somebody on the telephone who has to be told of it in person."""
    phone = road.open(customer_id=neighbour_id)
    incident = cases.open_incident(
        title="3栋异味",
        what_happened="屋顶排风机停机",
        since=road.now - timedelta(hours=1),
        case_ids=[case.pk, phone.pk],
        by=road.supervisor,
        now=road.tick(),
    )
    deed = cases.share(
        incident_id=incident.pk,
        kind=SharedKind.REPLY,
        text="正在检修",
        token=uuid4(),
        by=road.supervisor,
        now=road.tick(),
    )
    jobs.carry_out(deed_id=deed.pk)
    return incident.pk, deed.parts.get(case=phone).pk


def build(road: Road, everybody: dict[str, Staff]) -> World:
    """A complaint waiting for the customer's choice, with files, promises, people and papers around it."""
    road.now = timezone.now()
    agent, administrator = road.agent, everybody["administrator"]
    customer = road.customer.pk
    relation = customers.relate_object(
        customer_id=customer,
        kind=ObjectKind.ROOM,
        name="3栋1902",
        code="3-1902",
        relation=Relation.OWNER,
        by=agent,
        now=road.now,
    )
    consent = customers.give_consent(
        customer_id=customer, purpose=Purpose.SURVEY, text_version="1", by=agent, now=road.now
    )
    neighbour = customers.create_customer(
        name="许念",
        nature=Nature.PERSON,
        contacts=[(ContactKind.PHONE, "13900008888")],
        team_id=road.house.team.pk,
        by=None,
        now=road.now,
    )
    paper = files.store(
        upload=SimpleUploadedFile("照片.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64), by_id=None, now=road.now
    )
    promise = promises.make(
        customer_id=customer, text="下周一前回电", due_at=road.now + timedelta(days=3), by=agent, now=road.now
    )
    shelf = Shelf.stocked(
        road.house, administrator, at=road.now - timedelta(days=1), minutes=1, calendar_id=None
    )
    draft = catalogue.draft(title="", by=administrator, now=road.now)
    case = road.to(Stage.APPROVED, channel=Channel.EMAIL, file_ids=[paper.pk], service_item_id=shelf.item.pk)
    reckoning.claim(road.now)
    other = road.to(Stage.APPROVED, customer_id=neighbour.pk)
    cases.escalate(case_id=case.pk, kind=EscalationKind.REGULATOR, reason="12345转来", by=agent, now=road.now)
    facts.begin(case_id=case.pk, starter=BY_KEY["network"], by=agent, now=road.now)
    outcome = Column.objects.get(is_outcome=True)
    texts = {outcome.pk: "yes"}
    facts.observe(case_id=case.pk, texts=texts, by=agent, now=road.now)
    links.issue(case=case, purpose=LinkPurpose.FACTS, now=road.now)
    noted = facts.observe_as_customer(case_id=case.pk, texts=texts, now=road.now)
    transfer = statutory.receive(
        case_id=case.pk,
        body=Body.HOTLINE,
        external_number="GZ20261118001",
        demand="书面答复",
        received_at=road.now,
        by=agent,
        now=road.now,
    )
    letter = statutory.draft(transfer_id=transfer.pk, by=agent, now=road.now)
    token = people.invite(
        email="new@example.com",
        name="新同事",
        role=Role.AGENT,
        team_id=road.house.team.pk,
        by=administrator,
        now=road.now,
    )
    skill = people.save_skill(name="水电", by=administrator, now=road.now)
    people.add_app(staff=agent, secret="A" * 32, now=road.now)
    key = SecondFactor.objects.create(user=road.colleague, type="webauthn", data={"name": "钥匙"})
    cases.note(case_id=case.pk, text="@陈立 请看一眼", by=agent, now=road.tick())
    request = cases.ask(
        case_id=case.pk,
        department_id=road.house.engineering.pk,
        need="请核对备件",
        due_at=road.now + timedelta(days=1),
        by=agent,
        now=road.tick(),
    )
    incident, task = burst(road, case, neighbour.pk)
    house = road.house
    places = {
        "number": case.number,
        "version": shelf.guarantee.number,
        "key": "x" * 43,
        "token": token,
        "name": "note",
        "hint": "today",
        "guide": "user",
        "uidb36": "1",
        "reference": "x" * 32,
        "contact": road.customer.contact_points.earliest("pk").pk,
        "consent": consent.pk,
        "relation": relation.pk,
        "promise": promise.pk,
        "row": noted.pk,
        "column": Column.objects.earliest("pk").pk,
        "kind": "reply",
        "part": task,
        "deed": SharedDeed.objects.get().pk,
        "deal": "answer",
        "step": "accept",
        "act": "correct",
        "delivery": Delivery.objects.filter(message__conversation=case.conversation).earliest("pk").pk,
    }
    owned = {
        "file": paper.pk,
        "conversation": case.conversation_id,
        "customer": customer,
        "promise": promise.pk,
        "intake_customer": customer,
        "staff": road.colleague.pk,
        "team": house.other_team.pk,
        "department": house.order.pk,
        "calendar": house.calendar.pk,
        "skill": skill.pk,
        "key": key.pk,
        "factor": SecondFactor.objects.get(user=agent, type="totp").pk,
        "invitation": Invitation.objects.get().pk,
        "touchpoint": shelf.touchpoint.pk,
        "item": shelf.item.pk,
        "guarantee": shelf.guarantee.pk,
        "clause": draft.clauses.get().pk,
        "breach": Breach.objects.get(undertaking__case=case).pk,
        "incident": incident,
        "mention": Mention.objects.get().pk,
        "request": request.pk,
        "clock": ClockRule.objects.earliest("pk").pk,
        "transfer": transfer.pk,
        "letter": letter.pk,
        "statutory": StatutoryRule.objects.earliest("pk").pk,
    }
    browsers = {who: signed_in(staff) for who, staff in everybody.items()}
    browsers |= {
        "nobody": Client(raise_request_exception=False),
        "customer": with_link(case),
        "other customer": with_link(other),
    }
    return World(case=case, other=other, places=places, owned=owned, browsers=browsers)
