"""The shelf of `shelf.py` as a fixture, for the tests of every room."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from zhiyin.catalogue.tests.shelf import Shelf
from zhiyin.people.models import Staff
from zhiyin.people.tests.fixtures import House


@pytest.fixture
def shelf(house: House, administrator: Staff) -> Shelf:
    return Shelf.stocked(house, administrator)


@pytest.fixture
def open_shelf(house, administrator: Staff) -> Shelf:
    """Ten minutes round the clock, in force for a week."""
    at = timezone.now() - timedelta(days=7)
    return Shelf.stocked(house, administrator, at=at, minutes=10, calendar_id=None)
