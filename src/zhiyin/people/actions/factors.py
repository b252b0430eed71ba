"""Second factors: set up, taken away, replaced; and which roles must have one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from zhiyin.kit.errors import NotFound
from zhiyin.people import access, rules, security
from zhiyin.people.access import Deed
from zhiyin.people.actions.notices import tell
from zhiyin.people.actions.staff import end_sessions
from zhiyin.people.models import Identity, SecondFactor, SignInPolicy, Staff
from zhiyin.people.rules import Notice, Role

CODES = SecondFactor.Type.RECOVERY_CODES
KEY_NAME_LENGTH = 60


@transaction.atomic
def add_app(*, staff: Staff, secret: str, now: datetime) -> bool:
    """An authenticator app that has shown it knows `secret`; whether recovery codes were made with it."""
    own = _locked(staff.pk)
    if SecondFactor.objects.filter(user_id=own.pk, type=SecondFactor.Type.TOTP).exists():
        raise rules.AppThere
    TOTP.activate(own, secret)
    tell(own, Notice.FACTOR_ADDED)
    return _codes_with(own)


@transaction.atomic
def add_key(*, staff: Staff, name: str, credential: dict[str, Any], now: datetime) -> bool:
    """A passkey or security key whose answer has been checked; whether recovery codes were made with it."""
    own = _locked(staff.pk)
    WebAuthn.add(own, rules.check_name(name)[:KEY_NAME_LENGTH], credential)
    tell(own, Notice.FACTOR_ADDED)
    return _codes_with(own)


@transaction.atomic
def rename_key(*, staff: Staff, factor_id: int, name: str, now: datetime) -> None:
    """What its owner calls a key."""
    factor = _own(_locked(staff.pk), factor_id, SecondFactor.Type.WEBAUTHN)
    factor.data["name"] = rules.check_name(name)[:KEY_NAME_LENGTH]
    factor.save(update_fields=["data"])


@transaction.atomic
def remove_factor(*, staff: Staff, factor_id: int, now: datetime) -> None:
    """Take one away; recovery codes go with the last. Raises `rules.LastFactor` where the role needs one."""
    own = _locked(staff.pk)
    factor = _own(own, factor_id, *security.STRONG)
    factor.delete()
    if not SecondFactor.objects.filter(user_id=own.pk, type__in=security.STRONG).exists():
        if own.role in security.sign_in_policy().mfa_roles:
            raise rules.LastFactor
        SecondFactor.objects.filter(user_id=own.pk).delete()
    tell(own, Notice.FACTOR_REMOVED)


@transaction.atomic
def renew_codes(*, staff: Staff, now: datetime) -> None:
    """New recovery codes; the old ones open nothing any more. Raises `rules.NoFactorYet`."""
    own = _locked(staff.pk)
    if not SecondFactor.objects.filter(user_id=own.pk, type__in=security.STRONG).exists():
        raise rules.NoFactorYet
    SecondFactor.objects.filter(user_id=own.pk, type=CODES).delete()
    RecoveryCodes.activate(own)
    tell(own, Notice.CODES)


def codes_of(*, staff: Staff) -> list[str]:
    """The codes not yet used, for the one page that shows them."""
    row = SecondFactor.objects.filter(user_id=staff.pk, type=CODES).first()
    return list(row.wrap().get_unused_codes()) if row is not None else []


@transaction.atomic
def reset_factors(*, staff_id: int, by: Staff, now: datetime) -> int:
    """Take all of a colleague's factors away, who has lost them, and sign her out; how many there were.

    What an outside service calls her goes too: her address, which it has to vouch for, decides anew.
    """
    access.require(by, Deed.MANAGE_PEOPLE)
    if staff_id == by.pk:
        raise rules.NotYourself
    staff = _locked(staff_id)
    rows = SecondFactor.objects.filter(user_id=staff.pk)
    count: int = rows.exclude(type=CODES).count()
    rows.delete()
    Identity.objects.filter(user_id=staff.pk).delete()
    tell(staff, Notice.RESET, by=by)
    end_sessions(staff_id=staff.pk, now=now)
    return count


@transaction.atomic
def save_sign_in_policy(
    *, mfa_roles: Collection[Role], by: Staff | None, now: datetime, version: int | None = None
) -> SignInPolicy:
    """Which roles must have a second factor. Who has none is led to set one up at her next step."""
    if by is not None:
        access.require(by, Deed.MANAGE_PEOPLE)
    SignInPolicy.objects.get_or_create(pk=1)
    policy = SignInPolicy.objects.select_for_update().get(pk=1)
    rules.check_version(version, policy.version)
    policy.mfa_roles = [role.value for role in Role if role in mfa_roles]
    policy.version += 1
    policy.save(update_fields=["mfa_roles", "version"])
    return policy


def _codes_with(own: Staff) -> bool:
    if SecondFactor.objects.filter(user_id=own.pk, type=CODES).exists():
        return False
    RecoveryCodes.activate(own)
    return True


def _locked(staff_id: int) -> Staff:
    staff = Staff.objects.select_for_update().filter(pk=staff_id).first()
    if staff is None:
        raise NotFound
    return staff


def _own(staff: Staff, factor_id: int, *types: str) -> SecondFactor:
    factor: SecondFactor | None = SecondFactor.objects.filter(
        pk=factor_id, user_id=staff.pk, type__in=types
    ).first()
    if factor is None:
        raise NotFound
    return factor
