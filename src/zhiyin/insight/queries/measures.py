"""The three measures: settled cases read once, in four queries, and everything else reckoned from their columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet

from zhiyin.cases import queries as cases
from zhiyin.cases.models import Case, CaseEvent
from zhiyin.cases.queries.days import midnight
from zhiyin.cases.rules.words import Kind
from zhiyin.conversations.models import Conversation
from zhiyin.insight.queries import columns
from zhiyin.insight.queries.columns import SETTLED, micro
from zhiyin.insight.rules import measures
from zhiyin.insight.rules.measures import NO, UNKNOWN, YES, Cases, Column, Elapsed, Measures
from zhiyin.insight.rules.spans import By, Stretch, buckets
from zhiyin.people import access, calendars
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at; None is everything."""

    stretch: Stretch
    kind: Kind | None = None
    department_id: int | None = None
    touchpoint_id: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One week or month."""

    stretch: Stretch
    measures: Measures


@dataclass(frozen=True, slots=True)
class Report:
    """The stretch asked for, as many days before it, and its weeks or months. `going_on` is how many cases taken up
    again are not settled yet and therefore in none of the figures.
    """

    now: Measures
    before: Measures
    rows: list[Row]
    going_on: int


@dataclass(frozen=True, slots=True)
class CaseMeasures:
    """The three measures of one case, until now while it is not settled."""

    handovers: int
    elapsed: Elapsed
    settled: bool
    reopened: int


IMPORTED = Exists(Conversation.objects.filter(pk=OuterRef("conversation_id"), is_history=True))
"""Asked this way round the database looks at the few imported threads, not at all the others."""
OF: Mapping[str, Callable[[Cases], Column]] = MappingProxyType(
    {
        "all": lambda found: found.id > 0,
        "handed": lambda found: found.handovers > 0,
        "costly": lambda found: found.cost > 0,
        "goodwill": lambda found: found.goodwill > 0,
        "reopened": lambda found: found.rounds > 1,
        "judged": lambda found: found.once != UNKNOWN,
        "once": lambda found: found.once == YES,
        "not_once": lambda found: found.once == NO,
        "back": lambda found: found.recovered != UNKNOWN,
        "recovered": lambda found: found.recovered == YES,
        "not_recovered": lambda found: found.recovered == NO,
    }
)
"""The cases behind a figure, for those who want to look at them; `measures.measure` counts by the same columns."""

GOING_ON = "going_on"
"""Taken up again and not settled yet, whenever that was."""


def report(staff: Staff, asked: Asked, *, by: By, now: datetime) -> Report:
    """The figures of a stretch. Raises NotYours unless this person may see them."""
    access.require(staff, Deed.SEE_MEASURES)
    earlier = asked.stretch.before()
    found = settled(staff, asked, first=earlier.first, now=now)
    began = micro(midnight(asked.stretch.first))
    mine = found.where(found.settled_at >= began)
    cut = buckets(asked.stretch, by)
    starts = np.array([micro(midnight(part.first)) for part in cut])
    place = np.searchsorted(starts, mine.settled_at, side="right") - 1
    return Report(
        now=measures.measure(mine),
        before=measures.measure(found.where(found.settled_at < began)),
        rows=[Row(part, measures.measure(mine.where(place == number))) for number, part in enumerate(cut)],
        going_on=_going_on(staff, asked).count(),
    )


def case_ids(staff: Staff, asked: Asked, of: str, *, now: datetime) -> list[int]:
    """The cases behind a figure: settled in the stretch, and `of` one of `OF`."""
    return parts(staff, asked, now=now)[of]


def parts(staff: Staff, asked: Asked, *, now: datetime) -> dict[str, list[int]]:
    """The cases behind every figure of a stretch, by the names of `OF`, and those still going on. Raises NotYours."""
    access.require(staff, Deed.SEE_MEASURES)
    found = settled(staff, asked, first=asked.stretch.first, now=now)
    ids = {of: found.id[which(found)].tolist() for of, which in OF.items()}
    return ids | {GOING_ON: list(_going_on(staff, asked).values_list("pk", flat=True))}


def of_case(case: Case, *, now: datetime) -> CaseMeasures:
    """The three measures of a case that somebody is looking at already; its team has been read."""
    settled_at = case.resolved_at if case.stage in SETTLED else None
    pauses = columns.pauses(CaseEvent.objects.filter(case=case)).get(case.pk, [])
    return CaseMeasures(
        handovers=case.handovers,
        elapsed=measures.elapsed(
            case.opened_at,
            settled_at or now,
            [(columns.moment(begun), columns.moment(over) if over else now) for begun, over in pauses],
            calendars.load(case.team.calendar_id),
        ),
        settled=settled_at is not None,
        reopened=case.round - 1,
    )


def settled(staff: Staff, asked: Asked, *, first: date, now: datetime) -> Cases:
    """Every case settled from `first` to the end of the stretch, as it is counted; four queries and the calendars."""
    within = {
        "resolved_at__gte": midnight(first),
        "resolved_at__lt": midnight(asked.stretch.last + timedelta(days=1)),
    }
    base = (
        _narrowed(cases.visible(staff), asked)
        .filter(~IMPORTED, **within, stage__in=SETTLED)
        .exclude(outcome__in=measures.LEFT_OUT)
    )
    return columns.read(base.order_by(), Case.objects.filter(**within).order_by(), now=now)


def _going_on(staff: Staff, asked: Asked) -> QuerySet[Case]:
    again = _narrowed(cases.visible(staff), asked).filter(~IMPORTED, round__gt=1)
    return again.exclude(stage__in=SETTLED)


def _narrowed(found: QuerySet[Case], asked: Asked) -> QuerySet[Case]:
    exact = {"kind": asked.kind, "department_id": asked.department_id, "touchpoint_id": asked.touchpoint_id}
    return found.filter(**{column: value for column, value in exact.items() if value is not None})
