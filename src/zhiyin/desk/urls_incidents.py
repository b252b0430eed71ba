"""Addresses of mass incidents."""

from __future__ import annotations

from django.urls import path

from zhiyin.desk.views import incidents

urlpatterns = [
    path("incidents/", incidents.index, name="incidents"),
    path("incidents/new/", incidents.new, name="incident_new"),
    path("incidents/<int:pk>/", incidents.show, name="incident"),
    path("incidents/<int:pk>/edit/", incidents.edit, name="incident_edit"),
    path("incidents/<int:pk>/add/", incidents.add, name="incident_add"),
    path("incidents/<int:pk>/notice/", incidents.notice, name="incident_notice"),
    path("incidents/<int:pk>/move/", incidents.move, name="incident_move"),
    path("incidents/<int:pk>/progress/", incidents.progress, name="incident_progress"),
    path("incidents/<int:pk>/share/<slug:kind>/", incidents.share, name="incident_share"),
    path("incidents/<int:pk>/told/<int:part>/", incidents.told, name="incident_told"),
    path("incidents/<int:pk>/resume/<int:deed>/", incidents.resume, name="incident_resume"),
]
