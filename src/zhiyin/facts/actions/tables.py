"""Beginning a facts table, and saying what it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from zhiyin.cases.actions.hold import record
from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import EventKind
from zhiyin.facts.actions.grip import reach, table_for
from zhiyin.facts.models import Column, FactTable, Member
from zhiyin.facts.rules import values, words
from zhiyin.facts.rules.starters import Draft, Starter
from zhiyin.people.models import Staff


@transaction.atomic
def begin(
    *,
    case_id: int,
    starter: Starter,
    by: Staff,
    now: datetime,
    say: Callable[[str], str] = str,
    name: str = "",
    request: str = "",
) -> FactTable:
    """A table of its own for a case, with the columns of a starter in the language of `say`. Raises HasTable."""
    case = reach(case_id, by)
    if Member.objects.filter(case=case, left_at__isnull=True).exists():
        raise words.HasTable
    table = create(case, name=name or case.subject, by=by, now=now)
    if request:
        table.request = values.clean(request)[: words.REQUEST]
        table.save(update_fields=["request"])
    drafts = [*starter.columns, starter.outcome]
    Column.objects.bulk_create(
        [_column(table, draft, at, say, outcome=draft is starter.outcome) for at, draft in enumerate(drafts)]
    )
    record(case, EventKind.FACTS, now=now, by=by, text=table.name)
    return table


def create(case: Case, *, name: str, by: Staff, now: datetime) -> FactTable:
    """An empty table with its first case, inside the caller's transaction."""
    table = FactTable.objects.create(
        name=values.clean(name)[: words.TEXT] or case.number, created_at=now, created_by=by
    )
    Member.objects.create(table=table, case=case, joined_at=now, joined_by=by)
    return table


def _column(
    table: FactTable, draft: Draft, position: int, say: Callable[[str], str], *, outcome: bool
) -> Column:
    return Column(
        table=table,
        name=say(draft.name)[: words.NAME],
        kind=draft.kind,
        unit=say(draft.unit)[: words.UNIT] if draft.unit else "",
        wording=say(draft.wording)[: words.WORDING] if draft.wording else "",
        options=options([say(option) for option in draft.options]),
        is_outcome=outcome,
        position=position,
    )


def options(given: Sequence[str]) -> list[str]:
    """Answers to pick from, each once. Raises NotClosedList."""
    found = list(dict.fromkeys(filter(None, (values.clean(option) for option in given))))
    if len(found) > words.OPTIONS or any(len(option) > words.OPTION for option in found):
        raise words.NotClosedList(field="options", most=words.OPTIONS, long=words.OPTION)
    return found


@transaction.atomic
def describe_table(*, case_id: int, name: str, request: str, by: Staff, now: datetime) -> FactTable:
    """What the table is about, and what the customer reads above her questions."""
    table = table_for(reach(case_id, by))
    table.name = values.clean(name)[: words.TEXT] or table.name
    table.request = values.clean(request)[: words.REQUEST]
    table.save(update_fields=["name", "request"])
    return table
