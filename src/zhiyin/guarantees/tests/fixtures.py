"""The shelf of `shelf.py` as a fixture, for the tests of every room."""

from __future__ import annotations

import pytest

from zhiyin.guarantees.tests.shelf import Shelf
from zhiyin.people.models import Staff
from zhiyin.people.tests.fixtures import House


@pytest.fixture
def shelf(house: House, administrator: Staff) -> Shelf:
    return Shelf.stocked(house, administrator)
