"""Write down what a customer expects: each time a whole new sheet, so that the earlier one stays readable."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from zhiyin.cases.actions.hold import allow, hold, record
from zhiyin.cases.models import Expectation, ExpectationOption
from zhiyin.cases.rules import decisions, expectations
from zhiyin.cases.rules.expectations import Genuine, Option, Wish
from zhiyin.cases.rules.words import EventKind
from zhiyin.kit.errors import Conflict, gettext_noop
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


class SheetChanged(Conflict):
    code = "case.sheet_changed"
    message = gettext_noop(
        "%(name)s has just written this sheet anew. What you wrote is still here; look and go on."
    )


@transaction.atomic
def expect(
    *,
    case_id: int,
    stated: str,
    genuine: Genuine,
    by: Staff,
    now: datetime,
    genuine_reason: str = "",
    practical_need: str = "",
    wishes: Collection[Wish] = (),
    psychological_need: str = "",
    options: Sequence[Option] = (),
    uncertainty: str = "",
    uncertainty_told_at: datetime | None = None,
    edition: int | None = None,
) -> Expectation:
    """The sheet as it stands now. `edition` is the one the page showed (0 for none); a newer one raises SheetChanged.

    Raises NothingStated, ReasonMissing, OptionUnnamed, TimeMissing, TooMuch, InThePast.
    """
    case = hold(case_id)
    allow(case, by, Deed.NOTE)
    expectations.check(stated=stated, genuine=genuine, reason=genuine_reason)
    kept = expectations.tidy(tuple(options))
    _check_told(uncertainty, uncertainty_told_at, now)
    last = case.expectations.select_related("by").order_by("-edition").first()
    if edition is not None and last is not None and last.edition != edition:
        raise SheetChanged(name=last.by.name)
    if last and last.uncertainty_told_at == uncertainty_told_at and last.uncertainty != uncertainty.strip():
        uncertainty_told_at = None  # what was told then is not what is uncertain now
    sheet = Expectation.objects.create(
        case=case,
        edition=last.edition + 1 if last else 1,
        stated=stated.strip(),
        genuine=genuine,
        genuine_reason=genuine_reason.strip(),
        practical_need=practical_need.strip(),
        welcomed=Wish.WELCOMED in wishes,
        understood=Wish.UNDERSTOOD in wishes,
        respected=Wish.RESPECTED in wishes,
        psychological_need=psychological_need.strip(),
        uncertainty=uncertainty.strip(),
        uncertainty_told_at=uncertainty_told_at,
        by=by,
        at=now,
    )
    ExpectationOption.objects.bulk_create(
        ExpectationOption(
            expectation=sheet,
            who=one.who,
            text=one.text.strip(),
            cost=None if one.cost is None else decisions.check_amount(f"{one.who}_cost", one.cost),
            effect=one.effect or "",
        )
        for one in kept
    )
    record(case, EventKind.EXPECTED, now=now, by=by, text=sheet.stated)
    return sheet


def _check_told(uncertainty: str, told_at: datetime | None, now: datetime) -> None:
    if told_at is None:
        return
    if not uncertainty.strip():
        raise expectations.TimeMissing(field="uncertainty")
    if told_at > now:
        raise decisions.StillAhead(field="uncertainty_told_at")
