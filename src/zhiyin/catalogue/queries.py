"""Reading the catalogue: touchpoints, services, procedures, and which version of the guarantee holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils import timezone

from zhiyin.catalogue.models import Clause, Guarantee, Procedure, ServiceItem, Touchpoint
from zhiyin.catalogue.rules import changes, checks
from zhiyin.catalogue.rules.words import GuaranteeState, Level
from zhiyin.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list of services is narrowed to; empty means everything in use."""

    q: str = ""
    level: Level | None = None
    touchpoint_id: int | None = None
    department_id: int | None = None
    with_unused: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a procedure. `state` is now, later or past; `changes` what differs from the one before it."""

    row: Procedure
    state: str
    changes: list[changes.Line]


def touchpoints(*, with_unused: bool = False) -> QuerySet[Touchpoint]:
    """In their order, each with how many services belong to it."""
    rows = Touchpoint.objects.annotate(services=Count("items", filter=Q(items__is_active=True)))
    if not with_unused:
        rows = rows.filter(is_active=True)
    return rows.order_by("position", "name", "pk")


def touchpoint(pk: int) -> Touchpoint:
    """Raises NotFound."""
    row = Touchpoint.objects.filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def items(filters: Filters = Filters()) -> QuerySet[ServiceItem]:
    """The services by level and name, each with touchpoint, department and working hours."""
    rows = ServiceItem.objects.select_related("touchpoint", "department", "calendar")
    if not filters.with_unused:
        rows = rows.filter(is_active=True)
    exact = {
        "level": filters.level,
        "touchpoint_id": filters.touchpoint_id,
        "department_id": filters.department_id,
    }
    rows = rows.filter(**{column: value for column, value in exact.items() if value is not None})
    for word in filters.q.replace("\0", "").split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(standard__icontains=word) | Q(soft_side__icontains=word)
        )
    return rows.order_by("name", "pk")


def item(pk: int) -> ServiceItem:
    """Raises NotFound."""
    row = ServiceItem.objects.select_related("touchpoint", "department", "calendar").filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def procedures(item_id: int, *, on: date) -> list[Edition]:
    """Every version of a service's procedure, the newest first, each beside the one before it."""
    rows = list(Procedure.objects.filter(item=item_id).select_related("by").order_by("-effective_on", "-pk"))
    begun = next((row for row in rows if row.effective_on <= on), None)
    return [
        Edition(
            row=row,
            state="later" if row.effective_on > on else "now" if row is begun else "past",
            changes=changes.compare(before.steps, row.steps) if before else [],
        )
        for row, before in zip(rows, [*rows[1:], None], strict=False)  # none at all: nothing before it
    ]


def clauses_with(item_id: int) -> QuerySet[Clause]:
    """Where published guarantees speak of a service, the newest version first."""
    rows = Clause.objects.filter(item=item_id, guarantee__state=GuaranteeState.PUBLISHED)
    return rows.select_related("guarantee").order_by("-guarantee__effective_on", "position", "pk")


def guarantees() -> QuerySet[Guarantee]:
    """Every version, the draft first, then by day, the latest first."""
    rows = Guarantee.objects.select_related("published_by", "created_by").annotate(said=Count("clauses"))
    return rows.order_by(F("effective_on").desc(nulls_first=True), "-pk")


def draft() -> Guarantee | None:
    """The draft with its clauses, if there is one."""
    return _whole().filter(state=GuaranteeState.DRAFT).first()


def guarantee(number: int) -> Guarantee:
    """A published or withdrawn version with its clauses, for staff. Raises NotFound."""
    row = _whole().filter(number=number).first()
    if row is None:
        raise NotFound
    return row


@dataclass(frozen=True, slots=True)
class Shown:
    """What everybody may read: the version asked for, whether it holds now, and the days of all that held or will."""

    guarantee: Guarantee
    state: str  # now, later or past
    others: Sequence[Guarantee]


def public(number: int | None, *, at: datetime) -> Shown | None:
    """A published version for customers, the one in force without a number; None where none holds yet.

    Raises NotFound for a number that was never published.
    """
    rows = list(Guarantee.objects.filter(state=GuaranteeState.PUBLISHED).order_by("-effective_on", "-pk"))
    current = checks.holding(rows, at=at, on=timezone.localdate(at))
    wanted = current if number is None else next((row for row in rows if row.number == number), None)
    if wanted is None:
        if number is not None:
            raise NotFound
        return None
    today = timezone.localdate(at)
    later = wanted.effective_on is not None and wanted.effective_on > today
    return Shown(
        guarantee=_whole().get(pk=wanted.pk),
        state="now" if wanted is current else "later" if later else "past",
        others=[row for row in rows if row.pk != wanted.pk],
    )


def published() -> list[Guarantee]:
    """Every published version with its clauses, the latest day first; `checks.holding` picks the one of a moment."""
    return list(_whole().filter(state=GuaranteeState.PUBLISHED).order_by("-effective_on", "-pk"))


def _whole() -> QuerySet[Guarantee]:
    spoken = Clause.objects.select_related("item", "calendar").order_by("position", "pk")
    return Guarantee.objects.select_related("published_by").prefetch_related(Prefetch("clauses", spoken))
