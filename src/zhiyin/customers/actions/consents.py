"""What a customer has agreed to, in which words, when; and when it was taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhiyin.customers import rules
from zhiyin.customers.actions import locked
from zhiyin.customers.models import Consent
from zhiyin.customers.rules import Purpose
from zhiyin.kit.errors import NotFound
from zhiyin.people.models import Staff


@transaction.atomic
def give_consent(
    *, customer_id: int, purpose: Purpose, text_version: str, by: Staff | None, now: datetime
) -> Consent:
    """The customer agrees to one purpose in one version of the text (PIPL art. 14).

    Agreeing to the same version again changes nothing; to another version ends the one before at this moment.
    Raises Invalid, NotFound, Forbidden.
    """
    locked.check_may_edit(by)
    version = rules.check_consent_version(text_version)
    customer = locked.customer(customer_id)
    in_force = _in_force(customer.pk, purpose)
    if in_force is not None and in_force.text_version == version:
        return in_force
    if in_force is not None:
        in_force.withdrawn_at = max(now, in_force.given_at)
        in_force.save(update_fields=["withdrawn_at"])
    given = Consent.objects.create(
        customer=customer, purpose=purpose, text_version=version, given_at=now, recorded_by=by
    )
    locked.changed(customer)
    return given


@transaction.atomic
def withdraw_consent(*, customer_id: int, purpose: Purpose, by: Staff | None, now: datetime) -> Consent:
    """The customer takes a consent back; as easy as giving it (PIPL art. 15). Raises NotFound, Forbidden."""
    locked.check_may_edit(by)
    customer = locked.customer(customer_id)
    in_force = _in_force(customer.pk, purpose)
    if in_force is None:
        raise NotFound
    in_force.withdrawn_at = max(now, in_force.given_at)
    in_force.save(update_fields=["withdrawn_at"])
    locked.changed(customer)
    return in_force


def _in_force(customer_id: int, purpose: Purpose) -> Consent | None:
    rows = Consent.objects.filter(customer=customer_id, purpose=purpose, withdrawn_at__isnull=True)
    return rows.first()
