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
        places.register(places.Place("clocks", _("Time limits"), "desk:clocks", Deed.MANAGE_CLOCKS))
        places.register(
            places.Place("touchpoints", _("Touchpoints"), "desk:touchpoints", Deed.MANAGE_CATALOGUE)
        )
        places.register(places.Place("money", _("Remedy and goodwill"), "desk:money", Deed.MANAGE_MONEY))
        places.register(
            places.Place("statutory_times", _("Statutory times"), "desk:statutory_rules", Deed.MANAGE_CLOCKS)
        )
        places.register(places.Place("letterhead", _("Letters"), "desk:letterhead", Deed.MANAGE_ORGANISATION))
