"""Addresses customers see: short, and without anything that would open a door by itself."""

from __future__ import annotations

from django.urls import path

from zhiyin.portal import noting, views

app_name = "portal"
urlpatterns = [
    path("", views.raise_matter, name="raise"),
    path("follow/", views.follow, name="follow"),
    path("guarantee/", views.guarantee, name="guarantee"),
    path("guarantee/<int:version>/", views.guarantee, name="guarantee_version"),
    path("k/", views.hand_in_key, name="hand_in_key"),
    path("k/<str:key>", views.key_page, name="key"),
    path("<str:number>/", views.case, name="case"),
    path("<str:number>/same/", views.same, name="same"),
    path("<str:number>/add/", views.add, name="add"),
    path("<str:number>/choose/", views.choose, name="choose"),
    path("<str:number>/none-fits/", views.none_fits, name="none_fits"),
    path("<str:number>/confirm/", views.confirm, name="confirm"),
    path("<str:number>/facts/", noting.note, name="facts"),
    path("<str:number>/facts/back/", noting.take_back, name="facts_back"),
    path("<str:number>/object/", views.objection, name="object"),
]
