"""Services and the versions of their procedures."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from zhiyin.catalogue.models import Procedure, ServiceItem, Touchpoint
from zhiyin.catalogue.rules import checks
from zhiyin.catalogue.rules.words import Level, Measure
from zhiyin.kit.errors import NotFound
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Calendar, Department, Staff

Row = TypeVar("Row", Calendar, Touchpoint, Department)
COLUMNS = (
    "name", "level", "standard", "soft_side", "measure", "minutes", "calendar", "covers_all", "touchpoint",
    "department", "is_active",
)  # fmt: skip


@transaction.atomic
def save_item(
    *,
    name: str,
    level: Level,
    by: Staff,
    now: datetime,
    standard: str = "",
    soft_side: str = "",
    measure: Measure | None = None,
    minutes: int | None = None,
    calendar_id: int | None = None,
    covers_all: bool = False,
    touchpoint_id: int | None = None,
    department_id: int | None = None,
    is_active: bool = True,
    item_id: int | None = None,
    version: int | None = None,
) -> ServiceItem:
    """Make or change a service. `calendar_id` None counts round the clock. What a guarantee says of it stays as said.

    Raises Invalid, Stale, NotFound.
    """
    access.require(by, Deed.MANAGE_CATALOGUE)
    row = _held(item_id) if item_id is not None else ServiceItem()
    checks.check_version(version, row.version)
    name = checks.check_line("name", name, most=checks.SHORT)
    if ServiceItem.objects.filter(name=name).exclude(pk=row.pk).exists():
        raise checks.NameTaken(field="name")
    minutes = checks.check_target(measure, minutes)
    row.name, row.level, row.is_active, row.covers_all = name, level, is_active, covers_all
    row.standard = checks.check_text("standard", standard)
    row.soft_side = checks.check_text("soft_side", soft_side)
    row.measure, row.minutes = measure or "", minutes
    row.calendar = _found(Calendar, calendar_id) if measure else None
    row.touchpoint = _found(Touchpoint, touchpoint_id)
    row.department = _found(Department, department_id)
    if row.pk is None:
        row.save(force_insert=True)
        return row
    row.version += 1
    row.save(update_fields=[*COLUMNS, "version"])
    return row


@transaction.atomic
def write_procedure(
    *,
    item_id: int,
    steps: str,
    effective_on: date,
    by: Staff,
    now: datetime,
    note: str = "",
    seen_number: int | None = None,
) -> Procedure:
    """A new version from that day, today at the earliest; one that does not hold yet is written anew in its place.

    `seen_number` is the newest version on the person's page, 0 for none. Raises Invalid, Stale, NotFound.
    """
    access.require(by, Deed.MANAGE_CATALOGUE)
    item = _held(item_id)
    newest = item.procedures.aggregate(newest=Max("number"))["newest"] or 0
    checks.check_version(seen_number, newest)
    today = timezone.localdate(now)
    checks.check_day(effective_on, today=today)
    words = {
        "steps": checks.check_text("steps", steps, needed=True),
        "note": checks.check_line("note", note, needed=False),
    }
    there = item.procedures.filter(effective_on=effective_on).first()
    if there is None:
        return Procedure.objects.create(
            item=item, number=newest + 1, effective_on=effective_on, by=by, at=now, **words
        )
    if there.effective_on <= today:
        raise checks.DayTaken(field="effective_on")
    there.steps, there.note, there.by, there.at = words["steps"], words["note"], by, now
    there.save(update_fields=["steps", "note", "by", "at"])
    return there


def _held(item_id: int) -> ServiceItem:
    row = ServiceItem.objects.select_for_update().filter(pk=item_id).first()
    if row is None:
        raise NotFound
    return row


def _found(model: type[Row], pk: int | None) -> Row | None:
    """The row a form named; raises NotFound when there is none of this id."""
    if pk is None:
        return None
    row: Row | None = model._default_manager.filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row
