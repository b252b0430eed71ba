"""Segments: conditions put together find exactly the customers for whom they hold, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhiyin.customers import actions, segments
from zhiyin.customers.models import Customer
from zhiyin.customers.rules import Channel, Nature, ObjectKind, Purpose, Relation, Side
from zhiyin.customers.segments import Condition, Field, Group, Match, Operator, ValueType, registry
from zhiyin.kit.errors import Invalid
from zhiyin.people.tests.fixtures import NOW

TODAY = date(2026, 11, 18)


def condition(field: str, operator: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


@pytest.fixture
def customers(agent, other_agent, house) -> list[Customer]:
    """Some of every sort."""
    rows = []
    for number in range(8):
        customer = actions.create_customer(
            name=f"客户{number}" + "Abc"[: number % 4],
            nature=Nature.PERSON if number % 3 else Nature.ORGANISATION,
            side=Side.INTERNAL if number == 5 else Side.EXTERNAL,
            department_id=house.engineering.pk if number == 5 else None,
            is_member=number % 2 == 0,
            since=None if number % 4 == 3 else TODAY - timedelta(days=number * 10),
            preferred_channel=["", Channel.PHONE, Channel.WECHAT][number % 3],
            owner_id=[None, agent.pk, other_agent.pk][number % 3],
            by=None,
            now=NOW,
        )
        for place, kind in enumerate([ObjectKind.ROOM, ObjectKind.ROOM, ObjectKind.VEHICLE][: number % 4]):
            actions.relate_object(
                customer_id=customer.pk,
                code=f"{number}-{place}",
                kind=kind,
                relation=Relation.OWNER,
                by=None,
                now=NOW,
            )
        for purpose in list(Purpose)[: number % 3]:
            actions.give_consent(customer_id=customer.pk, purpose=purpose, text_version="1", by=None, now=NOW)
        if number == 4:
            actions.withdraw_consent(customer_id=customer.pk, purpose=Purpose.SERVICE, by=None, now=NOW)
        rows.append(customer)
    return rows


def facts(customer: Customer) -> dict[str, Any]:
    """The values of every field, read one by one; a set where there can be several."""
    relations = customer.object_relations.filter(until__isnull=True).select_related("object")
    return {
        "customers.nature": customer.nature,
        "customers.side": customer.side,
        "customers.member": customer.is_member,
        "customers.name": customer.name,
        "customers.since": customer.since,
        "customers.team": str(customer.team_id) if customer.team_id else None,
        "customers.owner": str(customer.owner_id) if customer.owner_id else None,
        "customers.channel": customer.preferred_channel or None,
        "customers.consent": {row.purpose for row in customer.consents.filter(withdrawn_at__isnull=True)},
        "customers.object": {row.object.kind for row in relations},
        "customers.relation": {row.relation for row in relations},
    }


TRUTH: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.IS: lambda have, want: have == want,
    Operator.ONE_OF: lambda have, want: have in want,
    Operator.BEFORE: lambda have, want: have < want,
    Operator.FROM: lambda have, want: have >= want,
    Operator.BETWEEN: lambda have, want: want[0] <= have <= want[1],
    Operator.WITHIN: lambda have, want: TODAY - timedelta(days=want) < have <= TODAY,
    Operator.OLDER: lambda have, want: have < TODAY - timedelta(days=want),
    Operator.CONTAINS: lambda have, want: want.lower() in have.lower(),
    Operator.BEGINS: lambda have, want: have.lower().startswith(want.lower()),
}


def holds(part: Condition | Group, known: dict[str, Any]) -> bool:
    """The oracle: what a segment means, said in Python."""
    if isinstance(part, Group):
        inner = [holds(one, known) for one in part.parts]
        return not inner or (all(inner) if part.match == Match.ALL else any(inner))
    have = known[part.field]
    several = have if isinstance(have, set) else set() if have is None else {have}
    if part.operator in {Operator.EMPTY, Operator.FILLED}:
        return bool(several) == (part.operator == Operator.FILLED)
    if part.operator in {Operator.IS_NOT, Operator.NONE_OF}:
        asked = TRUTH[Operator.IS if part.operator == Operator.IS_NOT else Operator.ONE_OF]
        return not any(asked(one, part.value) for one in several)
    return any(TRUTH[part.operator](one, part.value) for one in several)


def conditions(fields: dict[str, Field]) -> st.SearchStrategy[Condition | Group]:
    dates = st.dates(TODAY - timedelta(days=90), TODAY + timedelta(days=10))
    texts = st.text("客户abcABC0123", min_size=1, max_size=4)

    @st.composite
    def one(draw: st.DrawFn) -> Condition:
        field = fields[draw(st.sampled_from(sorted(fields)))]
        operator = draw(st.sampled_from(segments.operators(field)))
        options = [value for value, _label in field.options()]
        if operator in {Operator.EMPTY, Operator.FILLED}:
            return Condition(field.name, operator)
        if operator in {Operator.ONE_OF, Operator.NONE_OF}:
            return Condition(
                field.name, operator, tuple(draw(st.lists(st.sampled_from(options), min_size=1, unique=True)))
            )
        if operator in {Operator.WITHIN, Operator.OLDER}:
            return Condition(field.name, operator, draw(st.integers(1, 90)))
        if operator == Operator.BETWEEN:
            return Condition(field.name, operator, tuple(sorted((draw(dates), draw(dates)))))
        values = {
            ValueType.CHOICE: st.sampled_from(options or [""]),
            ValueType.BOOLEAN: st.booleans(),
            ValueType.DATE: dates,
            ValueType.TEXT: texts,
        }
        return Condition(field.name, operator, draw(values[field.type]))

    def groups(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Group]:
        parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.builds(Group, st.sampled_from(Match), parts)

    return st.recursive(one(), groups, max_leaves=5)


def test_any_conditions_find_exactly_those_for_whom_they_hold(customers) -> None:
    known = {customer.pk: facts(Customer.objects.get(pk=customer.pk)) for customer in customers}
    asked = {name: field for name, field in segments.fields().items() if name in known[customers[0].pk]}

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(conditions(asked))
    def check(part: Condition | Group) -> None:
        group = part if isinstance(part, Group) else Group(parts=(part,))
        found = list(
            Customer.objects.filter(segments.select(group, today=TODAY)).values_list("pk", flat=True)
        )
        assert sorted(found) == sorted(pk for pk, have in known.items() if holds(group, have))
        assert segments.parse(segments.as_data(group)) == group

    check()


def test_a_customer_with_two_rooms_is_found_once(customers) -> None:
    rows = Customer.objects.filter(
        segments.select({"match": "any", "conditions": [
            condition("customers.object", "is", "room"), condition("customers.object", "is", "vehicle"),
        ]})
    )  # fmt: skip
    assert len(rows) == len(set(rows)) == 6


def test_no_conditions_hold_for_everybody(customers) -> None:
    assert Customer.objects.filter(segments.select({"conditions": []})).count() == len(customers)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, "segments.unreadable"),
        ([], "segments.unreadable"),
        ({"match": "some", "conditions": []}, "segments.unreadable"),
        ({"conditions": "x"}, "segments.unreadable"),
        ({"conditions": [{"conditions": []}]}, "segments.unreadable"),
        (condition("customers.shoe_size", "is", 42), "segments.unknown_field"),
        (condition("customers.side", "before", "external"), "segments.unfit_operator"),
        (condition("customers.side", "empty"), "segments.unfit_operator"),
        (condition("customers.side", [], "external"), "segments.unfit_operator"),
        (condition("customers.side", "is"), "segments.value_missing"),
        (condition("customers.side", "is", "upside"), "segments.unknown_choice"),
        (condition("customers.side", "one_of", "external"), "segments.unreadable"),
        (condition("customers.member", "is", "perhaps"), "segments.value_missing"),
        (condition("customers.member", "is", []), "segments.value_missing"),
        (condition("customers.member", "is", {"a": 1}), "segments.value_missing"),
        (condition("customers.member", "is", 1), "segments.value_missing"),
        (condition("customers.since", "is", "18.11.2026"), "segments.unreadable_date"),
        (condition("customers.since", "within", "many"), "segments.unreadable_days"),
        (condition("customers.since", "within", 0), "segments.unreadable_days"),
        (condition("customers.since", "within", True), "segments.unreadable_days"),
        (condition("customers.since", "between", ["2026-01-01"]), "segments.value_missing"),
        (condition("customers.since", "between", ["2026-02-01", "2026-01-01"]), "segments.turned_around"),
        (condition("customers.name", "contains", 5), "segments.unreadable"),
        (condition("customers.name", "contains", "x" * 201), "segments.unreadable"),
        (condition("customers.name", "contains", "a\0b"), "segments.unreadable"),
        ({"conditions": [condition("customers.member", "is", True)] * 31}, "segments.too_many"),
    ],
)
@pytest.mark.django_db
def test_what_makes_no_sense_gets_a_sentence(data: Any, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        segments.select(data)
    assert caught.value.code == code
    assert "%(" not in str(caught.value)


def test_groups_are_not_nested_without_end() -> None:
    data: dict[str, Any] = condition("customers.member", "is", True)
    for _ in range(4):
        data = {"conditions": [data]}
    with pytest.raises(Invalid, match="3 groups deep"):
        segments.parse(data)


@pytest.fixture
def number() -> Iterator[Field]:
    field = Field("tests.version", "Version", ValueType.NUMBER, "version")
    segments.register(field)
    yield field
    del registry._fields[field.name]


def test_a_room_above_registers_its_own_field_once(number: Field, customers) -> None:
    segments.register(number)
    with pytest.raises(ValueError, match="two fields"):
        segments.register(Field(number.name, "Another", ValueType.TEXT, "name"))
    more = Customer.objects.filter(segments.select(condition(number.name, "more", "1")))
    assert set(more) == {row for row in Customer.objects.all() if row.version > 1}
    assert Customer.objects.filter(segments.select(condition(number.name, "is", 1.5))).count() == 0
    for nonsense in ("NaN", "Infinity", "1e999", "x", True):
        with pytest.raises(Invalid, match="compared with a number"):
            segments.select(condition(number.name, "less", nonsense))
