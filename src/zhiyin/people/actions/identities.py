"""Coming in through an outside sign-in service (OIDC): only who works here, or has been offered a seat."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhiyin.people import rules, security
from zhiyin.people.actions.notices import tell
from zhiyin.people.actions.seats import accept_invitation
from zhiyin.people.actions.staff import free_username
from zhiyin.people.models import Identity, Staff
from zhiyin.people.rules import Language, Notice


@transaction.atomic
def enter_by_identity(*, provider: str, subject: str, email: str, language: Language, now: datetime) -> Staff:
    """Who the service's `subject` is here; `email` only if the service vouches for it, else empty.

    A subject seen before is that person, whatever its address says now. Otherwise the address decides, once: the
    colleague who has it, else the open invitation to it, which is then accepted. Raises `rules.NoSeat`,
    and `rules.LinkedOtherwise` where the service calls that colleague by another subject already.
    """
    known = Identity.objects.select_related("user").filter(provider=provider, uid=subject).first()
    if known is not None:
        return _usable(known.user)
    staff = _by_address(email, language, now)
    if Identity.objects.filter(provider=provider, user=staff).exists():
        raise rules.LinkedOtherwise  # addresses are given to others in time; a seat is not given with them
    Identity.objects.create(provider=provider, uid=subject, user=staff)
    tell(staff, Notice.LINKED)
    return staff


def _by_address(email: str, language: Language, now: datetime) -> Staff:
    if not email:
        raise rules.NoSeat
    staff = Staff.objects.select_for_update().filter(email__iexact=email).first()
    if staff is not None:
        return _usable(staff)
    invitation = security.invited(email, now)
    if invitation is None:
        raise rules.NoSeat
    return accept_invitation(
        invitation_id=invitation.pk,
        username=free_username(email),
        password=None,
        language=language,
        now=now,
    )


def _usable(staff: Staff) -> Staff:
    if not staff.is_active:
        raise rules.NoSeat
    return staff
