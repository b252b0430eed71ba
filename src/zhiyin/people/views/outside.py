"""To the outside sign-in service and back."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from zhiyin.people.wiring import outside

UNREADABLE = (RequestException, OAuth2Error, KeyError, TypeError, ValueError, AttributeError)


@require_POST
@never_cache
@login_not_required
def begin(request: HttpRequest) -> HttpResponse:
    """Off to the service. By a page that leads on, since a form of ours may only be sent to ourselves."""
    _configured()
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    again = {"prompt": "login", "max_age": "0"} if request.user.is_authenticated else None
    provider = _provider(request)
    try:
        found = provider.redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=wanted if safe else resolve_url(settings.LOGIN_REDIRECT_URL),
            auth_params=again,
        )
    except UNREADABLE:
        return outside.refused(
            request, _("The other service does not answer. Try again in a moment."), status=502
        )
    where = found.headers["Location"]
    page = render(request, "people/outside_going.html", {"where": where, "service": outside.service_name()})
    page.headers["Refresh"] = f"0; url={where}"
    return page


@require_safe
@never_cache
@login_not_required
def callback(request: HttpRequest) -> HttpResponse:
    """Back from the service, with a code that only this house can exchange."""
    _configured()
    try:
        view = OAuth2CallbackView.adapter_view(outside.Protocol(request, outside.PROVIDER))
        response: HttpResponse = view(request)
    except UNREADABLE:
        sentence = _("The other service and this house did not understand each other. Try again.")
        return outside.refused(request, sentence, status=401)
    return response


def _configured() -> None:
    if not settings.OIDC:
        raise Http404


def _provider(request: HttpRequest) -> Any:
    provider = get_adapter(request).get_provider(request, provider=outside.PROVIDER)
    provider.oauth2_adapter_class = outside.Protocol
    return provider
