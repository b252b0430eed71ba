"""The rules of time are data: written with their source and the day they come into force, never over each other."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from zhiyin.cases.models import ClockRule
from zhiyin.cases.rules.words import ClockKind, Kind, Severity
from zhiyin.kit.errors import Invalid, NotFound, gettext_noop
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff


class SameDay(Invalid):
    code = "case.clock_rule_same_day"
    message = gettext_noop(
        "A rule for the same clock, kind and severity begins on this day already. Change that one."
    )


class EndsFirst(Invalid):
    code = "case.clock_rule_ends_first"
    message = gettext_noop("The last day comes before the first.")


@transaction.atomic
def save_clock_rule(
    *,
    clock: ClockKind,
    kind: Kind | None,
    severity: Severity | None,
    minutes: int,
    warn_share: int,
    round_the_clock: bool,
    effective_from: date,
    effective_to: date | None,
    source: str,
    to_confirm: bool,
    by: Staff,
    now: datetime,
    rule_id: int | None = None,
) -> ClockRule:
    """Write a new rule, or change one. Running clocks keep what they were started with. Raises SameDay, EndsFirst."""
    access.require(by, Deed.MANAGE_CLOCKS)
    rule = _held(rule_id)
    if effective_to is not None and effective_to < effective_from:
        raise EndsFirst(field="effective_to")
    words = {"clock": clock, "kind": kind or "", "severity": severity or ""}
    if ClockRule.objects.filter(**words, effective_from=effective_from).exclude(pk=rule.pk).exists():
        raise SameDay(field="effective_from")
    rest = {
        "minutes": minutes,
        "warn_share": warn_share,
        "round_the_clock": round_the_clock,
        "effective_from": effective_from,
        "effective_to": effective_to,
        "source": source.strip()[:200],
        "to_confirm": to_confirm,
    }
    for column, value in {**words, **rest}.items():
        setattr(rule, column, value)
    if rule.pk is None:
        rule.save(force_insert=True)
    else:
        rule.save(update_fields=[*words, *rest])
    return rule


@transaction.atomic
def end_clock_rule(*, rule_id: int, by: Staff, now: datetime, on: date) -> ClockRule:
    """The rule holds for the last time the day before `on`."""
    access.require(by, Deed.MANAGE_CLOCKS)
    rule = _held(rule_id)
    rule.effective_to = max(rule.effective_from, on - timedelta(days=1))
    rule.save(update_fields=["effective_to"])
    return rule


def _held(rule_id: int | None) -> ClockRule:
    if rule_id is None:
        return ClockRule()
    rule = ClockRule.objects.select_for_update().filter(pk=rule_id).first()
    if rule is None:
        raise NotFound
    return rule
