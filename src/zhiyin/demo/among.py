"""The verbs about mass incidents and about what colleagues ask of each other; see `deeds`."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from zhiyin.cases import actions as cases
from zhiyin.cases import queries
from zhiyin.cases.models import InternalRequest
from zhiyin.cases.rules.incidents import IncidentState, SharedKind
from zhiyin.demo.deeds import Act, Deed, acting
from zhiyin.demo.plays import Step
from zhiyin.people.models import Staff

BEFORE = timedelta(minutes=50)


def incident(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Open a mass incident around this case: title | what happened | places | words | department."""
    opened = cases.open_incident(
        title=step.part(0),
        what_happened=step.part(1),
        place=step.part(2),
        words=step.part(3),
        department_id=act.stage.departments[step.part(4)],
        since=at - BEFORE,
        case_ids=[act.case_id],
        by=acting(by),
        now=at,
    )
    act.stage.incidents[act.play.group] = opened.pk


def gather(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Put every case to the incident that looks like it."""
    person = acting(by)
    found = queries.incident(person, _incident(act))
    fitting = queries.candidate_ids(person, found, queries.Filters(), now=at)
    cases.attach(incident_id=found.pk, case_ids=fitting, by=person, now=at)


def publish(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Let customers read it: the notice."""
    cases.publish(incident_id=_incident(act), notice=step.part(0), is_public=True, by=acting(by), now=at)


def toall(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """One reply to all: text."""
    deed = cases.share(
        incident_id=_incident(act),
        kind=SharedKind.REPLY,
        text=step.part(0),
        token=uuid5(NAMESPACE_URL, f"demo:{act.play.key}:{step.part(0)}"),
        by=acting(by),
        now=at,
    )
    while cases.carry_on(deed_id=deed.pk, now=at):
        pass


def solved(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """The incident is solved: how."""
    cases.move_incident(
        incident_id=_incident(act), to=IncidentState.SOLVED, text=step.part(0), by=acting(by), now=at
    )


def differs(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """This case is not like the others: what is different."""
    cases.differ(case_id=act.case_id, reason=step.part(0), by=acting(by), now=at)


def request(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Ask a colleague or a department: whom | what | by when | `notes` if they may read them."""
    whom = step.part(0)
    department = act.stage.departments.get(whom)
    cases.ask(
        case_id=act.case_id,
        to_id=None if department else act.stage.staff[whom].pk,
        department_id=department,
        need=step.part(1),
        due_at=act.due(step.part(2), at),
        shares_notes=step.part(3) == "notes",
        by=acting(by),
        now=at,
    )


def respond(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Answer what was asked last: text."""
    cases.answer_request(request_id=_request(act), text=step.part(0), by=acting(by), now=at)


def enough(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Whether the answer is enough: yes, or what is missing."""
    said = step.part(0)
    cases.judge_answer(
        request_id=_request(act),
        sufficient=said == "yes",
        words="" if said == "yes" else said,
        by=acting(by),
        now=at,
    )


def _incident(act: Act) -> int:
    return act.stage.incidents[act.play.group]


def _request(act: Act) -> int:
    return InternalRequest.objects.filter(case_id=act.case_id).latest("pk").pk


DEEDS: tuple[Deed, ...] = (incident, gather, publish, toall, solved, differs, request, respond, enough)
