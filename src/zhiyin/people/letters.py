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

from zhiyin.people import queries
from zhiyin.people.models import Invitation, Staff

log = structlog.get_logger(__name__)


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
