"""Merged cases write to one table, as the one matter they are; a merge undone parts them again."""

from __future__ import annotations

from datetime import datetime

from zhiyin.cases.models import Case, Merge
from zhiyin.cases.rules.words import EventKind
from zhiyin.facts.actions.gathering import end, gather, leave
from zhiyin.facts.models import Member, Observation
from zhiyin.facts.rules import words


def watch(case: Case, kind: EventKind, now: datetime) -> None:
    """Follow a merge, and its undoing, in the transaction in which it happens."""
    if kind is EventKind.MERGED and case.duplicate_of_id is not None:
        _join(Merge.objects.get(duplicate=case, undone_at__isnull=True), now)
    elif kind is EventKind.UNMERGED:
        _part(Merge.objects.filter(duplicate=case, undone_at=now).latest("pk"))


def _join(merged: Merge, now: datetime) -> None:
    """The duplicate comes to the table of the case it ends in, or brings along its own."""
    there = _tables(merged)
    host, guest = merged.into_id, merged.duplicate_id
    if host not in there:
        host, guest = guest, host
    if host not in there or there[host] == there.get(guest):
        return
    try:
        gather(case_id=host, other_id=guest, by=merged.by, now=now)
    except (words.TooManyRows, words.TooManyColumns):
        return  # each keeps its table: that the facts do not fit together is no reason against merging


def _part(merged: Merge) -> None:
    """Whoever came to the other's table by the merge goes; cases that shared one before stay together."""
    if merged.undone_by is None or merged.undone_at is None:
        return
    came = Member.objects.filter(
        case__in=[merged.duplicate_id, merged.into_id], joined_at=merged.at, left_at__isnull=True
    ).first()
    if came is None or len(set(_tables(merged).values())) > 1:
        return
    if Observation.objects.filter(table=came.table_id, case=came.case_id).exists():
        leave(case_id=came.case_id, by=merged.undone_by, now=merged.undone_at)
    else:  # it had nothing before, and brought nothing along
        end(came, by=merged.undone_by, now=merged.undone_at)


def _tables(merged: Merge) -> dict[int, int]:
    rows = Member.objects.filter(case__in=[merged.duplicate_id, merged.into_id], left_at__isnull=True)
    return dict(rows.values_list("case_id", "table_id"))
