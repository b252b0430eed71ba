"""The kit's own addresses alone, and some that go wrong on purpose: its tests do not wait for upper floors."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import LoginView
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from zhiyin.kit.errors import Conflict, Forbidden, Invalid, NotFound
from zhiyin.kit.models import StoredFile

handler400 = "zhiyin.kit.views.bad_request"
handler403 = "zhiyin.kit.views.forbidden"
handler404 = "zhiyin.kit.views.not_found"
handler500 = "zhiyin.kit.views.server_error"

TROUBLES: dict[str, type[Exception]] = {
    "notfound": NotFound,
    "forbidden": Forbidden,
    "conflict": Conflict,
    "invalid": Invalid,
    "bug": ZeroDivisionError,
    "database": OperationalError,
}


def trouble(request: HttpRequest, kind: str) -> HttpResponse:
    raise TROUBLES[kind]


def rename(request: HttpRequest, pk: Any) -> HttpResponse:
    StoredFile.objects.filter(pk=pk).update(name=request.POST["name"])
    return HttpResponse("ok")


urlpatterns = [
    path("", include("zhiyin.kit.urls")),
    path("accounts/login/", LoginView.as_view(), name="account_login"),
    path("trouble/<slug:kind>/", trouble),
    path("rename/<uuid:pk>/", rename),
]
