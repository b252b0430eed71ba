"""How often one visitor may try: counted by visitor and number together, so that nobody can lock another out."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

from zhiyin.kit.errors import DomainError, gettext_noop

HOUR = 3600
LIMITS = {"follow": 10, "visitor": 60, "raise": 30, "key": 60}


class TooOften(DomainError):
    code = "portal.too_often"
    message = gettext_noop("That was a lot of tries in a short time. Try again in an hour, or call us.")


def count(request: HttpRequest, what: str, about: str = "") -> None:
    """Count one try and raise TooOften beyond the hour's limit."""
    key = f"throttle:{what}:{request.META.get('REMOTE_ADDR', '')}:{about}"
    cache.add(key, 0, HOUR)
    try:
        tries = cache.incr(key)
    except ValueError:  # it expired between the two
        tries = 1
        cache.set(key, tries, HOUR)
    if tries > LIMITS[what]:
        raise TooOften
