"""Statutory times are data: a change is a new version with the day it begins; what was in force stays readable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count

from django.db import connection, transaction

from zhiyin.kit.errors import NotFound
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff
from zhiyin.statutory.models import StatutoryRule
from zhiyin.statutory.rules import decisions
from zhiyin.statutory.rules.words import Body, Duty, Mark, Region, Sector, Start, Unit

CITY_LONGEST, REMARK_LONGEST = 40, 200


@transaction.atomic
def save_rule(
    *,
    duty: Duty,
    body: Body | None,
    sector: Sector | None,
    amount: int,
    unit: Unit,
    starts_from: Start,
    rolls: bool,
    remind_days: int,
    effective_from: date,
    effective_to: date | None,
    basis: str,
    mark: Mark,
    by: Staff,
    now: datetime,
    region: Region | None = None,
    city: str = "",
    remark: str = "",
    rule_id: int | None = None,
    active: bool = True,
) -> StatutoryRule:
    """A new rule, or with `rule_id` a new version of that one. Times that run keep the version they began with.

    Raises SameDay, EndsFirst, BasisMissing, RegionMissing.
    """
    access.require(by, Deed.MANAGE_CLOCKS)
    _one_at_a_time()
    if effective_to is not None and effective_to < effective_from:
        raise decisions.EndsFirst(field="effective_to")
    if not basis.strip():
        raise decisions.BasisMissing(field="basis")
    if city.strip() and region is None:
        raise decisions.RegionMissing(field="region")
    scope = {
        "body": body or "",
        "sector": sector or "",
        "region": region or "",
        "city": city.strip()[:CITY_LONGEST],
    }
    code = _code(duty, scope, _held(rule_id) if rule_id is not None else None)
    if StatutoryRule.objects.filter(code=code, effective_from=effective_from, active=True).exists():
        raise decisions.SameDay(field="effective_from")
    return StatutoryRule.objects.create(
        code=code,
        duty=duty,
        **scope,
        amount=amount,
        unit=unit,
        starts_from=starts_from,
        rolls=rolls,
        remind_days=remind_days,
        effective_from=effective_from,
        effective_to=effective_to,
        basis=basis.strip(),
        remark=remark.strip()[:REMARK_LONGEST],
        mark=mark,
        active=active,
    )


@transaction.atomic
def end_rule(*, rule_id: int, by: Staff, now: datetime, on: date) -> StatutoryRule:
    """The version holds for the last time the day before `on`; one that has not begun is put out of use."""
    access.require(by, Deed.MANAGE_CLOCKS)
    rule = _held(rule_id)
    if rule.effective_from >= on:
        rule.active = False
        rule.save(update_fields=["active"])
    else:
        rule.effective_to = on - timedelta(days=1)
        rule.save(update_fields=["effective_to"])
    return rule


@transaction.atomic
def use_rule(*, rule_id: int, active: bool, by: Staff, now: datetime) -> StatutoryRule:
    """Put a version into use, or out of it. Raises SameDay where another version of that day is in use."""
    access.require(by, Deed.MANAGE_CLOCKS)
    rule = _held(rule_id)
    twins = StatutoryRule.objects.filter(code=rule.code, effective_from=rule.effective_from, active=True)
    if active and twins.exclude(pk=rule.pk).exists():
        raise decisions.SameDay(field="effective_from")
    rule.active = active
    rule.save(update_fields=["active"])
    return rule


def _code(duty: Duty, scope: dict[str, str], before: StatutoryRule | None) -> str:
    """The rule for the same thing keeps its code, so that the newer version takes over from it; no other takes it."""
    if before is not None and all(getattr(before, name) == value for name, value in scope.items()):
        return before.code
    same = StatutoryRule.objects.filter(duty=duty, active=True, **scope)
    known = same.order_by("-effective_from", "-pk").values_list("code", flat=True).first()
    if known:
        return known
    code = "-".join(
        part for part in (scope["sector"] or scope["body"] or "any", duty, scope["region"]) if part
    )
    taken = set(StatutoryRule.objects.filter(code__startswith=code).values_list("code", flat=True))
    return next(name for name in _numbered(code) if name not in taken)


def _numbered(code: str) -> Iterator[str]:
    yield code
    yield from (f"{code}-{number}" for number in count(2))


def _held(rule_id: int) -> StatutoryRule:
    rule = StatutoryRule.objects.select_for_update().filter(pk=rule_id).first()
    if rule is None:
        raise NotFound
    return rule


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('statutory.rules', 0))")
