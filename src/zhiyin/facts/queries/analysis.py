"""What the observations say: the library's answer, kept as long as the rows stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from zhiyin.facts.queries.tables import Sheet
from zhiyin.facts.rules import values
from zhiyin.facts.rules.values import Value
from zhiyin.facts.rules.words import Kind
from zhiyin.libs import contrast
from zhiyin.libs.contrast import kinds
from zhiyin.libs.contrast.results import Contrast

KEPT = 64


@dataclass(frozen=True, slots=True)
class _Condition:
    name: str
    kind: str
    unit: str
    values: tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class _Content:
    """All that the answer depends on, so that it can be kept."""

    outcome: str
    failed: tuple[bool, ...]
    conditions: tuple[_Condition, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The contrast of a sheet; `held` are ids of the rows where a finding's condition holds, by its place."""

    contrast: Contrast
    held: tuple[frozenset[int], ...]


def analysis(sheet: Sheet) -> Answer | None:
    """The ranked hypotheses of a sheet, None while it has no row or no condition."""
    if not sheet.rows or not sheet.conditions:
        return None
    content = _Content(
        outcome=sheet.outcome.name,
        failed=tuple(row.failed for row in sheet.rows),
        conditions=tuple(
            _Condition(
                column.name, column.kind, column.unit, tuple(row.cells.get(column.pk) for row in sheet.rows)
            )
            for column in sheet.conditions
        ),
    )
    found = _analysed(content)
    ids = [row.id for row in sheet.rows]
    return Answer(found, tuple(frozenset(ids[at - 1] for at in one.where) for one in found.findings))


@lru_cache(maxsize=KEPT)
def _analysed(content: _Content) -> Contrast:
    columns = tuple(
        kinds.Column(
            name=one.name,
            kind=kinds.Kind(one.kind),
            values=tuple(_value(one.kind, value) for value in one.values),
            label=one.name,
            unit=one.unit,
        )
        for one in content.conditions
    )
    return contrast.analyse(
        contrast.Facts(
            columns=columns,
            failed=np.array(content.failed, bool),
            outcome=content.outcome,
            failure="",
            rows=tuple(range(1, len(content.failed) + 1)),
        )
    )


def _value(kind: str, value: Value | None) -> kinds.Value | None:
    if value is None:
        return None
    if kind == Kind.TIME:
        return values.moment(str(value))
    return float(value) if kind == Kind.NUMBER else value
