"""Transfers to read: of a case, on the board, on a day, and for the archive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Prefetch, QuerySet

from zhiyin.cases.models import Case, Escalation
from zhiyin.cases.queries.due import DueKind, ref
from zhiyin.cases.rules.words import EscalationKind, Stage
from zhiyin.kit.errors import NotFound
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff
from zhiyin.statutory import texts
from zhiyin.statutory.models import Extension, Letter, StatutoryDuty, Transfer
from zhiyin.statutory.rules import deadlines
from zhiyin.statutory.rules.words import OPEN, Duty, DutyState, LetterState, TransferStage

DUTIES = Prefetch(
    "duties",
    StatutoryDuty.objects.select_related("rule")
    .prefetch_related(Prefetch("extensions", Extension.objects.select_related("by").order_by("at", "pk")))
    .order_by("due_at", "pk"),
)
LETTERS = Prefetch(
    "letters",
    Letter.objects.select_related("written_by", "issued_by", "file", "corrects").order_by(
        "-written_at", "-pk"
    ),
)


def of_case(case_id: int) -> list[Transfer]:
    """Every transfer of a case with its times, extensions and letters, the newest first; at most four queries."""
    rows = Transfer.objects.filter(case_id=case_id).select_related("case__customer", "escalation", "by")
    return list(rows.prefetch_related(DUTIES, LETTERS).order_by("-received_at", "-pk"))


@dataclass(frozen=True, slots=True)
class Outside:
    """What a customer reads of a complaint that went through an authority. `state`: open, refused, answered, closed."""

    name: str
    number: str
    received_at: datetime
    state: str
    answer_by: date | None
    answered_at: datetime | None
    letter: str


SEEN_AS = {
    TransferStage.RECEIVED: "open",
    TransferStage.ACCEPTED: "open",
    TransferStage.REFUSED: "refused",
    TransferStage.REPLIED: "answered",
    TransferStage.CLOSED: "closed",
}


def for_customer(case_id: int) -> list[Outside]:
    """The transfers of a case as its customer reads them: no ground, no authority's own times; four queries at most."""
    return [_outside(row) for row in of_case(case_id)]


def _outside(row: Transfer) -> Outside:
    due = [one for one in row.duties.all() if one.duty == Duty.RETURN and one.state == DutyState.RUNNING]
    issued = [one for one in row.letters.all() if one.state == LetterState.ISSUED]
    return Outside(
        name=texts.authority(row),
        number=row.escalation.external_number,
        received_at=row.received_at,
        state=SEEN_AS[TransferStage(row.stage)],
        answer_by=deadlines.last_day(due[0].due_at, settings.TIME_ZONE)
        if due and not due[0].breached_at
        else None,
        answered_at=row.replied_at,
        letter=issued[0].number if issued else "",
    )


def handling(case_id: int) -> StatutoryDuty | None:
    """The time the trade's law allows for this complaint, if there is one; one query."""
    rows = StatutoryDuty.objects.filter(case_id=case_id, transfer__isnull=True)
    return rows.select_related("rule").prefetch_related("extensions").first()


def transfer_in(case_id: int, pk: int) -> Transfer:
    """One transfer of this case. Raises NotFound."""
    found = next((one for one in of_case(case_id) if one.pk == pk), None)
    if found is None:
        raise NotFound
    return found


def outside(case_id: int) -> list[Escalation]:
    """Escalations to a regulator that no transfer stands in yet: a new one may take their place."""
    taken = Transfer.objects.filter(case_id=case_id).values("escalation_id")
    rows = Escalation.objects.filter(case_id=case_id, kind=EscalationKind.REGULATOR, answered_at__isnull=True)
    return list(rows.exclude(pk__in=taken).order_by("at", "pk"))


def may_transfer(staff: Staff, case: Case) -> bool:
    """Whether this person may enter a transfer for this case now."""
    return access.may(staff, Deed.ESCALATE) and case.stage != Stage.ARCHIVED


def held() -> QuerySet[Any, Any]:
    """Ids of cases with an authority waiting: what hangs in the board's lane."""
    return Transfer.objects.filter(stage__in=sorted(OPEN)).order_by().values("case_id")


def nearest() -> QuerySet[Any, Any]:
    """What falls due first for the case of `OuterRef("pk")`."""
    rows = StatutoryDuty.objects.filter(case=OuterRef("pk"), state=DutyState.RUNNING, theirs=False)
    return rows.order_by("due_at", "pk").values("due_at")[:1]


def running(case_ids: Iterable[int]) -> dict[int, StatutoryDuty]:
    """The statutory time of ours that is due first, by case; one query."""
    rows = StatutoryDuty.objects.filter(case_id__in=list(case_ids), state=DutyState.RUNNING, theirs=False)
    found: dict[int, StatutoryDuty] = {}
    for row in rows.select_related("rule", "transfer__escalation").order_by("due_at", "pk"):
        found.setdefault(row.case_id, row)
    return found


def due(staff: Staff, hers: QuerySet[Case], seen: QuerySet[Case]) -> Iterable[QuerySet[Any, Any]]:
    """Statutory times of the cases in her care, and for whoever issues letters those that wait."""
    if access.may(staff, Deed.ESCALATE):
        ours = StatutoryDuty.objects.filter(state=DutyState.RUNNING, theirs=False)
        yield ref(ours.filter(case__in=hers.order_by().values("pk")), DueKind.STATUTORY, at="due_at")
    if access.may(staff, Deed.ISSUE_LETTER):
        waiting = Letter.objects.filter(state=LetterState.WAITING).exclude(written_by=staff)
        inside = waiting.filter(transfer__case__in=seen.order_by().values("pk"))
        yield ref(inside, DueKind.LETTER, at=None, case="transfer__case_id")


def enclosed(case: Case) -> list[dict[str, Any]] | None:
    """Every transfer for the archive, the first one first."""
    return [_plain(one) for one in reversed(of_case(case.pk))] or None


def handling_enclosed(case: Case) -> list[dict[str, Any]] | None:
    """The trade's time for the archive."""
    duty = handling(case.pk)
    return [_duty(duty)] if duty else None


def _duty(duty: StatutoryDuty) -> dict[str, Any]:
    return {
        "duty": duty.duty,
        "due_at": duty.due_at.isoformat(),
        "state": duty.state,
        "settled_at": _iso(duty.settled_at),
        "breached_at": _iso(duty.breached_at),
        "basis": duty.rule.basis if duty.rule else "",
        "mark": duty.rule.mark if duty.rule else "",
        "extensions": [
            {
                "until": more.until.isoformat(),
                "granted_on": more.granted_on.isoformat(),
                "ground": more.ground,
            }
            for more in duty.extensions.all()
        ],
    }


def _plain(one: Transfer) -> dict[str, Any]:
    return {
        "body": one.body,
        "office": one.office,
        "number": one.escalation.external_number,
        "demand": one.demand,
        "received_at": one.received_at.isoformat(),
        "stage": one.stage,
        "answered_at": _iso(one.answered_at),
        "ground": one.ground,
        "replied_at": _iso(one.replied_at),
        "closed_at": _iso(one.closed_at),
        "result": one.result,
        "duties": [_duty(duty) for duty in one.duties.all()],
        "letters": [
            {
                "number": letter.number,
                "title": letter.title,
                "kind": letter.kind,
                "issued_at": _iso(letter.issued_at),
                "issued_by": letter.issued_by.name if letter.issued_by else "",
                "corrects": letter.corrects.number if letter.corrects else "",
                "file": str(letter.file_id),
                "sha256": letter.file.sha256 if letter.file else "",
            }
            for letter in one.letters.all()
            if letter.state == LetterState.ISSUED
        ],
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
