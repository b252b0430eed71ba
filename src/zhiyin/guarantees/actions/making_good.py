"""What follows a breach: the customer is told, and gets what the guarantee itself promises."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from zhiyin.cases import actions as cases
from zhiyin.cases.actions import spending
from zhiyin.cases.actions.hold import allow, hold, record
from zhiyin.cases.models import Case
from zhiyin.cases.rules import decisions
from zhiyin.cases.rules.words import EventKind, Stage
from zhiyin.customers.rules import Channel
from zhiyin.guarantees import queries, rules
from zhiyin.guarantees.models import Breach
from zhiyin.guarantees.rules import Told
from zhiyin.kit.errors import NotFound
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


@transaction.atomic
def tell(*, breach_id: int, text: str, by: Staff, now: datetime, by_voice: bool = False) -> Breach:
    """Write to the customer, or write down what she was told by voice. That she knows follows from it, see `knows`.

    A letter that could not be delivered, or that nobody has read, may be followed by another. Raises WordsMissing,
    ToldAlready, Lifted, NotFound, OutOfReach, Forbidden; an archived case is written to no more (Archived).
    """
    case, breach = _held(breach_id, by, Deed.REPLY)
    rules.check_may_tell(queries.knowledge(breach))
    breach.message = cases.reply(
        case_id=case.pk,
        text=rules.check_words(text),
        by=by,
        now=now,
        channel=Channel.PHONE if by_voice else None,
    )
    breach.told = Told.VOICE if by_voice else Told.WRITTEN
    breach.told_at, breach.told_by = now, by
    breach.save(update_fields=["message", "told", "told_at", "told_by"])
    return breach


@transaction.atomic
def shown(*, case_id: int, now: datetime) -> int:
    """The customer has what was not kept before her eyes, on her own page; the first time counts. Returns how many."""
    new = Breach.objects.filter(undertaking__case=case_id, lifted_at__isnull=True, seen_at__isnull=True)
    return new.update(seen_at=now)


@transaction.atomic
def make_good(
    *, breach_id: int, given: str, cost: Decimal, by: Staff, now: datetime, kind_id: int | None = None
) -> Breach:
    """What was promised for this was given; its cost is an expense of the case.

    Raises GivenMissing, MadeGoodAlready, Lifted; OverPromised and BudgetSpent where it is more than was promised.
    """
    case, breach = _held(breach_id, by, Deed.REMEDY)
    if breach.made_good_at is not None:
        raise rules.MadeGoodAlready
    breach.given = rules.check_given(given)
    breach.cost = decisions.check_amount("cost", cost)
    breach.expense = spending.compensate(
        case,
        amount=breach.cost,
        promised=breach.undertaking.clause.remedy_amount or Decimal(0),
        text=breach.given,
        kind_id=kind_id,
        by=by,
        now=now,
    )
    breach.made_good_at, breach.made_good_by = now, by
    breach.save(update_fields=["given", "cost", "expense", "made_good_at", "made_good_by"])
    if case.stage != Stage.ARCHIVED:  # what is archived stays as it was
        record(case, EventKind.MADE_GOOD, now=now, by=by, text=breach.given, public=True)
    return breach


def _held(breach_id: int, by: Staff, deed: Deed) -> tuple[Case, Breach]:
    """Case first, then the breach, as everywhere; within this person's reach, and standing."""
    case_id = Breach.objects.filter(pk=breach_id).values_list("undertaking__case_id", flat=True).first()
    if case_id is None:
        raise NotFound
    case = hold(case_id, archived_too=True)
    allow(case, by, deed)
    breach = (
        Breach.objects.select_for_update(of=("self",))
        .select_related("undertaking__clause", "message__delivery")
        .get(pk=breach_id)
    )
    if breach.lifted_at is not None:
        raise rules.Lifted
    return case, breach
