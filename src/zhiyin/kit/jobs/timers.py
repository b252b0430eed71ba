"""The scanner: rows falling due are claimed by the room that owns them, in batches, until none is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Claim = Callable[[datetime], int]
_claims: dict[str, Claim] = {}


def register(name: str, claim: Claim) -> None:
    """`claim(now)` handles one batch of due rows, each exactly once, and returns how many."""
    _claims[name] = claim


def tick(now: datetime) -> dict[str, int]:
    """Let every room claim what is due now; returns how many rows each handled."""
    handled = {}
    for name, claim in _claims.items():
        handled[name] = 0
        while count := claim(now):
            handled[name] += count
    return handled
