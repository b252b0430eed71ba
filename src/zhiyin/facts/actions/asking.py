"""Asking the customer to note down each time, and what she enters by her link."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from zhiyin.cases import actions as cases
from zhiyin.cases import links
from zhiyin.cases.actions.hold import hold, record
from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import EventKind, LinkPurpose
from zhiyin.facts.actions.grip import reach, table_for
from zhiyin.facts.actions.rows import check_room, keep, taken
from zhiyin.facts.models import Observation
from zhiyin.facts.rules import words
from zhiyin.kit.errors import NotFound
from zhiyin.people.models import Staff


@transaction.atomic
def ask(*, case_id: int, by: Staff, now: datetime) -> str:
    """Send the customer a link to note down observations; it stays good until it is closed or expires.

    Returns the key where it has to be passed on by hand, else the empty string.
    """
    table_for(reach(case_id, by))
    return cases.send_link(case_id=case_id, purpose=LinkPurpose.FACTS, by=by, now=now)


@transaction.atomic
def stop_asking(*, case_id: int, by: Staff, now: datetime) -> None:
    """Close the customer's link; what she noted down stays."""
    links.withdraw(case=reach(case_id, by), purpose=LinkPurpose.FACTS, now=now)


@transaction.atomic
def observe_as_customer(
    *, case_id: int, texts: Mapping[int, str], now: datetime, client_token: UUID | None = None
) -> Observation:
    """One observation by the customer's own hand, only what is asked of her. Raises NotAsked once the link is closed."""
    case = _asked(case_id, now)
    table = table_for(case)
    before = (
        Observation.objects.filter(client_token=client_token, case=case).first() if client_token else None
    )
    if before is not None:
        return before
    there = _own(case).filter(removed_at__isnull=True).count()
    if there >= words.OWN:
        raise words.TooManyRows(most=words.OWN, found=there)
    failed, cells = taken(table, texts, only_asked=True)
    row = keep(table, case.pk, failed, cells, by=None, now=now, client_token=client_token)
    record(case, EventKind.FACTS, now=now, by_customer=True)
    return row


@transaction.atomic
def take_back(*, case_id: int, row_id: int, now: datetime) -> Observation:
    """The customer takes back the last observation she entered, and no other: hers alone, and only the last."""
    case = _asked(case_id, now)
    last = _own(case).filter(removed_at__isnull=True).order_by("-pk").first()
    if last is None or last.pk != row_id:
        raise NotFound
    last.removed_at = now
    last.save(update_fields=["removed_at"])
    return last


@transaction.atomic
def restore_own(*, case_id: int, row_id: int, now: datetime) -> Observation:
    """What the customer took back herself stands again."""
    case = _asked(case_id, now)
    row = _own(case).filter(pk=row_id, removed_at__isnull=False, removed_by__isnull=True).first()
    if row is None:
        raise NotFound
    check_room(table_for(case), 1)
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    return row


def _asked(case_id: int, now: datetime) -> Case:
    case = hold(case_id)
    if not links.is_open(case_id=case.pk, purpose=LinkPurpose.FACTS, now=now):
        raise words.NotAsked
    return case


def _own(case: Case) -> models.QuerySet[Observation]:
    table = table_for(case)
    return Observation.objects.select_for_update().filter(table=table, case=case, entered_by__isnull=True)
