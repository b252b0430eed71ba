"""Clocks start with the case, stop while we wait for the customer, and are settled by the deed they wait for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhiyin.cases.actions.hold import record
from zhiyin.cases.models import Case, CaseEvent, Clock, ClockRule
from zhiyin.cases.rules import clocks as rules
from zhiyin.cases.rules.words import ClockKind, ClockState, EventKind, Kind, Severity
from zhiyin.people import calendars

BATCH = 100
CHOICE, MERGE = "choice", "merge"  # what a stopped clock waits for
RECKONED = ("due_at", "warn_at", "is_provisional")


def start(case: Case, kinds: tuple[ClockKind, ...], *, now: datetime) -> None:
    """Start these clocks for the case's current round, by the rules in force today."""
    allowances = [_allowance(rule) for rule in ClockRule.objects.filter(clock__in=kinds)]
    today = timezone.localdate(now)
    rows = []
    for kind in kinds:
        rule = rules.rule_in_force(
            allowances, clock=kind, kind=Kind(case.kind), severity=Severity(case.severity), on=today
        )
        if rule is None:
            continue
        calendar_id = None if rule.round_the_clock or case.in_danger else case.team.calendar_id
        budget = timedelta(minutes=rule.minutes)
        clock = Clock(
            case=case,
            kind=kind,
            round=case.round,
            calendar_id=calendar_id,
            budget=budget,
            warn_share=rule.warn_share,
            started_at=now,
            reckoned_from=now,
            remaining=budget,
        )
        _reckon(clock)
        rows.append(clock)
    Clock.objects.bulk_create(rows)


def settle(case: Case, *kinds: ClockKind, now: datetime, state: ClockState = ClockState.MET) -> None:
    """The deed was done (MET) or is no longer needed (STOPPED): these clocks rest for good."""
    for clock in _live(case, kinds):
        if state == ClockState.MET:
            _breach_if_over(clock, now=now)
        clock.state, clock.settled_at = state, now
        clock.save(update_fields=["state", "settled_at"])


def answered_many(cases: Iterable[Case], *, now: datetime) -> None:
    """The first answer of many locked cases at once: what `settle` does for one, in a handful of statements."""
    alive = (ClockState.RUNNING, ClockState.PAUSED)
    rows = list(
        Clock.objects.select_for_update()
        .filter(case__in=list(cases), kind=ClockKind.RESPOND, state__in=alive)
        .order_by("pk")
    )
    late = [row for row in rows if row.state == ClockState.RUNNING and row.breached_at is None and row.due_at]
    late = [row for row in late if row.due_at is not None and row.due_at <= now]
    for row in late:
        row.breached_at = now
    for row in rows:
        row.state, row.settled_at = ClockState.MET, now
    Clock.objects.bulk_update(rows, ["state", "settled_at", "breached_at"])
    CaseEvent.objects.bulk_create(
        [CaseEvent(case_id=row.case_id, kind=EventKind.CLOCK_OVER, at=now, text=row.kind) for row in late]
    )


def pause(case: Case, *kinds: ClockKind, waiting_for: str, now: datetime) -> None:
    """Stop these clocks while somebody outside has to act; what is left is kept in working time."""
    for clock in _live(case, kinds):
        if clock.state != ClockState.RUNNING or clock.due_at is None:
            continue
        _breach_if_over(clock, now=now)
        clock.remaining = rules.left(calendars.load(clock.calendar_id), now=now, due_at=clock.due_at)
        clock.state, clock.waiting_for, clock.due_at, clock.warn_at = (
            ClockState.PAUSED,
            waiting_for,
            None,
            None,
        )
        clock.save(update_fields=["state", "waiting_for", "due_at", "warn_at", "remaining"])


def resume(case: Case, *kinds: ClockKind, waiting_for: str, now: datetime) -> None:
    """Let clocks that were stopped for this reason go on with what was left."""
    for clock in _live(case, kinds):
        if clock.state != ClockState.PAUSED or clock.waiting_for != waiting_for:
            continue
        clock.state, clock.waiting_for, clock.reckoned_from = ClockState.RUNNING, "", now
        _reckon(clock)
        clock.save(update_fields=["state", "waiting_for", "reckoned_from", *RECKONED])


def claim_warnings(now: datetime) -> int:
    """Mark one batch of clocks whose warning is due, each exactly once; returns how many."""
    return _claim(Q(warn_at__lte=now, due_at__gt=now, warned_at__isnull=True), now=now, breach=False)


def claim_breaches(now: datetime) -> int:
    """Mark one batch of clocks that have run out, each exactly once; returns how many."""
    return _claim(Q(due_at__lte=now, breached_at__isnull=True), now=now, breach=True)


@transaction.atomic
def _claim(falling_due: Q, *, now: datetime, breach: bool) -> int:
    # The case too: actions lock it before its clocks, and the line on its timeline would wait for it.
    rows = list(
        Clock.objects.select_for_update(skip_locked=True, of=("self", "case"))
        .select_related("case")
        .filter(falling_due, state=ClockState.RUNNING)
        .order_by("due_at", "pk")[:BATCH]
    )
    for clock in rows:
        if breach:
            _breach_if_over(clock, now=now)
        else:
            clock.warned_at = now
            clock.save(update_fields=["warned_at"])
            record(clock.case, EventKind.CLOCK_SOON, now=now, text=clock.kind)
    return len(rows)


@transaction.atomic
def recompute(calendar_ids: frozenset[int] | None) -> int:
    """Reckon running clocks anew after these calendars changed (None: all). Returns how many moved."""
    moved = 0
    running = Clock.objects.select_for_update().filter(state=ClockState.RUNNING, breached_at__isnull=True)
    if calendar_ids is not None:
        running = running.filter(calendar_id__in=calendar_ids)
    for clock in running.order_by("pk"):
        before = (clock.due_at, clock.warn_at, clock.is_provisional)
        _reckon(clock)
        if (clock.due_at, clock.warn_at, clock.is_provisional) != before:
            clock.save(update_fields=[*RECKONED])
            moved += 1
    return moved


def _reckon(clock: Clock) -> None:
    due = rules.due(
        calendars.load(clock.calendar_id),
        start=clock.reckoned_from,
        remaining=clock.remaining,
        budget=clock.budget,
        warn_share=clock.warn_share,
    )
    clock.due_at, clock.warn_at, clock.is_provisional = due.due_at, due.warn_at, due.provisional


def _live(case: Case, kinds: tuple[ClockKind, ...]) -> list[Clock]:
    alive = (ClockState.RUNNING, ClockState.PAUSED)
    return list(case.clocks.select_for_update().filter(kind__in=kinds, state__in=alive).order_by("pk"))


def _breach_if_over(clock: Clock, *, now: datetime) -> None:
    """Mark a running clock that has run out, once, and say so on the timeline: late is late, scanned or not."""
    if clock.state != ClockState.RUNNING or clock.breached_at or clock.due_at is None or now < clock.due_at:
        return
    clock.breached_at = now
    clock.save(update_fields=["breached_at"])
    record(clock.case, EventKind.CLOCK_OVER, now=now, text=clock.kind)


def _allowance(rule: ClockRule) -> rules.Allowance:
    return rules.Allowance(
        clock=ClockKind(rule.clock),
        kind=rule.kind,
        severity=rule.severity,
        minutes=rule.minutes,
        warn_share=rule.warn_share,
        round_the_clock=rule.round_the_clock,
        effective_from=rule.effective_from,
        effective_to=rule.effective_to,
    )
