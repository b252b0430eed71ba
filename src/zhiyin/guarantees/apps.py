"""The room as Django knows it, and what it plugs into the floors below."""

from django.apps import AppConfig


class GuaranteesConfig(AppConfig):
    name = "zhiyin.guarantees"
    label = "guarantees"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhiyin.guarantees import wiring

        wiring.connect()
