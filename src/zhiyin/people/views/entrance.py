"""Signing in is django-allauth's; here is what it leaves open."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, password_reset
from allauth.mfa.base.views import AuthenticateView
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhiyin.kit.middleware import client_address
from zhiyin.people import guessing, security
from zhiyin.people.wiring import factors, guard, outside


class SignIn(LoginView):  # type: ignore[misc]  # allauth ships no types
    """Name and password, a passkey, or an outside service."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "keys_work": factors.keys_work(),
            "service": outside.service_name(),
            "next": self.request.GET.get("next", ""),
        }


class SecondStep(AuthenticateView):  # type: ignore[misc]
    """After the password: a code, or a key."""

    template_name = "people/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        options = found["js_data"]["request_options"]
        kinds = {factor.kind for factor in security.factors(self.stage.login.user.pk)}
        return found | {
            "ceremony": options if "webauthn" in kinds else None,
            "has_app": "totp" in kinds,
            "person": self.stage.login.user,
        }

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


sign_in = SignIn.as_view()
second_step = SecondStep.as_view()


def forgotten(request: HttpRequest) -> HttpResponse:
    """A letter with a link; in a house without mail, who helps instead."""
    if not settings.EMAIL_CONFIGURED:
        return render(request, "people/forgotten.html")
    if request.method == "POST":
        try:
            guard.begin(guessing.asking_for_a_letter(client_address(request)))
        except forms.ValidationError as error:
            return render(request, "429.html", {"sentence": error.message}, status=429)
    response: HttpResponse = password_reset(request)
    return response
