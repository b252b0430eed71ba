"""Sessions in the database, each with whose it is, so that all of a person's can be ended at once."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from zhiyin.people.models import Session


class SessionStore(DatabaseStore):
    """Django's own store over `people.Session`."""

    @classmethod
    def get_model_class(cls) -> Any:
        return Session

    def create_model_instance(self, data: Any) -> Any:
        row: Any = super().create_model_instance(data)
        row.staff_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        return row
