"""What makes a seat, an account and an invitation sound. Pure. Who may do what is `people.access`."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, gettext_noop


class Role(Choice):
    """What somebody is here for; one role a person."""

    AGENT = "agent", gettext_noop("Customer service agent")
    SUPERVISOR = "supervisor", gettext_noop("Customer service supervisor")
    HANDLER = "handler", gettext_noop("Department handler")
    QUALITY = "quality", gettext_noop("Quality manager")
    RESEARCHER = "researcher", gettext_noop("Satisfaction researcher")
    ADMINISTRATOR = "administrator", gettext_noop("Administrator")


class Theme(Choice):
    AUTO = "auto", gettext_noop("As the device")
    LIGHT = "light", gettext_noop("Light")
    DARK = "dark", gettext_noop("Dark")


class Language(Choice):
    ZH_HANS = "zh-hans", "简体中文"
    ZH_HANT = "zh-hant", "繁體中文"
    EN = "en", "English"


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
    LINKED = (
        "linked",
        gettext_noop("Your account can now be entered through the sign-in service of the house."),
    )


HINTS = (
    "today", "inbox", "composer", "case", "board", "facts", "guarantee", "security", "colleagues", "incidents",
    "insight",
)  # fmt: skip
"""The places that say once what they are for, until the person has put the words away."""

INVITATION_LASTS = timedelta(days=7)
SERVICE_ROLES = frozenset({Role.AGENT, Role.SUPERVISOR})
USERNAME = re.compile(r"[^\W_](?:[\w.-]{0,58}\w)?")
LIMIT_DIGITS = 10
CAPACITY_MOST = 500


class UsernameShape(Invalid):
    code = "people.username_shape"
    message = gettext_noop("A sign-in name has 1 to 60 letters, figures, dots or dashes, and no spaces or @.")


class UsernameTaken(Invalid):
    code = "people.username_taken"
    message = gettext_noop("Somebody already signs in as %(username)s. Choose another name.")


class EmailTaken(Invalid):
    code = "people.email_taken"
    message = gettext_noop("%(email)s already belongs to a colleague's account.")


class NameMissing(Invalid):
    code = "people.name_missing"
    message = gettext_noop("A name is still missing.")


class NameTaken(Invalid):
    code = "people.name_taken"
    message = gettext_noop("There is already one called %(name)s.")


class NeedsTeam(Invalid):
    code = "people.needs_team"
    message = gettext_noop("Agents and supervisors belong to a team. Choose one.")


class NeedsDepartment(Invalid):
    code = "people.needs_department"
    message = gettext_noop("A department handler answers for a department. Choose one.")


class OutOfUse(Invalid):
    code = "people.out_of_use"
    message = gettext_noop("%(name)s is out of use. Choose another.")


class StillUsed(Invalid):
    code = "people.still_used"
    message = gettext_noop("%(name)s still has %(count)s people. Move them first.")


class LimitOutOfRange(Invalid):
    code = "people.limit"
    message = gettext_noop("An approval limit is an amount from 0 to 9,999,999,999.99.")


class CapacityOutOfRange(Invalid):
    code = "people.capacity"
    message = gettext_noop("Open cases at a time: a number from 0 to %(most)s.")


class LastAdministrator(DomainError):
    code = "people.last_administrator"
    message = gettext_noop("This is the only administrator. Make somebody else administrator first.")


class NotYourself(Forbidden):
    code = "people.not_yourself"
    message = gettext_noop("Your own role and access are changed by another administrator.")


class RoleNotYours(Forbidden):
    code = "people.role_not_yours"
    message = gettext_noop("You can invite agents into your own team and handlers of departments.")


class InvitationOver(NotFound):
    code = "people.invitation_over"
    message = gettext_noop("This invitation is no longer open. Ask whoever invited you for a new one.")


class NoSeat(Forbidden):
    code = "people.no_seat"
    message = gettext_noop(
        "There is no seat for you here, or it is not in use. Ask your administrator for an invitation to this address."
    )


class LinkedOtherwise(Forbidden):
    code = "people.linked_otherwise"
    message = gettext_noop(
        "This address belongs to a seat that is entered with another account of the service. "
        "If it is yours, your administrator can undo that link."
    )


class InvitationSettled(Conflict):
    code = "people.invitation_settled"
    message = gettext_noop("This invitation was accepted or withdrawn before.")


class LastFactor(DomainError):
    code = "people.last_factor"
    message = gettext_noop("Your role needs a second factor. Set up another one first, then remove this one.")


class NoFactorYet(DomainError):
    code = "people.no_factor_yet"
    message = gettext_noop("Recovery codes stand in for a second factor. Set up an app or a key first.")


class AppThere(Conflict):
    code = "people.app_there"
    message = gettext_noop("An authenticator app is set up already. Remove it first to set up another one.")


class SessionOver(NotFound):
    code = "people.session_over"
    message = gettext_noop("This browser is signed out already.")


class Stale(Conflict):
    code = "people.stale"
    message = gettext_noop(
        "Somebody changed this while you were writing. What you wrote is still here: compare and save again."
    )


def check_username(username: str) -> str:
    """The sign-in name as it is stored. Raises `UsernameShape`."""
    cleaned = username.strip()
    if not USERNAME.fullmatch(cleaned):
        raise UsernameShape(field="username")
    return cleaned


def username_from(email: str) -> str:
    """A sign-in name made of the part before the @."""
    stem = "".join(
        letter if letter.isalnum() or letter in "._-" else "-" for letter in email.partition("@")[0]
    )
    return stem.strip("._-")[:50] or "staff"


def check_name(name: str) -> str:
    """A name as it is stored: no line breaks, no space around. Raises `NameMissing`."""
    cleaned = " ".join(name.split())
    if not cleaned:
        raise NameMissing(field="name")
    return cleaned


def check_seat(role: Role, *, team_id: int | None, department_id: int | None) -> None:
    """A role and where it sits. Raises `NeedsTeam`, `NeedsDepartment`."""
    if role in SERVICE_ROLES and team_id is None:
        raise NeedsTeam(field="team")
    if role == Role.HANDLER and department_id is None:
        raise NeedsDepartment(field="department")


def check_figures(*, approval_limit: Decimal, capacity: int) -> None:
    """Raises `LimitOutOfRange`, `CapacityOutOfRange`."""
    if not (approval_limit.is_finite() and 0 <= approval_limit < Decimal(10) ** LIMIT_DIGITS):
        raise LimitOutOfRange(field="approval_limit")
    if not 0 <= capacity <= CAPACITY_MOST:
        raise CapacityOutOfRange(field="capacity", most=CAPACITY_MOST)


def check_version(expected: int | None, actual: int) -> None:
    """Nobody overwrites what she has not seen; None skips the check (commands, the demo). Raises `Stale`."""
    if expected is not None and expected != actual:
        raise Stale


def check_invitable(
    role: Role, *, by_role: Role, by_team_id: int | None, team_id: int | None, may_offer: Collection[Role]
) -> None:
    """A supervisor fills her own team; nobody makes somebody mightier than herself. Raises `RoleNotYours`."""
    if role not in may_offer:
        raise RoleNotYours
    if by_role == Role.SUPERVISOR and role == Role.AGENT and team_id != by_team_id:
        raise RoleNotYours


def is_open(
    *, accepted_at: datetime | None, revoked_at: datetime | None, expires_at: datetime, now: datetime
) -> bool:
    """Whether an invitation can still be accepted."""
    return accepted_at is None and revoked_at is None and now < expires_at
