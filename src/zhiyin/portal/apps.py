"""The customer's pages: no tables, and one gate for the files customers may open."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "zhiyin.portal"
    label = "portal"

    def ready(self) -> None:
        from zhiyin.kit import files
        from zhiyin.portal import keys

        files.register_gate("portal", keys.may_open)
