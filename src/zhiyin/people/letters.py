"""Letters to staff, and the links in them."""

from __future__ import annotations

import smtplib

import structlog
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from zhiyin.kit.language import say
from zhiyin.people import queries
from zhiyin.people.models import Invitation, Staff
from zhiyin.people.rules import Notice

log = structlog.get_logger(__name__)


class NotSent(Exception):
    """The mail server did not take a letter; says why without naming anybody."""


def reaches(staff: Staff) -> bool:
    """Whether letters about her account get to this person at all."""
    return bool(settings.EMAIL_CONFIGURED and staff.email)


def send_notice(staff: Staff, notice: Notice, *, by: Staff | None = None) -> None:
    """Tell somebody, in her own language, what happened to her account. Raises NotSent."""
    with override(staff.language):
        facts = {"staff": staff, "sentence": say(notice), "by": by, "url": settings.PUBLIC_URL}
        body = render_to_string("people/email/notice.txt", facts)
        _send(_("Your Zhiyin account: something has changed"), body, staff)


def send_password_link(staff: Staff) -> None:
    """The letter with a link for a new password, made as it leaves, so that no stored text holds it. Raises NotSent."""
    with override(staff.language):
        subject = render_to_string("account/email/password_reset_key_subject.txt").strip()
        facts = {"user": staff, "password_reset_url": password_link(staff)}
        _send(subject, render_to_string("account/email/password_reset_key_message.txt", facts), staff)


def _send(subject: str, body: str, staff: Staff) -> None:
    if not reaches(staff):
        return
    try:
        EmailMessage(subject=subject, body=body, to=[staff.email]).send()
    except (smtplib.SMTPException, OSError) as error:
        # Of the server's words only the kind: they may hold the address.
        raise NotSent(type(error).__name__) from None


def invitation_link(token: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('people:invitation_link', args=[token])}"


def password_link(staff: Staff) -> str:
    """A link that sets a new password: once, within a day, and void as soon as password or address change."""
    key = f"{user_pk_to_url_str(staff)}-{default_token_generator.make_token(staff)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return f"{settings.PUBLIC_URL}{path.replace('UID-KEY', key)}"


def send_invitation(invitation: Invitation, link: str) -> bool:
    """Whether the letter went out; the page says so, and shows the link in any case."""
    if not settings.EMAIL_CONFIGURED:
        return False
    house = queries.organisation()
    letter = EmailMessage(
        subject=_("%(name)s invites you to Zhiyin") % {"name": house.name},
        body=render_to_string(
            "people/email/invitation.txt", {"invitation": invitation, "house": house, "link": link}
        ),
        to=[invitation.email],
    )
    try:
        return bool(letter.send())
    except (smtplib.SMTPException, OSError):
        # The link stays on the page; neither address nor token belongs into the log.
        log.warning("invitation letter did not go out", invitation=invitation.pk)
        return False
