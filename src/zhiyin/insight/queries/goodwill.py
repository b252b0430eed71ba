"""Goodwill and what customers answered when they were asked for the first time."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from zhiyin.cases import queries as cases
from zhiyin.cases.models import Confirmation, Expense
from zhiyin.cases.queries import money
from zhiyin.cases.rules.money import ExpenseState, Nature
from zhiyin.cases.rules.words import Kind
from zhiyin.insight.rules.goodwill import Answer, Effect, effects
from zhiyin.insight.rules.spans import Stretch
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


def effect_of_goodwill(staff: Staff, stretch: Stretch, *, kind: Kind | None = None) -> list[Effect]:
    """Who was satisfied at the first asking in this stretch, with goodwill given before it and without; three queries.

    One answer a case: the first that anybody was reached for. History is left out. Raises NotYours.
    """
    access.require(staff, Deed.SEE_MONEY)
    sooner = Confirmation.objects.filter(case=OuterRef("case"), reached=True, at__lt=OuterRef("at"))
    asked = Confirmation.objects.filter(
        ~Exists(sooner),
        reached=True,
        case__in=cases.visible(staff).values("pk"),
        case__conversation__is_history=False,
        at__gte=_midnight(stretch.first),
        at__lt=_midnight(stretch.last + timedelta(days=1)),
    )
    if kind is not None:
        asked = asked.filter(case__kind=kind)
    firsts = list(asked.order_by("at", "pk").values_list("case_id", "satisfied", "at"))
    given = _given({row[0]: row[2] for row in firsts})
    kinds = [one.pk for one in money.kinds(with_unused=True) if one.nature == Nature.GOODWILL]
    return effects((Answer(bool(satisfied), given[pk]) for pk, satisfied, _ in firsts), kinds)


def _given(asked_at: dict[int, datetime]) -> dict[int, frozenset[int]]:
    """The kinds of goodwill each case had been given by the time its customer was asked."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Expense.objects.filter(
        nature=Nature.GOODWILL, state=ExpenseState.SPENT, case_id__in=list(asked_at)
    ).values_list("case_id", "kind_id", "asked_at", "decided_at")
    for case_id, kind_id, asked, decided in rows:
        if (decided or asked) <= asked_at[case_id]:
            found[case_id].add(kind_id)
    return {case_id: frozenset(found[case_id]) for case_id in asked_at}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
