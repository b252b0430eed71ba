"""What can be done to promises. Each call is one transaction; the row is locked first."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhiyin.customers.models import Customer
from zhiyin.kit.errors import Invalid, NotFound, gettext_noop
from zhiyin.people import access, calendars
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff
from zhiyin.promises import hooks, rules
from zhiyin.promises.models import Promise
from zhiyin.promises.rules import State, Weight


class OwnerGone(Invalid):
    code = "promises.owner_gone"
    message = gettext_noop(
        "%(owner)s does not sign in here any more. Choose somebody who can keep the promise."
    )


@transaction.atomic
def make(
    *,
    customer_id: int,
    text: str,
    due_at: datetime,
    by: Staff,
    now: datetime,
    owner_id: int | None = None,
    message_id: int | None = None,
    weight: Weight = Weight.HARD,
) -> Promise:
    """Tell the customer that something will be done by then; reminded beforehand. Raises Invalid, NotFound."""
    access.require(by, Deed.PROMISE)
    words = rules.check_text(text)
    rules.check_due(due_at, now)
    if not Customer.objects.filter(pk=customer_id).exists():
        raise NotFound
    owner = _owner(owner_id or by.pk)
    return Promise.objects.create(
        customer_id=customer_id,
        message_id=message_id,
        text=words,
        weight=weight,
        owner=owner,
        made_by=by,
        made_at=now,
        due_at=due_at,
        remind_at=rules.remind_at(calendars.load(_calendar_id(owner)), now, due_at),
    )


def _owner(staff_id: int) -> Staff:
    owner = Staff.objects.select_related("team", "department").filter(pk=staff_id).first()
    if owner is None:
        raise NotFound
    if not owner.is_active:
        raise OwnerGone(field="owner", owner=owner.name)
    return owner


def _calendar_id(owner: Staff) -> int | None:
    place = owner.team or owner.department
    return place.calendar_id if place else None


def _locked(promise_id: int) -> Promise:
    promise = Promise.objects.select_for_update().filter(pk=promise_id).first()
    if promise is None:
        raise NotFound
    return promise


@transaction.atomic
def keep(*, promise_id: int, note: str = "", by: Staff, now: datetime) -> Promise:
    """It is done. In time it is kept; too late it is broken and stays so, noted as made good.

    Raises Settled when it was kept, released or made good before, Invalid, NotFound, Forbidden.
    """
    access.require(by, Deed.PROMISE)
    promise = _locked(promise_id)
    state = rules.on_keeping(
        State(promise.state), promise.due_at, now, made_good=promise.made_good_at is not None
    )
    words = rules.check_note(note)
    if state == State.KEPT:
        return _settle(promise, State.KEPT, at=now, by=by, note=words)
    if promise.state == State.OPEN:
        break_promise(promise, now)
    promise.made_good_at, promise.settled_by, promise.settled_note = now, by, words
    promise.save(update_fields=["made_good_at", "settled_by", "settled_note"])
    return promise


def break_promise(promise: Promise, now: datetime) -> None:
    """Its time passed: broken since that moment, whenever it was noticed; `promise` is locked by the caller."""
    _settle(promise, State.BROKEN, at=promise.due_at, by=None, note="")
    hooks.broken(promise, now)


def _settle(promise: Promise, state: State, *, at: datetime, by: Staff | None, note: str) -> Promise:
    promise.state, promise.settled_at, promise.settled_by, promise.settled_note = state, at, by, note
    promise.save(update_fields=["state", "settled_at", "settled_by", "settled_note"])
    return promise


@transaction.atomic
def release(*, promise_id: int, note: str, by: Staff, now: datetime) -> Promise:
    """The customer lets go of it; `note` says how. Raises Settled, Overdue, Invalid, NotFound, Forbidden."""
    access.require(by, Deed.PROMISE)
    promise = _locked(promise_id)
    rules.check_release(State(promise.state), promise.due_at, now)
    return _settle(promise, State.RELEASED, at=now, by=by, note=rules.check_note(note, needed=True))


@transaction.atomic
def renew(*, promise_id: int, due_at: datetime, note: str, by: Staff, now: datetime) -> Promise:
    """With the customer's consent (`note` says how) a new promise takes the place of this one; returns it.

    There is no silent postponing: the old one is released, the new one names it. Raises as `release` and `make`.
    """
    old = release(promise_id=promise_id, note=note, by=by, now=now)
    new = make(
        customer_id=old.customer_id,
        text=old.text,
        due_at=due_at,
        by=by,
        now=now,
        owner_id=old.owner_id,
        message_id=old.message_id,
        weight=Weight(old.weight),
    )
    new.replaces = old
    new.save(update_fields=["replaces"])
    hooks.renewed(old, new, now)
    return new
