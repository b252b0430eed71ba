"""The room as Django knows it."""

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "zhiyin.promises"
    label = "promises"
    default_auto_field = "django.db.models.BigAutoField"
