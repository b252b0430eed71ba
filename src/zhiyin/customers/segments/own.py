"""The fields of this room."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import QuerySet

from zhiyin.customers.models import Consent, ObjectRelation
from zhiyin.customers.rules import Channel, Nature, ObjectKind, Purpose, Relation, Side
from zhiyin.customers.rules.segments import ValueType
from zhiyin.customers.segments.registry import Field, register
from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import gettext_noop
from zhiyin.people.models import Department, Staff, Team


def listed(of: type[Choice]) -> Callable[[], Sequence[tuple[str, str]]]:
    """The members of a closed list as choices of a field; labels are translated where they are shown."""
    pairs = tuple((member.value, member.label) for member in of)
    return lambda: pairs


def named(
    rows: Callable[[], QuerySet[Team] | QuerySet[Staff] | QuerySet[Department]],
) -> Callable[[], Sequence[tuple[str, str]]]:
    """Rows of a small table as choices of a field."""
    return lambda: [(str(pk), name) for pk, name in rows().values_list("pk", "name")]


def consents_in_force() -> QuerySet[Consent]:
    return Consent.objects.filter(withdrawn_at__isnull=True)


def relations_now() -> QuerySet[ObjectRelation]:
    return ObjectRelation.objects.filter(until__isnull=True)


OWN = (
    Field("customers.nature", gettext_noop("Person or organisation"), ValueType.CHOICE, "nature", choices=listed(Nature)),
    Field("customers.side", gettext_noop("External or internal"), ValueType.CHOICE, "side", choices=listed(Side)),
    Field("customers.member", gettext_noop("Member"), ValueType.BOOLEAN, "is_member"),
    Field("customers.placeholder", gettext_noop("Unnamed, from imported history"), ValueType.BOOLEAN, "is_placeholder"),
    Field("customers.name", gettext_noop("Name"), ValueType.TEXT, "name"),
    Field("customers.since", gettext_noop("Customer since"), ValueType.DATE, "since", empty="null"),
    Field(
        "customers.team", gettext_noop("Team"), ValueType.CHOICE, "team",
        empty="null", choices=named(Team.objects.all), read=int,
    ),
    Field(
        "customers.owner", gettext_noop("Looked after by"), ValueType.CHOICE, "owner",
        empty="null", choices=named(Staff.objects.all), read=int,
    ),
    Field(
        "customers.department", gettext_noop("Department"), ValueType.CHOICE, "department",
        empty="null", choices=named(Department.objects.all), read=int,
    ),
    Field(
        "customers.channel", gettext_noop("Preferred channel"), ValueType.CHOICE, "preferred_channel",
        empty="text", choices=listed(Channel),
    ),
    Field(
        "customers.consent", gettext_noop("Has agreed to"), ValueType.CHOICE, "purpose",
        rows=consents_in_force, choices=listed(Purpose),
    ),
    Field(
        "customers.object", gettext_noop("Has a"), ValueType.CHOICE, "object__kind",
        rows=relations_now, choices=listed(ObjectKind),
    ),
    Field(
        "customers.relation", gettext_noop("Is there as"), ValueType.CHOICE, "relation",
        rows=relations_now, choices=listed(Relation),
    ),
)  # fmt: skip


def register_all() -> None:
    """Called when Django is ready."""
    for field in OWN:
        register(field)
