"""What follows a breach: the customer is told, and gets what the guarantee itself promises."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from zhiyin.cases import actions as cases
from zhiyin.cases.actions.hold import allow, hold, keep, record
from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import EventKind, Stage
from zhiyin.catalogue.rules import checks
from zhiyin.guarantees import rules
from zhiyin.guarantees.models import Breach
from zhiyin.kit.errors import NotFound
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


@transaction.atomic
def tell(*, breach_id: int, text: str, by: Staff, now: datetime) -> Breach:
    """The customer is told: in writing with `text`, or, without it, was told by voice. Once is enough.

    Raises Lifted, NotFound, OutOfReach, Forbidden; an archived case is written to no more (Archived).
    """
    case, breach = _held(breach_id, by, Deed.REPLY)
    if text.strip():
        cases.reply(case_id=case.pk, text=text, by=by, now=now)
    if breach.told_at is None:
        breach.told_at, breach.told_by = now, by
        breach.save(update_fields=["told_at", "told_by"])
    return breach


@transaction.atomic
def make_good(*, breach_id: int, given: str, cost: Decimal, by: Staff, now: datetime) -> Breach:
    """What was promised for this was given; its cost is the case's. Raises GivenMissing, MadeGoodAlready, Lifted."""
    case, breach = _held(breach_id, by, Deed.REMEDY)
    if breach.made_good_at is not None:
        raise rules.MadeGoodAlready
    breach.given = rules.check_given(given)
    breach.cost = checks.check_amount(cost) or Decimal(0)
    breach.made_good_at, breach.made_good_by = now, by
    breach.save(update_fields=["given", "cost", "made_good_at", "made_good_by"])
    if case.stage != Stage.ARCHIVED:  # what is archived stays as it was
        case.cost += breach.cost
        keep(case, "cost")
        record(case, EventKind.MADE_GOOD, now=now, by=by, text=breach.given, public=True)
    return breach


def _held(breach_id: int, by: Staff, deed: Deed) -> tuple[Case, Breach]:
    """Case first, then the breach, as everywhere; within this person's reach, and standing."""
    case_id = Breach.objects.filter(pk=breach_id).values_list("undertaking__case_id", flat=True).first()
    if case_id is None:
        raise NotFound
    case = hold(case_id, archived_too=True)
    allow(case, by, deed)
    breach = Breach.objects.select_for_update(of=("self",)).get(pk=breach_id)
    if breach.lifted_at is not None:
        raise rules.Lifted
    return case, breach
