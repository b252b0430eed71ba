"""Files on disk that survive a power cut: written, then flushed to the disk, the folder too."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible
class DurableStorage(FileSystemStorage):
    """Django's storage on disk; `save` returns when the disk has it."""

    def _save(self, name: str, content: Any) -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]  # Django's hook for storages
        place = Path(self.path(saved))
        root = Path(self.location)
        _flush(place)
        for folder in place.parents:
            _flush(folder)
            if folder == root:
                break
        return saved


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
