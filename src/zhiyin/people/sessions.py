"""Sessions in the database, each with whose it is and where it was seen, so that they can be listed and ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from zhiyin.people.models import Session

NOTED_EVERY = timedelta(minutes=2)
DEVICE_LENGTH = Session._meta.get_field("device").max_length or 0
ADDRESS_LENGTH = Session._meta.get_field("address").max_length or 0
KNOWN = ("device", "address", "signed_in_at", "seen_at")


class SessionStore(DatabaseStore):
    """Django's own store over `people.Session`."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._row: Session | None = None

    @classmethod
    def get_model_class(cls) -> Any:
        return Session

    def _get_session_from_db(self) -> Any:
        self._row = super()._get_session_from_db()  # type: ignore[misc]  # Django's own, which has no stubs
        return self._row

    def create_model_instance(self, data: Any) -> Any:
        """The row to be written: whose it is, and what is known of browser and place."""
        row: Any = super().create_model_instance(data)
        row.staff_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        if self._row is not None:
            for name in KNOWN:
                setattr(row, name, getattr(self._row, name))
        return row

    def flush(self) -> None:
        super().flush()
        self._row = None

    def note(self, *, device: str, address: str, now: datetime) -> None:
        """Remember which browser this is, from where and when; written with the session, or every few minutes."""
        row = self._row or Session()
        fresh = row.seen_at is not None and now - row.seen_at < NOTED_EVERY
        if fresh and row.address == address[:ADDRESS_LENGTH] and not self.modified:
            return
        self._row = row
        row.device, row.address, row.seen_at = device[:DEVICE_LENGTH], address[:ADDRESS_LENGTH], now
        row.signed_in_at = row.signed_in_at or now
        if not self.modified and self.session_key:
            values = {name: getattr(row, name) for name in KNOWN}
            Session.objects.filter(pk=self.session_key).update(**values)
