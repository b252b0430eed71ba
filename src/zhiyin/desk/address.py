"""Numbers in addresses and forms, which anybody may write as they like."""

from __future__ import annotations

DIGITS = 18  # as many as surely fit a database key


def figure(text: str | None, *, digits: int = DIGITS) -> int:
    """A whole number, or 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= digits else 0
