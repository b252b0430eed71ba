"""What every action on a case does first and last: lock it, see that nobody was faster, write down what happened."""

from __future__ import annotations

from datetime import datetime

from zhiyin.cases import hooks
from zhiyin.cases.models import Case, CaseEvent
from zhiyin.cases.rules import decisions, moves
from zhiyin.cases.rules.words import EventKind, Kind, Stage
from zhiyin.kit.errors import NotFound
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Department, Staff
from zhiyin.people.rules import Role

RELATED = (
    "customer",
    "conversation",
    "team__calendar",
    "owner",
    "handler",
    "department",
    "service_object",
    "service_item",
    "touchpoint",
)


def hold(case_id: int, *, version: int | None = None, archived_too: bool = False) -> Case:
    """The case under a row lock. `version` is what the person's page was made from; None asks nothing."""
    case = Case.objects.select_for_update(of=("self",)).select_related(*RELATED).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    if case.stage == Stage.ARCHIVED and not archived_too:
        raise moves.Archived
    check_version(case, version)
    return case


def check_version(case: Case, version: int | None) -> None:
    """Raise Stale where somebody has changed the held case since the page of `version` was made."""
    if version is not None and case.version != version:
        raise moves.Stale(name=last_name(case))


def last_name(case: Case) -> str:
    """Who changed the case last, for the sentence that tells the second person."""
    event = case.events.select_related("staff").order_by("-at", "-pk").first()
    if event is None or (event.staff is None and not event.by_customer):
        return "Zhiyin"
    return event.staff.name if event.staff else case.customer.name


def allow(case: Case, by: Staff, deed: Deed) -> None:
    """`by` may do this kind of thing, and the case is within reach: the own team's, or with the own department now.

    A department that refused, or was relieved, still reads what it was asked about; it works on it no more.
    """
    access.require(by, deed)
    if access.may(by, Deed.SEE_ALL_CASES) or by.pk in {case.owner_id, case.handler_id}:
        return
    if by.role == Role.HANDLER:
        within = by.department_id is not None and by.department_id == case.department_id
    else:
        within = by.team_id == case.team_id
    if not within:
        raise decisions.OutOfReach


def record(
    case: Case,
    kind: EventKind,
    *,
    now: datetime,
    by: Staff | None = None,
    by_customer: bool = False,
    before: Stage | None = None,
    text: str = "",
    department: Department | None = None,
    other: Case | None = None,
    public: bool = False,
) -> CaseEvent:
    """One line of the timeline; `before` is given when the stage changed."""
    event = CaseEvent.objects.create(
        case=case,
        kind=kind,
        at=now,
        staff=by,
        by_customer=by_customer,
        stage_before=before or "",
        stage_after=case.stage if before else "",
        department=department,
        other_case=other,
        text=text,
        is_public=public,
    )
    hooks.changed(case, kind, now)
    return event


def advance(case: Case, to: Stage, *, now: datetime) -> Stage:
    """Move the case to `to` if its kind allows that; returns where it stood. `keep` saves it."""
    before = Stage(case.stage)
    moves.check_move(Kind(case.kind), before, to)
    case.stage, case.stage_since = to, now
    return before


def keep(case: Case, *columns: str) -> None:
    """Save the named columns and count the version up, so that pages made earlier know."""
    case.version += 1
    case.save(update_fields=["version", *columns])


def changed_hands(case: Case, to: Staff | None) -> bool:
    """Whether giving the case to `to` is a hand-over from somebody else; counted for the short-channel measure."""
    return to is not None and case.owner_id is not None and case.owner_id != to.pk


__all__ = ["advance", "allow", "changed_hands", "check_version", "hold", "keep", "last_name", "record"]


def judged_unfounded(case: Case) -> bool:
    """Whether the last judgement of this round found no ground."""
    last = case.judgements.filter(round=case.round).order_by("-at", "-pk").first()
    return last is not None and not last.ground_sufficient
