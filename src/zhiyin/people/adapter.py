"""How django-allauth behaves in this house: nobody signs up, people are invited."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, request: Any) -> bool:
        """Seats are offered by invitation only."""
        return False
