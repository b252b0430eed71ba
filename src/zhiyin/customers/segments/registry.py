"""The fields that can be asked about, and how a question becomes a Q over customers without duplicates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import DecimalField, Exists, OuterRef, Q, QuerySet, Value

from zhiyin.customers.rules import segments as rules
from zhiyin.customers.rules.segments import Condition, Group, Match, Operator, ValueType

_fields: dict[str, Field] = {}


@dataclass(frozen=True, slots=True)
class Field:
    """Something that can be asked about a customer.

    `name`: `room.word`, stable, stored in segments. `label`: marked with gettext_noop. `path`: a lookup from
    Customer over to-one relations; or, with `rows` (a queryset of things of which a customer has many, each naming
    its customer in `link`), from those rows: then a question holds when one of the rows answers it, a denial when
    none does. `empty`: how a missing value is stored (`null`, `text` for the empty string, nothing for never).
    `choices`: values and labels of a choice; `read` turns a value into what the column holds.
    """

    name: str
    label: str
    type: ValueType
    path: str
    rows: Callable[[], QuerySet[Any]] | None = None
    link: str = "customer"
    empty: Literal["", "null", "text"] = ""
    choices: Callable[[], Sequence[tuple[str, str]]] | None = None
    read: Callable[[Any], Any] = lambda value: value

    @property
    def optional(self) -> bool:
        """Whether a customer may have nothing here."""
        return bool(self.empty) or self.rows is not None

    def options(self) -> Sequence[tuple[str, str]]:
        """Values and labels of a choice; queried anew where they come from a table."""
        return self.choices() if self.choices else ()


def register(field: Field) -> None:
    """Make a field known; the same name twice must be the same field."""
    if _fields.setdefault(field.name, field) != field:
        raise ValueError(f"two fields are called {field.name}")


def fields() -> Mapping[str, Field]:
    """Every field by name, in the order in which rooms registered them."""
    return dict(_fields)


def parse(data: Any) -> Group:
    """Conditions from data, checked against the registered fields; raises Invalid with a sentence."""
    return rules.parse(data, _fields)


def select(conditions: Group | Mapping[str, Any], *, today: dt.date | None = None) -> Q:
    """A Q over Customer, each customer at most once; raises Invalid.

    `today` is needed where a condition counts days back from it.
    """
    group = conditions if isinstance(conditions, Group) else parse(conditions)
    return _group(group, today)


def _group(group: Group, today: dt.date | None) -> Q:
    parts = [
        _group(part, today) if isinstance(part, Group) else _condition(part, today) for part in group.parts
    ]
    whole = Q()
    for part in parts:
        whole = whole & part if group.match == Match.ALL else whole | part
    return whole


DENIALS = {Operator.IS_NOT: Operator.IS, Operator.NONE_OF: Operator.ONE_OF}


def _condition(condition: Condition, today: dt.date | None) -> Q:
    if condition.field not in _fields:
        raise rules.UnknownField(name=condition.field)
    field = _fields[condition.field]
    affirmed = DENIALS.get(condition.operator, condition.operator)
    if field.rows is None:
        asked = _asked(field, affirmed, condition.value, today)
    else:
        asked = _among_rows(field, affirmed, condition.value, today)
    return asked if affirmed == condition.operator else ~asked


def _among_rows(field: Field, operator: Operator, value: Any, today: dt.date | None) -> Q:
    assert field.rows is not None  # noqa: S101  # told by the caller
    rows = field.rows().filter(**{field.link: OuterRef("pk")}).order_by()
    if operator == Operator.EMPTY:
        return ~Q(Exists(rows))
    if operator == Operator.FILLED:
        return Q(Exists(rows))
    return Q(Exists(rows.filter(_asked(field, operator, value, today))))


def _read(field: Field, value: Any) -> Any:
    """The value as the column holds it; a number stays exact beside whole-number columns too."""
    if field.type == ValueType.NUMBER:
        return Value(value, output_field=DecimalField(max_digits=40, decimal_places=16))
    return field.read(value)


def _asked(field: Field, operator: Operator, value: Any, today: dt.date | None) -> Q:
    path = field.path
    if operator in rules.BARE:
        nothing = Q(**{path: ""}) if field.empty == "text" else Q(**{f"{path}__isnull": True})
        return nothing if operator == Operator.EMPTY else ~nothing
    if operator in rules.DAYS:
        return _days_back(path, operator, value, today)
    if operator == Operator.BETWEEN:
        low, high = value
        return Q(**{f"{path}__gte": _read(field, low), f"{path}__lte": _read(field, high)})
    if operator == Operator.ONE_OF:
        return Q(**{f"{path}__in": [field.read(one) for one in value]})
    return Q(**{f"{path}{LOOKUPS[field.type, operator]}": _read(field, value)})


LOOKUPS: dict[tuple[ValueType, Operator], str] = {
    (ValueType.CHOICE, Operator.IS): "",
    (ValueType.BOOLEAN, Operator.IS): "",
    (ValueType.DATE, Operator.IS): "",
    (ValueType.DATE, Operator.BEFORE): "__lt",
    (ValueType.DATE, Operator.FROM): "__gte",
    (ValueType.NUMBER, Operator.IS): "",
    (ValueType.NUMBER, Operator.LESS): "__lt",
    (ValueType.NUMBER, Operator.MORE): "__gt",
    (ValueType.TEXT, Operator.IS): "",
    (ValueType.TEXT, Operator.CONTAINS): "__icontains",
    (ValueType.TEXT, Operator.BEGINS): "__istartswith",
}


def _days_back(path: str, operator: Operator, days: int, today: dt.date | None) -> Q:
    if today is None:
        raise ValueError("a condition that counts days back needs `today`")
    first = today - dt.timedelta(days=days)
    if operator == Operator.WITHIN:
        return Q(**{f"{path}__gt": first, f"{path}__lte": today})
    return Q(**{f"{path}__lt": first})
