"""Addresses of the house itself."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from zhiyin.kit import views

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("metrics", views.metrics, name="metrics"),
    path("language/", set_language, name="set_language"),
    path("files/<uuid:pk>/", views.file, name="file"),
    path("kit/", views.kit, name="kit"),
]
