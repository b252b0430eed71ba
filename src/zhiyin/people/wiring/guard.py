"""Attempts to get in, counted and refused in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from zhiyin.kit import figures
from zhiyin.kit.middleware import client_address
from zhiyin.people import actions, guessing, security
from zhiyin.people.guessing import NO_WAIT, Counter
from zhiyin.people.wiring import devices

MINUTE = timedelta(minutes=1)


def password_counters(request: HttpRequest, login: str) -> list[Counter]:
    """What a wrong password for `login` counts against.

    Counted as it was typed, not by whose it is: were a name and its address one, a failure under the one would tell
    a stranger by the wait under the other that both exist.
    """
    staff_id = security.who_signs_in_as(login)
    device = devices.mark_of(request, staff_id) if staff_id else ""
    return guessing.signing_in(login.strip().upper().casefold()[:80], client_address(request), device)


def code_counters(request: HttpRequest, staff_id: int) -> list[Counter]:
    """What a wrong code counts against."""
    return guessing.giving_a_code(staff_id, client_address(request), devices.mark_of(request, staff_id))


def begin(counters: Sequence[Counter]) -> None:
    """Count one attempt. Raises a ValidationError that says how long to wait when there were too many."""
    wait = actions.begin_attempt(counters=counters, now=timezone.now())
    if wait > NO_WAIT:
        minutes = -(-wait // MINUTE) * MINUTE
        raise forms.ValidationError(
            _("Too many attempts one after another. Try again in %(wait)s.")
            % {"wait": figures.duration(minutes)},
            code="too_many_attempts",
        )


def settle(counters: Sequence[Counter]) -> None:
    """The attempt was right after all."""
    actions.settle_attempt(counters=counters, now=timezone.now())
