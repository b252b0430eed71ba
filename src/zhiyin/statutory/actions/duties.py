"""Statutory times: started with the rules of their day, settled by deeds, marked by the scanner exactly once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhiyin.cases.actions.hold import record
from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import EventKind, Kind
from zhiyin.libs.worktime import Calendar
from zhiyin.people import calendars
from zhiyin.statutory import queries, texts
from zhiyin.statutory.models import StatutoryDuty, StatutoryRule, Transfer
from zhiyin.statutory.rules import deadlines
from zhiyin.statutory.rules.deadlines import Deadline, Term
from zhiyin.statutory.rules.words import THEIRS, Body, Duty, DutyState, Region, Sector, Start, Unit

BATCH = 100
RECKONED = ("due_at", "warn_at", "is_provisional")
FIRST = (Duty.ACCEPT, Duty.RETURN, Duty.DECIDE, Duty.MEDIATE)


def start(transfer: Transfer, *, now: datetime) -> None:
    """The times that count from the receipt of a transfer; those from its acceptance wait for that."""
    rows = []
    for duty, term in _terms_for(transfer).items():
        stated = transfer.stated_due_on if duty is Duty.RETURN else None
        if stated is None and (term is None or term.starts_from != Start.RECEIVED):
            continue
        rows.append(_row(transfer.case, transfer, duty, term, starts_at=transfer.received_at, stated=stated))
    StatutoryDuty.objects.bulk_create(rows)


def start_accepted(transfer: Transfer, *, now: datetime) -> None:
    """The times that count from the acceptance, by the rules of the day the transfer reached us."""
    there = set(transfer.duties.values_list("duty", flat=True))
    StatutoryDuty.objects.bulk_create(
        _row(transfer.case, transfer, duty, term, starts_at=now)
        for duty, term in _terms_for(transfer).items()
        if duty not in there and term is not None and term.starts_from == Start.ACCEPTED
    )


def settle(transfer: Transfer, *wanted: Duty, now: datetime, state: DutyState = DutyState.MET) -> None:
    """The deed was done, or is no longer needed. What was late is marked late, scanned or not."""
    running = transfer.duties.select_for_update().filter(duty__in=wanted, state=DutyState.RUNNING)
    for duty in running.order_by("pk"):
        mark_over(duty, transfer.case, now=now)
        _rest(duty, state, now)


def put_off(duty: StatutoryDuty, until: date, *, now: datetime) -> None:
    """A new end was granted; reminding and breaching begin anew, what was breached stays so."""
    duty.given_on = until
    _reckon(duty)
    duty.warned_at = None
    duty.save(update_fields=["given_on", "warned_at", *RECKONED])


def again(transfer: Transfer, until: date, *, now: datetime) -> tuple[StatutoryDuty, datetime]:
    """The answer is owed once more, until a day the authority names; and until when it was owed before."""
    duty = transfer.duties.select_for_update().filter(duty=Duty.RETURN).first()
    if duty is None:  # no rule knew a time for the first answer
        duty = _row(transfer.case, transfer, Duty.RETURN, None, starts_at=now, stated=until)
        duty.save(force_insert=True)
        return duty, duty.due_at
    before = duty.due_at
    duty.state, duty.settled_at = DutyState.RUNNING, None
    duty.save(update_fields=["state", "settled_at"])
    put_off(duty, until, now=now)
    return duty, before


def mark_over(duty: StatutoryDuty, case: Case, *, now: datetime) -> None:
    """Mark a time of ours that has run out, once, and say so on the case's timeline."""
    if duty.state != DutyState.RUNNING or duty.theirs or duty.breached_at or now < duty.due_at:
        return
    duty.breached_at = now
    duty.save(update_fields=["breached_at"])
    record(case, EventKind.DUTY_OVER, now=now, text=texts.due(duty))


def claim_reminders(now: datetime) -> int:
    """Mark one batch of times whose reminder is due, each exactly once; returns how many."""
    return _claim(Q(warn_at__lte=now, due_at__gt=now, warned_at__isnull=True), now=now, over=False)


def claim_breaches(now: datetime) -> int:
    """Mark one batch of times that have run out, each exactly once; returns how many."""
    return _claim(Q(due_at__lte=now, breached_at__isnull=True), now=now, over=True)


@transaction.atomic
def claim_handling(now: datetime) -> int:
    """Start the time a trade's law allows for complaints: for every one raised since, and for none twice."""
    profile = queries.profile()
    sector = Sector(profile.sector) if profile.sector else None
    region = Region(profile.region) if profile.region else None
    opened = [
        term
        for term in queries.terms()
        if term.starts_from == Start.OPENED
        and term.duty == Duty.HANDLE
        and not term.body
        and deadlines.concerns(term, sector=sector, region=region, city=profile.city)
    ]
    if not opened:
        return 0
    started = StatutoryDuty.objects.filter(transfer__isnull=True, duty=Duty.HANDLE).values("case_id")
    fresh = (
        Case.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("conversation")
        .filter(
            _in_their_days(opened), kind=Kind.COMPLAINT, archived_at__isnull=True, resolved_at__isnull=True
        )
        .exclude(pk__in=started)
        .exclude(conversation__is_history=True)
        .order_by("pk")[:BATCH]
    )
    rows = []
    for case in fresh:
        term = deadlines.in_force(
            opened,
            duty=Duty.HANDLE,
            body=None,
            sector=sector,
            region=region,
            city=profile.city,
            on=timezone.localdate(case.opened_at),
        )
        if term is not None:
            rows.append(_row(case, None, Duty.HANDLE, term, starts_at=case.opened_at))
    return len(StatutoryDuty.objects.bulk_create(rows))


@transaction.atomic
def claim_handled(now: datetime) -> int:
    """Settle the time for handling once the case has been put right, answered or closed; returns how many."""
    done = list(
        StatutoryDuty.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("case")
        .filter(transfer__isnull=True, state=DutyState.RUNNING, case__resolved_at__isnull=False)
        .order_by("pk")[:BATCH]
    )
    for duty in done:
        handled = duty.case.resolved_at or now
        if handled >= duty.due_at and not duty.breached_at:
            duty.breached_at = handled
            duty.save(update_fields=["breached_at"])
        _rest(duty, DutyState.MET, handled)
    return len(done)


@transaction.atomic
def recompute() -> int:
    """Reckon running times anew after the statutory days changed; returns how many moved."""
    moved = 0
    running = StatutoryDuty.objects.select_for_update(of=("self",)).filter(
        state=DutyState.RUNNING, breached_at__isnull=True
    )
    days = calendar()
    for duty in running.select_related("rule").order_by("pk"):
        before = tuple(getattr(duty, name) for name in RECKONED)
        _reckon(duty, days)
        if tuple(getattr(duty, name) for name in RECKONED) != before:
            duty.save(update_fields=[*RECKONED])
            moved += 1
    return moved


def calendar() -> Calendar:
    """The statutory days as far as they are known."""
    return deadlines.calendar(calendars.known(), settings.TIME_ZONE)


@transaction.atomic
def _claim(falling_due: Q, *, now: datetime, over: bool) -> int:
    # The case too: actions lock it before its duties, and the line on its timeline would wait for it.
    rows = list(
        StatutoryDuty.objects.select_for_update(skip_locked=True, of=("self", "case"))
        .select_related("case")
        .filter(falling_due, state=DutyState.RUNNING, theirs=False)
        .order_by("due_at", "pk")[:BATCH]
    )
    for duty in rows:
        if over:
            mark_over(duty, duty.case, now=now)
        else:
            duty.warned_at = now
            duty.save(update_fields=["warned_at"])
            record(duty.case, EventKind.DUTY_SOON, now=now, text=texts.due(duty))
    return len(rows)


def _in_their_days(terms: Iterable[Term]) -> Q:
    """Cases raised while one of these rules was in force; all others would stand in the way of the batch for ever."""
    found = Q(pk__in=())
    for term in terms:
        after = timezone.make_aware(datetime.combine(term.effective_from, time()))
        until = (
            timezone.make_aware(datetime.combine(term.effective_to, time.max)) if term.effective_to else None
        )
        found |= Q(opened_at__gte=after) & (Q(opened_at__lte=until) if until else Q())
    return found


def _terms_for(transfer: Transfer) -> dict[Duty, Term | None]:
    """The rules that hold for a transfer: those of the day it reached us, whenever its times begin."""
    terms, on = queries.terms(), timezone.localdate(transfer.received_at)
    sector = queries.profile().sector
    return {
        duty: deadlines.in_force(
            terms,
            duty=duty,
            body=Body(transfer.body),
            sector=Sector(sector) if sector else None,
            region=Region(transfer.region) if transfer.region else None,
            city=transfer.city,
            on=on,
        )
        for duty in FIRST
    }


def _row(
    case: Case,
    transfer: Transfer | None,
    duty: Duty,
    term: Term | None,
    *,
    starts_at: datetime,
    stated: date | None = None,
) -> StatutoryDuty:
    row = StatutoryDuty(
        case=case,
        transfer=transfer,
        duty=duty,
        theirs=duty in THEIRS,
        rule=StatutoryRule.objects.get(pk=term.id) if term else None,
        starts_at=starts_at,
        given_on=stated,
    )
    _reckon(row)
    return row


def _reckon(duty: StatutoryDuty, days: Calendar | None = None) -> None:
    found = _deadline(duty, days or calendar())
    duty.due_at, duty.warn_at, duty.is_provisional = found.due_at, found.warn_at, found.provisional


def _deadline(duty: StatutoryDuty, days: Calendar) -> Deadline:
    rule = duty.rule
    remind = rule.remind_days if rule else 1
    if duty.given_on is not None:
        end = deadlines.end_of(duty.given_on, settings.TIME_ZONE)
        given = deadlines.by(days, start=duty.starts_at, due_at=end, remind_days=remind)
        return Deadline(given.due_at, given.warn_at, provisional=False)
    if rule is None:  # the table's constraint asks for one or the other
        raise AssertionError
    return deadlines.deadline(
        days,
        start=duty.starts_at,
        amount=rule.amount,
        unit=Unit(rule.unit),
        rolls=rule.rolls,
        remind_days=remind,
    )


def _rest(duty: StatutoryDuty, state: DutyState, at: datetime) -> None:
    duty.state, duty.settled_at = state, at
    duty.save(update_fields=["state", "settled_at"])
