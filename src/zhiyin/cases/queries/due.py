"""What waits for a person: clocks, promises, follow-up calls, and what others need decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    ExpressionWrapper,
    F,
    Min,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone

from zhiyin.cases import lanes
from zhiyin.cases.models import Assignment, Case, CasePromise, Escalation, Expense
from zhiyin.cases.queries.cards import Card, cards
from zhiyin.cases.queries.listing import OPEN, at_step
from zhiyin.cases.queries.sight import visible
from zhiyin.cases.rules import moves
from zhiyin.cases.rules.money import ExpenseState
from zhiyin.cases.rules.words import AssignmentState, ClockKind, ClockState, Kind, Stage
from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import gettext_noop
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff
from zhiyin.people.rules import Role
from zhiyin.promises.models import Promise
from zhiyin.promises.rules import State as PromiseState

CALL_WITHIN = timedelta(days=3)  # a follow-up call is made within three days of the remedy
MOST = 150
HOUR = timedelta(hours=1)
MOMENT = timedelta(microseconds=1)
Refs = QuerySet[Any, Any]  # rows of case_ref, promise_ref, what, at


class DueKind(Choice):
    """What kind of thing waits."""

    CLOCK = "clock", gettext_noop("Time limit")
    TELL = "tell", gettext_noop("Tell the customer")
    PROMISE = "promise", gettext_noop("Promise")
    CALL = "call", gettext_noop("Follow-up call")
    OFFER = "offer", gettext_noop("For your department")
    APPROVAL = "approval", gettext_noop("Approval")
    ESCALATION = "escalation", gettext_noop("Escalation")
    ARCHIVE = "archive", gettext_noop("Archive")
    STATUTORY = "statutory", gettext_noop("Statutory deadline")
    LETTER = "letter", gettext_noop("Letter to approve")


WAITING_NOW = frozenset(
    {DueKind.OFFER, DueKind.APPROVAL, DueKind.ESCALATION, DueKind.LETTER}
)  # somebody waits for the answer
BESIDE = frozenset({DueKind.STATUTORY, DueKind.LETTER})  # shown besides whatever else the case waits for


class Nearness(Choice):
    """The groups of the list, in order."""

    OVER = "over", gettext_noop("Overdue")
    HOUR = "hour", gettext_noop("Within the hour")
    TODAY = "today", gettext_noop("Later today")
    LATER = "later", gettext_noop("After today")


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that waits. `card` is its case, if it has one; a promise has its own words and id."""

    kind: DueKind
    near: Nearness
    at: datetime | None
    card: Card | None
    text: str
    customer: str
    customer_id: int
    promise_id: int | None
    made_at: datetime | None

    @property
    def help_first(self) -> bool:
        return self.card is not None and self.card.help_first


@dataclass(frozen=True, slots=True)
class Counts:
    """What the navigation shows: things waiting today, whether one is late, open cases in this person's care."""

    today: int
    overdue: bool
    cases: int


def due(staff: Staff, now: datetime, *, team: bool = False) -> list[Due]:
    """Everything that waits for `staff` (with `team`: for everybody in her team), most pressing first."""
    refs = _refs(staff, now, team=team)
    ties = dict(
        CasePromise.objects.filter(
            promise_id__in=[ref["promise_ref"] for ref in refs if ref["promise_ref"]]
        ).values_list("promise_id", "case_id")
    )
    wanted = {ref["case_ref"] for ref in refs if ref["case_ref"]} | set(ties.values())
    by_id = {row.id: row for row in cards(Case.objects.filter(pk__in=wanted), now=now)}
    vows = {
        promise.pk: promise
        for promise in Promise.objects.filter(
            pk__in=[ref["promise_ref"] for ref in refs if ref["promise_ref"]]
        ).select_related("customer")
    }
    found = [_due(ref, by_id, vows, ties, now) for ref in refs]
    order = list(Nearness)
    return sorted(
        (one for one in found if one is not None),
        key=lambda one: (
            not one.help_first,
            order.index(one.near),
            bool(one.card and one.card.is_internal),
            one.at or now + timedelta(days=3650),
            one.kind,
            one.card.id if one.card else one.promise_id,
        ),
    )


def counts(staff: Staff, now: datetime) -> Counts:
    """For the navigation, in two queries."""
    refs = _refs(staff, now, team=False)
    kinds = [(DueKind(ref["what"]), ref["at"]) for ref in refs]
    near = [_near(kind, _within(kind, at), now) for kind, at in kinds]
    open_cases = visible(staff).filter(stage__in=OPEN)
    if staff.role in {Role.AGENT, Role.SUPERVISOR}:
        open_cases = open_cases.filter(owner_id=staff.pk)
    return Counts(
        today=sum(one is not Nearness.LATER for one in near),
        overdue=Nearness.OVER in near,
        cases=open_cases.order_by().count(),
    )


def _due(
    ref: dict[str, Any], by_id: dict[int, Card], vows: dict[int, Promise], ties: dict[int, int], now: datetime
) -> Due | None:
    kind = DueKind(ref["what"])
    if ref["promise_ref"]:
        return _vow(vows.get(ref["promise_ref"]), by_id.get(ties.get(ref["promise_ref"], 0)), now)
    row = by_id.get(ref["case_ref"])
    if row is None:
        return None
    if kind is DueKind.CLOCK and row.clock is not None and row.clock.kind is ClockKind.ACKNOWLEDGE:
        kind = DueKind.TELL
    at = _within(kind, ref["at"]) or (row.clock.due_at if row.clock and kind in WAITING_NOW else None)
    return Due(
        kind=kind,
        near=_near(kind, at, now),
        at=at,
        card=row,
        text=row.subject,
        customer=row.customer,
        customer_id=row.customer_id,
        promise_id=None,
        made_at=None,
    )


def _within(kind: DueKind, at: datetime | None) -> datetime | None:
    """Midnight at the end of a statutory last day belongs to that day."""
    return at - MOMENT if at is not None and kind is DueKind.STATUTORY else at


def _vow(promise: Promise | None, row: Card | None, now: datetime) -> Due | None:
    if promise is None:
        return None
    return Due(
        kind=DueKind.PROMISE,
        near=_near(DueKind.PROMISE, promise.due_at, now),
        at=promise.due_at,
        card=row,
        text=promise.text,
        customer=promise.customer.name,
        customer_id=promise.customer_id,
        promise_id=promise.pk,
        made_at=promise.made_at,
    )


def _near(kind: DueKind, at: datetime | None, now: datetime) -> Nearness:
    """Overdue, within the hour, later today, after today. What somebody waits for is for today at the latest."""
    if at is None:
        return Nearness.TODAY if kind in WAITING_NOW else Nearness.LATER
    if at < now:
        return Nearness.OVER
    if at <= now + HOUR:
        return Nearness.HOUR
    same_day = timezone.localtime(at).date() <= timezone.localtime(now).date()
    return Nearness.TODAY if same_day or kind in WAITING_NOW else Nearness.LATER


def _refs(staff: Staff, now: datetime, *, team: bool) -> list[dict[str, Any]]:
    """(case, promise, what, at) of everything that waits, in one query; a case once, by what matters most."""
    parts = [part.order_by() for part in _parts(staff, team=team)]
    if not parts:
        return []
    first, *rest = parts
    rows = first.union(*rest, all=True).order_by(F("at").asc(nulls_first=True))[:MOST]
    rank = {
        kind.value: place for place, kind in enumerate((DueKind.ESCALATION, DueKind.APPROVAL, DueKind.OFFER))
    }
    best: dict[tuple[object, ...], dict[str, Any]] = {}
    for row in rows:
        beside = row["what"] if row["what"] in BESIDE else ""
        key = (row["case_ref"] if not row["promise_ref"] else 0, row["promise_ref"], beside)
        if key not in best or rank.get(row["what"], 9) < rank.get(best[key]["what"], 9):
            best[key] = row
    return list(best.values())


def _parts(staff: Staff, *, team: bool) -> list[Refs]:
    parts = []
    cases = visible(staff)
    if access.may(staff, Deed.TAKE):
        parts += [_clocks(_hers(cases, staff, team=team)), _promises(staff, team=team)]
        parts.append(
            _row(
                _hers(cases, staff, team=team).filter(at_step(moves.Step.ARCHIVE), stage__in=moves.ENDED),
                DueKind.ARCHIVE,
            )
        )
    elif access.may(staff, Deed.PROMISE):
        parts.append(_promises(staff, team=False))
    if access.may(staff, Deed.ANSWER_OFFER) and staff.department_id is not None:
        parts += [_offers(staff.department_id), _clocks(_departments(cases, staff.department_id))]
    if access.may(staff, Deed.CONFIRM):
        parts.append(_calls(cases, staff))
    if access.may(staff, Deed.APPROVE):
        parts.append(_row(_in_team(cases, staff).filter(stage=Stage.PROPOSED), DueKind.APPROVAL))
        money = Expense.objects.filter(state=ExpenseState.WAITING, amount__lte=staff.approval_limit)
        others = money.exclude(asked_by=staff).values("case_id")
        parts.append(_row(_in_team(cases, staff).filter(pk__in=others), DueKind.APPROVAL))
    for lane in lanes.all_lanes():
        parts += lane.due(staff, _hers(cases, staff, team=team), _in_team(cases, staff))
    if access.may(staff, Deed.ANSWER_ESCALATION):
        asked = Escalation.objects.filter(Q(to=staff) | Q(to__isnull=True), answered_at__isnull=True)
        parts.append(_row(cases.filter(pk__in=asked.values("case_id")), DueKind.ESCALATION))
    return parts


def _in_team(cases: QuerySet[Case], staff: Staff) -> QuerySet[Case]:
    return cases.filter(team_id=staff.team_id) if staff.team_id else cases


def _hers(cases: QuerySet[Case], staff: Staff, *, team: bool) -> QuerySet[Case]:
    """What is in her charge, and what nobody in her team has taken on; with `team` the whole team's."""
    if team:
        return _in_team(cases, staff)
    return cases.filter(Q(owner_id=staff.pk) | Q(owner__isnull=True, team_id=staff.team_id))


def _departments(cases: QuerySet[Case], department_id: int) -> QuerySet[Case]:
    """What her department has accepted and works on: its steps, not those of the agents."""
    steps = at_step(moves.Step.INVESTIGATE) | at_step(moves.Step.PROPOSE) | at_step(moves.Step.REMEDY)
    return cases.filter(steps, department_id=department_id, handler__isnull=False)


def _clocks(cases: QuerySet[Case]) -> Refs:
    """The nearest running clock of each case."""
    running = Q(clocks__state=ClockState.RUNNING)
    nearest = cases.exclude(stage__in=moves.ENDED).filter(running)
    return nearest.annotate(
        at=Min("clocks__due_at"), case_ref=F("pk"), promise_ref=_none(), what=_text(DueKind.CLOCK)
    ).values("case_ref", "promise_ref", "what", "at")


def _row(cases: QuerySet[Case], kind: DueKind) -> Refs:
    return cases.annotate(
        at=Value(None, output_field=DateTimeField()), case_ref=F("pk"), promise_ref=_none(), what=_text(kind)
    ).values("case_ref", "promise_ref", "what", "at")


def ref(rows: QuerySet[Any], kind: DueKind, *, at: str | None, case: str = "case_id") -> Refs:
    """Rows of another table as references: `at` and `case` name its columns for the time, if any, and the case."""
    when = F(at) if at else Value(None, output_field=DateTimeField())
    found: Refs = rows.annotate(at=when, case_ref=F(case), promise_ref=_none(), what=_text(kind)).values(
        "case_ref", "promise_ref", "what", "at"
    )
    return found


def _calls(cases: QuerySet[Case], staff: Staff) -> Refs:
    """Follow-up calls to make: remedied, and she did not work on it."""
    mine = (
        Q(owner_id=staff.pk)
        | Q(handler_id=staff.pk)
        | Q(pk__in=Case.objects.filter(remedies__by=staff).values("pk"))
    )
    for part in ("proposals__proposed_by", "judgements__by", "investigations__by", "assignments__offered_by"):
        mine |= Q(pk__in=Case.objects.filter(**{part: staff}).values("pk"))
    called = (
        _in_team(cases, staff)
        .filter(stage=Stage.REMEDIED, kind__in=(Kind.COMPLAINT, Kind.REQUEST))
        .exclude(mine)
    )
    by = ExpressionWrapper(F("resolved_at") + Value(CALL_WITHIN), output_field=DateTimeField())
    return called.annotate(at=by, case_ref=F("pk"), promise_ref=_none(), what=_text(DueKind.CALL)).values(
        "case_ref", "promise_ref", "what", "at"
    )


def _offers(department_id: int) -> Refs:
    asked = Assignment.objects.filter(department_id=department_id, state=AssignmentState.OFFERED)
    return _row(Case.objects.filter(pk__in=asked.values("case_id")), DueKind.OFFER)


def _promises(staff: Staff, *, team: bool) -> Refs:
    whose = Q(owner__team_id=staff.team_id) if team and staff.team_id else Q(owner=staff)
    owed = Q(state=PromiseState.OPEN) | Q(
        state=PromiseState.BROKEN, made_good_at__isnull=True
    )  # late is not done
    return (
        Promise.objects.filter(whose, owed)
        .annotate(at=F("due_at"), case_ref=_none(), promise_ref=F("pk"), what=_text(DueKind.PROMISE))
        .values("case_ref", "promise_ref", "what", "at")
    )


def _none() -> Value:
    return Value(None, output_field=BigIntegerField())


def _text(kind: DueKind) -> Cast:
    return Cast(Value(kind.value), CharField())
