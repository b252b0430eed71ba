"""The room as Django knows it."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "zhiyin.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhiyin.customers.segments import own

        own.register_all()
