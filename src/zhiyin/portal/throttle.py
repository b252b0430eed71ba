"""How often one visitor may try: counted by visitor and number together, so that nobody can lock another out."""

from __future__ import annotations

from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from zhiyin.kit.errors import DomainError, gettext_noop
from zhiyin.kit.middleware import client_address
from zhiyin.people.guessing import network

HOUR = 3600
LIMITS = {"follow": 10, "visitor": 60, "raise": 30, "add": 60, "key": 60, "facts": 120, "kept": 20}


class TooOften(DomainError):
    code = "portal.too_often"
    message = gettext_noop("That was a lot of tries in a short time. Try again in an hour, or call us.")


def count(request: HttpRequest, what: str, about: str = "") -> None:
    """Count one try and raise TooOften beyond the hour's limit."""
    hour = int(timezone.now().timestamp()) // HOUR
    key = f"throttle:{what}:{network(client_address(request))}:{about}:{hour}"
    with transaction.atomic(), connection.cursor() as cursor:
        # The cache in the database counts in two steps; two tries at once would be one.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        tries = cache.get(key, 0) + 1
        cache.set(key, tries, HOUR)
    if tries > LIMITS[what]:
        raise TooOften
