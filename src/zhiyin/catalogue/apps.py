"""The room as Django knows it."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "zhiyin.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
