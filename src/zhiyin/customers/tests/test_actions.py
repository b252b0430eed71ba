"""Customers are written down: who they are, how to reach them, what they agreed to, what is theirs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from zhiyin.customers import actions, queries
from zhiyin.customers.actions import ContactEntry
from zhiyin.customers.models import Consent, ContactPoint, ContactReveal, Customer
from zhiyin.customers.rules import Channel, ContactKind, Nature, ObjectKind, Purpose, Relation, Rest, Side
from zhiyin.kit import search
from zhiyin.kit.errors import Conflict, Forbidden, Invalid, NotFound
from zhiyin.people.tests.fixtures import NOW

pytestmark = pytest.mark.django_db
PHONE, EMAIL = ContactKind.PHONE, ContactKind.EMAIL


def make(agent, name="苏文秀", contacts=((PHONE, "139 1234 4471"),), **more) -> Customer:
    more.setdefault("team_id", agent.team_id if agent else None)
    return actions.create_customer(name=name, contacts=contacts, by=agent, now=NOW, **more)


def values(customer: Customer) -> list[tuple[str, str, bool]]:
    points = ContactPoint.objects.filter(customer=customer).order_by("pk")
    return list(points.values_list("kind", "value", "is_primary"))


def found(text: str) -> list[str]:
    rows = Customer.objects.filter(pk__in=search.ids("customer", text))
    return sorted(rows.values_list("name", flat=True))


def test_a_new_customer_has_her_contacts_in_one_form_and_the_first_of_each_kind_leads(agent) -> None:
    customer = make(
        agent,
        contacts=[
            (PHONE, "139-1234-4471"),
            ContactEntry(PHONE, "020-85551234转801", label="家里", is_primary=True),
            (EMAIL, "SU@Example.com"),
        ],
    )
    assert values(customer) == [
        ("phone", "+8613912344471", False),
        ("phone", "+862085551234;ext=801", True),
        ("email", "su@example.com", True),
    ]
    assert queries.address(customer.pk, PHONE) == "+862085551234;ext=801"
    assert (customer.initials, customer.version) == ("swx", 1)


@pytest.mark.parametrize(
    "text",
    ["苏文秀", "文秀", "蘇文秀", "swx", "suwenxiu", "4471", "12344471", "139 1234 4471", "139-1234-4471",
     "+86 139 1234 4471", "su@example", "3-2-1902", "1902", "b2-214", "02085551234"],
)  # fmt: skip
def test_she_is_found_by_name_sound_tail_of_the_phone_mail_and_room(agent, text: str) -> None:
    customer = make(
        agent, contacts=[(PHONE, "13912344471"), (PHONE, "020-85551234"), (EMAIL, "su@example.com")]
    )
    make(agent, name="何静", contacts=[(PHONE, "13800000000")])
    actions.relate_object(
        customer_id=customer.pk,
        code="3-2-1902",
        name="3栋2单元1902",
        relation=Relation.OWNER,
        by=agent,
        now=NOW,
    )
    actions.relate_object(
        customer_id=customer.pk,
        code="B2-214",
        kind=ObjectKind.PARKING,
        relation=Relation.USER,
        by=agent,
        now=NOW,
    )
    rows = queries.matching(Customer.objects.all(), text)
    assert [row.name for row in rows] == ["苏文秀"]


def test_what_changes_about_her_changes_what_she_is_found_by(agent) -> None:
    customer = make(agent)
    actions.update_customer(customer_id=customer.pk, name="苏晓燕", by=agent, now=NOW)
    point = ContactPoint.objects.get(customer=customer)
    actions.remove_contact(customer_id=customer.pk, contact_id=point.pk, by=agent, now=NOW)
    row = actions.relate_object(
        customer_id=customer.pk, code="A-101", relation=Relation.TENANT, by=agent, now=NOW
    )
    assert (found("苏文秀"), found("4471"), found("sxy"), found("A-101")) == ([], [], ["苏晓燕"], ["苏晓燕"])
    actions.end_relation(
        customer_id=customer.pk, relation_id=row.pk, until=date(2026, 11, 1), by=agent, now=NOW
    )
    assert found("A-101") == []
    actions.reopen_relation(customer_id=customer.pk, relation_id=row.pk, by=agent, now=NOW)
    assert found("A-101") == ["苏晓燕"]


def test_families_share_a_telephone_but_nobody_has_it_twice(agent) -> None:
    wife, husband = make(agent), make(agent, name="周建国")
    assert set(queries.by_contact(PHONE, "+8613912344471")) == {wife, husband}
    with pytest.raises(Invalid, match="139 1234 4471 stands there twice"):
        make(agent, contacts=[(PHONE, "13912344471"), (PHONE, "+86 139 1234 4471")])
    again = actions.add_contact(customer_id=wife.pk, kind=PHONE, value="13912344471", by=agent, now=NOW)
    assert values(wife) == [("phone", "+8613912344471", True)]
    assert again.is_primary


def test_when_the_first_choice_goes_the_next_steps_in(agent) -> None:
    customer = make(agent, contacts=[(PHONE, "13912344471"), (PHONE, "13800138000")])
    first = ContactPoint.objects.get(value="+8613912344471")
    actions.remove_contact(customer_id=customer.pk, contact_id=first.pk, by=agent, now=NOW)
    assert values(customer) == [("phone", "+8613800138000", True)]


def test_a_bad_contact_stops_everything_with_its_sentence(agent) -> None:
    with pytest.raises(Invalid, match="has 11 digits, this one has 10"):
        make(agent, contacts=[(PHONE, "1391234447")])
    assert not Customer.objects.exists()


def test_an_internal_customer_belongs_to_a_department_and_an_external_one_to_none(agent, house) -> None:
    with pytest.raises(Invalid, match="belongs to a department"):
        make(agent, side=Side.INTERNAL)
    customer = make(agent, side=Side.INTERNAL, department_id=house.engineering.pk)
    assert customer.department == house.engineering
    actions.update_customer(customer_id=customer.pk, side=Side.EXTERNAL, by=agent, now=NOW)
    customer.refresh_from_db()
    assert customer.department is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Customer.objects.filter(pk=customer.pk).update(side=Side.INTERNAL)


def test_an_owner_brings_her_team_and_must_be_of_the_customers(agent, other_agent, handler) -> None:
    customer = make(agent, team_id=None, owner_id=agent.pk)
    assert customer.team == agent.team
    with pytest.raises(Invalid, match="works in another team"):
        actions.update_customer(customer_id=customer.pk, owner_id=other_agent.pk, by=agent, now=NOW)
    with pytest.raises(Invalid, match="does not look after customers"):
        actions.update_customer(customer_id=customer.pk, owner_id=handler.pk, by=agent, now=NOW)
    with pytest.raises(NotFound):
        actions.update_customer(customer_id=customer.pk, owner_id=999_999, by=agent, now=NOW)


def test_the_second_of_two_editors_is_told(agent, colleague) -> None:
    customer = make(agent)
    actions.update_customer(customer_id=customer.pk, note="先想后说", version=1, by=agent, now=NOW)
    with pytest.raises(Conflict):
        actions.update_customer(customer_id=customer.pk, note="讲道理", version=1, by=colleague, now=NOW)
    customer.refresh_from_db()
    assert (customer.note, customer.version) == ("先想后说", 2)


def test_an_edit_keeps_removes_and_adds_contacts_and_rest_in_one_go(agent) -> None:
    customer = make(agent, contacts=[(PHONE, "13912344471"), (PHONE, "13800138000")])
    old, kept = ContactPoint.objects.filter(customer=customer).order_by("pk")
    actions.update_customer(
        customer_id=customer.pk,
        version=1,
        contacts=[
            ContactEntry(id=old.pk, remove=True),
            ContactEntry(id=kept.pk, label="先生", is_primary=True),
            ContactEntry(EMAIL, "su@example.com"),
        ],
        rest=[Rest(1290, 510), Rest(720, 840)],
        by=agent,
        now=NOW,
    )
    assert values(customer) == [("phone", "+8613800138000", True), ("email", "su@example.com", True)]
    assert ContactPoint.objects.get(pk=kept.pk).label == "先生"
    assert queries.rest_periods(customer.pk) == [Rest(720, 840), Rest(1290, 510)]


def test_rest_hours_are_told_in_the_houses_own_time(agent) -> None:
    customer = make(agent, rest=[Rest(9 * 60, 10 * 60 + 30)])
    resting = queries.in_rest_hours(customer, NOW)  # 10:00 in Shanghai
    assert resting
    assert resting.end == 10 * 60 + 30
    assert queries.in_rest_hours(customer, NOW + timedelta(minutes=30)) is None
    actions.set_rest_periods(customer_id=customer.pk, periods=[], by=agent, now=NOW)
    assert queries.in_rest_hours(customer, NOW) is None


def test_a_look_at_a_contact_in_full_is_written_down(agent, handler) -> None:
    customer = make(agent)
    point = ContactPoint.objects.get(customer=customer)
    shown = actions.reveal_contact(customer_id=customer.pk, contact_id=point.pk, by=agent, now=NOW)
    assert shown.value == "+8613912344471"
    reveal = ContactReveal.objects.get()
    assert (reveal.customer, reveal.contact_point, reveal.staff, reveal.at) == (customer, point, agent, NOW)
    assert reveal.audit.count() == 1
    with pytest.raises(Forbidden):
        actions.reveal_contact(customer_id=customer.pk, contact_id=point.pk, by=handler, now=NOW)
    stranger = make(agent, name="何静", contacts=[(PHONE, "13800000000")])
    with pytest.raises(NotFound):
        actions.reveal_contact(customer_id=stranger.pk, contact_id=point.pk, by=agent, now=NOW)


def test_consents_are_in_force_once_and_their_history_stays(agent) -> None:
    customer = make(agent)
    later = NOW + timedelta(days=1)

    def give(version: str, now=NOW) -> Consent:
        return actions.give_consent(
            customer_id=customer.pk, purpose=Purpose.SURVEY, text_version=version, by=agent, now=now
        )

    first = give("2026-1")
    assert give("2026-1", later) == first
    second = give("2026-2", later)
    state = next(state for state in queries.consents(customer.pk) if state.purpose == Purpose.SURVEY)
    assert state.in_force == second
    assert [row.withdrawn_at for row in state.history] == [None, later]
    actions.withdraw_consent(customer_id=customer.pk, purpose=Purpose.SURVEY, by=agent, now=later)
    assert not queries.has_consent(customer.pk, Purpose.SURVEY)
    with pytest.raises(NotFound):
        actions.withdraw_consent(customer_id=customer.pk, purpose=Purpose.SURVEY, by=agent, now=later)
    with pytest.raises(Invalid, match="version of the text"):
        give(" ")
    Consent.objects.create(customer=customer, purpose=Purpose.SERVICE, text_version="1", given_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(customer=customer, purpose=Purpose.SERVICE, text_version="2", given_at=NOW)


def test_a_relation_ends_not_before_it_began(agent) -> None:
    customer = make(agent)
    row = actions.relate_object(
        customer_id=customer.pk,
        code="3-2-1902",
        relation=Relation.OWNER,
        since=date(2016, 3, 1),
        by=agent,
        now=NOW,
    )
    with pytest.raises(Invalid, match="before the beginning"):
        actions.end_relation(
            customer_id=customer.pk, relation_id=row.pk, until=date(2016, 2, 1), by=agent, now=NOW
        )


def test_a_known_object_keeps_its_name_and_is_shared(agent) -> None:
    owner, tenant = make(agent), make(agent, name="何静")
    first = actions.relate_object(
        customer_id=owner.pk, code="3-2-1902", name="3栋1902", relation=Relation.OWNER, by=agent, now=NOW
    )
    second = actions.relate_object(
        customer_id=tenant.pk,
        code=" ３-2- 1902",
        name="别的名字",
        relation=Relation.TENANT,
        by=agent,
        now=NOW,
    )
    assert first.object == second.object
    assert second.object.name == "3栋1902"
    assert [thing.code for thing in queries.objects_of(tenant.pk)] == ["3-2-1902"]


def test_a_customer_who_comes_back_is_known_by_contact_and_name_together(agent) -> None:
    known = make(agent)

    def come(name, contacts, by=None):
        return actions.find_or_create(
            name=name, contacts=contacts, team_id=None, channel=Channel.PORTAL, by=by, now=NOW
        )

    assert come("蘇文秀", [(PHONE, "+86 139-1234-4471")]) == known
    assert come("苏文秀 女士", [(PHONE, "13912344471")]) == known
    assert come("苏文秀", [(PHONE, "13800138000")]) != known  # the name alone is not enough
    assert come("周建国", [(PHONE, "13912344471")]) != known  # nor is the family's telephone
    assert come("苏文秀", []) != known


def test_an_unknown_hand_adds_an_address_that_nothing_is_sent_to_before_somebody_asked(agent) -> None:
    known = make(agent)
    actions.find_or_create(
        name="苏文秀",
        contacts=[(PHONE, "13912344471"), (EMAIL, "someone@example.com")],
        team_id=None,
        channel=Channel.PORTAL,
        by=None,
        now=NOW,
    )
    point = ContactPoint.objects.get(customer=known, kind=EMAIL)
    assert not point.is_confirmed
    assert queries.address(known.pk, EMAIL) == ""
    actions.confirm_contact(customer_id=known.pk, contact_id=point.pk, by=agent, now=NOW)
    assert queries.address(known.pk, EMAIL) == "someone@example.com"


def test_a_placeholder_is_one_for_each_stranger_of_a_source(db) -> None:
    first = actions.placeholder(source="jd_chat", external_id="7", now=NOW)
    assert actions.placeholder(source="jd_chat", external_id="7", now=NOW) == first
    assert actions.placeholder(source="jd_chat", external_id="8", now=NOW) != first
    assert first.is_placeholder
    assert "7" in first.name
    assert not queries.namesakes([(PHONE, "+8613912344471")], first.name)


def test_those_who_only_look_change_nothing(quality, handler, administrator) -> None:
    for staff in (quality, handler, administrator):
        with pytest.raises(Forbidden):
            actions.create_customer(name="某人", by=staff, now=NOW)


def test_sight_follows_role_and_team(
    agent, colleague, other_agent, supervisor, quality, administrator, handler, researcher, house
) -> None:
    mine = make(agent, name="甲", contacts=())
    nobodys = make(agent, name="乙", contacts=(), team_id=None)
    theirs = make(other_agent, name="丙", contacts=())

    def sees(staff) -> set[Customer]:
        return set(queries.visible(staff))

    assert sees(agent) == sees(colleague) == {mine, nobodys}
    assert sees(other_agent) == {nobodys, theirs}
    assert sees(supervisor) == sees(quality) == sees(administrator) == {mine, nobodys, theirs}
    assert sees(handler) == sees(researcher) == sees(None) == set()
    with pytest.raises(NotFound):
        queries.get(agent, theirs.pk)


def test_lists_go_by_sound(agent) -> None:
    for name in ("周建国", "阿里云", "苏文秀", "Smith", "单雄信"):
        make(agent, name=name, contacts=())
    rows = queries.listing(agent, queries.Filters())
    assert [row.name for row in rows] == ["阿里云", "单雄信", "Smith", "苏文秀", "周建国"]


def test_the_constraints_hold_without_us(agent) -> None:
    customer = make(agent)
    for rows, change in (
        (Customer.objects, {"nature": "robot"}),
        (Customer.objects, {"preferred_channel": "pigeon"}),
        (ContactPoint.objects, {"kind": "pager"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactPoint.objects.create(
            customer=customer, kind=PHONE, value="+8613800138000", is_primary=True, created_at=NOW
        )


@pytest.mark.parametrize(
    "name", ["张" * 120, "👩‍👩‍👧‍👦🏠", "محمد علي", "O'Brien; DROP TABLE", "<script>", "A" * 120]
)
def test_any_name_can_be_written_found_and_read(agent, name: str) -> None:
    customer = make(agent, name=name, contacts=(), nature=Nature.ORGANISATION)
    assert queries.get(agent, customer.pk).name == name
    assert customer in queries.listing(agent, queries.Filters(text=name))
