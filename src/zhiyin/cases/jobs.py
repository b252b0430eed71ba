"""What this room does beside the pages: deeds shared by all members of an incident."""

from __future__ import annotations

from django.utils import timezone

from zhiyin.cases.actions import shared
from zhiyin.kit import jobs


@jobs.job(shared.JOB)
def carry_out(*, deed_id: int) -> None:
    """Carry a shared deed out, batch by batch. Safe to repeat: what is done already is passed over."""
    while shared.carry_on(deed_id=deed_id, now=timezone.now()):
        pass
