"""The face as Django knows it: pages only, no tables."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "zhiyin.portal"
    label = "portal"
