"""What looks like belonging together: cases that fit an incident, incidents a matter fits, what customers read of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from zhiyin.cases.models import Case, Incident, IncidentMember
from zhiyin.cases.queries.cards import Card, cards
from zhiyin.cases.queries.listing import COUNTED, LAST_PAGE, SIZE, Filters, Slice, matching, narrowed
from zhiyin.cases.queries.sight import incidents_visible, visible
from zhiyin.cases.rules import incidents
from zhiyin.cases.rules.incidents import SHOWN_AFTER, Fit, IncidentState, Shape
from zhiyin.cases.rules.words import Stage
from zhiyin.kit import search
from zhiyin.people.models import Staff

CONSIDERED = 60  # open incidents a matter is compared with


@dataclass(frozen=True, slots=True)
class Suggested:
    """An incident a matter may belong to, and why; `why` empty: open, but nothing in common yet."""

    id: int
    title: str
    since: datetime
    why: tuple[Fit, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """What customers read of an incident."""

    id: int
    title: str
    text: str
    since: datetime
    solved_at: datetime | None


def shape(found: Incident) -> Shape:
    return Shape(found.title, found.place, found.words, found.since, found.until)


def fitting(found: Incident) -> Q:
    """Cases of its time in which its place or its words are found."""
    first, last = shape(found).window
    said = Q(pk__in=())
    for word in {*incidents.SPLIT.split(found.place), *incidents.SPLIT.split(found.words)} - {""}:
        said |= Q(service_object__name__icontains=word)
        if not search.too_short(word):
            said |= Q(pk__in=search.ids("case", word))
    of_its_time = Q(opened_at__gte=first) & (Q(opened_at__lte=last) if last else Q())
    return of_its_time & said


def free(staff: Staff, found: Incident) -> QuerySet[Case]:
    return visible(staff).filter(membership__isnull=True).exclude(stage=Stage.ARCHIVED)


def candidates(
    staff: Staff, found: Incident, filters: Filters, *, now: datetime, fit: bool = True, page: int = 1
) -> Slice[Card]:
    """One page of cases that could join, narrowed by the filters; with `fit` those alone that look like it."""
    rows = _candidates(staff, found, filters, now=now, fit=fit)
    number = max(1, min(page, LAST_PAGE))
    start = (number - 1) * SIZE
    ids = list(rows.order_by("-opened_at", "-pk").values_list("pk", flat=True)[start : start + SIZE + 1])
    by_id = {row.id: row for row in cards(Case.objects.filter(pk__in=ids[:SIZE]), now=now)}
    total = start + len(ids) if len(ids) <= SIZE else rows.order_by()[: COUNTED + 1].count()
    return Slice(
        rows=[by_id[pk] for pk in ids[:SIZE] if pk in by_id],
        number=number,
        has_next=len(ids) > SIZE,
        total=min(total, COUNTED),
        more_than=total > COUNTED,
    )


def candidate_ids(
    staff: Staff, found: Incident, filters: Filters, *, now: datetime, fit: bool = True
) -> list[int]:
    """All of them, up to one more than can be added at once."""
    rows = _candidates(staff, found, filters, now=now, fit=fit).order_by("pk")
    return list(rows.values_list("pk", flat=True)[: incidents.MOST_AT_ONCE + 1])


def _candidates(
    staff: Staff, found: Incident, filters: Filters, *, now: datetime, fit: bool
) -> QuerySet[Case]:
    rows = narrowed(free(staff, found), filters, now=now)
    if filters.q.strip():
        rows = rows.filter(matching(filters.q).condition)
    return rows.filter(fitting(found)) if fit else rows


def suggested(staff: Staff, *, texts: Sequence[str], at: datetime) -> list[Suggested]:
    """Open incidents for a matter with these texts, those it fits first; one query."""
    rows = incidents_visible(staff).exclude(state=IncidentState.CLOSED).order_by("-since", "-pk")[:CONSIDERED]
    found = [
        Suggested(row.pk, row.title, row.since, tuple(incidents.fits(shape(row), texts=texts, at=at)))
        for row in rows
    ]
    return sorted(found, key=lambda one: -len(one.why))


def suggested_for(case: Case, staff: Staff) -> list[Suggested]:
    """The same for a case that belongs to none yet."""
    texts = [case.subject, case.description, case.service_object.name if case.service_object else ""]
    return suggested(staff, texts=texts, at=case.opened_at)


def membership(case: Case) -> IncidentMember | None:
    """The incident a case belongs to, and how it stands to it."""
    return IncidentMember.objects.select_related("incident").filter(case=case).first()


def notices(*, now: datetime) -> list[Notice]:
    """What customers may read now: incidents shown to them that go on, or were solved within a day."""
    return [_notice(row) for row in Incident.objects.filter(public_at(now)).order_by("-since", "-pk")[:5]]


def public_at(now: datetime) -> Q:
    """Incidents shown to customers that go on, or were solved within a day."""
    recent = Q(state=IncidentState.OPEN) | Q(state=IncidentState.SOLVED, solved_at__gte=now - SHOWN_AFTER)
    return recent & Q(is_public=True)


def known_already(case_id: int, *, now: datetime) -> list[Notice]:
    """What customers may read that the matter of this customer looks like, while it belongs to no incident."""
    case = Case.objects.select_related("service_object").filter(pk=case_id, membership__isnull=True).first()
    if case is None or case.stage in incidents.LEFT_ALONE or case.in_danger:
        return []
    texts = [case.subject, case.description, case.service_object.name if case.service_object else ""]
    rows = Incident.objects.filter(public_at(now)).order_by("-since", "-pk")[:CONSIDERED]
    return [_notice(row) for row in rows if incidents.fits(shape(row), texts=texts, at=case.opened_at)]


def notice_of(case_id: int) -> Notice | None:
    """The same for the customer of a member case."""
    row = Incident.objects.filter(members__case_id=case_id, is_public=True).first()
    return _notice(row) if row else None


def _notice(row: Incident) -> Notice:
    solved = row.solved_at if row.state == IncidentState.SOLVED else None
    return Notice(id=row.pk, title=row.title, text=row.notice, since=row.since, solved_at=solved)
