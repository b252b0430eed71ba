"""Days of the house as moments of the database."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

EARLIEST, LATEST = date(1970, 1, 1), date(9000, 1, 1)  # whatever is typed, a moment can be made of it


def came_in(since: date | None, until: date | None) -> Q:
    """Cases opened from the first moment of `since` to the last of `until`, days of the house."""
    begun = Q(opened_at__gte=midnight(since)) if since else Q()
    return begun & Q(opened_at__lt=midnight(min(until, LATEST) + timedelta(days=1))) if until else begun


def midnight(day: date) -> datetime:
    """Where a day begins here."""
    return timezone.make_aware(datetime.combine(min(max(day, EARLIEST), LATEST), time.min))
