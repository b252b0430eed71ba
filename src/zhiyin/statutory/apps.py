"""The room as Django knows it, and what it plugs into the floors below."""

from django.apps import AppConfig


class StatutoryConfig(AppConfig):
    name = "zhiyin.statutory"
    label = "statutory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhiyin.statutory import wiring

        wiring.connect()
