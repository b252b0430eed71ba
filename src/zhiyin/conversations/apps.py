"""The room as Django knows it."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "zhiyin.conversations"
    label = "conversations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhiyin.conversations import wiring

        wiring.connect()
