"""Before a sensitive act: who is there? And then the act itself, with everything that was typed."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.webauthn.internal import auth as ceremony
from allauth.mfa.webauthn.internal import flows
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zhiyin.people import security
from zhiyin.people.doors import me, signed_in
from zhiyin.people.forms.factors import ConfirmByCode, ConfirmByKey, ConfirmByPassword
from zhiyin.people.wiring import confirming, outside


@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def confirm(request: HttpRequest) -> HttpResponse:
    """Password, code or key, whichever this person has."""
    own = me(request)
    if request.method != "POST" and confirming.is_fresh(request):
        return _go_on(request)
    kinds = {one.kind for one in security.factors(own.pk)}
    forms = _forms(request, own, kinds)
    given = next((form for form in forms.values() if form.is_bound), None)
    if given is not None and given.is_valid():
        if isinstance(given, ConfirmByPassword):
            reauthenticate_by_password(request)
        elif isinstance(given, ConfirmByKey):
            flows.reauthenticate(request, given.cleaned_data["credential"])
        else:
            given.save()
        return _go_on(request)
    context = {
        **{f"{name}_form": form for name, form in forms.items()},
        "ceremony": ceremony.begin_authentication(own) if "key" in forms else None,
        "service": outside.service_name() if settings.OIDC and security.identities(own.pk) else "",
        "minutes": settings.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60,
        "holds": bool((act := confirming.held(request)) and act.typed),
    }
    return render(request, "people/confirm.html", context, status=422 if request.method == "POST" else 200)


def _forms(request: HttpRequest, own: Any, kinds: set[str]) -> dict[str, Any]:
    """The ways this person has; the one that was used is bound."""
    ways: dict[str, tuple[Any, str]] = {}
    if own.has_usable_password():
        ways["password"] = (ConfirmByPassword, "password")
    if kinds & {"totp", "recovery_codes"}:
        ways["code"] = (ConfirmByCode, "code")
    if "webauthn" in kinds:
        ways["key"] = (ConfirmByKey, "credential")
    return {
        name: form(request.POST if field in request.POST else None, user=own)
        for name, (form, field) in ways.items()
    }


def _go_on(request: HttpRequest) -> HttpResponse:
    """Back to what waited. What had been typed is sent again by the browser, so that it ends on its own page."""
    act = confirming.held(request, take=True)
    if act is None:
        return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    if act.typed is None and not act.back:
        return redirect(act.path)
    return render(request, "people/confirmed.html", {"act": act})
