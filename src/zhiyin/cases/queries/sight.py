"""Which cases a person may see. A queryset, so that no page can forget to ask."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from zhiyin.cases.models import Assignment, Case, CaseFile, Incident, IncidentMember, InternalRequest, Mention
from zhiyin.cases.rules import numbers
from zhiyin.cases.rules.colleagues import PENDING
from zhiyin.conversations.models import Attachment
from zhiyin.kit.errors import NotFound
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff
from zhiyin.people.rules import Role

SEEING = (Deed.SEE_ALL_CASES, Deed.SEE_TEAM_CASES, Deed.SEE_DEPARTMENT_CASES)


def visible(staff: Staff) -> QuerySet[Case]:
    """Every case for supervisors, quality and administrators; the team's and her own for an agent; for a
    handler those her department was ever asked about; nothing for anybody else.
    """
    cases = Case.objects.all()
    if access.may(staff, Deed.SEE_ALL_CASES):
        return cases
    if access.may(staff, Deed.SEE_TEAM_CASES):
        return cases.filter(Q(team_id=staff.team_id) | Q(owner_id=staff.pk))
    if access.may(staff, Deed.SEE_DEPARTMENT_CASES) and staff.department_id is not None:
        asked = Assignment.objects.filter(department_id=staff.department_id).values("case_id")
        return cases.filter(Q(department_id=staff.department_id) | Q(pk__in=asked))
    return cases.none()


def get(staff: Staff, number: str) -> Case:
    """The case with this number, if `staff` may see it. Raises NotFound, the same whether or not it exists."""
    case = visible(staff).filter(number=numbers.tidy(number)).first()
    if case is None:
        raise NotFound
    return case


def file_visible(staff: Staff, file_id: UUID) -> bool:
    """Whether the file is kept with a case this person may see, or hangs on a message of it (handlers have no inbox)."""
    seen = visible(staff)
    if CaseFile.objects.filter(file_id=file_id, case__in=seen).exists():
        return True
    said = Attachment.objects.filter(file_id=file_id).values("message__conversation_id")
    return seen.filter(conversation_id__in=said).exists()


def incidents_visible(staff: Staff) -> QuerySet[Incident]:
    """Everybody who takes cases down sees every incident (it holds no customer's data); a department those it answers
    for or has a case of; nobody else any.
    """
    rows = Incident.objects.all()
    if access.may(staff, Deed.SEE_ALL_CASES) or access.may(staff, Deed.SEE_TEAM_CASES):
        return rows
    if access.may(staff, Deed.SEE_DEPARTMENT_CASES) and staff.department_id is not None:
        own = IncidentMember.objects.filter(case__in=visible(staff)).values("incident_id")
        return rows.filter(Q(department_id=staff.department_id) | Q(pk__in=own))
    return rows.none()


def watchers(case: Case) -> QuerySet[Staff]:
    """`visible` seen from the case: everybody who may see it, or is asked about it with its notes shared."""
    roles = {deed: [role for role in Role if deed in access.ALLOWED[role]] for deed in SEEING}
    asked = Assignment.objects.filter(case=case).values("department_id")
    within = Q(role__in=roles[Deed.SEE_ALL_CASES])
    within |= Q(role__in=roles[Deed.SEE_TEAM_CASES]) & (Q(team_id=case.team_id) | Q(pk=case.owner_id))
    within |= Q(role__in=roles[Deed.SEE_DEPARTMENT_CASES]) & (
        Q(department_id__in=asked) | Q(department__isnull=False, department_id=case.department_id)
    )
    shared = InternalRequest.objects.filter(case=case, shares_notes=True, state__in=PENDING)
    within |= Q(pk__in=shared.filter(to__isnull=False).values("to_id"))
    within |= Q(department_id__in=shared.filter(department__isnull=False).values("department_id"))
    return Staff.objects.filter(within, is_active=True)


def requests_visible(staff: Staff) -> QuerySet[InternalRequest]:
    """Requests to and from a person, to the own department, and those of every case she sees."""
    rows = InternalRequest.objects.all()
    if not access.may(staff, Deed.ANSWER_REQUEST):
        return rows.filter(case__in=visible(staff))
    mine = Q(to=staff) | Q(asker=staff) | Q(case__in=visible(staff))
    if staff.department_id is not None:
        mine |= Q(department_id=staff.department_id)
    return rows.filter(mine)


def mentions_visible(staff: Staff) -> QuerySet[Mention]:
    """One's own mentions, as long as the case may be seen or its notes are shared."""
    shared = InternalRequest.objects.filter(shares_notes=True, state__in=PENDING)
    asked = Q(to=staff)
    if staff.department_id is not None:
        asked |= Q(department_id=staff.department_id)
    return Mention.objects.filter(
        Q(case__in=visible(staff)) | Q(case__in=shared.filter(asked).values("case_id")), staff=staff
    )
