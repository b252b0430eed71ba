"""What the sign-in pages and the security of accounts ask: second factors, sessions, invitations by address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.crypto import salted_hmac

from zhiyin.people import browsers
from zhiyin.people.models import Identity, Invitation, SecondFactor, Session, SignInPolicy, Staff
from zhiyin.people.rules import Role

STRONG = (SecondFactor.Type.TOTP, SecondFactor.Type.WEBAUTHN)
"""Factors that count by themselves; recovery codes only stand in for one that is lost."""


def who_signs_in_as(login: str) -> int | None:
    """Whose sign-in name or address this is."""
    wanted = login.strip()
    if not wanted or "\x00" in wanted:
        return None
    rows = Staff.objects.filter(Q(username__iexact=wanted) | Q(email__iexact=wanted))
    return rows.order_by("pk").values_list("pk", flat=True).first()


def sign_in_policy() -> SignInPolicy:
    """The house's; before anybody saved one, that no role must have a second factor."""
    return SignInPolicy.objects.filter(pk=1).first() or SignInPolicy(pk=1)


def lacks_second_factor(person: Staff) -> bool:
    """Whether this person's role must have a second factor and she has none. One query."""
    asked = SignInPolicy.objects.filter(pk=1, mfa_roles__contains=[person.role])
    own = SecondFactor.objects.filter(user_id=person.pk, type__in=STRONG)
    return asked.exclude(Exists(own)).exists()


def with_second_factor_by_role() -> dict[Role, tuple[int, int]]:
    """For each role, how many work here now and how many of them have a second factor. One query."""
    own = SecondFactor.objects.filter(user_id=OuterRef("pk"), type__in=STRONG)
    rows = (
        Staff.objects.filter(is_active=True)
        .annotate(protected=Exists(own))
        .values("role")
        .annotate(people=Count("pk"), with_one=Count("pk", filter=Q(protected=True)))
        .order_by("role")
        .values_list("role", "people", "with_one")
    )
    counted = {Role(role): (people, protected) for role, people, protected in rows}
    return {role: counted.get(role, (0, 0)) for role in Role}


@dataclass(frozen=True, slots=True)
class Factor:
    """A second factor as its owner sees it; `kind` is totp, webauthn or recovery_codes."""

    pk: int
    kind: str
    name: str
    created_at: datetime
    last_used_at: datetime | None
    left: int = 0  # recovery codes not yet used


def factors(staff_id: int) -> list[Factor]:
    """All of a person's, in the order they were set up. One query."""
    return [
        Factor(
            pk=row.pk,
            kind=row.type,
            name=row.wrap().name if row.type == SecondFactor.Type.WEBAUTHN else "",
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            left=len(row.wrap().get_unused_codes()) if row.type == SecondFactor.Type.RECOVERY_CODES else 0,
        )
        for row in SecondFactor.objects.filter(user_id=staff_id).order_by("created_at", "pk")
    ]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser in which somebody is signed in; `reference` names it without being the key to it."""

    reference: str
    browser: str
    system: str
    address: str
    signed_in_at: datetime | None
    seen_at: datetime | None
    is_here: bool


def sessions(staff_id: int, *, here: str | None, now: datetime) -> list[SignedIn]:
    """Where a person is signed in: this browser first, then the one seen last. One query."""
    rows = Session.objects.filter(staff_id=staff_id, expire_date__gt=now).defer("session_data")
    found = [
        SignedIn(
            session_reference(row.session_key),
            *browsers.recognised(row.device),
            address=row.address,
            signed_in_at=row.signed_in_at,
            seen_at=row.seen_at,
            is_here=row.session_key == here,
        )
        for row in rows.order_by(F("seen_at").desc(nulls_last=True), "pk")
    ]
    return sorted(found, key=lambda one: not one.is_here)


def session_reference(session_key: str) -> str:
    """A name for a session that may stand on a page."""
    return salted_hmac("people.session", session_key).hexdigest()[:32]


def identities(staff_id: int) -> list[Identity]:
    """What outside sign-in services call this person."""
    return list(Identity.objects.filter(user_id=staff_id).order_by("pk"))


def invited(email: str, now: datetime) -> Invitation | None:
    """The open invitation to this address, if there is one."""
    rows = Invitation.objects.filter(
        email__iexact=email, accepted_at=None, revoked_at=None, expires_at__gt=now
    )
    return rows.order_by("-created_at").first()
