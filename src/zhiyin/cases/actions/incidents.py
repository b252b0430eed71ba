"""Mass incidents: opened, put right in words, cases put to them and set apart, solved and closed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from zhiyin.cases.actions import placing
from zhiyin.cases.actions.hold import allow, hold, record
from zhiyin.cases.actions.membership import note, set_apart
from zhiyin.cases.models import Case, CaseEvent, Incident, IncidentMember
from zhiyin.cases.queries.fitting import public_at
from zhiyin.cases.queries.sight import incidents_visible, visible
from zhiyin.cases.rules import decisions, incidents, moves
from zhiyin.cases.rules.incidents import IncidentLine, IncidentState
from zhiyin.cases.rules.words import EventKind, Stage
from zhiyin.kit.errors import NotFound
from zhiyin.people import access
from zhiyin.people import queries as people
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


@transaction.atomic
def open_incident(
    *,
    title: str,
    what_happened: str,
    since: datetime,
    by: Staff,
    now: datetime,
    until: datetime | None = None,
    place: str = "",
    words: str = "",
    department_id: int | None = None,
    touchpoint_id: int | None = None,
    case_ids: Collection[int] = (),
) -> Incident:
    """One parent for what many customers tell us of; with the cases known so far."""
    access.require(by, Deed.ATTACH_INCIDENT)
    said = _said(
        title=title, what_happened=what_happened, since=since, until=until, place=place, words=words,
        department_id=department_id, touchpoint_id=touchpoint_id,
    )  # fmt: skip
    incident = Incident.objects.create(owner=by, opened_by=by, opened_at=now, **said)
    note(incident, IncidentLine.OPENED, now=now, by=by)
    if case_ids:
        attach(incident_id=incident.pk, case_ids=case_ids, by=by, now=now)
    return incident


@transaction.atomic
def change_incident(
    *,
    incident_id: int,
    title: str,
    what_happened: str,
    since: datetime,
    by: Staff,
    now: datetime,
    until: datetime | None = None,
    place: str = "",
    words: str = "",
    department_id: int | None = None,
    touchpoint_id: int | None = None,
    owner_id: int | None = None,
    version: int | None = None,
) -> Incident:
    """Put right what is written about it."""
    incident = _held(incident_id, by, version=version)
    access.require(by, Deed.ATTACH_INCIDENT)
    said = _said(
        title=title, what_happened=what_happened, since=since, until=until, place=place, words=words,
        department_id=department_id, touchpoint_id=touchpoint_id,
    )  # fmt: skip
    if owner_id is not None:
        said["owner"] = people.staff(owner_id)
        access.require(said["owner"], Deed.ATTACH_INCIDENT)
    changed = [column for column, value in said.items() if getattr(incident, column) != value]
    for column in changed:
        setattr(incident, column, said[column])
    if changed:
        _keep(incident, *changed)
        _carry_touchpoint(incident)
        note(incident, IncidentLine.CHANGED, now=now, by=by)
    return incident


@transaction.atomic
def publish(
    *, incident_id: int, notice: str, is_public: bool, by: Staff, now: datetime, version: int | None = None
) -> Incident:
    """Say it to customers in plain words before they ask, or stop saying it."""
    incident = _held(incident_id, by, version=version)
    access.require(by, Deed.LEAD_INCIDENT)
    incident.notice = decisions.check_words("notice", notice) if is_public else notice.strip()
    incident.is_public = is_public
    _keep(incident, "notice", "is_public")
    line = IncidentLine.PUBLISHED if is_public else IncidentLine.HIDDEN
    note(incident, line, now=now, by=by, text=incident.notice)
    return incident


@transaction.atomic
def attach(*, incident_id: int, case_ids: Collection[int], by: Staff, now: datetime) -> int:
    """Put cases to the incident, in a handful of statements however many; returns how many joined.

    Cases out of sight, archived ones and those that belong to an incident already are left as they are.
    """
    incident = _held(incident_id, by)
    access.require(by, Deed.ATTACH_INCIDENT)
    if incident.state == IncidentState.CLOSED:
        raise incidents.IncidentOver
    if len(case_ids) > incidents.MOST_AT_ONCE:
        raise incidents.TooManyAtOnce(count=len(case_ids), most=incidents.MOST_AT_ONCE)
    free = visible(by).filter(pk__in=case_ids, membership__isnull=True).exclude(stage=Stage.ARCHIVED)
    joining = list(free.select_for_update(of=("self",)).order_by("pk"))
    IncidentMember.objects.bulk_create(
        [IncidentMember(incident=incident, case=case, joined_at=now, joined_by=by) for case in joining]
    )
    CaseEvent.objects.bulk_create(
        [
            CaseEvent(case=case, kind=EventKind.INCIDENT, at=now, staff=by, text=incident.title)
            for case in joining
        ]
    )
    _carry_touchpoint(incident)
    if joining:
        only = joining[0] if len(joining) == 1 else None
        note(incident, IncidentLine.JOINED, now=now, by=by, count=len(joining), case=only)
    return len(joining)


@transaction.atomic
def join(*, case_id: int, incident_id: int, by: Staff, now: datetime, version: int | None = None) -> Case:
    """Say from the case that it belongs to an incident; raises where it belongs to another one."""
    _held(
        incident_id, by
    )  # first, as everywhere: whoever attaches many holds it while the cases are waited for
    case = hold(case_id, version=version)
    allow(case, by, Deed.ATTACH_INCIDENT)
    there = IncidentMember.objects.select_related("incident").filter(case=case).first()
    if there is not None and there.incident_id != incident_id:
        raise incidents.ElsewhereAlready(title=there.incident.title)
    attach(incident_id=incident_id, case_ids=[case.pk], by=by, now=now)
    return case


@transaction.atomic
def join_by_customer(*, case_id: int, incident_id: int, now: datetime) -> Case:
    """The customer says that it is this; only of what customers may read of now. Raises NotFound, ElsewhereAlready."""
    incident = Incident.objects.select_for_update(no_key=True).filter(public_at(now), pk=incident_id).first()
    if incident is None:
        raise NotFound
    case = hold(case_id)
    there = IncidentMember.objects.select_related("incident").filter(case=case).first()
    if there is not None:
        if there.incident_id != incident_id:
            raise incidents.ElsewhereAlready(title=there.incident.title)
        return case
    IncidentMember.objects.create(incident=incident, case=case, joined_at=now)
    record(case, EventKind.INCIDENT, now=now, by_customer=True, text=incident.title)
    note(incident, IncidentLine.JOINED, now=now, count=1, case=case)
    _carry_touchpoint(incident)
    return case


@transaction.atomic
def leave(*, case_id: int, by: Staff, now: datetime, version: int | None = None) -> Case:
    """It was something else after all; the case goes its own way."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.ATTACH_INCIDENT)
    member = _member(case)
    note(member.incident_id, IncidentLine.LEFT, now=now, by=by, case=case)
    record(case, EventKind.APART, now=now, by=by, text=member.incident.title)
    member.delete()
    return case


@transaction.atomic
def differ(*, case_id: int, reason: str, by: Staff, now: datetime, version: int | None = None) -> Case:
    """This customer's case differs: it is left out of what is done for all and followed up on its own."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.ATTACH_INCIDENT)
    _member(case)
    set_apart(case, reason=decisions.check_words("reason", reason), by=by, now=now)
    return case


@transaction.atomic
def agree(*, case_id: int, by: Staff, now: datetime, version: int | None = None) -> Case:
    """It goes with the others again."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.ATTACH_INCIDENT)
    member = _member(case)
    if member.differs:
        member.differs, member.reason, member.differs_since = False, "", None
        member.save(update_fields=["differs", "reason", "differs_since"])
        note(member.incident_id, IncidentLine.AGREED, now=now, by=by, case=case)
    return case


@transaction.atomic
def move_incident(
    *, incident_id: int, to: IncidentState, text: str, by: Staff, now: datetime, version: int | None = None
) -> Incident:
    """Solved (with how), going on again (with why), or closed."""
    incident = _held(incident_id, by, version=version)
    access.require(by, Deed.LEAD_INCIDENT)
    incidents.check_move(IncidentState(incident.state), to)
    words = text.strip() if to is IncidentState.CLOSED else decisions.check_words("text", text)
    incident.state = to
    columns = ["state"]
    if to is IncidentState.SOLVED:
        incident.solution, incident.solved_at, incident.until = words, now, incident.until or now
        columns += ["solution", "solved_at", "until"]
    elif to is IncidentState.CLOSED:
        incident.closed_at, incident.is_public = now, False
        columns += ["closed_at", "is_public"]
    else:
        incident.until = incident.closed_at = None
        columns += ["until", "closed_at"]
    _keep(incident, *columns)
    line = {
        IncidentState.SOLVED: IncidentLine.SOLVED,
        IncidentState.CLOSED: IncidentLine.CLOSED,
        IncidentState.OPEN: IncidentLine.REOPENED,
    }[to]
    note(incident, line, now=now, by=by, text=words)
    return incident


def hold_incident(incident_id: int, by: Staff, *, version: int | None = None) -> Incident:
    """The incident under a row lock, if `by` may see it."""
    return _held(incident_id, by, version=version)


def _carry_touchpoint(incident: Incident) -> None:
    """Its cases arose where it did, unless they name a touchpoint of their own; one statement however many."""
    if incident.touchpoint_id is not None:
        own = Case.objects.filter(membership__incident=incident, touchpoint__isnull=True)
        own.exclude(stage=Stage.ARCHIVED).update(touchpoint_id=incident.touchpoint_id)


def _held(incident_id: int, by: Staff, *, version: int | None = None) -> Incident:
    seen = incidents_visible(by).filter(pk=incident_id)
    # No key: a case that is held writes lines on the incident's timeline, and has not to wait for whoever waits for it.
    found = (
        Incident.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=seen.values("pk")).first()
    )
    if found is None:
        raise NotFound
    if version is not None and version != found.version:
        event = found.events.select_related("staff").order_by("-at", "-pk").first()
        raise moves.Stale(name=event.staff.name if event and event.staff else "Zhiyin")
    return found


def _keep(incident: Incident, *columns: str) -> None:
    incident.version += 1
    incident.save(update_fields=["version", *columns])


def _member(case: Case) -> IncidentMember:
    found = (
        IncidentMember.objects.select_for_update(of=("self",))
        .select_related("incident")
        .filter(case=case)
        .first()
    )
    if found is None:
        raise incidents.NotAMember
    return found


def _said(
    *,
    title: str,
    what_happened: str,
    since: datetime,
    until: datetime | None,
    place: str,
    words: str,
    department_id: int | None,
    touchpoint_id: int | None,
) -> dict[str, Any]:
    incidents.check_span(since, until)
    _item, touchpoint = placing.looked_up(None, touchpoint_id)
    return {
        "title": decisions.check_words("title", title)[:120],
        "what_happened": decisions.check_words("what_happened", what_happened),
        "since": since,
        "until": until,
        "place": place.strip()[:200],
        "words": words.strip()[:200],
        "department": people.department(department_id) if department_id is not None else None,
        "touchpoint": touchpoint,
    }


__all__ = [
    "agree",
    "attach",
    "change_incident",
    "differ",
    "hold_incident",
    "join",
    "join_by_customer",
    "leave",
    "move_incident",
    "open_incident",
    "publish",
]
