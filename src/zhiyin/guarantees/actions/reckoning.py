"""Cases held against the guarantee: marked when something happens to them, looked at by a timer, exactly one effect."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from zhiyin.cases.actions.hold import record
from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import EventKind
from zhiyin.catalogue import queries as catalogue
from zhiyin.catalogue.models import Clause, Guarantee
from zhiyin.catalogue.rules import checks
from zhiyin.catalogue.rules.words import Measure
from zhiyin.guarantees import rules
from zhiyin.guarantees.actions.facts import CaseFacts, Round
from zhiyin.guarantees.models import Breach, Reckoning, Undertaking
from zhiyin.guarantees.rules import FIRST_ROUND, State, Verdict
from zhiyin.libs.worktime import Calendar
from zhiyin.people import calendars

BATCH = 100
MOMENT = timedelta(microseconds=1)
ASIDE = frozenset(
    {
        *(EventKind.NOTED, EventKind.LINK_SENT, EventKind.LINK_OPENED, EventKind.PROMISED, EventKind.LINKED),
        *(EventKind.CLOCK_SOON, EventKind.CLOCK_OVER, EventKind.GUARANTEE_BROKEN, EventKind.MADE_GOOD),
    }
)  # what changes nothing about any time
log = logging.getLogger(__name__)


def watch(case: Case, kind: EventKind, now: datetime) -> None:
    """Something happened to a case: look at it again. History was answered long ago and is owed nothing."""
    if kind in ASIDE or case.conversation.is_history:
        return
    Reckoning.objects.bulk_create(
        [Reckoning(case=case, look_at=now)],
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["look_at"],
    )


@transaction.atomic
def look_again(calendar_ids: frozenset[int] | None, *, now: datetime) -> int:
    """Look again at every case with something open that counts by these hours (None: all); returns how many."""
    running = Undertaking.objects.filter(state=State.OPEN, clause__calendar__isnull=False)
    if calendar_ids is not None:
        running = running.filter(clause__calendar_id__in=calendar_ids)
    return Reckoning.objects.filter(case_id__in=running.values("case_id")).update(look_at=now)


def claim(now: datetime) -> int:
    """Hold one batch of cases against the guarantee; returns how many.

    A case at a time, each in its own transaction: a crash loses none, another scanner skips what is held here, one
    that cannot be read holds up none.
    """
    done, failed, book = 0, set[int](), Book()
    while done + len(failed) < BATCH:
        row_id = None
        try:
            with transaction.atomic():
                row = _next(now, failed)
                if row is None:
                    break
                row_id = row.pk
                row.look_at = reckon(row.case, book, now=now)
                row.save(update_fields=["look_at"])
        except Exception:
            if row_id is None:
                raise
            failed.add(row_id)
            log.exception("case %s could not be held against the guarantee", row_id)
            continue
        done += 1
    return done


def _next(now: datetime, failed: set[int]) -> Reckoning | None:
    # The case too: actions lock it first, and the line on its timeline would wait for it.
    return (
        Reckoning.objects.select_for_update(skip_locked=True, of=("self", "case"))
        .select_related("case__conversation", "case__team")
        .filter(look_at__lte=now)
        .exclude(pk__in=failed)
        .order_by("look_at", "pk")
        .first()
    )


class Book:
    """What many cases are held against: every version of the guarantee and the working hours, read when first asked."""

    @cached_property
    def versions(self) -> list[Guarantee]:
        return catalogue.published()

    @cached_property
    def hours(self) -> Mapping[int, Calendar]:
        return calendars.book()

    def in_force(self, at: datetime) -> Guarantee | None:
        """The version that held at a moment."""
        return checks.holding(self.versions, at=at, on=timezone.localdate(at))

    def calendar(self, pk: int | None) -> Calendar:
        """Working hours by id; None is round the clock."""
        return calendars.ALWAYS if pk is None else self.hours[pk]


def reckon(case: Case, book: Book, *, now: datetime) -> datetime | None:
    """Bring the undertakings of a locked case up to date; returns when to look next, None for not before it changes.

    The version that held when the matter was raised decides, whatever was published since: for the first round when
    the case was received, for each that follows when it came back.
    """
    if case.round == FIRST_ROUND and book.in_force(case.opened_at) is None and not _known(case).exists():
        return None
    there = {(row.round, row.clause_id): row for row in _known(case)}
    dues = []
    for part in CaseFacts(case).rounds():
        for clause in _owed(part, book):
            row = there.pop((part.number, clause.pk), None) or Undertaking(clause=clause, round=part.number)
            row.case = case
            _settle(row, _verdict(clause, part, book, now=now), now=now)
            dues += [row.due_at] if row.state == State.OPEN and row.due_at else []
    for row in there.values():  # put to another service since
        row.case = case
        _settle(row, Verdict(State.DROPPED, row.due_at, None), now=now)
    return min(dues) + MOMENT if dues else None


def _known(case: Case) -> QuerySet[Undertaking]:
    return Undertaking.objects.filter(case=case).select_related("clause", "breach")


def _owed(part: Round, book: Book) -> list[Clause]:
    guarantee = book.in_force(part.since)
    return [clause for clause in guarantee.clauses.all() if part.falls_under(clause)] if guarantee else []


def _verdict(clause: Clause, part: Round, book: Book, *, now: datetime) -> Verdict:
    measure = Measure(clause.measure)
    return rules.verdict(
        book.calendar(clause.calendar_id),
        start=part.since,
        budget=timedelta(minutes=clause.minutes or 0),
        pauses=part.pauses(measure),
        end=part.end(measure),
        now=now,
    )


def _settle(row: Undertaking, verdict: Verdict, *, now: datetime) -> None:
    """Save what changed; a breach is written once, lifted when the facts say otherwise, and stands again if they turn."""
    new = (verdict.state, verdict.due_at, verdict.settled_at)
    if row.pk is None or new != (row.state, row.due_at, row.settled_at):
        row.state, row.due_at, row.settled_at = new
        row.save()
    breach = getattr(row, "breach", None)
    broken = verdict.state is State.BROKEN
    if broken and breach is None:
        Breach.objects.create(undertaking=row, found_at=now)
        record(row.case, EventKind.GUARANTEE_BROKEN, now=now, text=row.clause.title)
    elif breach is not None and broken == (breach.lifted_at is not None):
        breach.lifted_at = None if broken else now
        breach.save(update_fields=["lifted_at"])
