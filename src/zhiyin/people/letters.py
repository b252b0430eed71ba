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

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import gettext_noop
from zhiyin.kit.language import say
from zhiyin.people import queries
from zhiyin.people.models import Invitation, Staff

log = structlog.get_logger(__name__)


class Notice(Choice):
    """What somebody is told of her own account, so that she notices what she did not do herself."""

    PASSWORD = "password", gettext_noop("Your password was changed.")  # a sentence, not a secret
    FACTOR_ADDED = "factor_added", gettext_noop("A second factor was added to your account.")
    FACTOR_REMOVED = "factor_removed", gettext_noop("A second factor was removed from your account.")
    CODES = (
        "codes",
        gettext_noop("New recovery codes were made for your account. The old ones no longer work."),
    )
    RESET = (
        "reset",
        gettext_noop(
            "An administrator removed all second factors from your account. Set up a new one when you sign in."
        ),
    )


def send_notice(staff: Staff, notice: Notice, *, by: Staff | None = None) -> bool:
    """Tell somebody, in her own language, what happened to her account; whether the letter went out."""
    if not settings.EMAIL_CONFIGURED or not staff.email:
        return False
    with override(staff.language):
        facts = {"staff": staff, "sentence": say(notice), "by": by, "url": settings.PUBLIC_URL}
        letter = EmailMessage(
            subject=_("Your Zhiyin account: something has changed"),
            body=render_to_string("people/email/notice.txt", facts),
            to=[staff.email],
        )
    try:
        return bool(letter.send())
    except (smtplib.SMTPException, OSError):
        # What was done stands; whom it was told belongs into no log.
        log.warning("a notice of an account did not go out", staff=staff.pk)
        return False


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
