"""Reading what colleagues ask of each other: mentions, hand-overs, requests and how departments answer them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from zhiyin.cases.models import Case, CaseEvent, HandoverNote, InternalAnswer, InternalRequest, Mention
from zhiyin.cases.queries.listing import SIZE
from zhiyin.cases.queries.sight import mentions_visible, requests_visible, visible, watchers
from zhiyin.cases.rules.colleagues import ALIVE, PENDING, Person, RequestState, handle
from zhiyin.cases.rules.words import EventKind
from zhiyin.kit.errors import NotFound
from zhiyin.libs import hanzi
from zhiyin.people import access
from zhiyin.people import queries as people
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff

MOST = 30
NOTES = 100
PICKED = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as lists show it."""

    request: InternalRequest
    sees_case: bool
    mine: bool  # to be answered by whoever looks
    judge: bool  # answered; whoever looks says whether it is enough

    @property
    def whom(self) -> str:
        row = self.request
        return row.to.name if row.to else row.department.name if row.department else ""

    @property
    def said(self) -> str:
        """How it was answered last, or why it was not."""
        answers = list(self.request.answers.all())
        return self.request.reason or (answers[-1].text if answers else "")


@dataclass(frozen=True, slots=True)
class FromColleagues:
    """What colleagues want of a person now."""

    requests: list[Asked]
    answers: list[Asked]
    news: list[Asked]
    mentions: list[Mention]
    handovers: list[HandoverNote]

    @property
    def total(self) -> int:
        asked = len(self.requests) + len(self.answers) + len(self.news)
        return asked + len(self.mentions) + len(self.handovers)


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request; the notes of its case only where they are shared or the case is seen anyway."""

    asked: Asked
    answers: list[InternalAnswer]
    notes: list[CaseEvent]
    may_answer: bool
    may_judge: bool
    may_withdraw: bool
    may_note: bool
    shows_subject: bool


@dataclass(frozen=True, slots=True)
class Record:
    """How a department answers what is asked of it. Shares are of those that have ended or run out."""

    name: str
    asked: int
    answered: int
    in_time: int
    late: int
    declined: int
    sufficient_at_once: int
    open: int


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may be called behind an @."""

    id: int
    name: str
    handle: str
    place: str


def from_colleagues(staff: Staff, *, most: int = MOST) -> FromColleagues:
    """Requests to answer, answers to look at, what came to nothing or is late, mentions not read, hand-overs not
    acknowledged; six queries.
    """
    waiting = _to_do(staff) | _to_judge(staff) | _to_know(staff)
    seen = set(visible(staff).filter(requests__in=waiting).values_list("pk", flat=True))
    return FromColleagues(
        requests=[_asked(row, staff, seen) for row in told(_to_do(staff))[:most]],
        answers=[_asked(row, staff, seen) for row in told(_to_judge(staff))[:most]],
        news=[_asked(row, staff, seen) for row in told(_to_know(staff))[:most]],
        mentions=list(
            mentions_visible(staff)
            .filter(read_at__isnull=True)
            .select_related("case", "by", "event")
            .order_by("-at", "-pk")[:most]
        ),
        handovers=list(
            HandoverNote.objects.filter(taker=staff, acknowledged_at__isnull=True, case__in=visible(staff))
            .select_related("case", "giver")
            .order_by("-at", "-pk")[:most]
        ),
    )


def waiting(staff: Staff) -> dict[str, int]:
    """How much waits under each heading, by its name; three queries."""
    return {
        "to_me": _to_do(staff).count(),
        "from_me": (_to_judge(staff) | _to_know(staff)).count(),
        "mentions": _unread(staff).count(),
    }


def waiting_count(staff: Staff) -> int:
    """For the navigation: requests, answers and news of them that wait, and mentions not read; one query."""
    requests = (_to_do(staff) | _to_judge(staff) | _to_know(staff)).order_by().values("pk")
    return requests.union(_unread(staff).order_by().values("pk"), all=True).count()


def _unread(staff: Staff) -> QuerySet[Mention]:
    return mentions_visible(staff).filter(read_at__isnull=True)


def mentions(staff: Staff, *, unread: bool = False, page: int = 1) -> tuple[list[Mention], bool]:
    """One page of the mentions of a person, newest first, and whether there are more."""
    rows = mentions_visible(staff).select_related("case", "by", "event").order_by("-at", "-pk")
    if unread:
        rows = rows.filter(read_at__isnull=True)
    start = (max(page, 1) - 1) * SIZE
    found = list(rows[start : start + SIZE + 1])
    return found[:SIZE], len(found) > SIZE


def mention(staff: Staff, pk: int) -> Mention:
    """One's own mention; raises NotFound."""
    found = mentions_visible(staff).select_related("case").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def request_where_notes_are(staff: Staff, case: Case) -> InternalRequest | None:
    """For somebody who does not see the case: the request that shares its notes."""
    rows = requests_visible(staff).filter(case=case, shares_notes=True, state__in=PENDING)
    return rows.order_by("-pk").first()


def requests(staff: Staff, *, view: str = "to_me", page: int = 1) -> tuple[list[Asked], bool]:
    """One page of requests: to me and my department, from me, or all in sight; what is due first."""
    rows = {
        "from_me": InternalRequest.objects.filter(asker=staff),
        "all": requests_visible(staff),
    }.get(view, _to(staff))
    start = (max(page, 1) - 1) * SIZE
    ordered = told(rows, open_first=True)
    found = list(ordered[start : start + SIZE + 1])
    seen = set(visible(staff).filter(requests__in=found).values_list("pk", flat=True)) if found else set()
    return [_asked(row, staff, seen) for row in found[:SIZE]], len(found) > SIZE


def request_page(staff: Staff, pk: int) -> RequestPage:
    """One request. Raises NotFound for everybody it is not for."""
    answers = Prefetch("answers", InternalAnswer.objects.select_related("by").order_by("at", "pk"))
    row = (
        requests_visible(staff)
        .select_related("case__customer", "to", "department", "asker", "taken_by")
        .prefetch_related(answers)
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise NotFound
    sees = visible(staff).filter(pk=row.case_id).exists()
    asked = _asked(row, staff, {row.case_id} if sees else set())
    shared = row.shares_notes and row.state in PENDING
    return RequestPage(
        asked=asked,
        answers=list(row.answers.all()),
        notes=list(
            row.case.events.filter(kind=EventKind.NOTED)
            .select_related("staff")
            .order_by("-at", "-pk")[:NOTES]
        )
        if shared or sees
        else [],
        may_answer=asked.mine and row.state in ALIVE and access.may(staff, Deed.ANSWER_REQUEST),
        may_judge=asked.judge,
        may_withdraw=row.state in PENDING and staff.pk in {row.asker_id, row.case.owner_id},
        may_note=row.state not in PENDING and _to_know(staff).filter(pk=row.pk).exists(),
        shows_subject=sees or shared,
    )


def of_case(case: Case, staff: Staff) -> list[Asked]:
    """The requests of a case that is seen, read with `told`."""
    return [_asked(row, staff, {case.pk}) for row in case.requests.all()]


def new_handover(case: Case, staff: Staff) -> HandoverNote | None:
    """What was handed over to this person with the case and is not acknowledged yet."""
    rows = HandoverNote.objects.filter(case=case, taker=staff, acknowledged_at__isnull=True)
    return rows.select_related("giver").order_by("-at", "-pk").first()


def to_call(staff: Staff, case: Case, query: str) -> list[Colleague]:
    """Colleagues who see the case, by the beginning of a name, its initials or spelling."""
    asked = hanzi.fold(query.strip())
    everybody = [row for row in people.active() if row.pk != staff.pk]
    namesakes: dict[str, int] = {}
    for row in everybody:
        namesakes[row.name] = namesakes.get(row.name, 0) + 1
    seeing = set(watchers(case).values_list("pk", flat=True))
    found = [row for row in everybody if row.pk in seeing and _answers_to(row, asked)]
    return [
        Colleague(
            row.pk,
            row.name,
            handle(Person(row.pk, row.name, row.username), namesakes[row.name]),
            row.team.name if row.team else row.department.name if row.department else "",
        )
        for row in found[:PICKED]
    ]


def records(*, since: datetime) -> list[Record]:
    """How each department has answered what was asked of it since then; one query."""
    ended = Q(first_answer_at__isnull=False)
    judged = Q(answers__sufficient=True) & Q(state=RequestState.SUFFICIENT)
    rows = (
        InternalRequest.objects.filter(asked_at__gte=since, department__isnull=False)
        .exclude(state=RequestState.WITHDRAWN)
        .values("department__name")
        .annotate(
            asked=Count("pk", distinct=True),
            answered=Count("pk", filter=ended, distinct=True),
            in_time=Count("pk", filter=ended & Q(breached_at__isnull=True), distinct=True),
            late=Count("pk", filter=Q(breached_at__isnull=False), distinct=True),
            declined=Count("pk", filter=Q(state=RequestState.DECLINED), distinct=True),
            enough=Count("pk", filter=judged, distinct=True),
            returned=Count("pk", filter=judged & Q(pk__in=_returned()), distinct=True),
            open=Count("pk", filter=Q(state__in=ALIVE), distinct=True),
        )
        .order_by("department__name")
    )
    return [
        Record(
            name=row["department__name"],
            asked=row["asked"],
            answered=row["answered"],
            in_time=row["in_time"],
            late=row["late"],
            declined=row["declined"],
            sufficient_at_once=row["enough"] - row["returned"],
            open=row["open"],
        )
        for row in rows
    ]


def _returned() -> QuerySet[InternalAnswer, Any]:
    return InternalAnswer.objects.filter(sufficient=False).values("request_id")


def _answers_to(row: Staff, asked: str) -> bool:
    spoken = (row.name, row.username, hanzi.pinyin_initials(row.name), hanzi.full_pinyin(row.name))
    return not asked or any(hanzi.fold(word).startswith(asked) for word in spoken)


def _to(staff: Staff) -> QuerySet[InternalRequest]:
    mine = Q(to=staff)
    if staff.department_id is not None:
        mine |= Q(department_id=staff.department_id)
    return InternalRequest.objects.filter(mine)


def _to_do(staff: Staff) -> QuerySet[InternalRequest]:
    if not access.may(staff, Deed.ANSWER_REQUEST):
        return InternalRequest.objects.none()
    return _to(staff).filter(Q(taken_by__isnull=True) | Q(taken_by=staff), state__in=ALIVE)


def _to_judge(staff: Staff) -> QuerySet[InternalRequest]:
    """Answered, and hers to look at: she asked, or has the case now."""
    return InternalRequest.objects.filter(Q(asker=staff) | Q(case__owner=staff), state=RequestState.ANSWERED)


def _to_know(staff: Staff) -> QuerySet[InternalRequest]:
    """Declined, or late, and whoever asked has to find another way; let go, and whoever took it up may stop."""
    mine = Q(asker=staff) | Q(case__owner=staff)
    news = mine & Q(state=RequestState.DECLINED, end_seen_at__isnull=True)
    news |= Q(taken_by=staff, state=RequestState.WITHDRAWN, end_seen_at__isnull=True) & ~Q(asker=staff)
    return InternalRequest.objects.filter(news | (mine & Q(state__in=ALIVE, breached_at__isnull=False)))


def told(rows: QuerySet[InternalRequest], *, open_first: bool = False) -> QuerySet[InternalRequest]:
    """Requests with all that a list shows of them, what is due first."""
    rows = rows.select_related("case", "to", "department", "asker", "taken_by")
    if open_first:
        return rows.order_by(F("ended_at").asc(nulls_first=True), "due_at", "pk")
    return rows.order_by("due_at", "pk")


def _asked(row: InternalRequest, staff: Staff, seen: set[int]) -> Asked:
    ours = row.department_id is not None and row.department_id == staff.department_id
    asker = staff.pk in {row.asker_id, row.case.owner_id}
    return Asked(
        request=row,
        sees_case=row.case_id in seen,
        mine=row.to_id == staff.pk or ours,
        judge=row.state == RequestState.ANSWERED and asker,
    )


__all__ = [
    "Asked",
    "FromColleagues",
    "Record",
    "RequestPage",
    "from_colleagues",
    "mention",
    "mentions",
    "new_handover",
    "of_case",
    "records",
    "request_page",
    "request_where_notes_are",
    "requests",
    "to_call",
    "told",
    "waiting",
    "waiting_count",
]
