"""Stored files: kept under their UUID, shown under their own name, opened only through a gate."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from zhiyin.kit.models import StoredFile

Gate = Callable[[UUID, HttpRequest], bool]
_gates: dict[str, Gate] = {}


def register_gate(name: str, gate: Gate) -> None:
    """A room above says who may open its files: `gate(file_id, request)`."""
    _gates[name] = gate


def path_of(file: StoredFile) -> str:
    return str(file.pk)


def store(*, upload: UploadedFile[Any], by_id: int | None, now: datetime) -> StoredFile:
    content = upload.read()
    stored = StoredFile.objects.create(
        name=(upload.name or "")[:200],
        content_type=upload.content_type or "application/octet-stream",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by_id,
        created_at=now,
    )
    upload.seek(0)
    default_storage.save(path_of(stored), upload)
    return stored
