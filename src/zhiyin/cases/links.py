"""Keys for customers without an account: 256 random bits, only the digest kept, acting once.

A key is exchanged by POST for a grant in the visitor's session, so that opening a link (or a preview of it)
changes nothing and no key stays in an address.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from zhiyin.cases.models import Case, CustomerLink
from zhiyin.cases.rules.words import LinkPurpose
from zhiyin.kit.errors import NotFound

LIFETIME = timedelta(days=30)


class LinkSpent(NotFound):
    code = "case.link_spent"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a key opens: one case, one purpose, the round it was made for."""

    case_id: int
    purpose: LinkPurpose
    link_id: int | None
    round: int


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def issue(*, case: Case, purpose: LinkPurpose, now: datetime) -> str:
    """A new key for the case; earlier unused keys of the same acting purpose stop working."""
    if purpose is not LinkPurpose.FOLLOW:
        withdraw(case=case, purpose=purpose, now=now)
    key = secrets.token_urlsafe(32)
    CustomerLink.objects.create(
        case=case,
        purpose=purpose,
        round=case.round,
        digest=digest(key),
        created_at=now,
        expires_at=now + LIFETIME,
    )
    return key


def withdraw(*, case: Case, purpose: LinkPurpose, now: datetime) -> None:
    """Make unused keys of this purpose useless, each row saved so that the audit names it."""
    CustomerLink.objects.filter(
        case=case, purpose=purpose, used_at__isnull=True, revoked_at__isnull=True
    ).update(revoked_at=now)


@transaction.atomic
def exchange(*, key: str, now: datetime) -> Grant:
    """The grant behind a key. NotFound for unknown, expired, revoked alike; a used key still lets its owner follow."""
    link = CustomerLink.objects.select_for_update().filter(digest=digest(key)).first()
    if link is None or link.revoked_at or link.expires_at <= now:
        raise NotFound
    if link.opened_at is None:
        link.opened_at = now
        link.save(update_fields=["opened_at"])
    purpose = LinkPurpose.FOLLOW if link.used_at else LinkPurpose(link.purpose)
    return Grant(case_id=link.case_id, purpose=purpose, link_id=link.pk, round=link.round)


def is_open(*, case_id: int, purpose: LinkPurpose, now: datetime) -> bool:
    """Whether some key of this purpose still opens the case: sent, neither used, withdrawn nor expired."""
    return CustomerLink.objects.filter(
        case_id=case_id, purpose=purpose, used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now
    ).exists()


def spend(*, link_id: int, case: Case, now: datetime) -> None:
    """Use an acting key up, inside the transaction of the act. LinkSpent when it was used, or belongs elsewhere."""
    used = CustomerLink.objects.filter(
        pk=link_id,
        case=case,
        round=case.round,
        used_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=now,
    ).update(used_at=now)
    if not used:
        raise LinkSpent


def follow(*, number: str, contact: tuple[str, str]) -> Grant | None:
    """The grant for somebody who knows a number and the customer's contact point; None for every other pair.

    One query whatever the pair, so that the answer takes the same time whether or not the number exists.
    """
    kind, value = contact
    case = Case.objects.filter(
        number=number, customer__contact_points__kind=kind, customer__contact_points__value=value
    ).first()
    if case is None:
        return None
    return Grant(case_id=case.pk, purpose=LinkPurpose.FOLLOW, link_id=None, round=case.round)
