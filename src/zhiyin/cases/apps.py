"""The room as Django knows it, and what it plugs into the floors below."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "zhiyin.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhiyin.cases import wiring

        wiring.connect()
