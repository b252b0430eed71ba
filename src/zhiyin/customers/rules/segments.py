"""What a segment is made of: typed fields, what can be asked of each type, and conditions put together. Pure.

A condition as data is `{"field": "customers.side", "operator": "is", "value": "external"}`; a group is
`{"match": "all", "conditions": [...]}` with `all` or `any`, and groups may stand inside groups.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import Invalid, gettext_noop

DEEPEST = 3
MOST = 30
LONGEST = 200
MOST_DAYS = 36_525
YES_OR_NO = {"true": True, "yes": True, "false": False, "no": False}


class ValueType(Choice):
    CHOICE = "choice", gettext_noop("One of a list")
    BOOLEAN = "boolean", gettext_noop("Yes or no")
    DATE = "date", gettext_noop("Date")
    NUMBER = "number", gettext_noop("Number")
    TEXT = "text", gettext_noop("Free text")


class Operator(Choice):
    IS = "is", gettext_noop("is")
    IS_NOT = "is_not", gettext_noop("is not")
    ONE_OF = "one_of", gettext_noop("is one of")
    NONE_OF = "none_of", gettext_noop("is none of")
    BEFORE = "before", gettext_noop("is before")
    FROM = "from", gettext_noop("is on or after")
    LESS = "less", gettext_noop("is less than")
    MORE = "more", gettext_noop("is more than")
    BETWEEN = "between", gettext_noop("is between")
    WITHIN = "within", gettext_noop("lies in the last days")
    OLDER = "older", gettext_noop("is longer ago than days")
    CONTAINS = "contains", gettext_noop("contains")
    BEGINS = "begins", gettext_noop("begins with")
    EMPTY = "empty", gettext_noop("is empty")
    FILLED = "filled", gettext_noop("is filled in")


class Match(Choice):
    ALL = "all", gettext_noop("All of these")
    ANY = "any", gettext_noop("Any of these")


OPERATORS: dict[ValueType, tuple[Operator, ...]] = {
    ValueType.CHOICE: (
        Operator.IS,
        Operator.IS_NOT,
        Operator.ONE_OF,
        Operator.NONE_OF,
        Operator.EMPTY,
        Operator.FILLED,
    ),
    ValueType.BOOLEAN: (Operator.IS,),
    ValueType.DATE: (
        Operator.IS,
        Operator.BEFORE,
        Operator.FROM,
        Operator.BETWEEN,
        Operator.WITHIN,
        Operator.OLDER,
        Operator.EMPTY,
        Operator.FILLED,
    ),
    ValueType.NUMBER: (
        Operator.IS,
        Operator.IS_NOT,
        Operator.LESS,
        Operator.MORE,
        Operator.BETWEEN,
        Operator.EMPTY,
        Operator.FILLED,
    ),
    ValueType.TEXT: (
        Operator.IS,
        Operator.IS_NOT,
        Operator.CONTAINS,
        Operator.BEGINS,
        Operator.EMPTY,
        Operator.FILLED,
    ),
}
BARE = frozenset({Operator.EMPTY, Operator.FILLED})
SEVERAL = frozenset({Operator.ONE_OF, Operator.NONE_OF})
DAYS = frozenset({Operator.WITHIN, Operator.OLDER})


class Shape(Protocol):
    """What the rules need to know of a field."""

    @property
    def label(self) -> str: ...
    @property
    def type(self) -> ValueType: ...
    @property
    def optional(self) -> bool: ...
    def options(self) -> Sequence[tuple[str, str]]: ...


@dataclass(frozen=True, slots=True)
class Condition:
    """One question. `value`: str, bool, date, Decimal; a tuple of them for one_of, none_of, between; days as int."""

    field: str
    operator: Operator
    value: Any = None


@dataclass(frozen=True, slots=True)
class Group:
    """Questions put together; one without parts asks nothing and holds for everybody."""

    match: Match = Match.ALL
    parts: tuple[Condition | Group, ...] = ()


class Unreadable(Invalid):
    code = "segments.unreadable"
    message = gettext_noop("These conditions arrived damaged. Put them together once more.")


class UnknownField(Invalid):
    code = "segments.unknown_field"
    message = gettext_noop(
        "A condition asks about “%(name)s”, which is not recorded here. Choose another one."
    )


class UnfitOperator(Invalid):
    code = "segments.unfit_operator"
    message = gettext_noop("“%(label)s” is asked in another way. Choose a comparison from its list.")


class ValueMissing(Invalid):
    code = "segments.value_missing"
    message = gettext_noop("“%(label)s” still needs a value to compare with.")


class UnknownChoice(Invalid):
    code = "segments.unknown_choice"
    message = gettext_noop("“%(label)s” has no value “%(value)s”. Choose one from its list.")


class UnreadableDate(Invalid):
    code = "segments.unreadable_date"
    message = gettext_noop("Write the date of “%(label)s” as 2026-11-18.")


class UnreadableNumber(Invalid):
    code = "segments.unreadable_number"
    message = gettext_noop("“%(label)s” is compared with a number, for example 12 or 3.5.")


class UnreadableDays(Invalid):
    code = "segments.unreadable_days"
    message = gettext_noop("“%(label)s” counts whole days, from 1 to %(most)s.")


class TurnedAround(Invalid):
    code = "segments.turned_around"
    message = gettext_noop("The end of “%(label)s” lies before its beginning. Swap the two.")


class TooMany(Invalid):
    code = "segments.too_many"
    message = gettext_noop("At most %(most)s conditions, %(deepest)s groups deep. Split the segment in two.")


def parse(data: Any, fields: Mapping[str, Shape]) -> Group:
    """Conditions from data (JSON), each value checked against its field; raises Invalid with a sentence."""
    count = [0]
    group = _part(data, fields, 1, count)
    return group if isinstance(group, Group) else Group(parts=(group,))


def _part(data: Any, fields: Mapping[str, Shape], depth: int, count: list[int]) -> Condition | Group:
    if not isinstance(data, Mapping):
        raise Unreadable
    if "conditions" not in data:
        count[0] += 1
        if count[0] > MOST:
            raise TooMany(most=MOST, deepest=DEEPEST)
        return _condition(data, fields)
    if depth > DEEPEST:
        raise TooMany(most=MOST, deepest=DEEPEST)
    parts = data["conditions"]
    if not isinstance(parts, list | tuple) or data.get("match", "all") not in list(Match):
        raise Unreadable
    if not parts and depth > 1:
        raise Unreadable  # "everybody" inside another group says nothing
    inner = tuple(_part(part, fields, depth + 1, count) for part in parts)
    return Group(Match(data.get("match", "all")), inner)


def _condition(data: Mapping[str, Any], fields: Mapping[str, Shape]) -> Condition:
    name = data.get("field")
    if not isinstance(name, str) or name not in fields:
        raise UnknownField(name=str(name)[:60])
    shape = fields[name]
    operator = data.get("operator")
    if operator not in operators(shape):
        raise UnfitOperator(label=shape.label)
    return Condition(name, Operator(operator), _value(shape, Operator(operator), data.get("value")))


def operators(shape: Shape) -> tuple[Operator, ...]:
    """What can be asked of this field; whether it is empty only where it can be."""
    fit = OPERATORS[shape.type]
    return fit if shape.optional else tuple(operator for operator in fit if operator not in BARE)


def _value(shape: Shape, operator: Operator, given: Any) -> Any:
    if operator in BARE:
        return None
    if given is None or given in ("", []):
        raise ValueMissing(label=shape.label)
    if operator in DAYS:
        return _days(shape, given)
    if operator == Operator.BETWEEN:
        return _span(shape, given)
    if operator in SEVERAL:
        if not isinstance(given, list | tuple):
            raise Unreadable
        return tuple(dict.fromkeys(_choice(shape, one) for one in given))
    return READERS[shape.type](shape, given)


def _span(shape: Shape, given: Any) -> tuple[Any, Any]:
    if not isinstance(given, list | tuple) or len(given) != 2 or "" in given:  # noqa: PLR2004
        raise ValueMissing(label=shape.label)
    low, high = (READERS[shape.type](shape, one) for one in given)
    if high < low:
        raise TurnedAround(label=shape.label)
    return low, high


def _days(shape: Shape, given: Any) -> int:
    try:
        days = int(str(given))
    except ValueError:
        days = 0
    if isinstance(given, bool) or not 1 <= days <= MOST_DAYS:
        raise UnreadableDays(label=shape.label, most=MOST_DAYS)
    return days


def _choice(shape: Shape, given: Any) -> str:
    known = {value for value, _label in shape.options()}
    if str(given) not in known:
        raise UnknownChoice(label=shape.label, value=str(given)[:60])
    return str(given)


def _boolean(shape: Shape, given: Any) -> bool:
    if isinstance(given, bool):
        return given
    if not isinstance(given, str) or given not in YES_OR_NO:
        raise ValueMissing(label=shape.label)
    return YES_OR_NO[given]


def _date(shape: Shape, given: Any) -> dt.date:
    if isinstance(given, dt.date) and not isinstance(given, dt.datetime):
        return given
    try:
        return dt.date.fromisoformat(str(given))
    except ValueError:
        raise UnreadableDate(label=shape.label) from None


def _number(shape: Shape, given: Any) -> Decimal:
    try:
        number = Decimal(str(given)) if not isinstance(given, bool) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > 15:  # noqa: PLR2004
        raise UnreadableNumber(label=shape.label)
    return number


def _text(shape: Shape, given: Any) -> str:
    if not isinstance(given, str) or len(given) > LONGEST or "\0" in given:
        raise Unreadable
    return given


READERS: dict[ValueType, Callable[[Shape, Any], Any]] = {
    ValueType.CHOICE: _choice,
    ValueType.BOOLEAN: _boolean,
    ValueType.DATE: _date,
    ValueType.NUMBER: _number,
    ValueType.TEXT: _text,
}


def as_data(part: Condition | Group) -> dict[str, Any]:
    """The conditions as `parse` takes them, for storing as JSON."""
    if isinstance(part, Group):
        return {"match": str(part.match), "conditions": [as_data(inner) for inner in part.parts]}
    data: dict[str, Any] = {"field": part.field, "operator": str(part.operator)}
    if part.value is not None:
        data["value"] = _plain(part.value)
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, bool | int) else str(value)
