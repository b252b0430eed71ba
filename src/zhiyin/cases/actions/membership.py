"""How a case stands to its incident: it goes with the others, or it differs and is followed up on its own."""

from __future__ import annotations

from datetime import datetime

from zhiyin.cases.actions.hold import record
from zhiyin.cases.models import Case, Incident, IncidentEvent, IncidentMember, SharedDeed
from zhiyin.cases.rules.incidents import IncidentLine
from zhiyin.cases.rules.words import EventKind
from zhiyin.people.models import Staff


def set_apart(case: Case, *, reason: str, by: Staff | None, now: datetime) -> None:
    """From here on the case is left out of what is done for all. Nothing where it belongs to no incident."""
    # Its usual order would join the incident, and lock that too.
    mine = IncidentMember.objects.select_for_update(of=("self",)).filter(case=case, differs=False)
    member = mine.order_by("pk").first()
    if member is None:
        return
    member.differs, member.reason, member.differs_since = True, reason, now
    member.save(update_fields=["differs", "reason", "differs_since"])
    note(member.incident_id, IncidentLine.APART, now=now, by=by, case=case, text=reason)
    record(case, EventKind.APART, now=now, by=by, by_customer=by is None, text=reason)


def note(
    incident: Incident | int,
    kind: IncidentLine,
    *,
    now: datetime,
    by: Staff | None = None,
    case: Case | None = None,
    shared: SharedDeed | None = None,
    count: int = 0,
    text: str = "",
) -> None:
    """One line of an incident's timeline."""
    IncidentEvent.objects.create(
        incident_id=incident if isinstance(incident, int) else incident.pk,
        kind=kind,
        at=now,
        staff=by,
        case=case,
        shared=shared,
        count=count,
        text=text,
    )
