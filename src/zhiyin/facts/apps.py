"""The room as Django knows it, and what it plugs into the floors below."""

from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "zhiyin.facts"
    label = "facts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhiyin.facts import wiring

        wiring.connect()
