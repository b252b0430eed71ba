"""Addresses of the house itself."""

from __future__ import annotations

from django.urls import path

from zhiyin.kit import views

urlpatterns = [path("healthz", views.health, name="health")]
