"""Telling people what happened to their accounts, by letters that leave with a job of the same transaction."""

from __future__ import annotations

from zhiyin.kit import jobs
from zhiyin.people import letters
from zhiyin.people.models import Staff
from zhiyin.people.rules import Notice

NOTICE, PASSWORD_LINK = "people.notice", "people.password_link"


def tell(staff: Staff, notice: Notice, *, by: Staff | None = None) -> None:
    """Have somebody told, unless no letter reaches her."""
    if letters.reaches(staff):
        jobs.defer(NOTICE, staff_id=staff.pk, notice=notice.value, by_id=by.pk if by else 0)


def send_password_link(*, staff: Staff) -> None:
    """Have a link for a new password sent. Whoever asked waits for no mail server, known address or not."""
    if letters.reaches(staff):
        jobs.defer(PASSWORD_LINK, staff_id=staff.pk)
