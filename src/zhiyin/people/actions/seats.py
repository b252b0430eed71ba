"""Seats offered and taken: invitations."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from zhiyin.kit.errors import NotFound
from zhiyin.people import access, rules
from zhiyin.people.access import Deed
from zhiyin.people.actions.staff import check_units, create_staff
from zhiyin.people.models import Invitation, Staff
from zhiyin.people.rules import Language, Role

TOKEN_BYTES = 32


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    role: Role,
    by: Staff,
    now: datetime,
    team_id: int | None = None,
    department_id: int | None = None,
) -> str:
    """Offer a seat for seven days; earlier open invitations to the same address end.

    Returns the token of the link (256 bits), which is stored nowhere: only its digest is. Raises
    `access.NotYours`, `rules.RoleNotYours`, `rules.EmailTaken` and the checks of a seat.
    """
    access.require(by, Deed.INVITE)
    rules.check_invitable(
        role,
        by_role=Role(by.role),
        by_team_id=by.team_id,
        team_id=team_id,
        may_offer=access.INVITABLE.get(Role(by.role), frozenset()),
    )
    rules.check_seat(role, team_id=team_id, department_id=department_id)
    check_units(team_id, department_id)
    address = email.strip()
    if Staff.objects.filter(email__iexact=address).exists():
        raise rules.EmailTaken(field="email", email=address)
    Invitation.objects.filter(email__iexact=address, accepted_at=None, revoked_at=None).update(revoked_at=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    Invitation.objects.create(
        email=address,
        name=rules.check_name(name),
        role=role,
        team_id=team_id,
        department_id=department_id,
        digest=digest(token),
        invited_by=by,
        created_at=now,
        expires_at=now + rules.INVITATION_LASTS,
    )
    return token


@transaction.atomic
def accept_invitation(
    *,
    invitation_id: int,
    username: str,
    password: str | None,
    now: datetime,
    language: Language = Language.ZH_HANS,
) -> Staff:
    """Take the seat: once, in time, and only while it is offered. Raises `rules.InvitationOver`.

    Without a password the seat's holder comes in through the outside sign-in service.
    """
    invitation = Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    if invitation is None or not rules.is_open(
        accepted_at=invitation.accepted_at,
        revoked_at=invitation.revoked_at,
        expires_at=invitation.expires_at,
        now=now,
    ):
        raise rules.InvitationOver
    staff = create_staff(
        username=username,
        name=invitation.name,
        email=invitation.email,
        role=Role(invitation.role),
        team_id=invitation.team_id,
        department_id=invitation.department_id,
        password=password,
        language=language,
        by=None,
        now=now,
    )
    invitation.accepted_at, invitation.staff = now, staff
    invitation.save(update_fields=["accepted_at", "staff"])
    return staff


@transaction.atomic
def renew_invitation(*, invitation_id: int, by: Staff, now: datetime) -> str:
    """The same seat for seven more days, under a new link; the old link opens nothing any more.

    Returns the new token. Raises `rules.InvitationSettled` for a seat taken or withdrawn, and what `invite` raises.
    """
    invitation = _reachable(invitation_id, by)
    rules.check_invitable(
        Role(invitation.role),
        by_role=Role(by.role),
        by_team_id=by.team_id,
        team_id=invitation.team_id,
        may_offer=access.INVITABLE.get(Role(by.role), frozenset()),
    )
    if Staff.objects.filter(email__iexact=invitation.email).exists():
        raise rules.EmailTaken(field="email", email=invitation.email)
    check_units(invitation.team_id, invitation.department_id)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.digest, invitation.expires_at = digest(token), now + rules.INVITATION_LASTS
    invitation.save(update_fields=["digest", "expires_at"])
    return token


@transaction.atomic
def revoke_invitation(*, invitation_id: int, by: Staff, now: datetime) -> Invitation:
    """Withdraw an open invitation; a supervisor only her own ones. Raises `rules.InvitationSettled`."""
    invitation = _reachable(invitation_id, by)
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    return invitation


def _reachable(invitation_id: int, by: Staff) -> Invitation:
    """An unsettled invitation that this person may change, locked."""
    access.require(by, Deed.INVITE)
    invitation = Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    if invitation is None or not (access.may(by, Deed.MANAGE_PEOPLE) or invitation.invited_by_id == by.pk):
        raise NotFound
    if invitation.accepted_at is not None or invitation.revoked_at is not None:
        raise rules.InvitationSettled
    return invitation


def digest(token: str) -> str:
    """What is stored of a token. A plain hash will do: 256 random bits cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()
