"""Signing in is django-allauth's; here is what it leaves open."""

from __future__ import annotations

from allauth.account.views import password_reset
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forgotten(request: HttpRequest) -> HttpResponse:
    """A letter with a link; in a house without mail, who helps instead."""
    if settings.EMAIL_CONFIGURED:
        response: HttpResponse = password_reset(request)
        return response
    return render(request, "people/forgotten.html")
