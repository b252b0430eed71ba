"""A case, and an agent at her screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import Stage
from zhiyin.cases.tests.road import Road
from zhiyin.people.models import Staff


@pytest.fixture
def here(road: Road) -> Road:
    road.now = timezone.now() - timedelta(hours=8)
    return road


@pytest.fixture
def case(here: Road) -> Case:
    return here.to(Stage.ASSIGNED)


@pytest.fixture
def lin(here: Road, client_of: Callable[[Staff], Client]) -> Client:
    return client_of(here.agent)
