"""Addresses of the catalogue, the guarantee and their results; `desk.urls` takes them in."""

from __future__ import annotations

from django.urls import path

from zhiyin.desk.views import catalogue as views

urlpatterns = [
    path("catalogue/", views.listing, name="catalogue"),
    path("catalogue/new/", views.edit, name="item_new"),
    path("catalogue/<int:pk>/", views.page, name="item"),
    path("catalogue/<int:pk>/edit/", views.edit, name="item_edit"),
    path("catalogue/<int:pk>/procedure/", views.procedure, name="item_procedure"),
    path("catalogue/guarantee/", views.guarantee, name="guarantee"),
    path("catalogue/guarantee/begin/", views.begin, name="guarantee_begin"),
    path("catalogue/guarantee/preview/", views.preview, name="guarantee_preview"),
    path("catalogue/guarantee/publish/", views.publish, name="guarantee_publish"),
    path("catalogue/guarantee/discard/", views.discard, name="guarantee_discard"),
    path("catalogue/guarantee/<int:pk>/withdraw/", views.withdraw, name="guarantee_withdraw"),
    path("catalogue/guarantee/clauses/", views.clause_add, name="clause_add"),
    path("catalogue/guarantee/clauses/<int:pk>/", views.clause, name="clause"),
    path("catalogue/guarantee/clauses/<int:pk>/drop/", views.clause_drop, name="clause_drop"),
    path("catalogue/guarantee/clauses/<int:pk>/move/", views.clause_move, name="clause_move"),
    path("catalogue/kept/", views.kept, name="kept"),
    path("catalogue/breaches/<int:pk>/", views.breach, name="breach"),
    path("catalogue/breaches/<int:pk>/tell/", views.breach_tell, name="breach_tell"),
    path("catalogue/breaches/<int:pk>/give/", views.breach_good, name="breach_good"),
    path("catalogue/touchpoints/", views.met, name="met"),
    path("settings/touchpoints/", views.touchpoints, name="touchpoints"),
    path("settings/touchpoints/new/", views.touchpoint, name="touchpoint_new"),
    path("settings/touchpoints/<int:pk>/", views.touchpoint, name="touchpoint_edit"),
]
