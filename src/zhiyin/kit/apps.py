"""The room as Django knows it."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "zhiyin.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhiyin.kit import files
        from zhiyin.kit.jobs import timers, watchdog

        timers.register("watchdog", watchdog.Watchdog().claim, every=2.0)
        timers.register("orphaned_files", files.sweep, every=3600.0)
