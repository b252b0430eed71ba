"""The room as Django knows it, and what it plugs into the floors below."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "zhiyin.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhiyin.kit.jobs import timers
        from zhiyin.people import actions

        timers.register("sign_in_leftovers", actions.clear_leftovers, every=3600)
