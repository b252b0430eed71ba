"""What this room plugs into the floors below: timers, link markers, recomputed clocks."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from zhiyin.cases import links
from zhiyin.cases.actions import clocks
from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import LinkPurpose
from zhiyin.conversations import markers
from zhiyin.kit.jobs import timers
from zhiyin.people import calendars


def connect() -> None:
    timers.register("clock_warnings", clocks.claim_warnings)
    timers.register("clock_breaches", clocks.claim_breaches)
    calendars.on_changed(recompute)
    for purpose in LinkPurpose:
        markers.register(purpose.value, _address_of(purpose))


def recompute(*, calendar_ids: frozenset[int] | None, now: datetime) -> None:
    """Hours have changed: running clocks that count by them are reckoned anew."""
    clocks.recompute(calendar_ids)


def _address_of(purpose: LinkPurpose) -> markers.Expand:
    def address(case_id: int) -> str:
        """A fresh key, made at the moment the message leaves, so that none is ever stored."""
        key = links.issue(case=Case.objects.get(pk=case_id), purpose=purpose, now=timezone.now())
        return f"{settings.PUBLIC_URL}/portal/k/{key}"

    return address
