"""The room as Django knows it."""

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "zhiyin.promises"
    label = "promises"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhiyin.kit.jobs import timers as clock
        from zhiyin.promises import timers

        clock.register("promise_reminders", timers.remind)
        clock.register("promises_due", timers.expire)
