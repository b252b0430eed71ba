"""The board: open cases by what is being done now, in seven columns beside the lanes of rooms above, and for how long."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Avg,
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models import Case as Choose
from django.db.models.functions import RowNumber

from zhiyin.cases import lanes
from zhiyin.cases.lanes import Lane
from zhiyin.cases.models import Case, Clock
from zhiyin.cases.queries.cards import Card, cards
from zhiyin.cases.queries.doing import NEEDS, Do
from zhiyin.cases.queries.listing import Filters, matching, narrowed
from zhiyin.cases.queries.sight import visible
from zhiyin.cases.rules import moves
from zhiyin.cases.rules.moves import Step
from zhiyin.cases.rules.words import ClockState, Kind, Outcome, Stage
from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import DomainError, gettext_noop
from zhiyin.people import access
from zhiyin.people.models import Staff

MOST = 12  # cards a column


class Place(Choice):
    """The columns, each with what is done in it."""

    RECEIVE = "receive", gettext_noop("Receiving")
    JUDGE = "judge", gettext_noop("Judging")
    DEPARTMENT = "department", gettext_noop("With the department")
    PROPOSE = "propose", gettext_noop("Proposals and approval")
    CHOOSE = "choose", gettext_noop("Customer's choice")
    REMEDY = "remedy", gettext_noop("Carrying out")
    CONFIRM = "confirm", gettext_noop("Confirming")


BY_STEP: dict[Step, Place] = {
    Step.RECEIVE: Place.RECEIVE,
    Step.JUDGE: Place.JUDGE,
    Step.ASSIGN: Place.DEPARTMENT,
    Step.INVESTIGATE: Place.DEPARTMENT,
    Step.PROPOSE: Place.PROPOSE,
    Step.APPROVE: Place.PROPOSE,
    Step.CHOOSE: Place.CHOOSE,
    Step.REMEDY: Place.REMEDY,
    Step.CONFIRM: Place.CONFIRM,
    Step.ARCHIVE: Place.CONFIRM,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its first cards, how many there are in all, how long they have stood there. `lane` is a room's above."""

    place: Place | None
    cards: list[Card]
    total: int
    mean: timedelta | None
    lane: Lane | None = None

    @property
    def name(self) -> str:
        """What addresses and the page call it."""
        return self.lane.name if self.lane else str(self.place)

    @property
    def hidden(self) -> int:
        return self.total - len(self.cards)


@dataclass(frozen=True, slots=True)
class Board:
    columns: list[Column]
    total: int
    overdue: int


def column_of(kind: Kind, stage: Stage, *, owned: bool) -> Place:
    """Where a card hangs. What nobody has taken charge of yet hangs in the first column."""
    if stage is Stage.RECEIVED and not owned:
        return Place.RECEIVE
    step = moves.current_step(kind, stage)
    return BY_STEP[step] if step else Place.CONFIRM


def board(staff: Staff, filters: Filters, *, now: datetime) -> Board:
    """Open cases `staff` may see, by column; danger first, then what is due first."""
    cases = narrowed(visible(staff).exclude(stage=Stage.ARCHIVED), filters, now=now)
    if filters.q.strip():
        cases = cases.filter(matching(filters.q).condition)
    found = cases.annotate(column=_column())
    sums: dict[str, dict[str, Any]] = {
        row["column"]: dict(row)
        for row in found.order_by().values("column").annotate(total=Count("pk"), since=Avg(_age(now)))
    }
    late = Clock.objects.filter(state=ClockState.RUNNING, due_at__lt=now).values("case_id")
    overdue = found.order_by().filter(pk__in=late).count()
    placed = _first_cards(found)
    by_id = {row.id: row for row in cards(Case.objects.filter(pk__in=[pk for pk, _ in placed]), now=now)}
    hung: dict[str, list[Card]] = defaultdict(list)
    for pk, column in placed:
        hung[column].append(by_id[pk])

    def made(name: str, place: Place | None, lane: Lane | None = None) -> Column:
        facts = sums.get(name, {})
        return Column(place, hung[name], facts.get("total", 0), _span(facts.get("since")), lane)

    used = [made(lane.name, None, lane) for lane in lanes.all_lanes() if lane.name in sums]
    columns = [*used, *(made(place.value, place) for place in Place)]
    return Board(columns=columns, total=sum(one.total for one in columns), overdue=overdue)


@dataclass(frozen=True, slots=True)
class Move:
    """Where a card may go by which deed; `why` says what is missing where it may not."""

    place: Place
    do: Do | None = None
    why: DomainError | None = None


FORWARD: dict[Step, Do] = {
    Step.JUDGE: Do.JUDGE,
    Step.ASSIGN: Do.OFFER,
    Step.INVESTIGATE: Do.INVESTIGATE,
    Step.PROPOSE: Do.PROPOSE,
    Step.APPROVE: Do.APPROVE,
    Step.CHOOSE: Do.CHOOSE,
    Step.REMEDY: Do.REMEDY,
    Step.CONFIRM: Do.CONFIRM,
    Step.ARCHIVE: Do.ARCHIVE,
}


def moves_of(card: Card, staff: Staff) -> list[Move]:
    """Where this card may go from here, and what the places ahead still miss."""
    here = column_of(card.kind, card.stage, owned=card.owner_id is not None)
    onward = _onward(card, here)
    back = _back(card, here)
    allowed = [move for move in (onward, back) if move and move.do and access.may(staff, NEEDS[move.do])]
    taken = {here, *(move.place for move in allowed)}
    places = list(Place)
    ahead = [
        place
        for place in places[places.index(here) + 1 :]
        if place not in taken and _on_path(card.kind, place)
    ]
    return allowed + [Move(place, why=moves.NotYet(step=card.step or Step.ARCHIVE)) for place in ahead]


def _onward(card: Card, here: Place) -> Move | None:
    if here is Place.RECEIVE:
        return Move(column_of(card.kind, Stage.RECEIVED, owned=True), Do.TAKE)
    if card.step is None:
        return None
    do = Do.ANSWER if card.step is Step.REMEDY and card.kind in moves.ANSWERED_KINDS else FORWARD[card.step]
    path = moves.PATHS[card.kind]
    if card.stage not in path or card.step is Step.ARCHIVE:
        return Move(here, do)
    return Move(column_of(card.kind, path[path.index(card.stage) + 1], owned=True), do)


def _back(card: Card, here: Place) -> Move | None:
    if here is Place.CHOOSE:
        return Move(Place.PROPOSE, Do.NONE_FITS)
    if here is Place.CONFIRM and card.outcome is not Outcome.MERGED:
        again = moves.reopened_stage(card.kind, had_department=card.department_id is not None)
        return Move(column_of(card.kind, again, owned=card.owner_id is not None), Do.REOPEN)
    return None


def _on_path(kind: Kind, place: Place) -> bool:
    return any(BY_STEP[step] is place for step in moves.steps(kind))


def _first_cards(found: QuerySet[Any, Any]) -> list[tuple[int, str]]:
    running = Clock.objects.filter(case=OuterRef("pk"), state=ClockState.RUNNING).order_by()
    nearest = running.values("case").annotate(first=Min("due_at")).values("first")
    in_lanes = {f"lane_{one.name}": Subquery(one.nearest()) for one in lanes.all_lanes()}
    order = (
        F("urgent").desc(),
        *(F(name).asc(nulls_last=True) for name in in_lanes),
        F("next_due").asc(nulls_last=True),
        F("stage_since").asc(),
        F("pk").asc(),
    )
    ranked = found.annotate(
        urgent=Choose(When(in_danger=True, helped_at__isnull=True, then=Value(1)), default=Value(0)),
        next_due=Subquery(nearest),
        **in_lanes,
    ).annotate(rank=Window(RowNumber(), partition_by=[F("column")], order_by=order))
    return list(ranked.filter(rank__lte=MOST).order_by("column", "rank").values_list("pk", "column"))


def _column() -> Choose:
    """The column as SQL, from the same table as `column_of`."""
    whens = [When(pk__in=lane.held(), then=Value(lane.name)) for lane in lanes.all_lanes()]
    whens += [When(stage=Stage.RECEIVED, owner__isnull=True, then=Value(Place.RECEIVE.value))]
    by_column: dict[Place, Q] = {}
    for kind in Kind:
        for stage in (*moves.PATHS[kind], Stage.CLOSED):
            if stage is not Stage.ARCHIVED:
                place = column_of(kind, stage, owned=True)
                by_column[place] = by_column.get(place, Q(pk__in=())) | Q(kind=kind, stage=stage)
    whens += [When(condition, then=Value(place.value)) for place, condition in by_column.items()]
    return Choose(*whens, default=Value(Place.CONFIRM.value))


def _age(now: datetime) -> Any:
    return ExpressionWrapper(
        Value(now, output_field=DateTimeField()) - F("stage_since"), output_field=DurationField()
    )


def _span(value: object) -> timedelta | None:
    return value if isinstance(value, timedelta) else None
