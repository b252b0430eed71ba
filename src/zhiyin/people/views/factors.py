"""Setting up a second factor: an app, a key, and the codes that stand in for them. Without the shell of the desk,
since somebody whose role needs a factor comes here before anything else.
"""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import quote

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from allauth.mfa.webauthn.internal import auth as ceremony
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhiyin.kit.errors import DomainError
from zhiyin.kit.language import describe
from zhiyin.people import actions, queries, security
from zhiyin.people.doors import confirmed, me, signed_in
from zhiyin.people.forms.base import object_to
from zhiyin.people.forms.factors import AppForm, NewKeyForm
from zhiyin.people.views.layout import status_of, typed
from zhiyin.people.wiring import factors as mfa

SHOWN = "codes_to_show"
GROUP = 4


@require_safe
@signed_in
def needed(request: HttpRequest) -> HttpResponse:
    """Why a second factor is asked for, and which there are to choose from."""
    if not security.lacks_second_factor(me(request)):
        return redirect("people:security")
    return render(request, "people/factor_needed.html", {"keys_work": mfa.keys_work()})


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def app(request: HttpRequest) -> HttpResponse:
    """A picture for the app, the secret to type by hand, and its first code as the proof."""
    own = me(request)
    if any(one.kind == "totp" for one in security.factors(own.pk)):
        return redirect("people:security")
    secret = get_totp_secret(regenerate=False)
    form = AppForm(typed(request), user=own, secret=secret)
    if request.method == "POST" and form.is_valid():
        with_codes = actions.add_app(staff=own, secret=secret, now=timezone.now())
        clear_totp_secret(request)
        return _set_up(request, with_codes=with_codes)
    adapter = get_adapter()
    address = adapter.build_totp_url(own, secret)
    picture = base64.b64encode(adapter.build_totp_svg(address).encode()).decode()
    context = {
        "form": form,
        "picture": f"data:image/svg+xml;base64,{picture}",
        "secret": " ".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP)),
        "address": address,
    } | _leave(own)
    return render(request, "people/factor_app.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def key(request: HttpRequest) -> HttpResponse:
    """A passkey or security key: the browser asks for it, and hands its answer over in a hidden field."""
    own = me(request)
    form = NewKeyForm(typed(request), initial={"name": _first_name(own.pk)})
    if request.method == "POST" and form.is_valid():
        try:
            with_codes = actions.add_key(
                staff=own,
                name=form.cleaned_data["name"],
                credential=form.cleaned_data["credential"],
                now=timezone.now(),
            )
        except DomainError as problem:
            object_to(form, problem)
        else:
            return _set_up(request, with_codes=with_codes)
    # A discoverable key signs in by itself; where a key cannot be that, the browser falls back to a plain one.
    options = ceremony.begin_registration(own, passwordless=False)
    options["publicKey"]["authenticatorSelection"] |= {
        "residentKey": "preferred",
        "requireResidentKey": False,
    }
    context = {"form": form, "ceremony": options, "keys_work": mfa.keys_work()} | _leave(own)
    return render(request, "people/factor_key.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes, once; asked by POST, new ones in their place."""
    own = me(request)
    problem = ""
    if request.method == "POST":
        try:
            actions.renew_codes(staff=own, now=timezone.now())
        except DomainError as error:
            problem = describe(error)
        else:
            request.session[SHOWN] = True
            return redirect("people:factor_codes")
    found = actions.codes_of(staff=own) if request.session.pop(SHOWN, False) else []
    shown = [f"{code[:GROUP]} {code[GROUP:]}" for code in found]
    head = _("Recovery codes of %(name)s for %(house)s") % {
        "name": own.username,
        "house": queries.organisation().name,
    }
    text = "\r\n".join([head, settings.PUBLIC_URL, "", *shown, ""])
    context = {
        "codes": shown,
        "text": "\n".join(shown),
        "file": f"data:text/plain;charset=utf-8,{quote(text)}",
        "problem": problem,
        "next": resolve_url(settings.LOGIN_REDIRECT_URL),
        "left": next((one.left for one in security.factors(own.pk) if one.kind == "recovery_codes"), None),
    }
    return render(request, "people/factor_codes.html", context, status=409 if problem else 200)


def _set_up(request: HttpRequest, *, with_codes: bool) -> HttpResponse:
    if not with_codes:
        return redirect("people:security")
    request.session[SHOWN] = True
    return redirect("people:factor_codes")


def _leave(own: Any) -> dict[str, Any]:
    """Where the way back leads: while a factor is asked for, to the choice between them."""
    return {"is_asked": security.lacks_second_factor(own)}


def _first_name(staff_id: int) -> str:
    count = sum(one.kind == "webauthn" for one in security.factors(staff_id))
    return _("Key %(number)s") % {"number": count + 1} if count else _("My key")
