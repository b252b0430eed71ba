"""The mark of a browser in which somebody has signed in before: signed, readable by the sign-in pages alone."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "zy_device"
LASTS = 60 * 60 * 24 * 180
MOST_PEOPLE = 8  # who share a computer at a counter
PATH = "/accounts/"


def mark_of(request: HttpRequest, staff_id: int) -> str:
    """The mark this person left here; empty if she never signed in here, or long ago."""
    return _marks(request).get(str(staff_id), "")


def leave_mark(request: HttpRequest, response: HttpResponse, staff_id: int) -> None:
    """Remember that this person signed in here."""
    marks = _marks(request)
    own = marks.pop(str(staff_id), "") or secrets.token_urlsafe(12)
    kept = dict(list(marks.items())[-(MOST_PEOPLE - 1) :]) | {str(staff_id): own}
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=COOKIE),
        max_age=LASTS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
        path=PATH,
    )


def _marks(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=LASTS)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}
