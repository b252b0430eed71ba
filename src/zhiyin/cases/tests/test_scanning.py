"""The scanner of clocks and people at work on the same cases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from zhiyin.cases.actions import clocks
from zhiyin.cases.models import Case


@pytest.mark.django_db(transaction=True)
def test_clocks_of_a_case_somebody_works_on_are_passed_over_until_it_is_free(road):
    case = road.open()
    late = road.now + timedelta(days=60)

    def scan() -> int:
        try:
            return clocks.claim_breaches(late)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as other:
        Case.objects.select_for_update().get(pk=case.pk)
        assert other.submit(scan).result(timeout=10) == 0
        assert clocks.claim_breaches(late) > 0
