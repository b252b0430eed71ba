"""Which cases a person may see. A queryset, so that no page can forget to ask."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from zhiyin.cases.models import Assignment, Case, CaseFile
from zhiyin.cases.rules import numbers
from zhiyin.conversations.models import Attachment
from zhiyin.kit.errors import NotFound
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


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
