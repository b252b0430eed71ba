"""The face as Django knows it: pages only, no tables."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "zhiyin.desk"
    label = "desk"

    def ready(self) -> None:
        from zhiyin.desk import gate
        from zhiyin.kit import files
        from zhiyin.people import places
        from zhiyin.people.access import Deed

        files.register_gate("case", gate.may_open)
        for name, label, url, deed, group in (
            ("clocks", _("Time limits"), "desk:clocks", Deed.MANAGE_CLOCKS, "time"),
            ("statutory_times", _("Statutory times"), "desk:statutory_rules", Deed.MANAGE_CLOCKS, "time"),
            ("touchpoints", _("Touchpoints"), "desk:touchpoints", Deed.MANAGE_CATALOGUE, "service"),
            ("money", _("Remedy and goodwill"), "desk:money", Deed.MANAGE_MONEY, "service"),
            ("letterhead", _("Letters"), "desk:letterhead", Deed.MANAGE_ORGANISATION, "house"),
        ):
            places.register(places.Place(name, label, url, deed, group))
