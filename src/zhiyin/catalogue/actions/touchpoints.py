"""The register of touchpoints."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhiyin.catalogue.models import Touchpoint
from zhiyin.catalogue.rules import checks
from zhiyin.kit.errors import NotFound
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


@transaction.atomic
def save_touchpoint(
    *,
    name: str,
    by: Staff,
    now: datetime,
    position: int = 1,
    key_factors: str = "",
    is_active: bool = True,
    touchpoint_id: int | None = None,
    version: int | None = None,
) -> Touchpoint:
    """Make or change a touchpoint. Out of use, it stays with what carries it. Raises Invalid, Stale, NotFound."""
    access.require(by, Deed.MANAGE_CATALOGUE)
    row = _held(touchpoint_id)
    checks.check_version(version, row.version)
    name = checks.check_line("name", name, most=checks.SHORT)
    if Touchpoint.objects.filter(name=name).exclude(pk=row.pk).exists():
        raise checks.NameTaken(field="name")
    row.name, row.position, row.is_active = name, position, is_active
    row.key_factors = checks.check_text("key_factors", key_factors)
    if row.pk is None:
        row.save(force_insert=True)
        return row
    row.version += 1
    row.save(update_fields=["name", "position", "key_factors", "is_active", "version"])
    return row


def _held(touchpoint_id: int | None) -> Touchpoint:
    if touchpoint_id is None:
        return Touchpoint()
    row = Touchpoint.objects.select_for_update().filter(pk=touchpoint_id).first()
    if row is None:
        raise NotFound
    return row
