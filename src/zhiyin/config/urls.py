"""Every address of the house, room by room."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("zhiyin.kit.urls")),
    path("accounts/", include("zhiyin.people.urls.entrance")),
    path("", include("zhiyin.people.urls")),
    path("portal/", include("zhiyin.portal.urls")),
    path("", include("zhiyin.desk.urls")),
]

handler400 = "zhiyin.kit.views.bad_request"
handler403 = "zhiyin.kit.views.forbidden"
handler404 = "zhiyin.kit.views.not_found"
handler500 = "zhiyin.kit.views.server_error"
