"""Addresses of desk."""

from __future__ import annotations

from django.urls import path

from zhiyin.desk import urls_catalogue, urls_customers, urls_facts, urls_incidents, urls_statutory
from zhiyin.desk.views import (
    board,
    budget,
    case,
    cases,
    clocks,
    colleagues,
    guides,
    inbox,
    insight,
    intake,
    money,
    search,
    today,
)

app_name = "desk"
urlpatterns = [
    path("", today.index, name="today"),
    path("inbox/", inbox.index, name="inbox"),
    path("inbox/<int:pk>/", inbox.thread, name="conversation"),
    path("inbox/<int:pk>/write/", inbox.write, name="conversation_write"),
    path("inbox/<int:pk>/assign/", inbox.assign, name="conversation_assign"),
    path("inbox/<int:pk>/touchpoint/", inbox.place, name="conversation_place"),
    path("inbox/<int:pk>/later/", inbox.later, name="conversation_later"),
    path("inbox/<int:pk>/done/", inbox.done, name="conversation_done"),
    path("inbox/<int:pk>/reopen/", inbox.reopen, name="conversation_reopen"),
    path("inbox/<int:pk>/resend/<int:delivery>/", inbox.resend, name="conversation_resend"),
    path("cases/", cases.index, name="cases"),
    path("cases/board/", board.index, name="board"),
    path("cases/new/", intake.new, name="intake"),
    path("cases/new/customers/", intake.people, name="intake_customers"),
    path("cases/new/customers/<int:pk>/", intake.about, name="intake_customer"),
    path("cases/new/incidents/", intake.incidents, name="intake_incidents"),
    path("cases/<str:number>/", case.show, name="case"),
    path("cases/<str:number>/colleagues/", case.colleagues, name="case_colleagues"),
    path("cases/<str:number>/do/<slug:name>/", case.do, name="case_do"),
    path("cases/<str:number>/news/", case.news, name="case_news"),
    path("cases/<str:number>/move/", board.move, name="case_move"),
    path("cases/<str:number>/package/", case.package, name="case_package"),
    path("help/", guides.index, name="help"),
    path("help/<slug:guide>/", guides.page, name="help_page"),
    *urls_incidents.urlpatterns,
    path("colleagues/", colleagues.index, name="colleagues"),
    path("colleagues/mentions/read/", colleagues.read_all, name="mentions_read"),
    path("colleagues/mentions/<int:pk>/", colleagues.mention, name="mention"),
    path("requests/<int:pk>/", colleagues.show, name="request"),
    path("requests/<int:pk>/<slug:deal>/", colleagues.deal, name="request_do"),
    path("search/", search.index, name="search"),
    path("insight/", insight.measures, name="measures"),
    path("insight/measures.csv", insight.sheet, name="measures_sheet"),
    path("insight/budget/", budget.index, name="budget"),
    path("settings/money/", money.index, name="money"),
    path("settings/clocks/", clocks.index, name="clocks"),
    path("settings/clocks/<int:pk>/end/", clocks.end, name="clock_end"),
    *urls_catalogue.urlpatterns,
    *urls_customers.urlpatterns,
    *urls_facts.urlpatterns,
    *urls_statutory.urlpatterns,
]
