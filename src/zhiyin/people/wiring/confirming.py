"""Showing once more who one is before a sensitive act, and the act that waits meanwhile.

What was typed is kept in the session, on the server, and sent again by the reader's own browser once she has
confirmed: the act then happens at its own address, with its own page for whatever it has to say.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

HELD = "held_act"
LARGEST = 200_000
CSRF_FIELD = "csrfmiddlewaretoken"


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody was about to do: an address, and what was typed (None: only to look).

    `back` is the page of a link that hands out a file, since the browser stays where it is then.
    """

    path: str
    typed: QueryDict | None
    back: str = ""

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Every field with every value, in order."""
        return [(name, value) for name, values in (self.typed or QueryDict()).lists() for value in values]


def is_fresh(request: HttpRequest, *, within: timedelta | None = None) -> bool:
    """Whether this person has signed in, or confirmed who she is, within the last minutes, or `within` a longer time."""
    records = get_authentication_records(request, request.user)
    span = within.total_seconds() if within is not None else app_settings.REAUTHENTICATION_TIMEOUT
    return bool(records) and time.time() - records[-1]["at"] < span


def ask(request: HttpRequest, *, is_file: bool = False) -> HttpResponse:
    """Hold what was asked for and go to the page that asks who is there."""
    typed = None
    path = request.get_full_path()
    if request.method == "POST":
        data = request.POST.copy()
        data.pop(CSRF_FIELD, None)
        typed = data.urlencode()
    if getattr(request, "htmx", False) and request.method != "POST":
        # A part of a page makes no sense alone: come back to the whole one.
        whole = urlsplit(request.headers.get("HX-Current-URL", ""))
        path = whole.path or "/"
    if typed is not None and len(typed) > LARGEST:
        typed = None
    back = (urlsplit(request.headers.get("Referer", "")).path or "/") if is_file else ""
    if not url_has_allowed_host_and_scheme(back or "/", allowed_hosts=None):
        back = "/"  # a page elsewhere may call itself //anything
    request.session[HELD] = {"staff": request.user.pk, "path": path, "typed": typed, "back": back}
    where = reverse("account_reauthenticate")
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return redirect(where)


def held(request: HttpRequest, *, take: bool = False) -> Act | None:
    """The act that waits, if it is this person's; `take` ends its waiting."""
    kept = request.session.get(HELD)
    if kept is None or kept["staff"] != request.user.pk:
        return None
    if take:
        request.session.pop(HELD)
    if not url_has_allowed_host_and_scheme(kept["path"], allowed_hosts=None):
        return None
    typed = None if kept["typed"] is None else QueryDict(kept["typed"])
    return Act(kept["path"], typed, kept["back"])


@contextmanager
def kept(request: HttpRequest) -> Iterator[None]:
    """Carry the waiting act through a change of session, on the way back from an outside sign-in service."""
    act = request.session.get(HELD)
    yield
    if act is not None and request.path == reverse("oidc_callback"):
        request.session[HELD] = act
