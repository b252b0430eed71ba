"""Segments of customers: rooms register typed fields, people put conditions together, out comes one Q.

    segments.register(Field("cases.open", gettext_noop("Open cases"), ValueType.NUMBER, path=..., rows=...))
    Customer.objects.filter(segments.select({"match": "any", "conditions": [...]}, today=today))

Upper rooms register in their `AppConfig.ready`.
"""

from zhiyin.customers.rules.segments import (
    Condition,
    Group,
    Match,
    Operator,
    ValueType,
    as_data,
    operators,
)
from zhiyin.customers.segments.registry import Field, fields, parse, register, select

__all__ = [
    "Condition",
    "Field",
    "Group",
    "Match",
    "Operator",
    "ValueType",
    "as_data",
    "fields",
    "operators",
    "parse",
    "register",
    "select",
]
