"""The door of a staff page: signed in, with a role that includes the deed, and for what is sensitive confirmed of late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff
from zhiyin.people.wiring import confirming

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
View = Callable[..., HttpResponse]


def me(request: HttpRequest) -> Staff:
    """Who is signed in; only behind a door of this module."""
    return cast("Staff", request.user)


def signed_in(view: View) -> View:
    """For everybody who works here. Nobody else sees more than the sign-in page."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    return never_cache(door)


def confirmed(view: View) -> View:
    """For who has shown within the last minutes who she is; others are asked, and then go on where they were."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not confirming.is_fresh(request):
            return confirming.ask(request)
        return view(request, *args, **kwargs)

    return signed_in(door)


def needs(*deeds: Deed) -> Callable[[View], View]:
    """For those whose role includes one of `deeds`; others are told in words (403).

    What changes something by a deed of `access.SENSITIVE`, or is taken out by one of `access.TAKEN_OUT`, is
    confirmed first.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(access.may(me(request), deed) for deed in deeds):
                access.require(me(request), deeds[0])
            asked = access.TAKEN_OUT if request.method in SAFE else access.SENSITIVE
            if asked.intersection(deeds) and not confirming.is_fresh(request):
                return confirming.ask(request, is_file=request.method in SAFE)
            return view(request, *args, **kwargs)

        return signed_in(door)

    return decorate


def asked_again(request: HttpRequest, *, within: timedelta | None = None) -> HttpResponse | None:
    """The way to the page that asks who is there, unless that was shown of late (`within` a longer time): then None.

    For acts that need it only now and then.
    """
    return None if confirming.is_fresh(request, within=within) else confirming.ask(request)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; a part of a page sends the whole page there."""
    if not getattr(request, "htmx", False):
        return redirect_to_login(request.get_full_path())
    whole = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = urlencode({"next": f"{whole.path}?{whole.query}" if whole.query else whole.path or "/"})
    return HttpResponse(status=204, headers={"HX-Redirect": f"{reverse('account_login')}?{back}"})
