"""Where in the catalogue a matter belongs: the service it falls under and the touchpoint it arose at."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhiyin.cases.actions.hold import allow, hold, keep, record
from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import EventKind
from zhiyin.catalogue.models import ServiceItem, Touchpoint
from zhiyin.kit.errors import NotFound
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


def looked_up(
    service_item_id: int | None, touchpoint_id: int | None
) -> tuple[ServiceItem | None, Touchpoint | None]:
    """The rows of these ids; a service brings its own touchpoint where none is named. Raises NotFound."""
    item = touchpoint = None
    if service_item_id is not None:
        item = ServiceItem.objects.select_related("touchpoint").filter(pk=service_item_id).first()
        if item is None:
            raise NotFound
        touchpoint = item.touchpoint
    if touchpoint_id is not None:
        touchpoint = Touchpoint.objects.filter(pk=touchpoint_id).first()
        if touchpoint is None:
            raise NotFound
    return item, touchpoint


@transaction.atomic
def place(
    *,
    case_id: int,
    service_item_id: int | None,
    touchpoint_id: int | None,
    by: Staff,
    now: datetime,
    version: int | None = None,
) -> Case:
    """Put a case to a service and a touchpoint, or to none. What is owed by the guarantee follows by itself."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.NOTE)
    item, touchpoint = looked_up(service_item_id, touchpoint_id)
    if (case.service_item, case.touchpoint) == (item, touchpoint):
        return case
    case.service_item, case.touchpoint = item, touchpoint
    keep(case, "service_item", "touchpoint")
    said = [row.name for row in (item, touchpoint) if row is not None]
    record(case, EventKind.PLACED, now=now, by=by, text="\n".join(said))
    return case
