"""Signing in through an outside service (OpenID Connect): who may, and what allauth leaves open of the protocol."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zhiyin.kit.errors import DomainError
from zhiyin.kit.language import describe
from zhiyin.people import actions
from zhiyin.people.rules import Language

PROVIDER = "oidc"
CONFIRMED_WITHIN = timedelta(minutes=5)
log = structlog.get_logger(__name__)


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody gets an account by signing in elsewhere: the service only says who of ours, or of the invited, it is."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if request.user.is_authenticated and waved_through(sociallogin.account.extra_data):
            sentence = _("The other service did not ask who you are. Sign in there anew, then confirm here.")
            raise ImmediateHttpResponse(refused(request, sentence, status=403))
        claims = said_of(sociallogin.account.extra_data)
        said = claims.get("email_verified")
        vouched = said is True or said == "true"  # some write it as a word
        try:
            staff = actions.enter_by_identity(
                provider=PROVIDER,
                subject=str(sociallogin.account.uid),
                email=str(claims.get("email") or "").strip() if vouched else "",
                language=Language(translation.get_language() or Language.ZH_HANS),
                now=timezone.now(),
            )
        except DomainError as error:
            raise ImmediateHttpResponse(refused(request, describe(error), status=403)) from error
        sociallogin.user = staff

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, **more: Any
    ) -> None:
        if error == AuthError.CANCELLED:
            sentence = _("You ended it there. Nothing has happened here.")
        else:
            log.warning(
                "signing in elsewhere failed", reason=type(exception).__name__ if exception else str(error)
            )
            sentence = _("The other service and this house did not understand each other. Try again.")
        raise ImmediateHttpResponse(refused(request, sentence, status=401))


class Protocol(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """OpenID Connect with every signature checked, and the two sources of claims about one subject."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return callback_url()

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if str(config.get("issuer", "")).rstrip("/") != settings.OIDC["settings"]["server_url"]:
            raise OAuth2Error("the service calls itself by another name than OIDC_ISSUER")
        return config

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        login = super().complete_login(request, app, token, **kwargs)
        data = login.account.extra_data
        signed, told = data.get("id_token"), data.get("userinfo")
        if not signed or (told and told.get("sub") != signed.get("sub")):
            raise OAuth2Error("id_token and userinfo are not about one subject")
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """Also where TLS already vouches for the sender: a proxy between the two is common."""
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims


def said_of(extra_data: dict[str, Any]) -> dict[str, Any]:
    """What the service says of somebody, from one source: an address and whether it is vouched for stay together."""
    told, signed = extra_data.get("userinfo") or {}, extra_data.get("id_token") or {}
    return told if told.get("email") else signed


def waved_through(extra_data: dict[str, Any]) -> bool:
    """Whether the service says that it asked for no proof just now; for confirming, its own open session is none."""
    asked_at = (extra_data.get("id_token") or {}).get("auth_time")
    return isinstance(asked_at, int | float) and time.time() - asked_at > CONFIRMED_WITHIN.total_seconds()


def callback_url() -> str:
    """Where the service sends people back to; to be registered there."""
    return f"{settings.PUBLIC_URL}{reverse('oidc_callback')}"


def service_name() -> str:
    """What the button calls the service."""
    return settings.OIDC.get("name") or _("the house account") if settings.OIDC else ""


def refused(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    """The page of somebody who did not get in."""
    return render(request, "people/outside_refused.html", {"sentence": sentence}, status=status)
