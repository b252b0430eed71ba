"""What every action on facts does first: lock the case, see that this person may, lock the case's table."""

from __future__ import annotations

from zhiyin.cases.actions.hold import allow, hold
from zhiyin.cases.models import Case
from zhiyin.facts.models import FactTable, Member
from zhiyin.facts.rules.words import NoTable
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


def reach(case_id: int, by: Staff) -> Case:
    """The case under a row lock, if `by` may note facts down for it. Archived cases are closed to everybody."""
    case = hold(case_id)
    allow(case, by, Deed.RECORD_FACTS)
    return case


def table_for(case: Case) -> FactTable:
    """The table of a held case under a row lock of its own. Raises NoTable."""
    member = Member.objects.filter(case=case, left_at__isnull=True).first()
    if member is None:
        raise NoTable
    return FactTable.objects.select_for_update().get(pk=member.table_id)
