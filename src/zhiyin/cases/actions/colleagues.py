"""Between colleagues: mentions read, hand-overs acknowledged, requests inside the house with their answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhiyin.cases.actions.hold import allow, hold, record
from zhiyin.cases.models import Case, CaseEvent, HandoverNote, InternalAnswer, InternalRequest, Mention
from zhiyin.cases.queries.sight import requests_visible, visible, watchers
from zhiyin.cases.rules import colleagues as rules
from zhiyin.cases.rules import decisions
from zhiyin.cases.rules.colleagues import ALIVE, PENDING, RequestState
from zhiyin.cases.rules.words import EventKind
from zhiyin.kit import figures
from zhiyin.kit.errors import NotFound
from zhiyin.kit.jobs.timers import claim_batch
from zhiyin.people import access
from zhiyin.people import queries as people
from zhiyin.people.access import Deed
from zhiyin.people.models import Department, Staff


def call(case: Case, event: CaseEvent, *, by: Staff, now: datetime) -> None:
    """Mention whom a note calls by name, in the transaction of the note. Raises NotInSight for those who cannot see it."""
    if not any(mark in event.text for mark in rules.AT):
        return
    known = {person.pk: person for person in people.active()}
    found = rules.mentioned(
        event.text, [rules.Person(one.pk, one.name, one.username) for one in known.values()]
    )
    wanted = [pk for pk in found if pk != by.pk]
    seeing = set(watchers(case).filter(pk__in=wanted).values_list("pk", flat=True))
    if blind := [known[pk].name for pk in wanted if pk not in seeing]:
        raise rules.NotInSight(field="text", names=figures.listed(blind))
    Mention.objects.bulk_create(
        [Mention(case=case, event=event, staff_id=pk, by=by, at=now) for pk in wanted]
    )


@transaction.atomic
def read_mentions(*, by: Staff, now: datetime, mention_ids: Sequence[int] | None = None) -> int:
    """The one mentioned has seen these, or all; nobody reads for somebody else."""
    rows = Mention.objects.filter(staff=by, read_at__isnull=True)
    if mention_ids is not None:
        rows = rows.filter(pk__in=mention_ids)
    return rows.update(read_at=now)


@transaction.atomic
def acknowledge_handover(*, case_id: int, by: Staff, now: datetime, version: int | None = None) -> Case:
    """Whoever took the case over has read what was handed over with it."""
    case = hold(case_id, archived_too=True)
    note = HandoverNote.objects.select_for_update().filter(case=case, taker=by, acknowledged_at__isnull=True)
    rows = list(note)
    if not rows:
        raise NotFound
    for row in rows:
        row.acknowledged_at = now
        row.save(update_fields=["acknowledged_at"])
    return case


@transaction.atomic
def ask(
    *,
    case_id: int,
    need: str,
    due_at: datetime,
    by: Staff,
    now: datetime,
    to_id: int | None = None,
    department_id: int | None = None,
    shares_notes: bool = False,
    version: int | None = None,
) -> InternalRequest:
    """Ask a colleague, or a department, for something by a time. Their own right, no stage of the case."""
    case = hold(case_id)
    access.require(by, Deed.ASK_COLLEAGUE)
    if not visible(by).filter(pk=case.pk).exists():
        raise NotFound
    allow(case, by, Deed.ASK_COLLEAGUE)  # who was relieved of it reads on, and shows its notes to nobody
    words = decisions.check_words("need", need)
    to, department = _addressee(by, to_id, department_id)
    if due_at <= now:
        raise decisions.InThePast(field="due_at")
    if due_at - now > rules.FARTHEST:
        raise rules.TooFar(field="due_at")
    made = InternalRequest.objects.create(
        case=case,
        asker=by,
        to=to,
        department=department,
        need=words,
        shares_notes=shares_notes,
        asked_at=now,
        due_at=due_at,
        remind_at=rules.remind_at(now, due_at),
    )
    name = to.name if to else made.department.name if made.department else ""
    record(case, EventKind.REQUESTED, now=now, by=by, text=f"{name}\n{words}")
    return made


@transaction.atomic
def take_request(*, request_id: int, by: Staff, now: datetime) -> InternalRequest:
    """Somebody of those asked takes it up."""
    found = _asked(request_id, by)
    _move(found, RequestState.ACCEPTED)
    found.taken_by, found.taken_at = by, now
    found.save(update_fields=["state", "taken_by", "taken_at"])
    return found


@transaction.atomic
def answer_request(*, request_id: int, text: str, by: Staff, now: datetime) -> InternalRequest:
    """The answer; the asker says whether it is enough."""
    found = _asked(request_id, by)
    _move(found, RequestState.ANSWERED)
    answer = InternalAnswer.objects.create(
        request=found, text=decisions.check_words("text", text), by=by, at=now
    )
    _breach_if_over(found, now=now)
    found.taken_by, found.taken_at = found.taken_by or by, found.taken_at or now
    found.first_answer_at = found.first_answer_at or now
    found.save(update_fields=["state", "taken_by", "taken_at", "first_answer_at", "breached_at"])
    record(found.case, EventKind.REQUEST_ANSWERED, now=now, by=by, text=answer.text)
    return found


@transaction.atomic
def decline_request(*, request_id: int, reason: str, by: Staff, now: datetime) -> InternalRequest:
    """Not ours, or not possible, and why."""
    found = _asked(request_id, by)
    _move(found, RequestState.DECLINED)
    _breach_if_over(found, now=now)
    found.reason, found.ended_at = decisions.check_words("reason", reason), now
    found.save(update_fields=["state", "reason", "ended_at", "breached_at"])
    record(found.case, EventKind.REQUEST_ENDED, now=now, by=by, text=found.reason)
    return found


@transaction.atomic
def judge_answer(
    *,
    request_id: int,
    sufficient: bool,
    by: Staff,
    now: datetime,
    words: str = "",
    due_at: datetime | None = None,
) -> InternalRequest:
    """Whether the answer is enough, in the judgement of whoever asked. If not, it goes back with what is missing.

    The time keeps running as it was set, unless the asker sets another one.
    """
    found = _mine(request_id, by)
    answer = found.answers.order_by("-at", "-pk").first()
    if answer is None:
        raise rules.RequestMoved(state=RequestState(found.state))
    _move(found, RequestState.SUFFICIENT if sufficient else RequestState.ACCEPTED)
    answer.sufficient, answer.judged_at = sufficient, now
    answer.words = words.strip() if sufficient else decisions.check_words("words", words)
    answer.save(update_fields=["sufficient", "judged_at", "words"])
    columns = ["state"]
    if sufficient:
        found.ended_at = now
        columns.append("ended_at")
    elif due_at is not None:
        if due_at <= now:
            raise decisions.InThePast(field="due_at")
        found.due_at, found.remind_at, found.reminded_at = due_at, rules.remind_at(now, due_at), None
        columns += ["due_at", "remind_at", "reminded_at"]
    found.save(update_fields=columns)
    record(found.case, EventKind.REQUEST_JUDGED, now=now, by=by, text=answer.words)
    return found


@transaction.atomic
def withdraw_request(*, request_id: int, by: Staff, now: datetime, reason: str = "") -> InternalRequest:
    """The asker does not need it any more."""
    found = _mine(request_id, by)
    _withdraw(found, by=by, now=now, reason=reason)
    return found


@transaction.atomic
def note_end(*, request_id: int, by: Staff, now: datetime) -> InternalRequest:
    """Whoever asked knows that it was declined; whoever took it up, that it is not needed any more."""
    found = _locked(request_id, by, archived_too=True)
    knows = {
        RequestState.DECLINED: {found.asker_id, found.case.owner_id},
        RequestState.WITHDRAWN: {found.taken_by_id},
    }.get(RequestState(found.state), set())
    if by.pk not in knows:
        raise NotFound
    if found.end_seen_at is None:
        found.end_seen_at = now
        found.save(update_fields=["end_seen_at"])
    return found


def withdraw_open(case: Case, *, agreed: bool, by: Staff, now: datetime) -> None:
    """Before a case is archived: whoever is still asked is told that no answer is needed, if that was `agreed`."""
    rows = list(case.requests.select_for_update().filter(state__in=PENDING).order_by("pk"))
    if rows and not agreed:
        raise rules.RequestsOpen(field="without_answers", count=len(rows))
    for row in rows:
        _withdraw(row, by=by, now=now, reason="")


def claim_reminders(now: datetime) -> int:
    """Note once that a request will be due; Today shows it as near."""
    due = InternalRequest.objects.filter(
        state__in=ALIVE, reminded_at__isnull=True, remind_at__lte=now, due_at__gt=now
    )

    def remind(row: InternalRequest) -> None:
        row.reminded_at = now
        row.save(update_fields=["reminded_at"])

    return claim_batch(due.order_by("remind_at", "pk"), handle=remind)


def claim_breaches(now: datetime) -> int:
    """Mark, once, each request that has run out without an answer."""
    due = InternalRequest.objects.filter(state__in=ALIVE, breached_at__isnull=True, due_at__lte=now)

    def breach(row: InternalRequest) -> None:
        _breach_if_over(row, now=now)
        row.save(update_fields=["breached_at"])

    return claim_batch(due.order_by("due_at", "pk"), handle=breach)


def _breach_if_over(row: InternalRequest, *, now: datetime) -> None:
    if row.breached_at is None and row.due_at <= now:
        row.breached_at = now
        name = row.to.name if row.to else row.department.name if row.department else ""
        record(row.case, EventKind.REQUEST_OVER, now=now, text=name)


def _addressee(
    by: Staff, to_id: int | None, department_id: int | None
) -> tuple[Staff | None, Department | None]:
    if (to_id is None) == (department_id is None):
        raise rules.NobodyAsked(field="to")
    if department_id is not None:
        return None, people.department(department_id)
    to = people.staff(to_id or 0)
    if to.pk == by.pk:
        raise rules.Oneself(field="to")
    if not access.may(to, Deed.ANSWER_REQUEST):
        raise rules.CannotAnswer(field="to", name=to.name)
    return to, None


def _locked(request_id: int, by: Staff, *, archived_too: bool = False) -> InternalRequest:
    seen = requests_visible(by).filter(pk=request_id).select_related("case").first()
    if seen is None:
        raise NotFound
    hold(seen.case_id, archived_too=archived_too)  # the case first, as everywhere
    return (
        InternalRequest.objects.select_for_update(of=("self",))
        .select_related("case", "to", "department", "asker")
        .get(pk=request_id)
    )


def _asked(request_id: int, by: Staff) -> InternalRequest:
    """A request to `by`, or to the own department. Raises NotFound for everybody else's."""
    access.require(by, Deed.ANSWER_REQUEST)
    found = _locked(request_id, by)
    ours = found.department_id is not None and found.department_id == by.department_id
    if found.to_id != by.pk and not ours:
        raise NotFound
    return found


def _mine(request_id: int, by: Staff) -> InternalRequest:
    """A request of `by`, or of a case in her charge: whoever took the case over judges the answer."""
    access.require(by, Deed.ASK_COLLEAGUE)
    found = _locked(request_id, by)
    if by.pk not in {found.asker_id, found.case.owner_id}:
        raise NotFound
    return found


def _move(found: InternalRequest, to: RequestState) -> None:
    rules.check_move(RequestState(found.state), to)
    found.state = to


def _withdraw(found: InternalRequest, *, by: Staff, now: datetime, reason: str) -> None:
    _move(found, RequestState.WITHDRAWN)
    found.reason, found.ended_at = reason.strip(), now
    found.save(update_fields=["state", "reason", "ended_at"])
    record(found.case, EventKind.REQUEST_ENDED, now=now, by=by, text=found.reason)


__all__ = [
    "acknowledge_handover",
    "answer_request",
    "ask",
    "call",
    "claim_breaches",
    "claim_reminders",
    "decline_request",
    "judge_answer",
    "note_end",
    "read_mentions",
    "take_request",
    "withdraw_open",
    "withdraw_request",
]
