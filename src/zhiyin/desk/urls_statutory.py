"""Addresses of transfers, letters, statutory rules and expectations."""

from __future__ import annotations

from django.urls import path

from zhiyin.desk.views import expectation
from zhiyin.desk.views.statutory import letters, rules, transfers

urlpatterns = [
    path("cases/<str:number>/transfers/", transfers.index, name="transfers"),
    path("cases/<str:number>/transfers/<int:pk>/<slug:step>/", transfers.do, name="transfer_do"),
    path("cases/<str:number>/expectation/", expectation.sheet, name="expectation"),
    path("rule-changes/", expectation.rule_changes, name="rule_changes"),
    path("letters/", letters.register, name="letters"),
    path("letters/<int:pk>/", letters.show, name="letter"),
    path("letters/<int:pk>/preview/", letters.preview, name="letter_preview"),
    path("letters/<int:pk>/do/<slug:act>/", letters.do, name="letter_do"),
    path("settings/statutory-times/", rules.index, name="statutory_rules"),
    path("settings/statutory-times/<int:pk>/end/", rules.end, name="statutory_end"),
    path("settings/statutory-times/<int:pk>/use/", rules.use, name="statutory_use"),
    path("settings/letterhead/", rules.letterhead, name="letterhead"),
]
