"""What leaves beside the pages: letters about accounts."""

from __future__ import annotations

from zhiyin.kit import jobs
from zhiyin.people import letters
from zhiyin.people.actions.notices import NOTICE, PASSWORD_LINK
from zhiyin.people.models import Staff
from zhiyin.people.rules import Notice

ATTEMPTS = 9  # over two and a half hours, should the mail server be away


@jobs.job(NOTICE, queue="mail", attempts=ATTEMPTS)
def notice(*, staff_id: int, notice: str, by_id: int) -> None:
    """Tell somebody what happened to her account. Repeated after a crash it may come twice."""
    people = Staff.objects.in_bulk([staff_id, by_id])
    if staff_id in people:
        letters.send_notice(people[staff_id], Notice(notice), by=people.get(by_id))


@jobs.job(PASSWORD_LINK, queue="mail", attempts=ATTEMPTS)
def password_link(*, staff_id: int) -> None:
    """Send the link for a new password to somebody who may still sign in."""
    staff = Staff.objects.filter(pk=staff_id, is_active=True).first()
    if staff is not None:
        letters.send_password_link(staff)
