"""The face as Django knows it: pages only, no tables."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "zhiyin.desk"
    label = "desk"
