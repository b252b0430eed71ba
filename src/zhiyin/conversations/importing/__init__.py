"""Dialogues from elsewhere, loaded as history that triggers nothing."""

from __future__ import annotations

from zhiyin.conversations.importing.loading import Report, import_dialogues
from zhiyin.conversations.importing.reading import RowError

__all__ = ["Report", "RowError", "import_dialogues"]
