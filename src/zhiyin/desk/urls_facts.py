"""Addresses of the facts of a case."""

from __future__ import annotations

from django.urls import path

from zhiyin.desk.views.facts import blocks, columns, listing, page, sharing

urlpatterns = [
    path("facts/", listing.tables, name="facts_tables"),
    path("cases/<str:number>/facts/", page.index, name="facts"),
    path("cases/<str:number>/facts/begin/", page.begin, name="facts_begin"),
    path("cases/<str:number>/facts/rows/", page.add, name="facts_add"),
    path("cases/<str:number>/facts/rows/<int:row>/", page.change, name="facts_row"),
    path("cases/<str:number>/facts/rows/<int:row>/remove/", page.remove, name="facts_row_remove"),
    path("cases/<str:number>/facts/rows/<int:row>/restore/", page.restore, name="facts_row_restore"),
    path("cases/<str:number>/facts/columns/", columns.index, name="facts_columns"),
    path("cases/<str:number>/facts/about/", columns.about, name="facts_about"),
    path("cases/<str:number>/facts/columns/<int:column>/", columns.change, name="facts_column"),
    path("cases/<str:number>/facts/columns/<int:column>/move/", columns.move, name="facts_column_move"),
    path("cases/<str:number>/facts/columns/<int:column>/remove/", columns.remove, name="facts_column_remove"),
    path(
        "cases/<str:number>/facts/columns/<int:column>/restore/", columns.restore, name="facts_column_restore"
    ),
    path("cases/<str:number>/facts/paste/", blocks.paste, name="facts_paste"),
    path("cases/<str:number>/facts/export/", blocks.export, name="facts_export"),
    path("cases/<str:number>/facts/gather/", sharing.gather, name="facts_gather"),
    path("cases/<str:number>/facts/leave/", sharing.leave, name="facts_leave"),
    path("cases/<str:number>/facts/ask/", sharing.ask, name="facts_ask"),
    path("cases/<str:number>/facts/stop/", sharing.stop, name="facts_stop"),
]
