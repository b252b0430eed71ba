"""The guarantee: composed from the catalogue as a draft, published with a day, and left alone from then on."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from zhiyin.catalogue.models import Clause, Guarantee, ServiceItem
from zhiyin.catalogue.rules import checks
from zhiyin.catalogue.rules.words import GuaranteeState, Measure
from zhiyin.kit.errors import NotFound
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Calendar, Staff

COPIED = (
    "position", "heading", "title", "text", "item_id", "measure", "minutes", "calendar_id", "covers_all",
    "remedy", "remedy_amount",
)  # fmt: skip
CLAUSE_COLUMNS = (
    "heading", "title", "text", "measure", "minutes", "calendar", "covers_all", "remedy", "remedy_amount",
)  # fmt: skip


@transaction.atomic
def draft(*, title: str, by: Staff, now: datetime) -> Guarantee:
    """The draft there is, or a new one that begins as a copy of the version with the latest day."""
    access.require(by, Deed.MANAGE_CATALOGUE)
    there = Guarantee.objects.select_for_update().filter(state=GuaranteeState.DRAFT).first()
    if there is not None:
        return there
    model = Guarantee.objects.filter(state=GuaranteeState.PUBLISHED).order_by("-effective_on", "-pk").first()
    begun = Guarantee.objects.create(
        title=model.title if model else checks.check_line("title", title, most=checks.SHORT),
        intro=model.intro if model else "",
        closing=model.closing if model else "",
        created_by=by,
        created_at=now,
    )
    if model is not None:
        Clause.objects.bulk_create(
            Clause(guarantee=begun, **{column: getattr(clause, column) for column in COPIED})
            for clause in model.clauses.all()
        )
    return begun


@transaction.atomic
def save_draft(
    *, title: str, intro: str, closing: str, by: Staff, now: datetime, version: int | None = None
) -> Guarantee:
    """The words around the clauses. Raises Invalid, Stale, NotFound."""
    held = _draft(by, version)
    held.title = checks.check_line("title", title, most=checks.SHORT)
    held.intro = checks.check_text("intro", intro)
    held.closing = checks.check_text("closing", closing)
    return _kept(held, "title", "intro", "closing")


@transaction.atomic
def add_clause(*, item_id: int, by: Staff, now: datetime) -> Clause:
    """A clause from a service: its name, its standard and its target to begin with. Raises NotFound, ItemOutOfUse."""
    held = _draft(by, None)
    item = ServiceItem.objects.filter(pk=item_id).first()
    if item is None:
        raise NotFound
    if not item.is_active:
        raise checks.ItemOutOfUse(field="item_id")
    last = held.clauses.aggregate(last=Max("position"))["last"] or 0
    before = held.clauses.order_by("-position", "-pk").first()
    clause = Clause.objects.create(
        guarantee=held,
        position=last + 1,
        heading=before.heading if before else "",
        title=item.name,
        text=item.standard,
        item=item,
        measure=item.measure,
        minutes=item.minutes,
        calendar_id=item.calendar_id,
        covers_all=item.covers_all,
    )
    _kept(held)
    return clause


@transaction.atomic
def save_clause(
    *,
    clause_id: int,
    title: str,
    by: Staff,
    now: datetime,
    heading: str = "",
    text: str = "",
    measure: Measure | None = None,
    minutes: int | None = None,
    calendar_id: int | None = None,
    covers_all: bool = False,
    remedy: str = "",
    remedy_amount: Decimal | None = None,
    version: int | None = None,
) -> Clause:
    """What customers read, what is measured, and what they get when it is missed. Raises Invalid, Stale, NotFound."""
    held = _draft(by, version)
    clause = _clause(held, clause_id)
    clause.title = checks.check_line("title", title, most=checks.SHORT)
    clause.heading = checks.check_line("heading", heading, most=40, needed=False)
    clause.text = checks.check_text("text", text)
    clause.minutes = checks.check_target(measure, minutes)
    clause.remedy = checks.check_remedy(measure, remedy)
    clause.remedy_amount = checks.check_amount(remedy_amount)
    clause.measure, clause.covers_all = measure or "", covers_all
    clause.calendar = _hours(calendar_id) if measure else None
    clause.save(update_fields=[*CLAUSE_COLUMNS])
    _kept(held)
    return clause


@transaction.atomic
def drop_clause(*, clause_id: int, by: Staff, now: datetime) -> Guarantee:
    """Take a clause out of the draft. Raises NotFound."""
    held = _draft(by, None)
    _clause(held, clause_id).delete()
    return _kept(held)


@transaction.atomic
def move_clause(*, clause_id: int, up: bool, by: Staff, now: datetime) -> Guarantee:
    """One place up or down; the first stays first, the last last. Raises NotFound."""
    held = _draft(by, None)
    rows = list(held.clauses.order_by("position", "pk"))
    here = rows.index(_clause(held, clause_id))
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        for place, row in enumerate(rows, 1):
            if row.position != place:
                row.position = place
                row.save(update_fields=["position"])
    return _kept(held)


@transaction.atomic
def publish(*, effective_on: date, by: Staff, now: datetime, version: int | None = None) -> Guarantee:
    """From that day it holds, for what is received from then on and after now. Nothing in it changes any more.

    Raises DayPast, DayTaken, NothingPromised, NoRemedy, Stale, NotFound.
    """
    access.require(by, Deed.PUBLISH_GUARANTEE)
    held = _draft(None, version)
    checks.check_day(effective_on, today=timezone.localdate(now))
    _check_whole(held)
    if Guarantee.objects.filter(state=GuaranteeState.PUBLISHED, effective_on=effective_on).exists():
        raise checks.DayTaken(field="effective_on")
    newest = Guarantee.objects.aggregate(newest=Max("number"))["newest"] or 0
    held.number, held.effective_on = newest + 1, effective_on
    held.state, held.published_at, held.published_by = GuaranteeState.PUBLISHED, now, by
    return _kept(held, "number", "effective_on", "state", "published_at", "published_by")


@transaction.atomic
def withdraw(*, guarantee_id: int, by: Staff, now: datetime) -> Guarantee:
    """Take a version back before its day; the one before goes on holding. Raises InForce, NotFound."""
    access.require(by, Deed.PUBLISH_GUARANTEE)
    held = (
        Guarantee.objects.select_for_update().filter(pk=guarantee_id, state=GuaranteeState.PUBLISHED).first()
    )
    if held is None or held.effective_on is None:
        raise NotFound
    if held.effective_on <= timezone.localdate(now):
        raise checks.InForce
    held.state = GuaranteeState.WITHDRAWN
    return _kept(held, "state")


@transaction.atomic
def discard(*, by: Staff, now: datetime, version: int | None = None) -> None:
    """Throw the draft away. Raises Stale, NotFound."""
    _draft(by, version).delete()


def _check_whole(held: Guarantee) -> None:
    """Raises NothingPromised without clauses, NoRemedy where one is measured and says nothing for when it is missed."""
    clauses = list(held.clauses.all())
    if not clauses:
        raise checks.NothingPromised
    for clause in clauses:
        if clause.measure and not clause.remedy:
            raise checks.NoRemedy(title=clause.title)


def _hours(calendar_id: int | None) -> Calendar | None:
    """Working hours by id, None for round the clock. Raises NotFound."""
    if calendar_id is None:
        return None
    found = Calendar.objects.filter(pk=calendar_id).first()
    if found is None:
        raise NotFound
    return found


def _draft(by: Staff | None, version: int | None) -> Guarantee:
    if by is not None:
        access.require(by, Deed.MANAGE_CATALOGUE)
    held = Guarantee.objects.select_for_update().filter(state=GuaranteeState.DRAFT).first()
    if held is None:
        raise NotFound
    checks.check_version(version, held.version)
    return held


def _clause(held: Guarantee, clause_id: int) -> Clause:
    clause: Clause | None = held.clauses.filter(pk=clause_id).first()
    if clause is None:
        raise NotFound
    return clause


def _kept(held: Guarantee, *columns: str) -> Guarantee:
    """Save and count up, so that whoever looks at an older draft is told."""
    held.version += 1
    held.save(update_fields=["version", *columns])
    return held
