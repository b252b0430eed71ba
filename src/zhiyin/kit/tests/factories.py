"""Rows for tests of the kit."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from zhiyin.kit.models import StoredFile

NOW = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)


def stored_file(**values: Any) -> StoredFile:
    """A row alone, without bytes on disk."""
    body = b"hello"
    given = {
        "name": "合同.txt",
        "content_type": "text/plain",
        "size": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
        "created_at": NOW,
    }
    return StoredFile.objects.create(**given | values)
