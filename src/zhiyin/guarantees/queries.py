"""Reading how the guarantee is kept: for one case, for its customer, for the manager, for the public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from zhiyin.cases import queries as cases
from zhiyin.cases.models import Case
from zhiyin.cases.queries.days import midnight
from zhiyin.catalogue.models import Clause
from zhiyin.catalogue.rules.words import GuaranteeState, Measure
from zhiyin.conversations.rules import DeliveryState
from zhiyin.guarantees.models import Breach, Undertaking
from zhiyin.guarantees.rules import SMALLEST_CELL, Knows, State, Told, knows
from zhiyin.kit.errors import NotFound
from zhiyin.libs.measure import proportions
from zhiyin.libs.measure.estimates import Estimate
from zhiyin.people.models import Staff

SIZE = 30
KNOWN = (
    Q(seen_at__isnull=False)
    | Q(told=Told.VOICE)
    | Q(told=Told.WRITTEN, message__delivery__state=DeliveryState.SENT)
)
"""`rules.Knows.sure` for the database: the customer knows."""
Lineage = tuple[int, str, int | None, int | None, bool]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which of what was settled in a period is looked at. `state`: all, owed (nothing given yet) or untold; with
    `clause_id` only this promise, in whichever version it was made.
    """

    since: date
    until: date
    department_id: int | None = None
    state: str = "all"
    clause_id: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """One promise over all versions that make it in the same words of time: how often it was kept.

    `estimate` (with Wilson's interval) is empty where fewer than SMALLEST_CELL were settled; `running` are still open.
    """

    clause_id: int
    title: str
    measure: Measure
    minutes: int
    round_the_clock: bool
    department: str
    kept: int
    broken: int

    @property
    def n(self) -> int:
        return self.kept + self.broken

    @property
    def estimate(self) -> Estimate | None:
        return proportions.wilson(self.kept, self.n) if self.n >= SMALLEST_CELL else None


@dataclass(frozen=True, slots=True)
class Missed:
    """What a customer reads of a promise to everybody that was not kept for her."""

    title: str
    due_at: datetime
    remedy: str
    given: str
    given_at: datetime | None


def kept(filters: Filters) -> list[Kept]:
    """Every measured promise with something settled in the period, the least kept first. Two queries."""
    rows = (
        _settled(filters)
        .values("clause_id")
        .annotate(
            kept=Count("pk", filter=Q(state=State.KEPT)), broken=Count("pk", filter=Q(state=State.BROKEN))
        )
        .order_by("clause_id")
    )
    counts = {row["clause_id"]: (row["kept"], row["broken"]) for row in rows}
    clauses = (
        Clause.objects.filter(pk__in=counts)
        .select_related("item__department", "guarantee")
        .order_by("-guarantee__effective_on", "position", "pk")
    )
    lines: dict[Lineage, list[Clause]] = {}
    for clause in clauses:
        lines.setdefault(_lineage(clause), []).append(clause)
    return sorted((_kept(line, counts) for line in lines.values()), key=_least_kept)


def _kept(line: list[Clause], counts: dict[int, tuple[int, int]]) -> Kept:
    newest = line[0]
    return Kept(
        clause_id=newest.pk,
        title=newest.title,
        measure=Measure(newest.measure),
        minutes=newest.minutes or 0,
        round_the_clock=newest.calendar_id is None,
        department=newest.item.department.name if newest.item.department else "",
        kept=sum(counts[clause.pk][0] for clause in line),
        broken=sum(counts[clause.pk][1] for clause in line),
    )


def _least_kept(row: Kept) -> tuple[bool, float, str]:
    return row.estimate is None, row.kept / row.n if row.n else 1.0, row.title


def breaches(staff: Staff, filters: Filters, *, page: int = 1) -> Page[Breach]:
    """What was not kept in the period and within this person's sight, the newest first."""
    rows = _with_all(_standing(filters).filter(undertaking__case__in=cases.visible(staff)))
    if filters.state == "owed":
        rows = rows.filter(made_good_at__isnull=True)
    elif filters.state == "untold":
        rows = rows.exclude(pk__in=Breach.objects.filter(KNOWN).values("pk"))
    return Paginator(rows.order_by("-undertaking__due_at", "-pk"), SIZE).get_page(page)


@dataclass(frozen=True, slots=True)
class Counts:
    """Of all that was not kept in the period: how many, told, made good, and what that cost."""

    broken: int
    told: int
    made_good: int
    cost: Decimal


def promise(clause_id: int) -> Clause | None:
    """The clause of a published version that an address names."""
    return Clause.objects.filter(pk=clause_id).exclude(guarantee__state=GuaranteeState.DRAFT).first()


def counts(filters: Filters) -> Counts:
    """The sums over the whole house."""
    found = _standing(filters).aggregate(
        broken=Count("pk"), told=Count("pk", filter=KNOWN), made_good=Count("made_good_at"), cost=Sum("cost")
    )
    return Counts(found["broken"], found["told"], found["made_good"], found["cost"] or Decimal(0))


def get(staff: Staff, pk: int) -> Breach:
    """A breach of a case within this person's sight, lifted ones too. Raises NotFound."""
    row = _with_all(Breach.objects.filter(pk=pk, undertaking__case__in=cases.visible(staff))).first()
    if row is None:
        raise NotFound
    return row


def knowledge(breach: Breach) -> Knows:
    """Whether the customer knows of it, and from what; its message and how that fares have been read."""
    delivery = getattr(breach.message, "delivery", None) if breach.message_id is not None else None
    return knows(
        seen=breach.seen_at is not None, told=breach.told, delivery=delivery.state if delivery else None
    )


def for_case(case_id: int) -> list[Breach]:
    """What was not kept for a case, the first first; whoever asks has decided who may see the case."""
    rows = Breach.objects.filter(undertaking__case=case_id, lifted_at__isnull=True)
    return list(_with_all(rows).order_by("undertaking__due_at", "pk"))


def enclosed(case: Case) -> list[dict[str, Any]] | None:
    """What the guarantee asked of a case and what became of it, for the archive; None where it asked nothing."""
    rows = Undertaking.objects.filter(case=case).select_related(
        "clause__guarantee", "breach__message__delivery", "breach__told_by", "breach__made_good_by"
    )
    return [_plain(row) for row in rows.order_by("round", "clause__position", "pk")] or None


def _plain(row: Undertaking) -> dict[str, Any]:
    breach = getattr(row, "breach", None)
    return {
        "clause": row.clause.title,
        "guarantee": row.clause.guarantee.number,
        "round": row.round,
        "due_at": _iso(row.due_at),
        "state": row.state,
        "settled_at": _iso(row.settled_at),
        "breach": _plain_breach(breach) if breach is not None and breach.lifted_at is None else None,
    }


def _plain_breach(breach: Breach) -> dict[str, Any]:
    return {
        "found_at": _iso(breach.found_at),
        "knows": knowledge(breach),
        "seen_at": _iso(breach.seen_at),
        "told_at": _iso(breach.told_at),
        "told_by": breach.told_by.name if breach.told_by else "",
        "given": breach.given,
        "cost": str(breach.cost),
        "made_good_at": _iso(breach.made_good_at),
        "made_good_by": breach.made_good_by.name if breach.made_good_by else "",
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def owed_in(case_id: int) -> list[Undertaking]:
    """What the guarantee asks of a case and is still open, the nearest first."""
    rows = Undertaking.objects.filter(case=case_id, state=State.OPEN).select_related("clause")
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "pk"))


def for_customer(case_id: int) -> list[Missed]:
    """The same in what a customer is told: no names, no cost."""
    return [
        Missed(
            title=row.undertaking.clause.title,
            due_at=row.undertaking.due_at or row.found_at,
            remedy=row.undertaking.clause.remedy,
            given=row.given,
            given_at=row.made_good_at,
        )
        for row in for_case(case_id)
    ]


def shares(clauses: Iterable[Clause], *, since: date, until: date) -> dict[int, Estimate]:
    """How often each clause was kept in a period, by its id, whichever version said it; none for the few."""
    wanted = {_lineage(clause): clause.pk for clause in clauses if clause.measure}
    rows = (
        _settled(Filters(since, until))
        .values(
            "clause__item_id",
            "clause__measure",
            "clause__minutes",
            "clause__calendar_id",
            "clause__covers_all",
        )
        .annotate(n=Count("pk"), kept=Count("pk", filter=Q(state=State.KEPT)))
        .order_by()
    )
    found = {}
    for row in rows:
        line = (
            row["clause__item_id"], row["clause__measure"], row["clause__minutes"], row["clause__calendar_id"],
            row["clause__covers_all"],
        )  # fmt: skip
        if line in wanted and row["n"] >= SMALLEST_CELL:
            found[wanted[line]] = proportions.wilson(row["kept"], row["n"])
    return found


@dataclass(frozen=True, slots=True)
class Section:
    """Clauses under one heading, each with how often it was kept, where there are enough to say."""

    heading: str
    lines: list[tuple[Clause, Estimate | None]]


def sections(clauses: Iterable[Clause], *, since: date, until: date) -> list[Section]:
    """The clauses as customers read them, with the truth of a period beside each."""
    said = list(clauses)
    truth = shares(said, since=since, until=until)
    found: list[Section] = []
    for clause in said:
        if not found or found[-1].heading != clause.heading:
            found.append(Section(clause.heading, []))
        found[-1].lines.append((clause, truth.get(clause.pk)))
    return found


def given_in(*, since: date, until: date) -> Decimal:
    """What was given for missed promises in a period, in yuan."""
    found = Breach.objects.filter(
        lifted_at__isnull=True,
        made_good_at__gte=midnight(since),
        made_good_at__lt=midnight(until + timedelta(days=1)),
    ).aggregate(cost=Sum("cost"))
    return found["cost"] or Decimal(0)


def _lineage(clause: Clause) -> Lineage:
    """Two clauses of different versions are the same promise when they measure the same thing in the same time."""
    return clause.item_id, clause.measure, clause.minutes, clause.calendar_id, clause.covers_all


def _same_promise(clause_id: int) -> QuerySet[Clause]:
    """This clause and those of other versions that promise the same; none where there is no such clause."""
    one = Clause.objects.filter(pk=clause_id).first()
    if one is None:
        return Clause.objects.none()
    return Clause.objects.filter(
        item=one.item_id,
        measure=one.measure,
        minutes=one.minutes,
        calendar=one.calendar_id,
        covers_all=one.covers_all,
    )


def _settled(filters: Filters) -> QuerySet[Undertaking]:
    rows = Undertaking.objects.filter(
        state__in=(State.KEPT, State.BROKEN),
        settled_at__gte=midnight(filters.since),
        settled_at__lt=midnight(filters.until + timedelta(days=1)),
    )
    if filters.clause_id is not None:
        rows = rows.filter(clause__in=_same_promise(filters.clause_id))
    if filters.department_id is None:
        return rows
    return rows.annotate(answerable=Coalesce("case__department_id", "clause__item__department_id")).filter(
        answerable=filters.department_id
    )


def _standing(filters: Filters) -> QuerySet[Breach]:
    return Breach.objects.filter(lifted_at__isnull=True, undertaking__in=_settled(filters).values("pk"))


def _with_all(rows: QuerySet[Breach]) -> QuerySet[Breach]:
    return rows.select_related(
        "undertaking__case__customer",
        "undertaking__case__conversation",
        "undertaking__case__department",
        "undertaking__clause__item__department",
        "undertaking__clause__guarantee",
        "message__delivery",
        "told_by",
        "made_good_by",
    )
