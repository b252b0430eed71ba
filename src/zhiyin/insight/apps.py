"""The room as Django knows it: no tables of its own."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "zhiyin.insight"
    label = "insight"
